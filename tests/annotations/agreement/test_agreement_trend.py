"""Agreement over time: as fine as there is room, nothing lost."""

from __future__ import annotations

import pytest

from annotations.agreement import ReportAgreement, Shared
from annotations.agreement.trend import Moment, trend

PAIR, OTHER = ("lan", "minh"), ("lan", "thu")


def report(report_id: str, both: int, only: int, pair: tuple[str, str] = PAIR) -> ReportAgreement:
    return ReportAgreement(report_id, f"{report_id}.txt", "", {pair: Shared(both, only, 0)}, {}, {})


def test_reports_of_one_day_are_one_point() -> None:
    found = trend(
        [
            ("2021-04-29T09:00:00Z", report("a", 3, 1)),
            ("2021-04-28", report("b", 1, 0)),
            ("2021-04-29", report("c", 1, 1, OTHER)),
            ("", report("d", 9, 9)),
        ]
    )
    assert found == (
        Moment("2021-04-28", Shared(1, 0, 0), {PAIR: Shared(1, 0, 0)}, ("b",)),
        Moment("2021-04-29", Shared(4, 2, 0), {PAIR: Shared(3, 1, 0), OTHER: Shared(1, 1, 0)}, ("a", "c")),
    )


@pytest.mark.parametrize(
    ("most", "whens"), [(3, ["2020-01", "2020-02", "2021-01"]), (2, ["2020", "2021"]), (1, ["2021"])]
)
def test_too_many_days_become_months_then_years_then_the_last_years(most: int, whens: list[str]) -> None:
    days = ("2020-01-01", "2020-01-02", "2020-02-01", "2021-01-01")
    found = trend([(day, report(day, 1, 0)) for day in days], most)
    assert [one.when for one in found] == whens


def test_nothing_dated_is_no_point() -> None:
    assert trend([("", report("a", 1, 0))]) == ()
    assert trend([]) == ()
