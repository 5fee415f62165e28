"""The other dates of a date's sentence, nearest first. Offsets are code points, half-open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.matching import same_word_key
from annotations.normalise.anchor import Anchor
from annotations.normalise.date_phrases import date_value
from annotations.normalise.reading import QUARTER, words
from annotations.sentences import sentence_spans

_MENTION = words(
    r"(?<![\w/.-])(?:"
    r"ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?"
    r"|\d{1,2}([/.-])\d{1,2}\1\d{4}"
    r"|\d{1,2}/\d{1,2}"
    r"|(?:ngày|sáng|chiều|tối) \d{1,2}-\d{1,2}"
    r"|(?:tháng )?\d{1,2}[/-]\d{4}|tháng \d{1,2} năm \d{4}"
    rf"|quý {QUARTER}(?:/| năm |-)\d{{4}}"
    r"|năm \d{4}"
    r")(?![\d]|[/.-]\d|[/-][a-zđ])"
)
_HORIZON = words(r"(?:đến|tới|hết|trước|tầm nhìn|đến đầu|đến cuối)(?: năm)?$")
_YEAR = re.compile(r"\d{4}$")
_FARTHEST = 2000
"""Code points to each side in which a sentence is looked for."""


def surroundings(text: str, start: int, end: int, report_date: str) -> tuple[str, Anchor]:
    """The words before a date in its sentence (as a key), and what it may lean on."""
    first, last = _sentence(text, start, end)
    before, after = same_word_key(text[first:start]), same_word_key(text[end:last])
    others = sorted([*_mentions(before, from_end=True), *_mentions(after)], key=lambda found: found[0])
    years: list[int] = []
    values: list[str] = []
    for _, words_of_date, donates in others:
        reading = date_value(words_of_date, Anchor(report_date))
        if reading is None or "/" in reading.value:
            continue
        values.append(reading.value)
        if donates:
            years.append(int(reading.value[:4]))
    return before, Anchor(report_date, tuple(years), tuple(values))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of a span, with bounded reach so that a huge line costs no more than a small one."""
    low, high = max(0, start - _FARTHEST), min(len(text), end + _FARTHEST)
    for first, last in sentence_spans(text[low:high]):
        if low + first <= start < low + last:
            return low + first, max(end, low + last)
    return start, end


def _mentions(key: str, from_end: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Distance, words and whether its year is said of each date; a horizon (``đến năm 2030``) gives no year."""
    for match in _MENTION.finditer(key):
        distance = len(key) - match.end() if from_end else match.start()
        horizon = _HORIZON.search(key[max(0, match.start() - 20) : match.start()].rstrip())
        yield distance, match.group(), bool(_YEAR.search(match.group())) and not horizon
