"""The spans behind a figure: which labels two annotators share, and which only one of them has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from annotations.agreement.count import finished_sets
from annotations.agreement.entities import mentions
from annotations.agreement.pairing import pair_for_confusion, unequal
from annotations.agreement.relations import joined
from annotations.agreement.selector import Selector
from annotations.agreement.side import Side
from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Entity, Relation

Label = TypeVar("Label", Entity, Relation)


class Part(StrEnum):
    """What a count counts."""

    BOTH = "both"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


@dataclass(frozen=True, slots=True)
class Behind(Generic[Label]):
    """One place behind a figure: the first annotator's label, the second's, or both."""

    report_id: str
    report_name: str
    part: Part
    first: Label | None
    second: Label | None


def behind(
    reports: Iterable[LabelledReport], annotators: tuple[str, str], selector: Selector, label: str = ""
) -> Iterator[Behind[Entity]]:
    """The entities behind the F1 of two annotators, of one label or (label empty) of all, report by report."""
    for labelled, first, second in _both_finished(reports, annotators):
        sides = Side(_of_label(first, label)), Side(_of_label(second, label))
        own = mentions(*sides, selector)
        yield from _places(labelled, (sides[0].entities, own[0]), (sides[1].entities, own[1]))


def relations_behind(
    reports: Iterable[LabelledReport], annotators: tuple[str, str], selector: Selector, kind: str = ""
) -> Iterator[Behind[Relation]]:
    """The relations behind the F1 of two annotators, of one type or (kind empty) of all, report by report."""
    for labelled, first, second in _both_finished(reports, annotators):
        sides = Side(first), Side(second)
        own = mentions(*sides, selector)
        yield from _places(labelled, _of_kind(sides[0], own[0], kind), _of_kind(sides[1], own[1], kind))


def confused(
    reports: Iterable[LabelledReport], annotators: tuple[str, str], labels: tuple[str, str]
) -> Iterator[Behind[Entity]]:
    """The mentions behind a count of the confusion of two annotators: which the first labels so, the second so.

    An empty label stands for no such mention. The mentions are paired as they are counted.
    """
    for labelled, first, second in _both_finished(reports, annotators):
        sides = Side(first), Side(second)
        left, right = unequal(*sides)
        rest = {sides[0].entities[place].id for place in left}
        theirs = {sides[1].entities[place].id for place in right}
        pairs, alone, other_alone = pair_for_confusion(*sides, left, right)
        met: list[tuple[Entity | None, Entity | None]] = []
        met += [(sides[0].entities[a], sides[1].entities[b]) for a, b in pairs]
        met += [(sides[0].entities[place], None) for place in alone]
        met += [(None, sides[1].entities[place]) for place in other_alone]
        if labels[0] == labels[1]:
            met += _equal(sides, rest, theirs)
        for one, other in met:
            if ((one.label if one else ""), (other.label if other else "")) == labels:
                part = Part.ONLY_B if one is None else Part.BOTH if other is not None else Part.ONLY_A
                yield Behind(labelled.report.id, labelled.report.name, part, one, other)


def _equal(sides: tuple[Side, Side], rest: Collection[str], theirs: Collection[str]) -> Iterator[tuple[Entity, Entity]]:
    """The entities of equal label and extent, beside those that are left over on either side (ids)."""
    waiting: dict[Hashable, list[Entity]] = defaultdict(list)
    for entity, exact in zip(sides[1].entities, sides[1].exact, strict=True):
        if entity.id not in theirs:
            waiting[exact].append(entity)
    for entity, exact in zip(sides[0].entities, sides[0].exact, strict=True):
        if entity.id not in rest and waiting.get(exact):
            yield entity, waiting[exact].pop(0)


def _of_label(labels: AnnotationSet, label: str) -> AnnotationSet:
    if not label:
        return labels
    return replace(labels, entities=tuple(entity for entity in labels.entities if entity.label == label), relations=())


def _of_kind(side: Side, own: Sequence[Hashable], kind: str) -> tuple[list[Relation], list[Hashable]]:
    kept = [place for place, relation in enumerate(side.relations) if not kind or relation.type == kind]
    values = joined(side, own)
    return [side.relations[place] for place in kept], [values[place] for place in kept]


def _both_finished(
    reports: Iterable[LabelledReport], annotators: tuple[str, str]
) -> Iterator[tuple[LabelledReport, AnnotationSet, AnnotationSet]]:
    for labelled in reports:
        sets = finished_sets(labelled, annotators)
        if len(sets) == 2:
            yield labelled, sets[0], sets[1]


def _places(
    labelled: LabelledReport,
    first: tuple[Sequence[Label], Sequence[Hashable]],
    second: tuple[Sequence[Label], Sequence[Hashable]],
) -> Iterator[Behind[Label]]:
    name = (labelled.report.id, labelled.report.name)
    waiting: dict[Hashable, list[Label]] = defaultdict(list)
    for label, mention in zip(*second, strict=True):
        waiting[mention].append(label)
    for label, mention in zip(*first, strict=True):
        same = waiting.get(mention)
        part = Part.BOTH if same else Part.ONLY_A
        yield Behind(*name, part, label, same.pop(0) if same else None)
    for left in waiting.values():
        yield from (Behind(*name, Part.ONLY_B, None, label) for label in left)
