"""The actions of suggestions, and the menu at one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ui.annotate.suggestions.choosing import Scope
from ui.annotate.suggestions.confirm_dialog import ConfirmDialog
from ui.annotate.suggestions.copy_dialog import CopyDialog
from ui.words import tr

if TYPE_CHECKING:
    from ui.annotate.page import AnnotatePage


def add_suggestion_actions(page: AnnotatePage) -> None:
    """Put the actions on the one list."""
    actions, view = page.actions_list, page.view
    first = actions.add(
        "action_confirm",
        tr("Confirm the suggestion, then the next"),
        ("Shift+Return", "Shift+Enter"),
        partial(_decide, page, True),
        menu="Labels",
        context=view,
    )
    first.setProperty("group_begins", True)
    actions.add(
        "action_reject",
        tr("Reject the suggestion, then the next"),
        "Ctrl+Delete",
        partial(_decide, page, False),
        menu="Labels",
        context=view,
    )
    actions.add(
        "action_confirm_many",
        tr("Confirm many suggestions…"),
        "Ctrl+Alt+A",
        partial(open_confirm, page, Scope.REPORT),
        menu="Labels",
    )
    actions.add(
        "action_confirm_paragraph",
        tr("Confirm suggestions of this paragraph…"),
        ("Alt+Return", "Alt+Enter"),
        partial(open_confirm, page, Scope.PARAGRAPH),
        menu="Labels",
        context=view,
    )
    actions.add(
        "action_confirm_words",
        tr("Confirm suggestions that say the same…"),
        ("Alt+Shift+Return", "Alt+Shift+Enter"),
        partial(open_confirm, page, Scope.WORDS),
        menu="Labels",
        context=view,
    )
    actions.add(
        "action_copy_labels",
        tr("Copy labels to repeated passages…"),
        "Ctrl+Shift+D",
        partial(open_copy, page),
        menu="Labels",
    )


def open_copy(page: AnnotatePage) -> CopyDialog | None:
    """Open the preview of copies of the passage at the caret; None, with a notice, when nothing is labelled."""
    sheet = page.place.sheet
    if sheet is None or not sheet.labels.entities:
        page.desk.say(tr("Nothing is labelled in this report yet; there is nothing to copy."))
        return None
    dialog = CopyDialog(page.place, sheet, page.view.window())
    dialog.open()
    return dialog


def open_confirm(page: AnnotatePage, scope: Scope) -> ConfirmDialog | None:
    """Open the preview; None, with a notice, when nothing is suggested."""
    if not page.suggesting.offered.in_order:
        page.desk.say(tr("No suggestions are left in this report."))
        return None
    dialog = ConfirmDialog(page.place, page.suggesting, scope, page.view.window())
    dialog.open()
    return dialog


def fill_menu(page: AnnotatePage, menu: QMenu) -> None:
    """What can be done with the selected suggestions."""
    for name in ("action_confirm", "action_reject"):
        menu.addAction(page.actions_list[name])
    change = menu.addMenu(tr("Confirm as"))
    change.addActions([action for _kind, action in page.labeller.labels])
    menu.addSeparator()
    for name in ("action_confirm_words", "action_confirm_paragraph", "action_confirm_many"):
        menu.addAction(page.actions_list[name])


def _decide(page: AnnotatePage, is_yes: bool) -> None:
    suggesting = page.suggesting
    done = suggesting.confirm_selected() if is_yes else suggesting.reject_selected()
    suggesting.step(1) if done or not suggesting.selected() else None
