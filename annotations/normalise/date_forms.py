"""Days, months, quarters and years as reports write them. Vietnamese order: day before month."""

from __future__ import annotations

import re
from collections.abc import Callable

from annotations.matching import one_tone_style
from annotations.normalise.anchor import Anchor
from annotations.normalise.edtf import day_value, month_value, quarter_value, year_value
from annotations.normalise.reading import NUMBER, QUARTER, YEAR, DateReading, number_of, words

Form = Callable[[re.Match[str], Anchor], str | None]

_SEP = r" ?[/.\-–] ?"
_THEN_YEAR = rf"(?:(?:,? năm |{_SEP}| )(?P<year>{YEAR}))?"
_AWAY = {one_tone_style("ngoái"): -1, "trước": -1, "qua": -1, "tới": 1, "sau": 1}
_LAST_CENTURY = 50
"""Years of two digits from this one on are 19xx."""


def year_in(match: re.Match[str], anchor: Anchor) -> int | None:
    """The year that the match says: in digits, or counted from the report's year."""
    said = match.groupdict().get("year")
    if not said:
        return None
    if said.isdecimal():
        number = int(said)
        return number if len(said) == 4 else number + (1900 if number >= _LAST_CENTURY else 2000)
    if anchor.report_year is None:
        return None
    return anchor.report_year + _AWAY.get(said, 0)


def _iso(match: re.Match[str], anchor: Anchor) -> str | None:
    year, month = int(match["year"]), int(match["month"])
    return day_value(year, month, int(match["day"])) if match["day"] else month_value(year, month)


def _day(match: re.Match[str], anchor: Anchor) -> str | None:
    day, month = int(match["day"]), number_of(match["month"])
    if match.groupdict().get("year"):
        return day_value(year_in(match, anchor), month, day)
    if day_value(2000, month, day) is None:
        return None
    return day_value(anchor.year_of(month, day), month, day)


def _day_alone(match: re.Match[str], anchor: Anchor) -> str | None:
    day = int(match["day"])
    found = anchor.month_of(day)
    return day_value(found[0], found[1], day) if found else None


def _month(match: re.Match[str], anchor: Anchor) -> str | None:
    month = number_of(match["month"])
    if not 1 <= month <= 12:
        return None
    return month_value(year_in(match, anchor) if match["year"] else anchor.year_of(month), month)


def _quarter(match: re.Match[str], anchor: Anchor) -> str | None:
    quarter = {"đầu": 1, "cuối": 4}.get(match["quarter"]) or number_of(match["quarter"])
    return quarter_value(year_in(match, anchor) if match["year"] else anchor.year(), quarter)


def _year(match: re.Match[str], anchor: Anchor) -> str | None:
    year = year_in(match, anchor)
    return None if year is None else year_value(year)


def _this_year(match: re.Match[str], anchor: Anchor) -> str | None:
    year = anchor.year()
    return None if year is None else year_value(year)


def _season(match: re.Match[str], anchor: Anchor) -> str | None:
    year = year_in(match, anchor) if match["year"] else anchor.year()
    code = {"xuân": 21, "hạ": 22, "hè": 22, "thu": 23, "đông": 24}[match["season"]]
    return None if year is None else f"{year:04}-{code}"


def _decade(match: re.Match[str], anchor: Anchor) -> str | None:
    digits = match["decade"]
    return f"{digits[:3] if len(digits) == 4 else '19' + digits[0]}X"


def _century(match: re.Match[str], anchor: Anchor) -> str | None:
    word = match["century"]
    number = int(word) if word.isdecimal() else {"xviii": 18, "xix": 19, "xx": 20, "xxi": 21}[word]
    return f"{number - 1:02}XX"


FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (words(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?"), _iso),
    (
        words(rf"(?:ngày )?(?P<day>\d{{1,2}})(?P<sep>{_SEP})(?P<month>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d{{2}})"),
        _day,
    ),
    (words(rf"(?:ngày )?(?P<day>\d{{1,2}}){_SEP}(?P<month>\d{{1,2}})(?:,? năm (?P<year>{YEAR}))?"), _day),
    (
        words(rf"(?:ngày )?(?:mùng |mồng )?(?P<day>\d{{1,2}})(?: |{_SEP})tháng (?P<month>{NUMBER}){_THEN_YEAR}"),
        _day,
    ),
    (words(r"ngày (?:mùng |mồng )?(?P<day>\d{1,2})"), _day_alone),
    (words(rf"tháng (?P<month>{NUMBER}){_THEN_YEAR}"), _month),
    (words(rf"(?P<month>\d{{1,2}}){_SEP}(?P<year>\d{{4}})"), _month),
    (words(rf"quý (?P<quarter>{QUARTER}){_THEN_YEAR}"), _quarter),
    (words(r"quý (?P<quarter>đầu|cuối)(?: của)? năm(?: (?P<year>\d{4}|nay|này|ngoái))?"), _quarter),
    (words(r"(?:(?:các )?năm (?:học )?)?(?P<year>\d{4})(?: này| nay)?"), _year),
    (words(rf"năm (?P<year>{YEAR})"), _year),
    (words(r"năm"), _this_year),
    (words(rf"(?:mùa |vụ )(?P<season>xuân|hạ|hè|thu|đông){_THEN_YEAR}"), _season),
    (words(r"(?:thập niên|thập kỷ|những năm) (?P<decade>\d{3}0|[1-9]0)(?: của)?(?: thế kỷ xx)?"), _decade),
    (words(r"thế kỷ (?:thứ )?(?P<century>xviii|xix|xxi|xx|\d{2})"), _century),
)


def simple(key: str, anchor: Anchor) -> DateReading | None:
    """One day, month, quarter or year; None when ``key`` is something else."""
    for pattern, form in FORMS:
        match = pattern.fullmatch(key)
        value = form(match, anchor) if match else None
        if value is not None:
            return DateReading(value)
    return None
