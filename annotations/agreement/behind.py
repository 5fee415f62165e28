"""The spans behind a figure: which labels two annotators share, and which only one of them has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from annotations.agreement.count import finished_sets
from annotations.agreement.entities import mentions
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
