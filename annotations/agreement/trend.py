"""Agreement over time: F1 of the reports of each day, month or year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotations.agreement.per_report import Pair, ReportAgreement, Shared

_PRECISIONS = (10, 7, 4)  # characters of 2021-04-29, 2021-04, 2021


@dataclass(frozen=True, slots=True)
class Moment:
    """The reports of one day, month or year (``when``): what is shared in all, and by pair; their ids."""

    when: str
    entities: Shared
    by_pair: Mapping[Pair, Shared] = field(default_factory=dict)
    report_ids: tuple[str, ...] = ()


def trend(reports: Iterable[tuple[str, ReportAgreement]], most: int = 24) -> tuple[Moment, ...]:
    """The moments in order, as fine as ``most`` of them allow; each report comes with its date or time (ISO 8601).

    Reports without a date are left out. When even years are too many, the last ``most`` years are given.
    """
    dated = [(when, report) for when, report in reports if when]
    length = next((n for n in _PRECISIONS if len({when[:n] for when, _ in dated}) <= most), _PRECISIONS[-1])
    by_moment: dict[str, list[ReportAgreement]] = defaultdict(list)
    for when, report in dated:
        by_moment[when[:length]].append(report)
    return tuple(_moment(when, by_moment[when]) for when in sorted(by_moment))[-most:]


def _moment(when: str, reports: list[ReportAgreement]) -> Moment:
    by_pair: dict[Pair, Shared] = defaultdict(Shared)
    for report in reports:
        for pair, shared in report.entities.items():
            by_pair[pair] += shared
    return Moment(when, sum(by_pair.values(), Shared()), dict(by_pair), tuple(one.report_id for one in reports))
