"""What review made of one annotator's labels, and why: for telling her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotations.corpus import LabelledReport
from annotations.report import Entity, Relation, Span
from annotations.review.decision import Decision
from annotations.review.differences import values_of
from annotations.review.group import EntityGroup, Group, RelationGroup
from annotations.review.report_review import ReportReview


class How(StrEnum):
    """What became of her label; the first that applies."""

    ADDED = "added"
    REMOVED = "removed"
    LABEL = "label"
    TYPE = "type"
    DIRECTION = "direction"
    BOUNDARY = "boundary"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Told:
    """One label of hers that review has otherwise, or one that she does not have and review has.

    ``before`` and ``after`` are (label, covered text), empty for none; of a relation the text is ``source → target``.
    ``attributes`` names those that differ. ``place`` is where it is, in code points.
    """

    report_id: str
    conflict_id: str
    how: How
    before: tuple[str, str]
    after: tuple[str, str]
    attributes: tuple[str, ...]
    place: Span
    reason: str
    note: str
    by: str
    at: str


def told(review: ReportReview, labelled: LabelledReport, annotator: str) -> tuple[Told, ...]:
    """What was decided about this annotator's labels otherwise than she has them, in order of offset.

    Only what is finally decided counts, and only on reports that she finished.
    """
    found = (_told(group, review.state(group).decision, labelled, annotator) for group in review.groups)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.place, one.conflict_id)))


def _told(group: Group, decision: Decision | None, labelled: LabelledReport, annotator: str) -> Told | None:
    if decision is None or not decision.is_final or annotator not in group.annotators:
        return None
    mine, result = group.members.get(annotator), decision.result
    how = _how(group, mine, result, annotator)
    if how is None:
        return None
    (before, place_before), (after, place_after) = _seen(labelled, annotator, mine), _seen(labelled, None, result)
    known = [place for place in (place_before, place_after) if place is not None]
    if isinstance(group, EntityGroup):
        known.append((group.start, group.end))
    place = known[0] if known else (0, 0)
    attributes = tuple(sorted(_differing(mine, result))) if mine is not None and result is not None else ()
    said = (decision.reason, decision.note, decision.by, decision.at)
    return Told(group.report_id, group.id, how, before, after, attributes, place, *said)


def _how(group: Group, mine: Entity | Relation | None, result: Entity | Relation | None, annotator: str) -> How | None:
    if mine is None or result is None:
        return None if mine is result else How.ADDED if mine is None else How.REMOVED
    if isinstance(mine, Entity) and isinstance(result, Entity):
        if mine.label != result.label:
            return How.LABEL
        if mine.spans != result.spans:
            return How.BOUNDARY
    elif isinstance(mine, Relation) and isinstance(result, Relation) and isinstance(group, RelationGroup):
        if mine.type != result.type:
            return How.TYPE
        if group.ends[annotator] != (result.source, result.target):
            return How.DIRECTION
    return How.ATTRIBUTE if any(_differing(mine, result)) else None


def _differing(mine: Entity | Relation, result: Entity | Relation) -> Iterator[str]:
    names = mine.attributes.keys() | result.attributes.keys()
    yield from (
        name for name in names if values_of(mine.attributes.get(name, "")) != values_of(result.attributes.get(name, ""))
    )


def _seen(
    labelled: LabelledReport, annotator: str | None, label: Entity | Relation | None
) -> tuple[tuple[str, str], Span | None]:
    """Label and text as people read them, and where it is; of the adjudicated set when no annotator is named."""
    text = labelled.report.text
    if label is None:
        return ("", ""), None
    if isinstance(label, Entity):
        return (label.label, _words(label.surface(text))), (label.start, label.end)
    entities = _entities(labelled, annotator)
    ends = [entities[end] for end in (label.source, label.target) if end in entities]
    shown = " → ".join(_words(end.surface(text)) for end in ends)
    place = (min(end.start for end in ends), max(end.end for end in ends)) if ends else None
    return (label.type, shown), place


def _entities(labelled: LabelledReport, annotator: str | None) -> Mapping[str, Entity]:
    sets = (one for one in labelled.sets if one.adjudicated == (annotator is None) and one.annotator == annotator)
    return {entity.id: entity for labels in sets for entity in labels.entities}


def _words(text: str) -> str:
    return " ".join(text.split())
