"""The commands of the review page. Digits, function keys and chords only: input methods type letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from annotations.review import Answer
from ui.actions import Actions
from ui.review.answers import DIGITS, TAKES
from ui.words import tr

if TYPE_CHECKING:
    from ui.review.page import ReviewPage


def add_actions(page: ReviewPage, actions: Actions) -> None:
    """Make the page's actions; their keys work while the focus is in the page."""

    def add(
        name: str,
        text: str,
        keys: str | tuple[str, ...],
        slot: Callable[[], object],
        *,
        begins: bool = False,
        checkable: bool = False,
    ) -> None:
        action = actions.add(
            f"action_review_{name}", text, keys, slot, menu="Review", context=page, checkable=checkable
        )
        action.setProperty("group_begins", begins)

    for number in range(TAKES):
        letter = chr(ord("A") + number)
        key = str(number + 1) if number < DIGITS else f"Alt+{number + 1 - DIGITS}"
        add(f"take_{number + 1}", tr("Take {letter}", letter=letter), key, partial(page.take, number))
    add("union", tr("Union"), "7", partial(page.answer, Answer.UNION), begins=True)
    add("intersection", tr("Intersection"), "8", partial(page.answer, Answer.INTERSECTION))
    add("neither", tr("Neither"), ("0", "Delete"), partial(page.answer, Answer.NEITHER))
    add("own", tr("Own…"), "9", page.own)
    add("skip", tr("Skip"), "Space", partial(page.answer, Answer.SKIP), begins=True)
    add("discuss", tr("Discuss"), "F2", partial(page.answer, Answer.DISCUSS))
    add("alike", tr("Decide all that are alike"), "F5", page.name_status, checkable=True)
    add("parts", tr("Take extent, label and attributes one by one"), "F4", page.name_status, checkable=True)
    add("reason", tr("Reason"), "Ctrl+M", page.focus_reason)
    add("reopen", tr("Open again"), "Ctrl+Delete", page.reopen)
    add("names", tr("Hide who is who"), "Ctrl+B", page.toggle_names, begins=True, checkable=True)
    add("show", tr("Show in Annotate"), "Ctrl+G", page.show_report)
    add("bulk", tr("Decide many…"), "Ctrl+Shift+B", page.open_bulk, begins=True)
    add("sample", tr("Sample of the unanimous"), "Ctrl+Shift+M", page.toggle_sample, checkable=True)
    add("reload", tr("Read again"), "Ctrl+F5", page.reload)
    for name, text, keys, left, step in (
        ("right_on", tr("Right edge forwards"), "Shift+Right", False, 1),
        ("right_back", tr("Right edge back"), "Shift+Left", False, -1),
        ("left_on", tr("Left edge forwards"), "Ctrl+Shift+Right", True, 1),
        ("left_back", tr("Left edge back"), "Ctrl+Shift+Left", True, -1),
    ):
        add(name, text, keys, partial(page.move_edge, left, step), begins=name == "right_on")
