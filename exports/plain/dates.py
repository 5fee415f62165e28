"""Dates as newspapers write them, read to EDTF (``2021-04-29``, ``2020-10``).

Patterns are for one short line that was folded (no case, no diacritics) and whose white space is single spaces. An impossible date (31/02/2021) is not a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from annotations.offsets import fold

_HERE = timezone(timedelta(hours=7))
_MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5,
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "wednesday": 2, "wed": 2, "thursday": 3, "thu": 3, "friday": 4,
    "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip

_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH_RE = re.compile(rf"\b({'|'.join(_ENGLISH)})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?")
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?<![\d/.-])(?P<d>\d{1,2})"
_WHOLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<s>[-/.])(?P<m>\d{{1,2}})(?:(?P=s)(?P<d>\d{{1,2}}))?(?![\d/-])",
        rf"{_DAY} ?(?P<s>[/.-]) ?(?P<m>\d{{1,2}}) ?(?P=s) ?{_YEAR}(?!\d)",
        rf"{_DAY} ?,? ?thang (?P<m>\d{{1,2}}|{_MONTH_NAME}) ?[,/-]? ?(?:nam )?{_YEAR}(?!\d)",
        rf"\bthang (?P<m>\d{{1,2}}|{_MONTH_NAME}) (?P<d>\d{{1,2}}) ?, ?{_YEAR}(?!\d)",
        rf"\bthang (?P<m>\d{{1,2}}|{_MONTH_NAME}) ?[,/-]? ?(?:nam )?{_YEAR}(?!\d)",
        rf"{_DAY}(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<y>\d\d)(?!\d)",
    )
)
_DAY_MONTH = re.compile(rf"{_DAY}(?: ?[/.-] ?| thang )(?P<m>\d{{1,2}})(?![\d/.-]*\d)")

_WEEKDAY = (
    r"\b(?:thu ?(?P<w>hai|ba|tu|nam|sau|bay|bayr|[2-7])|(?P<cn>chu ?nhat|cn)|t(?P<t>[2-7])"
    r"|(?P<en>(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|wed|thu|sat))\b"
)
_TIME = (
    r"\b(?:t|luc |vao luc |hoi )?\d{1,2} ?(?:gio|[:hg](?![a-z])) ?(?:\d{2}(?: ?(?:phut|'))?)?(?::\d{2}(?:\.\d+)?)?"
    r"(?: ?(?:am|pm|sa|ch)\b)?(?:z\b| ?[+-]\d{2}:?\d{2})?"
)
_ZONE = r"\(? ?\b(?:gmt|utc) ?[+-]? ?\d{0,2}(?::?\d{2})? ?\)?"
_VIEWS = (
    r"\b(?:so )?(?:luot (?:xem|doc|truy cap)|lan (?:xem|doc)|views?) ?:? ?[\d.,]+|[\d.,]+ (?:luot (?:xem|doc)|views?)"
)
_UPDATED = r"\b(?:ngay )?cap nhat(?: (?:moi nhat|lan cuoi|cuoi))?\b|\b(?:last )?updated(?: on| at)?\b|\bmodified\b"
_POSTED = (
    r"\bngay (?:dang|xuat ban|dua|phat hanh|gui|viet)(?: (?:tai|bai|tin))?\b|\b(?:dang|xuat ban|gui)(?: (?:luc|ngay|vao))?\b"
    r"|\b(?:posted|published|date)(?: on| at)?\b|\bthoi gian(?: dang)?\b"
)
_AUTHOR = r"\b(?:by|tac gia|nguoi (?:dang|gui|viet))\b.{0,60}$"
_FILLER = r"\b(?:ngay|luc|vao|hoi|on|at|nam)\b"
_NOISE = tuple(re.compile(pattern) for pattern in (_AUTHOR, _WEEKDAY, _ZONE, _VIEWS, _TIME, _UPDATED, _POSTED, _FILLER))
_WEEKDAY_RE, _UPDATED_RE, _POSTED_RE = re.compile(_WEEKDAY), re.compile(_UPDATED), re.compile(_POSTED)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"\w")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d[\d:.]*(?:z|[+-]\d\d:?\d\d)?$")
_MACHINE = re.compile(
    r"date ?[:=]? ?(?:(?P<iso>(?:19|20)\d\d(?:-\d\d?(?:-\d\d?)?)?)(?![\w/-])|(?P<dmy>\d\d?[/.-]\d\d?[/.-]\d{4})(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line that only says when: ``date`` is EDTF, or ``--04-26`` while the year is unknown.

    ``updated`` marks the time of a later change, ``doubtful`` a date whose weekday or century was not certain.
    """

    date: str
    updated: bool = False
    doubtful: bool = False

    @property
    def lacks_year(self) -> bool:
        """Whether only day and month are known."""
        return self.date.startswith("--")


def edtf(year: int, month: int = 0, day: int = 0) -> str:
    """The EDTF date, to the month or the year when the rest is 0; empty when there is no such date."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if not 1900 <= year <= 2100 or (day and not month):
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def squeeze(line: str) -> str:
    """The line with single spaces (no-break spaces too) and none around it."""
    return " ".join(line.split())


def find_stamp(line: str) -> Stamp | None:
    """The stamp that a squeezed line is, or that one of its parts between ``|`` is; else None."""
    if len(line) > 160 or not _DIGIT.search(line):
        return None
    line = fold(line)
    whole = _whole_stamp(line)
    if whole or not any(mark in line for mark in "|•·"):
        return whole
    parts = (squeeze(part) for part in re.split(r"[|•·]", line))
    return next((stamp for part in parts if (stamp := _whole_stamp(part))), None)


def machine_date(line: str) -> tuple[str, int]:
    """``date 2020-10 <title>``: the EDTF date and the offset after it in the folded line; ``("", 0)`` if there is none."""
    match = _MACHINE.match(line)
    if match is None:
        return "", 0
    numbers = [int(part) for part in re.split(r"[-/.]", match["iso"] or match["dmy"])]
    found = edtf(*(numbers if match["iso"] else reversed(numbers)))
    return (found, match.end()) if found else ("", 0)


def day_and_month(line: str) -> tuple[str, int]:
    """The first date without a year at the start of ``line`` as ``--04-26``, and the offset after it."""
    match = _DAY_MONTH.match(line)
    if match is None or not int(match["d"]) or not (found := edtf(2000, int(match["m"]), int(match["d"]))):
        return "", 0
    return "-" + found[4:], match.end()


def parse_date(value: str) -> str:
    """The EDTF date that a whole value (a cell, an attribute) says, else an empty string.

    A time with a zone is counted in Vietnam's (UTC+7), since that is where the day is a day.
    """
    value = squeeze(value)
    if not value or len(value) > 100:
        return ""
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        stamp = _whole_stamp(fold(value))
        return stamp.date if stamp and not stamp.lacks_year else ""
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(_HERE)
        except OverflowError:
            return ""
    return edtf(moment.year, moment.month, moment.day)


def whole_dates(line: str) -> list[str]:
    """Every full date (day, month, year) in a folded text, as EDTF, in no particular order."""
    found = []
    for pattern in _WHOLE[:3]:
        for match in pattern.finditer(line):
            value = _edtf_of(match)
            if len(value) == 10:
                found.append(value)
    return found


def _edtf_of(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year, month, day = parts["y"], parts["m"], parts.get("d") or "0"
    number = _MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    # ``-1`` for a month or day that is written and cannot be: date() then refuses it
    return edtf(int(year) + (2000 if len(year) == 2 else 0), number or -1, int(day) or (-1 if parts.get("d") else 0))


def _month_words(line: str) -> str:
    """The line with ``thg`` and English months written as ``thang 4``."""
    return _ENGLISH_RE.sub(lambda match: f"thang {_ENGLISH.index(match[1]) + 1}", line.replace("thg", "thang"))


def _whole_stamp(line: str) -> Stamp | None:
    if _ISO_MOMENT.match(line):
        return Stamp(moment) if (moment := parse_date(line.upper())) else None
    line = _month_words(line)
    for pattern in _WHOLE:
        match = pattern.search(line)
        if match:
            found = _edtf_of(match)
            short = len(match["y"]) == 2
            return _stamp(line, match, found, short) if found else None
    match = _DAY_MONTH.search(line)
    if match is None or not (_WEEKDAY_RE.search(line) or "ngay" in line or _POSTED_RE.search(line)):
        return None
    found, _ = day_and_month(line[match.start() :])
    return _stamp(line, match, found, short=False) if found else None


def _stamp(line: str, match: re.Match[str], found: str, short: bool) -> Stamp | None:
    """The stamp, when beside the date there is nothing but weekday, time, zone and the words for them."""
    rest = line[: match.start()] + " ; " + line[match.end() :]
    weekday = _WEEKDAY_RE.search(rest)
    bare = rest
    for noise in _NOISE:
        bare = noise.sub(" ", bare)
    if _LETTER.search(bare) or (short and bare == rest):
        return None
    updated = bool(_UPDATED_RE.search(rest)) and not _POSTED_RE.search(rest)
    return Stamp(found, updated, short or not _same_weekday(weekday, found))


def _same_weekday(match: re.Match[str] | None, found: str) -> bool:
    """Whether the weekday that stands beside a full date is that day's; true when there is nothing to compare."""
    if match is None or len(found) != 10 or found.startswith("--"):
        return True
    if match["cn"]:
        said: int | None = 6
    else:
        word = match["w"] or match["t"] or match["en"] or ""
        said = _WEEKDAYS.get(word, _WEEKDAYS.get(word[:3]))
    return said is None or said == date.fromisoformat(found).weekday()
