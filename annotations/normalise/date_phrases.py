"""From the words of a DATE to EDTF, its type and its limit: outer words, intervals, enumerations, brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotations.matching import same_word_key
from annotations.normalise.anchor import Anchor
from annotations.normalise.date_forms import simple
from annotations.normalise.date_spells import spell
from annotations.normalise.edtf import is_edtf
from annotations.normalise.holiday_forms import holiday
from annotations.normalise.limits import Peeled, peel
from annotations.normalise.reading import DateReading, words

_UNITS = ("ngày", "tháng", words("quý").pattern, "năm")
_TO = words(r" ?[-–—] ?| (?:đến|tới)(?: hết)? ")
_AND = words(r", (?:và )?| và |; ")
_SINCE = words(r"(?P<start>.+?)(?: đến nay| tới nay| trở đi| trở lại đây)")
_UNTIL = words(r"(?P<end>.+?) trở về trước")
_BRACKET = words(r"(?P<outside>.+?),? ?\((?P<inside>[^()]+)\)")
_POINTING = words(r"(?:(?:sáng|trưa|chiều|tối|đêm) )?(?:hôm |ngày )?(?:nay|qua|kia|mai)")
_WITHIN = words(r"(?:ngày )?\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4} ?[-–] ?\d{4}|\d{1,2}[/-]\d{1,2}(?![\d/.-])")
_LONGEST = 120
"""Code points; a longer DATE is not one that these rules know."""
_DEEPEST = 9
"""Parts of an enumeration; the last one is not taken apart again."""
_MOST_CUTS = 3


def date_value(surface: str, anchor: Anchor | None = None) -> DateReading | None:
    """The reading of a date's words in its surroundings; None for what cannot be put on the calendar.

    Without surroundings an unknown year is written ``XXXX``.
    """
    key = same_word_key(surface).strip(" ,.;:\"'“”‘’")
    if not key or len(key) > _LONGEST:
        return None
    reading = _read(key, anchor or Anchor(), 0)
    return reading if reading is not None and is_edtf(reading.value) else None


def _read(key: str, anchor: Anchor, depth: int) -> DateReading | None:
    peeled = peel(key)
    if peeled.limit in ("BEFORE", "AFTER", "END"):
        anchor = replace(anchor, limited=True)
    for candidate in _pieces(key, peeled):
        reading = spell(candidate, anchor) or simple(candidate, anchor) or holiday(candidate, anchor)
        reading = reading or _composed(candidate, anchor, depth)
        if reading is not None:
            return with_limit(reading, peeled if candidate == peeled.rest else Peeled(key))
    return None


def _pieces(key: str, peeled: Peeled) -> Iterator[str]:
    """The whole words first (``sáng nay``, ``9 tháng đầu năm``), then what is left of them."""
    if not peeled.limit and peeled.rest != key and _POINTING.fullmatch(key):
        yield key
    yield peeled.rest
    if peeled.rest != key:
        yield key


def with_limit(reading: DateReading, peeled: Peeled) -> DateReading:
    mod = reading.mod or peeled.limit
    if "/" in reading.value and mod in ("BEFORE", "AFTER"):
        mod = ""  # "từ 2016 đến 2020": the interval says it already
    kind = "TIME" if peeled.time and reading.type == "DATE" else reading.type
    return DateReading(reading.value, kind, mod)


def _composed(key: str, anchor: Anchor, depth: int) -> DateReading | None:
    """Intervals, enumerations, an explanation in brackets; else the one full date among other words."""
    if depth >= _DEEPEST:
        return None
    for pattern, value in ((_SINCE, "{}/.."), (_UNTIL, "../{}")):
        match = pattern.fullmatch(key)
        end = _read(match[1], anchor, depth + 1) if match else None
        if end is not None:
            return DateReading(value.format(end.value.split("/")[0]), "DURATION")
    match = _BRACKET.fullmatch(key)
    if match:
        outside, inside = _read(match["outside"], anchor, depth + 1), _read(match["inside"], anchor, depth + 1)
        if inside is not None:
            return replace(inside, type=outside.type if outside and outside.type != "DURATION" else inside.type)
        if outside is not None:
            return outside
    return _joined(key, anchor, depth) or _among(key, anchor, depth)


def _joined(key: str, anchor: Anchor, depth: int) -> DateReading | None:
    """``26-28/4``, ``quý I và quý II năm 2021``: the right part gives the left one what it lacks."""
    for cut in list(_TO.finditer(key))[:_MOST_CUTS]:
        found = _interval(key[: cut.start()], key[cut.end() :], anchor)
        if found is not None:
            return found
    cut_and = _AND.search(key)
    return _enumeration(key[: cut_and.start()], key[cut_and.end() :], anchor, depth) if cut_and else None


def _interval(left: str, right: str, anchor: Anchor) -> DateReading | None:
    second = _right(left, right, anchor, _DEEPEST)
    if second is None:
        return None
    first = _read(_with_unit(left, second.value), anchor.nearer(second.value), _DEEPEST)
    if first is None or "/" in first.value + second.value:
        return None
    value = f"{first.value}/{second.value}"
    return DateReading(value, "DURATION", second.mod) if is_edtf(value) else None


def _enumeration(left: str, right: str, anchor: Anchor, depth: int) -> DateReading | None:
    second = _right(left, right, anchor, depth + 1)
    if second is None:
        return None
    if _POINTING.fullmatch(left):  # "sáng nay, 29/4" is one date said twice
        return replace(second, type="TIME" if not left.startswith(("hôm", "ngày")) else second.type)
    first = _read(_with_unit(left, second.value), anchor.nearer(second.value), _DEEPEST)
    return DateReading(f"{first.value};{second.value}", first.type) if first else None


def _right(left: str, right: str, anchor: Anchor, depth: int) -> DateReading | None:
    return _read(right, anchor, depth) or _read(f"{_unit(left)} {right}", anchor, depth)


def _unit(left: str) -> str:
    return next((word for word in left.split() if word in _UNITS), "ngày")


def _with_unit(left: str, value: str) -> str:
    """A bare number with the unit of the date that it is joined to."""
    if not left.isdecimal() or len(left) > 2:
        return left
    return f"ngày {left}" if len(value) >= len("2021-04-26") else f"tháng {left}"


def _among(key: str, anchor: Anchor, depth: int) -> DateReading | None:
    found = list(_WITHIN.finditer(key))
    if len(found) != 1 or found[0].group() == key or key[found[0].end() : found[0].end() + 1] == "/":
        return None
    return _read(found[0].group(), anchor, depth + 1)
