"""Stretches of time and words that point from the report's date: ``9 tháng đầu năm``, ``hôm qua``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from annotations.normalise.anchor import Anchor
from annotations.normalise.date_forms import year_in
from annotations.normalise.edtf import month_value, quarter_value
from annotations.normalise.reading import NUMBER, YEAR, DateReading, number_of, words

Form = Callable[[re.Match[str], Anchor], DateReading | None]

_OF_YEAR = rf"(?:(?: của)?(?: năm)?[ /-](?P<year>{YEAR}))?"
_DAYPART = "sáng|trưa|chiều|tối|đêm"
_STRETCH = r"(?:(?:trong |trong vòng )?(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|niên khóa|khóa|các năm|những năm|năm|từ năm|từ) )?"


def _span(start: str | None, end: str | None) -> DateReading | None:
    return DateReading(f"{start}/{end}", "DURATION") if start and end else None


def _years(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    start, end = match["from"], match["to"]
    return _span(start, end) if start < end else None


def _months_of_year(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    year = year_in(match, anchor) if match["year"] else anchor.year()
    count = number_of(match["count"])
    if year is None or not 1 <= count <= 12:
        return None
    at_end = match.groupdict().get("part") == "cuối"
    return _span(month_value(year, 13 - count if at_end else 1), month_value(year, 12 if at_end else count))


def _half_year(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    year = year_in(match, anchor) if match["year"] else anchor.year()
    if year is None:
        return None
    first = 1 if match["part"] == "đầu" else 7
    return _span(month_value(year, first), month_value(year, first + 5))


def _months(first: date, count: int) -> date:
    """The first of the month ``count`` months away."""
    number = first.year * 12 + first.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def _relative(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    """``giai đoạn 5 năm tới``, ``10 năm qua``, ``3 ngày tới``: whole units beside the report's own."""
    count, unit, forward = number_of(match["count"]), match["unit"], match["side"] in ("tới", "sắp tới", "tiếp theo")
    latest, today = anchor.latest, anchor.today
    if latest is None or count < 1:
        return None
    if unit == "năm":
        start = latest.year + 1 if forward else latest.year - count + 1
        return _span(f"{start:04}", f"{start + count - 1:04}") if count > 1 else DateReading(f"{start:04}")
    if unit == "tháng":
        first = _months(latest, 1 if forward else 1 - count)
        return _span(f"{first:%Y-%m}", f"{_months(first, count - 1):%Y-%m}")
    if today is None:
        return None
    days = count * (7 if unit == "tuần" else 1)
    first = today + timedelta(days=1 if forward else 1 - days)
    return _span(first.isoformat(), (first + timedelta(days=days - 1)).isoformat())


def _day_word(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    """``hôm nay``, ``sáng nay``, ``chiều qua``, ``ngày mai``."""
    away = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}[match["day"]]
    kind = "TIME" if match.groupdict().get("part") else "DATE"
    if anchor.today is None:
        return DateReading(anchor.report, kind) if anchor.report else None
    return DateReading((anchor.today + timedelta(days=away)).isoformat(), kind)


def _same_day(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    for value in anchor.values:
        if len(value) == len("2021-04-26"):
            return DateReading(value)
    return DateReading(anchor.report) if anchor.report else None


def _unit_word(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    """``tuần này``, ``tháng trước``, ``quý này``."""
    latest, today = anchor.latest, anchor.today
    away = {"này": 0, "nay": 0, "trước": -1, "qua": -1, "tới": 1, "sau": 1}[match["side"] or "này"]
    if match["unit"] == "tuần":
        if today is None or not match["side"]:
            return None
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=away)
        return _span(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
    if latest is None or len(anchor.report) < len("2021-04"):
        return None
    if match["unit"] == "tháng":
        return DateReading(f"{_months(latest, away):%Y-%m}")
    first = _months(latest, 3 * away)
    value = quarter_value(first.year, (first.month + 2) // 3)
    return DateReading(value) if value else None


def _weekday(match: re.Match[str], anchor: Anchor) -> DateReading | None:
    """A weekday alone: the last such day not after the report, or that of the week named."""
    word = match["weekday"]
    if anchor.today is None:
        return None
    number = 6 if word is None else int(word) - 2 if word.isdecimal() else number_of(word) - 2
    today, week = anchor.today, match["week"]
    if week is None:
        return DateReading((today - timedelta(days=(today.weekday() - number) % 7)).isoformat())
    weeks = {"này": 0, "trước": -1, "qua": -1, "tới": 1, "sau": 1}[week]
    return DateReading((today + timedelta(days=number - today.weekday(), weeks=weeks)).isoformat())


SPELLS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (
        words(rf"{_STRETCH}(?:\d{{1,2}} năm,? \(?)?(?P<from>\d{{4}})(?: ?[-–—/] ?| đến (?:năm )?)(?P<to>\d{{4}})\)?"),
        _years,
    ),
    (words(rf"(?P<count>{NUMBER}) tháng (?P<part>đầu|cuối)(?: của)? năm{_OF_YEAR}"), _months_of_year),
    (words(rf"(?P<count>{NUMBER}) tháng(?: của)? năm[ /-](?P<year>{YEAR})"), _months_of_year),
    (words(rf"(?P<count>{NUMBER}) tháng[/-](?P<year>\d{{4}})"), _months_of_year),
    (words(rf"nửa (?P<part>đầu|cuối)(?: của)? năm{_OF_YEAR}"), _half_year),
    (
        words(
            rf"(?:trong )?(?:giai đoạn |thời kỳ |vòng )?(?P<count>{NUMBER}) (?P<unit>năm|tháng|tuần|ngày)"
            r" (?P<side>sắp tới|tới|tiếp theo|vừa qua|qua|gần đây|trở lại đây)"
        ),
        _relative,
    ),
    (words(rf"(?:hôm |ngày |(?P<part>{_DAYPART}) (?:hôm |ngày )?)(?P<day>nay|qua|kia|mai)"), _day_word),
    (words(r"(?:trong )?cùng ngày"), _same_day),
    (words(r"(?P<unit>tuần|tháng|quý)(?: (?P<side>này|nay|trước|qua|tới|sau))?"), _unit_word),
    (
        words(
            r"(?:thứ (?P<weekday>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)(?: tuần (?P<week>này|trước|qua|tới|sau))?"
        ),
        _weekday,
    ),
)


def spell(key: str, anchor: Anchor) -> DateReading | None:
    """A stretch of time, or a word that points from the report's date; None when ``key`` is something else."""
    for pattern, form in SPELLS:
        match = pattern.fullmatch(key)
        reading = form(match, anchor) if match else None
        if reading is not None:
            return reading
    return None
