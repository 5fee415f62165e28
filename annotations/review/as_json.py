"""Conflicts as the command line prints them: plain dicts, lists, strings and numbers."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.report import Entity, Relation, Span
from annotations.review.decision import Decision
from annotations.review.group import EntityGroup, Group
from annotations.review.report_review import ReportReview, adjudicated_set
from annotations.review.settle import State

Json = dict[str, object]


def conflicts_json(review: ReportReview) -> list[Json]:
    """The conflicts of one report, entities first, decided ones with their decision.

    ``answers`` has every annotator who finished the report; an empty list says that she has nothing there. Offsets are
    code points, half-open. Relations whose ends are undecided are not conflicts yet.
    """
    spans = {
        (name, entity.id): (entity.start, entity.end)
        for group in review.entities
        for name, entity in group.members.items()
    }
    decided = {entity.id: (entity.start, entity.end) for entity in adjudicated_set(review).entities}
    for group in review.entities:
        first = next(iter(group.members.values()))
        decided.setdefault(group.id, (first.start, first.end))
    return [_conflict(review, group, spans, decided) for group in review.conflicts]


def _conflict(
    review: ReportReview, group: Group, spans: Mapping[tuple[str, str], Span], decided: Mapping[str, Span]
) -> Json:
    answers: Json = {}
    places: set[Span] = set()
    for name in group.annotators:
        label = group.members.get(name)
        if label is None:
            answers[name] = []
        elif isinstance(label, Entity):
            answers[name] = [_entity(label)]
            places.update(label.spans)
        else:
            source, target = spans[name, label.source], spans[name, label.target]
            answers[name] = [_relation(label, source, target)]
            places.update((source, target))
    settled = review.state(group)
    return {
        "id": group.id,
        "report": review.report_name,
        "kind": str(group.kinds[0]) if group.kinds else str(State.RETURNED),
        "kinds": [str(kind) for kind in group.kinds],
        "of": "entity" if isinstance(group, EntityGroup) else "relation",
        "spans": [list(span) for span in sorted(places)],
        "answers": answers,
        "attributes": list(group.differing),
        "state": str(settled.state),
        "decision": _decision(settled.decision, decided) if settled.decision else None,
    }


def _entity(entity: Entity) -> Json:
    found: Json = {"label": entity.label, "start": entity.start, "end": entity.end}
    if entity.fragments:
        found["fragments"] = [list(span) for span in entity.fragments]
    if entity.attributes:
        found["attributes"] = dict(entity.attributes)
    return found


def _relation(relation: Relation, source: Span, target: Span) -> Json:
    found: Json = {"type": relation.type, "source": list(source), "target": list(target)}
    if relation.attributes:
        found["attributes"] = dict(relation.attributes)
    return found


def _decision(decision: Decision, decided: Mapping[str, Span]) -> Json:
    result: Json | None = None
    if isinstance(decision.result, Entity):
        result = _entity(decision.result)
    elif decision.result is not None and {decision.result.source, decision.result.target} <= decided.keys():
        result = _relation(decision.result, decided[decision.result.source], decided[decision.result.target])
    return {
        "answer": str(decision.answer),
        "taken": decision.taken or None,
        "result": result,
        "open": list(decision.open_points),
        "source": str(decision.source),
        "reason": decision.reason or None,
        "note": decision.note or None,
        "by": decision.by or None,
        "at": decision.at or None,
    }
