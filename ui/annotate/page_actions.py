"""The actions of the annotate page, beside those of the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.words import tr

if TYPE_CHECKING:
    from ui.annotate.page import AnnotatePage


def add_actions(page: AnnotatePage) -> None:
    """Put the page's actions on the one list; all of them work while the focus is on the page."""
    actions, view = page.actions_list, page.view
    actions.add("action_copy", tr("Copy"), "Ctrl+C", view.copy, menu="Edit", context=view)
    actions.add("action_delete", tr("Delete"), "Delete", page.keys.delete, menu="Edit", context=page.splitter)
    actions.add("action_find", tr("Find in this report…"), "Ctrl+F", page.find_bar.open_bar, menu="Edit")
    actions.add(
        "action_edit_attributes",
        tr("Attributes…"),
        ("Return", "Enter"),
        page.edit_attributes,
        menu="Labels",
        context=view,
    )
    actions.add("action_add_relation", tr("Add relation from this…"), "Ctrl+R", page.relation_mode.begin, menu="Labels")
    actions.add(
        "action_add_relation_to",
        tr("Add relation to this…"),
        "Ctrl+Shift+R",
        lambda: page.relation_mode.begin(forward=False),
        menu="Labels",
    )
    actions.add(
        "action_other_occurrences",
        tr("Label other occurrences…"),
        "Ctrl+Shift+A",
        page.others.open_dialog,
        menu="Labels",
    )
    actions.add(
        "action_next_candidate",
        tr("Next unlabelled place"),
        "Space",
        page.walker.next_candidate,
        menu="Go",
        context=view,
    )
    actions.add("action_walk_other", tr("Let Tab walk something else"), "F3", page.walker.change_kind, menu="Go")
