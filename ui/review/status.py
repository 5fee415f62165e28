"""What the keys of the review page do at this moment, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.review.answers import DIGITS
from ui.review.words import point_words
from ui.words import tr

if TYPE_CHECKING:
    from ui.review.page import ReviewPage


def status_words(page: ReviewPage) -> str:
    """The status line of the page."""
    if page.own_form.is_open:
        return tr(
            "Own answer — mark text with the mouse, Shift+←→ right edge, Ctrl+Shift+←→ left edge; Enter takes it, "
            "Esc cancels"
        )
    shown = page.shown
    if shown is None:
        return tr("No conflict is chosen.")
    count = min(len(shown.order), DIGITS)
    keys = "1" if count == 1 else f"1–{count}"
    letters = "A" if count == 1 else f"A–{chr(ord('A') + count - 1)}"
    if shown.open_point:
        return tr(
            "{point}: {keys} take it from {letters} · 9 own · Ctrl+Delete open again · Ctrl+Z undo",
            point=shown.open_point_words,
            keys=keys,
            letters=letters,
        )
    part = page.decider.next_part()
    if part:
        words = point_words(page.desk.schema, shown.case.labels[0] if shown.case.labels else "", part)
        return tr(
            "{point}: {keys} take it from {letters} · 9 own · F4 all at once", point=words, keys=keys, letters=letters
        )
    actions = page.actions_list
    named = {"union": tr("7 union"), "intersection": tr("8 intersection")}
    extents = [words for name, words in named.items() if actions[f"action_review_{name}"].isEnabled()]
    rest = [tr("0 neither"), tr("9 own"), tr("Space skip"), tr("F2 discuss"), tr("Ctrl+Z undo")]
    said = " · ".join([f"{keys} {letters}", *extents, *rest])
    if actions["action_review_alike"].isChecked():
        return tr("For all that are alike: {keys}", keys=said)
    return said


def empty_words(page: ReviewPage) -> str:
    """Why no conflict is listed, and what will be listed."""
    if page.reading.running:
        return tr("Comparing…")
    if page.worklist.cases:
        return tr("No conflict is like this. Change the filters to see others.")
    return tr(
        "Conflicts will be listed here: places where annotators differ on a report that at least two of them have "
        "marked as done."
    )
