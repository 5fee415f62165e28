"""Sentences of a report: lines first, then the full stops that end something.

Offsets are code points, spans half-open. A heading, a caption and a lede are
sentences of their own because a newline always ends one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from annotations.offsets import trim
from annotations.report import Span

_LINE = re.compile(r"[^\r\n\f\v\u0085\u2028\u2029]+")
# "./." is the old-fashioned end of a report.
_STOP = re.compile(r"\./\.|[.!?…]++[\"”’»)\]]*+")
_NEXT = re.compile(r"\s+(\S)|\s*$")
_OPENERS = frozenset("\"'“‘«([-–—•*+")  # what may open the next sentence besides a capital or a digit
_ITEM = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[a-zđA-ZĐ])")
_BREAKS = re.compile(r"[\s()\[\]\"“‘«,;:]+")
_LOOK_BACK = 40

# Compared without the last full stop, in NFC and lower case.
_ABBREVIATIONS = frozenset(
    (
        *("tp", "tx", "tt", "kp", "đ/c", "đc", "v.v", "tr", "nxb", "mr", "mrs", "ms", "dr"),
        *("ts", "ths", "th.s", "gs", "pgs", "ks", "bs", "ls", "cn", "nsnd", "nsưt"),
    )
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NUMBERED = frozenset(
    ("quý", "khóa", "khoá", "thứ", "loại", "hội", "lần", "kỳ", "phần", "mục", "chương", "hạng", "cấp")
)
"""Words after which a single I, V or X is a Roman numeral, not an initial."""


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of ``text``: sorted, disjoint, without outer white space, together all that is visible."""
    return tuple(_sentences(text))


def sentence_at(spans: tuple[Span, ...], offset: int) -> Span:
    """The sentence that holds ``offset``, else the last one before it, else the first; ``(0, 0)`` without any."""
    if not spans:
        return 0, 0
    return spans[max(0, bisect_right(spans, offset, key=lambda span: span[0]) - 1)]


def _sentences(text: str) -> Iterator[Span]:
    for line in _LINE.finditer(text):
        start, line_end = line.span()
        for stop in _STOP.finditer(text, start, line_end):
            if _ends(text, start, stop, line_end):
                yield from _visible(text, start, stop.end())
                start = stop.end()
        yield from _visible(text, start, line_end)


def _visible(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = trim(text, start, end)
    if start < end:
        yield start, end


def _ends(text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
    """Whether this full stop ends the sentence that began at ``start``, by what stands around it."""
    if stop.group() == "./.":
        return True
    then = _NEXT.match(text, stop.end(), line_end)
    if then is None:
        return False
    following = then.group(1)
    if following is None:
        return True
    if not (following.isupper() or following.isdigit() or following in _OPENERS):
        return False
    if stop.group() != ".":
        return True
    return not _is_abbreviation(text, stop.start()) and not _ITEM.fullmatch(text, start, stop.start())


def _is_abbreviation(text: str, offset: int) -> bool:
    """Whether the full stop at ``offset`` belongs to an abbreviation or an initial."""
    around = unicodedata.normalize("NFC", text[max(0, offset - _LOOK_BACK) : offset])
    words = _BREAKS.split(around)
    word = words[-1]
    if word.casefold() in _ABBREVIATIONS or all(part in _ABBREVIATIONS for part in word.casefold().split(".")):
        return True
    if word in ("I", "V", "X") and len(words) > 1 and words[-2].casefold() in _NUMBERED:
        return False
    return word.isupper() and _INITIALS.fullmatch(word) is not None
