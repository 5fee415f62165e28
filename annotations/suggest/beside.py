"""Suggestions beside labels: which of them can still be made where people labelled or refused already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotations.report import AnnotationSet, Entity, Relation
from annotations.suggest.suggester import Suggestions

Refused = frozenset[str]
"""Keys (:func:`entity_key`, :func:`relation_key`) of what an annotator does not want on a report."""


def entity_key(entity: Entity) -> str:
    """Names a suggested entity by label and span: ``ORG 12 20``."""
    return f"{entity.label} {entity.start} {entity.end}"


def relation_key(relation: Relation, entities: Mapping[str, Entity]) -> str:
    """Names a suggested relation by type and the spans of its ends: ``title_at 12 34 > 20 34``; empty when an end is unknown."""
    source, target = entities.get(relation.source), entities.get(relation.target)
    if source is None or target is None:
        return ""
    return f"{relation.type} {source.start} {source.end} > {target.start} {target.end}"


def entities_beside(
    suggested: Iterable[Entity], own: AnnotationSet, refused: Refused = frozenset()
) -> tuple[Entity, ...]:
    """The suggested entities that nobody refused and that the span rules allow beside the labels.

    One that crosses a label, has its very span, or nests with one of its own label is left out.
    """
    wanted = [one for one in suggested if entity_key(one) not in refused] if refused else list(suggested)
    if not wanted:
        return ()
    taken = _Spans(own.entities)
    return tuple(one for one in wanted if taken.leaves_room(one))


def leave_room(suggested: Iterable[Entity], labels: Sequence[Entity]) -> list[Entity]:
    """As :func:`entities_beside` without refusals, quick for few labels."""
    if not labels:
        return list(suggested)
    first, last = min(one.start for one in labels), max(one.end for one in labels)
    return [
        one
        for one in suggested
        if one.start >= last or one.end <= first or all(_stand_together(one, other) for other in labels)
    ]


def relations_beside(
    suggested: Suggestions, shown: Iterable[Entity], own: AnnotationSet, refused: Refused = frozenset()
) -> tuple[Relation, ...]:
    """The suggested relations whose ends are ``shown`` suggestions or labels; none between two that are related already.

    An end that was confirmed meanwhile (same label, same span) is that label. Relations name their ends by id.
    """
    if not suggested.relations:
        return ()
    ends = {one.id: one for one in (*own.entities, *shown)}
    taken = {(one.label, one.start, one.end): one.id for one in suggested.entities if one.id not in ends}
    for label in own.entities if taken else ():
        confirmed = taken.get((label.label, label.start, label.end))
        if confirmed is not None:
            ends[confirmed] = label
    there = {frozenset((one.source, one.target)) for one in own.relations}
    found: list[Relation] = []
    for relation in suggested.relations:
        source, target = ends.get(relation.source), ends.get(relation.target)
        if source is None or target is None or source is target or frozenset((source.id, target.id)) in there:
            continue
        if not refused or relation_key(relation, ends) not in refused:
            found.append(_with_ends(relation, source.id, target.id))
    return tuple(found)


def _with_ends(relation: Relation, source: str, target: str) -> Relation:
    if (relation.source, relation.target) == (source, target):
        return relation
    return replace(relation, source=source, target=target)


class _Spans:
    """Labels in buckets, so that a long report stays quick."""

    _WIDTH = 256

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._buckets: dict[int, list[Entity]] = {}
        for one in entities:
            for bucket in self._of(one):
                self._buckets.setdefault(bucket, []).append(one)

    def _of(self, entity: Entity) -> range:
        return range(entity.start // self._WIDTH, max(entity.start, entity.end - 1) // self._WIDTH + 1)

    def leaves_room(self, wanted: Entity) -> bool:
        """Whether the span crosses no label, equals none, and does not nest with one of its own label."""
        return all(
            _stand_together(wanted, other) for bucket in self._of(wanted) for other in self._buckets.get(bucket, ())
        )


def _stand_together(wanted: Entity, other: Entity) -> bool:
    if wanted.start >= other.end or other.start >= wanted.end:
        return True
    holds = wanted.start <= other.start and other.end <= wanted.end
    lies = other.start <= wanted.start and wanted.end <= other.end
    return (holds or lies) and not (holds and lies) and wanted.label != other.label
