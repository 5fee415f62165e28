"""Relations: which pairs the schema allows, and what is in reach of an entity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.changes import AddRelations, Change, DeleteRelations, Retype, ReverseRelations
from annotations.report import Entity, Relation, Span, new_id
from annotations.schema import RelationType
from annotations.sentences import sentence_at
from ui.annotate.edits.sheet import Sheet, seen

NEAR = 9
"""So many targets carry one digit each."""
MOST = 90
"""So many can carry two digits, 10 to 99."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entity that can be the other end, the number to type for it, and the allowed types."""

    number: str
    entity: Entity
    types: tuple[RelationType, ...]


def types_between(sheet: Sheet, source_id: str, target_id: str) -> tuple[RelationType, ...]:
    """The relation types that the schema allows from source to target."""
    source, target = sheet.entities.get(source_id), sheet.entities.get(target_id)
    if source is None or target is None or source.id == target.id:
        return ()
    return sheet.schema.relations_between(source.label, target.label)


def new_types(sheet: Sheet, source_id: str, target_id: str) -> tuple[RelationType, ...]:
    """The allowed types in which the two are not related yet."""
    known = {one.type for one in sheet.labels.relations if (one.source, one.target) == (source_id, target_id)}
    return tuple(kind for kind in types_between(sheet, source_id, target_id) if kind.name not in known)


def choices(
    sheet: Sheet, entity_id: str, sentences: tuple[Span, ...], forward: bool = True, far: bool = False
) -> tuple[Choice, ...]:
    """The entities that can be the other end of a relation of this one, numbered.

    ``forward``: this one is the source. Those of the same sentence come first, then the nearest ones: up to nine,
    or all of the sentence where it has more; ``far`` offers the nearest ninety. More than nine get two digits each.
    """
    here = sheet.entities.get(entity_id)
    if here is None:
        return ()
    home = sentence_at(sentences, here.start)
    found: list[tuple[tuple[bool, int, int], Entity, tuple[RelationType, ...]]] = []
    near = 0
    for other in sheet.labels.entities:
        ends = (entity_id, other.id) if forward else (other.id, entity_id)
        types = new_types(sheet, *ends)
        if types:
            beyond = not (home[0] <= other.start < home[1])
            near += not beyond
            found.append(((beyond, _gap(here, other), other.start), other, types))
    found.sort(key=lambda one: one[0])
    shown = found[: MOST if far else min(MOST, max(NEAR, near))]
    first = 1 if len(shown) <= NEAR else 10
    return tuple(Choice(str(first + at), entity, types) for at, (_, entity, types) in enumerate(shown))


def relate(sheet: Sheet, source_id: str, target_id: str, kind: str) -> Change:
    """Relate two entities."""
    return AddRelations(sheet.report.id, (Relation(new_id(), kind, source_id, target_id),))


def delete_relations(sheet: Sheet, relation_ids: Iterable[str]) -> Change | None:
    """Delete relations."""
    chosen = sheet.chosen_relations(relation_ids)
    if not chosen:
        return None
    return DeleteRelations(sheet.report.id, tuple(one.id for one in chosen), seen(chosen))


def retype(sheet: Sheet, relation_ids: Iterable[str], kind: str) -> Change | None:
    """Give relations another type; those that have it are left out."""
    chosen = [one for one in sheet.chosen_relations(relation_ids) if one.type != kind]
    if not chosen:
        return None
    return Retype(sheet.report.id, tuple(one.id for one in chosen), kind, seen(chosen))


def reverse(sheet: Sheet, relation_ids: Iterable[str]) -> Change | None:
    """Swap source and target of relations."""
    chosen = sheet.chosen_relations(relation_ids)
    if not chosen:
        return None
    return ReverseRelations(sheet.report.id, tuple(one.id for one in chosen), seen(chosen))


def reversible(sheet: Sheet, relation_ids: Iterable[str]) -> bool:
    """Whether the schema allows all these relations the other way round."""
    chosen = sheet.chosen_relations(relation_ids)
    return bool(chosen) and all(
        any(kind.name == one.type for kind in types_between(sheet, one.target, one.source)) for one in chosen
    )


def between(sheet: Sheet, entity_ids: Iterable[str]) -> tuple[Relation, ...]:
    """The relations whose two ends are exactly these two entities."""
    ends = set(entity_ids)
    if len(ends) != 2:
        return ()
    return tuple(one for one in sheet.labels.relations if one.source in ends and {one.source, one.target} == ends)


def _gap(first: Entity, second: Entity) -> int:
    """Characters between two entities; 0 when they touch or overlap."""
    return max(0, second.start - first.end, first.start - second.end)
