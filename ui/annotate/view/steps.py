"""Where the caret goes in a text: by syllable and by run. Offsets are code points; nothing here looks at the whole text."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.offsets import SYLLABLE, snap
from annotations.report import Span


def _in_syllable(text: str, offset: int) -> bool:
    return 0 <= offset < len(text) and SYLLABLE.match(text[offset]) is not None


def syllable_at(text: str, offset: int) -> Span | None:
    """The syllable that covers or ends at ``offset``, else None."""
    if not _in_syllable(text, offset):
        offset -= 1
    if not _in_syllable(text, offset):
        return None
    return snap(text, offset, offset + 1)


def next_start(text: str, offset: int) -> int:
    """Start of the next syllable after ``offset``, else the text's end."""
    here = SYLLABLE.match(text, offset)
    found = SYLLABLE.search(text, here.end() if here else offset)
    return found.start() if found else len(text)


def next_end(text: str, offset: int) -> int:
    """End of the syllable that ends first after ``offset``, else the text's end."""
    found = SYLLABLE.search(text, offset)
    return found.end() if found else len(text)


def previous_start(text: str, offset: int) -> int:
    """Start of the syllable that begins last before ``offset``, else 0."""
    while offset > 0 and not _in_syllable(text, offset - 1):
        offset -= 1
    while offset > 0 and _in_syllable(text, offset - 1):
        offset -= 1
    return offset


def previous_end(text: str, offset: int) -> int:
    """End of the syllable that ends last before ``offset``, else 0."""
    while offset > 0 and _in_syllable(text, offset - 1):
        offset -= 1
    while offset > 0 and not _in_syllable(text, offset - 1):
        offset -= 1
    return offset


def _begins_run(text: str, start: int) -> bool:
    """Whether a syllable begins something: after punctuation or a line's end, or a name or number after small letters."""
    before = previous_end(text, start)
    if before == 0 or text[before:start].strip(" \u00a0-/"):
        return True
    previous = text[previous_start(text, before)]
    return _stands_out(text[start]) and not _stands_out(previous)


def _stands_out(letter: str) -> bool:
    return letter.isupper() or letter.isdigit()


def next_run(text: str, offset: int) -> int:
    """Start of the next capitalised run, number or phrase after ``offset``, else the text's end."""
    offset = next_start(text, offset)
    while offset < len(text) and not _begins_run(text, offset):
        offset = next_start(text, offset)
    return offset


def previous_run(text: str, offset: int) -> int:
    """Start of the run that begins last before ``offset``, else 0."""
    offset = previous_start(text, offset)
    while offset > 0 and not _begins_run(text, offset):
        offset = previous_start(text, offset)
    return offset


def next_run_end(text: str, offset: int) -> int:
    """End of the run at ``offset``: of the last syllable before the next run begins."""
    end = next_end(text, offset)
    return max(end, previous_end(text, next_run(text, end - 1))) if end < len(text) else end


@dataclass(frozen=True, slots=True)
class TextSelection:
    """A selection with a direction: from ``anchor``, where it began, to ``head``, where the caret is.

    ``span`` is what is selected and ``caret`` where the caret is shown: when
    made by :meth:`snapped`, both stand at edges of syllables.
    """

    anchor: int
    head: int
    span: Span
    caret: int

    @classmethod
    def exact(cls, anchor: int, head: int) -> TextSelection:
        """Exactly what lies between the two offsets."""
        return cls(anchor, head, (min(anchor, head), max(anchor, head)), head)

    @classmethod
    def snapped(cls, text: str, anchor: int, head: int) -> TextSelection:
        """What lies between the two, widened to whole syllables, without outer white space."""
        start, end = snap(text, min(anchor, head), max(anchor, head))
        if start == end:
            return cls(anchor, head, (head, head), head)
        return cls(anchor, head, (start, end), end if head >= anchor else start)


def extended(text: str, anchor: int, caret: int, step: int, by_run: bool) -> int:
    """Where the caret of a selection goes by one step (+1 or -1): edges of syllables or runs, or back to the anchor."""
    if step > 0:
        if caret >= anchor:
            return next_run_end(text, caret) if by_run else next_end(text, caret)
        return min(anchor, next_run(text, caret) if by_run else next_start(text, caret))
    if caret <= anchor:
        return previous_run(text, caret) if by_run else previous_start(text, caret)
    back = previous_end(text, previous_run(text, caret)) if by_run else previous_end(text, caret)
    return max(anchor, back)
