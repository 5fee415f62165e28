"""What a date that does not say everything may lean on: its sentence's other dates, then its report's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from annotations.normalise.edtf import bounds

_FIRST, _LAST = 1000, 9000
"""Report years beyond these are no dates to count from."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The surroundings of a date.

    ``report`` is the report's date (EDTF, may be a month or a year, or empty).
    ``years`` are the years and ``values`` the single values of the sentence's other
    dates, nearest first. ``limited`` says that a word such as ``trước`` stands before
    the date: it may then lie after the report.
    """

    report: str = ""
    years: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    limited: bool = False

    def nearer(self, value: str) -> Anchor:
        """The same surroundings with one more date, nearer than all."""
        single = value.split(";")[0].split("/")[0]
        years = (int(single[:4]), *self.years) if single[:4].isdigit() else self.years
        return replace(self, years=years, values=(single, *self.values))

    @property
    def _known(self) -> tuple[date, date] | None:
        known = bounds(self.report) if self.report else None
        return known if known and known[0].year >= _FIRST and known[1].year <= _LAST else None

    @property
    def today(self) -> date | None:
        """The report's day, when it is known to the day."""
        known = self._known
        return known[0] if known and known[0] == known[1] else None

    @property
    def latest(self) -> date | None:
        """The last day on which the report can have been written."""
        known = self._known
        return known[1] if known else None

    @property
    def report_year(self) -> int | None:
        """The year of the report."""
        return self.latest.year if self.latest else None

    def year(self) -> int | None:
        """The year for a quarter or a part of a year that does not say it."""
        return self.years[0] if self.years else self.report_year

    def year_of(self, month: int, day: int | None = None) -> int | None:
        """The year for a day (or month) that does not say it.

        From the nearest date of the sentence, else the last such day not after the report
        (the nearest one when the date is a limit). A month alone is the nearest one.
        """
        if self.years or self.latest is None:
            return self.year()
        latest = self.latest
        if day is None:
            away = {year: abs((year - latest.year) * 12 + month - latest.month) for year in _around(latest.year)}
            return min(away, key=lambda year: (away[year], year))
        days = [found for year in _around(latest.year, 8) if (found := _day(year, month, day))]
        if self.limited and days:
            return min(days, key=lambda found: abs((found - latest).days)).year
        past = [found for found in days if found <= latest]
        return past[-1].year if past else self.year()

    def month_of(self, day: int) -> tuple[int | None, int] | None:
        """Year and month for a day of the month alone (``ngày 26``)."""
        for value in self.values:
            month = value[5:7]
            if month.isdigit() and 1 <= int(month) <= 12:
                return (int(value[:4]) if value[:4].isdigit() else None), int(month)
        latest = self.latest
        if latest is None or len(self.report) < 7:
            return None
        if day <= latest.day or self.limited:
            return latest.year, latest.month
        return (latest.year, latest.month - 1) if latest.month > 1 else (latest.year - 1, 12)


def _around(year: int, before: int = 1) -> range:
    return range(year - before, year + 2)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
