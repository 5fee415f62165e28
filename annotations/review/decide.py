"""From an answer to the adjudicated label, and whether that breaks the schema.

Extent, label and each attribute are decided separately. ``TAKE`` takes them all from one annotator. After ``UNION`` or
``INTERSECTION`` the label is the one that all members have, else the one most of them have; attributes are those that
all have alike. What cannot be told that way, and was not given, stays open, and the conflict with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from annotations.errors import Refused
from annotations.report import Entity, Relation
from annotations.review.decision import Answer, Decision, Said, Source, fingerprint, seen_of
from annotations.review.group import EntityGroup, Group, RelationGroup
from annotations.review.result import entity_result, relation_result
from annotations.rules import check_label, check_relation, check_spans
from annotations.schema import Schema


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was worked out; ``breaches`` say why the schema forbids it: then it must not be stored."""

    decision: Decision
    breaches: tuple[Refused, ...] = ()


def decide(
    group: EntityGroup,
    said: Said,
    schema: Schema,
    length: int,
    *,
    before: Decision | None = None,
    relations: Iterable[tuple[str, str, str]] = (),
) -> Decided:
    """The decision about a group of entities; ``length`` is that of the report's text, in code points.

    The adjudicated entity keeps the id it had ``before``, else it gets the conflict's id. ``relations`` are the
    adjudicated relations that end at it, as (type, source label, target label) with an empty string in place of this
    entity's own label: they are checked against the label it will have.
    Raises ``Refused`` when the answer names an annotator who did not finish the report, or lacks what it needs.
    """
    _check_names(group, said)
    result, open_points = entity_result(group, said)
    if isinstance(result, Entity) and before is not None and before.result is not None:
        result = replace(result, id=before.result.id)
    breaches: list[Refused] = []
    if isinstance(result, Entity):
        breaches += _breaches(partial(check_label, result.label, schema), partial(check_spans, result.spans, length))
        for kind, source, target in relations:
            ends = source or result.label, target or result.label
            breaches += _breaches(partial(check_relation, kind, *ends, schema))
    return Decided(_decision(group, said, result, open_points), tuple(breaches))


def decide_relation(
    group: RelationGroup,
    said: Said,
    schema: Schema,
    labels: Mapping[str, str],
    *,
    before: Decision | None = None,
) -> Decided:
    """The decision about a group of relations; ``labels`` are those of the adjudicated entities by id.

    An own relation's ends are ids of adjudicated entities. Raises ``Refused`` as :func:`decide` does, and for union and
    intersection, which are for extents.
    """
    _check_names(group, said)
    result = relation_result(group, said)
    if result is None:
        return Decided(_decision(group, said, None, ()))
    if before is not None and before.result is not None:
        result = replace(result, id=before.result.id)
    if result.source not in labels or result.target not in labels:
        raise Refused("An end of this relation is no adjudicated entity. Nothing was changed; decide its ends first.")
    ends = labels[result.source], labels[result.target]
    return Decided(
        _decision(group, said, result, ()), tuple(_breaches(partial(check_relation, result.type, *ends, schema)))
    )


def _check_names(group: Group, said: Said) -> None:
    for name in filter(None, (said.taken, said.label_from, *said.attributes_from.values())):
        if name not in group.annotators:
            raise Refused(
                "{name} has no finished labels on this report, so they cannot be taken. Nothing was changed.", name=name
            )
    if said.answer is Answer.TAKE and not said.taken:
        raise Refused("It is not said whose answer to take. Nothing was changed.")
    if said.answer is Answer.OWN and said.own is None:
        raise Refused("The own answer is empty. Nothing was changed; give a label and a text.")


def _breaches(*checks: Callable[[], None]) -> list[Refused]:
    found = []
    for check in checks:
        try:
            check()
        except Refused as refused:
            found.append(refused)
    return found


def _decision(group: Group, said: Said, result: Entity | Relation | None, open_points: tuple[str, ...]) -> Decision:
    seen = seen_of(group)
    return Decision(
        conflict_id=group.id,
        report_id=group.report_id,
        answer=said.answer,
        taken=said.taken,
        label_from=said.label_from,
        attributes_from=dict(said.attributes_from),
        own=said.own,
        result=result,
        open_points=open_points,
        source=Source.OWN if said.answer is Answer.OWN else said.source,
        reason=said.reason,
        note=said.note,
        by=said.by,
        at=said.at,
        seen=seen,
        fingerprint=fingerprint(seen),
        about_relation=isinstance(group, RelationGroup),
    )
