"""The agreement of pairs of annotators report by report, for lists and trends: counts and F1 only, hence quick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotations.agreement.count import finished_sets
from annotations.agreement.entities import Counts, count_entities, mentions
from annotations.agreement.figure import f1
from annotations.agreement.relations import count_relations
from annotations.agreement.selector import Selector
from annotations.agreement.side import Side
from annotations.agreement.tally import Sums
from annotations.corpus import LabelledReport

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shared:
    """How many labels two annotators share, and how many each has alone; ``f1`` is None when there are none."""

    both: int = 0
    only_a: int = 0
    only_b: int = 0

    @property
    def f1(self) -> float | None:
        """2·both / (2·both + only_a + only_b)."""
        return f1(self.both, self.only_a, self.only_b)[0]

    def __add__(self, other: Shared) -> Shared:
        return Shared(self.both + other.both, self.only_a + other.only_a, self.only_b + other.only_b)


@dataclass(frozen=True, slots=True)
class ReportAgreement:
    """One report: what the pairs share who both finished it, in all and by label and by relation type."""

    report_id: str
    report_name: str
    date: str
    entities: Mapping[Pair, Shared]
    relations: Mapping[Pair, Shared]
    by_label: Mapping[Pair, Mapping[str, Shared]]


def per_report(
    reports: Iterable[LabelledReport], annotators: Sequence[str], selector: Selector, relations: bool = True
) -> Iterator[ReportAgreement]:
    """Every report that at least two of ``annotators`` finished, in the order given; nothing is held in memory.

    Without ``relations`` only entities are compared.
    """
    names = tuple(dict.fromkeys(annotators))
    for labelled in reports:
        sides = {names[place]: Side(labels) for place, labels in finished_sets(labelled, names).items()}
        if len(sides) > 1:
            yield _report(labelled, sides, selector, relations)


def _report(
    labelled: LabelledReport, sides: Mapping[str, Side], selector: Selector, relations: bool
) -> ReportAgreement:
    pairs = list(combinations(sides, 2))
    counts: Counts = {}
    for number, (one, other) in enumerate(pairs):
        both = (sides[one], sides[other])
        own = mentions(*both, selector)
        count_entities(counts, number, both, own, selector)
        if relations:
            count_relations(counts, number, both, own)
    sums = Sums(counts)
    return ReportAgreement(
        labelled.report.id,
        labelled.report.name,
        labelled.report.date,
        {pair: _shared(sums, "entities", number, "") for number, pair in enumerate(pairs)},
        {pair: _shared(sums, "relations", number, "") for number, pair in enumerate(pairs)},
        {
            pair: {
                label: _shared(sums, "entities", number, label)
                for label in sides[pair[0]].labels | sides[pair[1]].labels
            }
            for number, pair in enumerate(pairs)
        },
    )


def _shared(sums: Sums, kind: str, number: int, label: str) -> Shared:
    both = sums[kind, number, label, "both"]
    return Shared(both, sums[kind, number, label, "a"] - both, sums[kind, number, label, "b"] - both)
