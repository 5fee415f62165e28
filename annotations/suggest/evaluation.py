"""How good suggestions are against labels: precision, recall, F1 by label, by source and by relation type.

Exact: same label and same span. Overlap: same label and a shared character, each mention counted once.
A relation is right when its type and both ends (label and span) are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotations.report import Entity, Relation
from annotations.suggest.suggester import Suggestions

_Place = tuple[str, int, int]


@dataclass(slots=True)
class Tally:
    """Counts of one label or type: suggested, wanted (in the labels), right (in both)."""

    suggested: int = 0
    wanted: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of the suggested that is right; 0 without any."""
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was suggested; 0 without any."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.suggested + self.wanted
        return 2 * self.right / both if both else 0.0


@dataclass(slots=True)
class Evaluation:
    """Tallies over reports. ``sources`` counts exact entities by who proposed them (``wanted`` stays 0);
    ``values`` counts attributes of exactly found entities that have one in the labels, by ``LABEL.attribute``."""

    reports: int = 0
    exact: dict[str, Tally] = field(default_factory=dict)
    overlap: dict[str, Tally] = field(default_factory=dict)
    sources: dict[str, Tally] = field(default_factory=dict)
    relations: dict[str, Tally] = field(default_factory=dict)
    values: dict[str, Tally] = field(default_factory=dict)

    def add(self, suggestions: Suggestions, entities: Iterable[Entity], relations: Iterable[Relation]) -> None:
        """Count one report's suggestions against its labels."""
        self.reports += 1
        wanted = {_place(entity): entity for entity in entities}
        given = {_place(entity): entity for entity in suggestions.entities}
        self._count_exact(given, wanted)
        self._count_overlap(given, wanted)
        ends = {entity.id: place for place, entity in wanted.items()}
        own = {entity.id: place for place, entity in given.items()}
        _count(self.relations, _pairs(suggestions.relations, own), _pairs(relations, ends))

    def _count_exact(self, given: Mapping[_Place, Entity], wanted: Mapping[_Place, Entity]) -> None:
        _count(self.exact, given, wanted)
        for place, entity in given.items():
            source = self.sources.setdefault(entity.by or "", Tally())
            source.suggested += 1
            if place not in wanted:
                continue
            source.right += 1
            for name, value in wanted[place].attributes.items():
                tally = self.values.setdefault(f"{place[0]}.{name}", Tally())
                tally.wanted += 1
                tally.suggested += name in entity.attributes
                tally.right += entity.attributes.get(name) == value

    def _count_overlap(self, given: Iterable[_Place], wanted: Iterable[_Place]) -> None:
        left = sorted(wanted, key=lambda place: place[1:])
        for label, _, _ in left:
            self.overlap.setdefault(label, Tally()).wanted += 1
        for label, start, end in sorted(given, key=lambda place: place[1:]):
            tally = self.overlap.setdefault(label, Tally())
            tally.suggested += 1
            shared = [other for other in left if other[0] == label and other[1] < end and start < other[2]]
            if shared:
                tally.right += 1
                left.remove(max(shared, key=lambda other: min(other[2], end) - max(other[1], start)))


def total(tallies: Mapping[str, Tally]) -> Tally:
    """The sum: micro averages come from it."""
    return Tally(
        sum(tally.suggested for tally in tallies.values()),
        sum(tally.wanted for tally in tallies.values()),
        sum(tally.right for tally in tallies.values()),
    )


def _place(entity: Entity) -> _Place:
    return entity.label, entity.start, entity.end


def _pairs(relations: Iterable[Relation], places: Mapping[str, _Place]) -> set[tuple[str, _Place, _Place]]:
    """Relations whose two ends are known, by place."""
    return {
        (relation.type, places[relation.source], places[relation.target])
        for relation in relations
        if relation.source in places and relation.target in places
    }


def _count(
    tallies: dict[str, Tally], given: Iterable[tuple[object, ...]], wanted: Iterable[tuple[object, ...]]
) -> None:
    """Count by the first part of each key."""
    first, second = set(given), set(wanted)
    for name, count in Counter(str(key[0]) for key in first).items():
        tallies.setdefault(name, Tally()).suggested += count
    for name, count in Counter(str(key[0]) for key in second).items():
        tallies.setdefault(name, Tally()).wanted += count
    for key in first & second:
        tallies[str(key[0])].right += 1
