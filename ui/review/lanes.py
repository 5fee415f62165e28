"""What is painted around the text of a report under review: bars in lanes, one lane for each annotator. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.corpus import LabelledReport
from annotations.report import Entity, Span, entity_order
from annotations.review import EntityGroup, Group, ReportReview, adjudicated_set
from annotations.review.cases import Case
from annotations.review.group import digest

ADJUDICATED = -1
"""The lane above the text; those of the annotators count from 0 below it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One entity in a lane. ``depth`` counts the entities of the lane that it lies in; ``is_meant`` says that it is
    part of the conflict that is shown."""

    lane: int
    spans: tuple[Span, ...]
    label: str
    depth: int = 0
    is_meant: bool = False


def bars(labelled: LabelledReport, review: ReportReview, group: Group | None, order: Sequence[str] = ()) -> list[Bar]:
    """All entities of the annotators who are compared (lanes in this ``order``), and the adjudicated ones."""
    meant = _meant(review, group)
    sets = {labels.annotator: labels.entities for labels in labelled.sets if labels.annotator in review.annotators}
    found: list[Bar] = []
    for lane, name in enumerate(order or review.annotators):
        wanted = {entity.id for entity in meant.get(name, ())}
        found += _lane(lane, sets.get(name, ()), wanted)
    decided = adjudicated_set(review, unanimous=False).entities
    decision = review.state(group).decision if group is not None else None
    result = {decision.result.id} if decision is not None and decision.result is not None else set()
    return found + _lane(ADJUDICATED, decided, result)


def order_of(case: Case, hidden: bool) -> tuple[str, ...]:
    """The annotators behind A, B, C…: by name, or, while names are hidden, in an order that tells nothing of them."""
    names = case.group.annotators
    return tuple(sorted(names, key=lambda name: digest(case.id, name))) if hidden else names


def focus(review: ReportReview, group: Group) -> Span:
    """The stretch of text that the conflict is about."""
    if isinstance(group, EntityGroup):
        return group.start, group.end
    entities = [entity for own in _meant(review, group).values() for entity in own]
    starts, ends = [entity.start for entity in entities], [entity.end for entity in entities]
    return (min(starts), max(ends)) if entities else (0, 0)


def _meant(review: ReportReview, group: Group | None) -> Mapping[str, Sequence[Entity]]:
    """The entities that the conflict is about, by annotator: its members, or the ends of its relations."""
    if group is None:
        return {}
    if isinstance(group, EntityGroup):
        return {name: (entity,) for name, entity in group.members.items()}
    ends = {(name, relation.source) for name, relation in group.members.items()}
    ends |= {(name, relation.target) for name, relation in group.members.items()}
    found: dict[str, list[Entity]] = {}
    for each in review.entities:
        for name, entity in each.members.items():
            if (name, entity.id) in ends:
                found.setdefault(name, []).append(entity)
    return found


def _lane(lane: int, entities: Sequence[Entity], meant: set[str]) -> list[Bar]:
    found: list[Bar] = []
    around: list[Entity] = []
    for entity in sorted(entities, key=entity_order):
        while around and around[-1].end <= entity.start:
            around.pop()
        found.append(Bar(lane, entity.spans, entity.label, len(around), entity.id in meant))
        around.append(entity)
    return found
