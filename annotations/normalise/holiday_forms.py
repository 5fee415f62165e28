"""Holidays as reports write them: ``Tết Nguyên đán Tân Sửu 2021``, ``Quốc khánh 2/9``."""

from __future__ import annotations

import re

from annotations.normalise.anchor import Anchor
from annotations.normalise.edtf import day_value
from annotations.normalise.holidays import BRANCHES, FIXED, STEMS, tet, tet_day, year_by_name
from annotations.normalise.reading import DateReading, words

_NAME = rf"(?P<stem>{'|'.join(STEMS)}|kỉ) (?P<branch>{'|'.join(BRANCHES)}|tí|tị)"
_OCCASION = r"(?:nhân |trong |vào )?(?:dịp |ngày |đêm )?(?:nghỉ )?(?:lễ )?"
_TET = words(
    rf"{_OCCASION}(?P<which>giao thừa|(?:mùng|mồng) \d{{1,2}})?,? ?"
    r"(?:đón |vui |mừng )?(?P<tet>tết|xuân)?(?: nguyên đán| cổ truyền| âm lịch| dân tộc)*(?: năm)?"
    rf"(?: ?{_NAME})?(?:,? (?:năm )?| ?[-–(] ?)?(?P<year>\d{{4}})?\)?"
)
_YEAR_NAME = words(rf"năm {_NAME}")
_FIXED = words(
    rf"{_OCCASION}(?:kỷ niệm )?(?:ngày |lễ )*(?P<name>{'|'.join(sorted(map(re.escape, FIXED), key=len, reverse=True))})"
    r"(?:,? ?\(?(?:ngày )?\d{1,2} ?[/.-] ?\d{1,2}\)?)?(?:(?:,? năm |[/.-]| )(?P<year>\d{4})\)?)?"
)
_BY_NUMBER = words(r"(?:nhân |trong |vào )?(?:dịp |ngày )?(?:nghỉ )?lễ (?P<day>\d{1,2})[/.-](?P<month>\d{1,2})")


def holiday(key: str, anchor: Anchor) -> DateReading | None:
    """A holiday, with the year it says or the one nearest to the report; None when ``key`` is something else."""
    for pattern, form in ((_FIXED, _fixed), (_BY_NUMBER, _by_number), (_TET, _lunar), (_YEAR_NAME, _year_name)):
        match = pattern.fullmatch(key)
        value = form(match, anchor) if match else None
        if value is not None:
            return DateReading(value, "DATE" if pattern is _YEAR_NAME else "HOLIDAY")
    return None


def _fixed(match: re.Match[str], anchor: Anchor) -> str | None:
    month, day = FIXED[match["name"]]
    return _on(month, day, match["year"], anchor)


def _by_number(match: re.Match[str], anchor: Anchor) -> str | None:
    return _on(int(match["month"]), int(match["day"]), None, anchor)


def _on(month: int, day: int, year: str | None, anchor: Anchor) -> str | None:
    if year:
        return day_value(int(year), month, day)
    if day_value(2000, month, day) is None:
        return None
    return day_value(anchor.year_of(month, day), month, day)


def _lunar(match: re.Match[str], anchor: Anchor) -> str | None:
    if (not match["tet"] and not match["which"]) or (match["tet"] == "xuân" and not (match["stem"] or match["year"])):
        return None
    if match["year"]:
        year: int | None = int(match["year"])
    elif match["stem"]:
        year = year_by_name(match["stem"], match["branch"], anchor.year())
    else:
        year = _nearest_tet(anchor)
    found = tet_day(year, match["which"] or "") if year else None
    return found.isoformat() if found else None


def _nearest_tet(anchor: Anchor) -> int | None:
    if anchor.years or anchor.latest is None:
        return anchor.year()
    latest = anchor.latest
    days = {
        year: abs((day - latest).days) for year in (latest.year, latest.year + 1, latest.year - 1) if (day := tet(year))
    }
    return min(days, key=lambda year: days[year]) if days else None


def _year_name(match: re.Match[str], anchor: Anchor) -> str | None:
    year = year_by_name(match["stem"], match["branch"], anchor.year())
    return f"{year:04}" if year else None
