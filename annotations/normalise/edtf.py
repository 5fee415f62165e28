"""EDTF (ISO 8601-2) as far as it is used here, written and checked.

Days, months, quarters (level 2 codes 33 to 36), seasons (21 to 24), years, unspecified digits
(``XXXX-04-26``, ``199X``), intervals with open or unknown ends, the qualifiers ``~ ? %``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

OPEN = ".."
_PART = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2})(T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?)?[~?%]?")
_YEAR = re.compile(r"\d{4}|\d{3}X|\d{2}XX|XXXX")


def day_value(year: int | None, month: int, day: int) -> str | None:
    """A day, with ``XXXX`` for an unknown year; None when the calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    return f"{year_value(year)}-{month:02}-{day:02}"


def month_value(year: int | None, month: int) -> str | None:
    """A month, or None when there is none of that number."""
    return f"{year_value(year)}-{month:02}" if 1 <= month <= 12 else None


def quarter_value(year: int | None, quarter: int) -> str | None:
    """A quarter by its code, 33 for the first; or None when there is none of that number."""
    return f"{year_value(year)}-{32 + quarter}" if 1 <= quarter <= 4 else None


def year_value(year: int | None) -> str:
    """A year in four digits, ``XXXX`` when unknown."""
    return "XXXX" if year is None else f"{year:04}"


def is_edtf(value: str) -> bool:
    """Whether ``value`` is EDTF, or several of it joined by ``;``."""
    return all(_is_one(one.strip()) for one in value.split(";"))


def _is_one(value: str) -> bool:
    ends = value.split("/")
    if len(ends) == 1:
        return bounds(value) is not None
    if len(ends) != 2 or not any(end not in (OPEN, "") for end in ends):
        return False
    known = [bounds(end) for end in ends if end not in (OPEN, "")]
    if None in known:
        return False
    return len(known) < 2 or bounds(value) is not None


def bounds(value: str) -> tuple[date, date] | None:
    """First and last day of a value without open ends; None when it is not EDTF or has one.

    An unknown year counts as 2000, other unknown digits as wide as they can be.
    """
    start, slash, end = value.partition("/")
    if slash:
        first, last = bounds(start), bounds(end) if "/" not in end else None
        if first is None or last is None or first[0] > last[1]:
            return None
        return first[0], last[1]
    match = _PART.fullmatch(value)
    if match is None or not _YEAR.fullmatch(match[1]) or match[1] == "0000":
        return None
    low, high = _years(match[1])
    if match[2] is None:
        return date(low, 1, 1), date(high, 12, 31)
    return _within(low, high, match[2], match[3])


def _years(digits: str) -> tuple[int, int]:
    if digits == "XXXX":
        return 2000, 2000
    return max(1, int(digits.replace("X", "0"))), int(digits.replace("X", "9"))


def _within(low: int, high: int, month: str, day: str | None) -> tuple[date, date] | None:
    """Bounds of a month, quarter, season or day of the years ``low`` to ``high``."""
    if month == "XX":
        return (date(low, 1, 1), date(high, 12, 31)) if day in (None, "XX") else None
    if "X" in month:
        return None
    number = int(month)
    if 33 <= number <= 36 and day is None:
        last = (number - 32) * 3
        return date(low, last - 2, 1), date(high, last, monthrange(high, last)[1])
    if 21 <= number <= 24 and day is None:
        return date(low, 1, 1), date(high, 12, 31)
    if not 1 <= number <= 12:
        return None
    length = monthrange(high, number)[1]
    if day in (None, "XX"):
        return date(low, number, 1), date(high, number, length)
    if day is None or "X" in day or not 1 <= int(day) <= length:
        return None
    return date(low, number, min(int(day), monthrange(low, number)[1])), date(high, number, int(day))
