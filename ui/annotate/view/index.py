"""Entities and relations by place: which touch a block of text, and in which lane each is drawn."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence

from annotations.report import AnnotationSet, Entity, Relation, entity_order

_FEW = 50
"""Up to so many new entities are put in their places one by one, more are sorted in."""


def assign_lanes(entities: Iterable[Entity]) -> dict[str, int]:
    """A lane for each entity, 0 nearest to the text: overlapping ones differ, an outer one lies below its inner ones.

    Entities of one extent stack in order of their ids.
    """
    lanes: dict[str, int] = {}
    placed: list[tuple[int, int, int]] = []
    for entity in sorted(entities, key=lambda one: (one.end - one.start, one.start, one.id)):
        start, end = entity.start, entity.end
        lowest, taken = 0, set()
        for other_start, other_end, lane in placed:
            if other_start < end and start < other_end:
                taken.add(lane)
                if lane >= lowest and start <= other_start and other_end <= end:
                    lowest = lane + 1
        while lowest in taken:
            lowest += 1
        lanes[entity.id] = lowest
        placed.append((start, end, lowest))
    return lanes


class EntityIndex:
    """The labels of one report, found by block (a paragraph, or a piece of a very long one).

    ``starts`` are the offsets at which the blocks begin. An entity is filed in each block that its hull touches.
    """

    def __init__(self, starts: Sequence[int], annotation_set: AnnotationSet | None) -> None:
        self._starts = starts
        self._filed: dict[int, dict[str, Entity]] = {}
        self._relations: dict[str, list[Relation]] = {}
        self.relations: tuple[Relation, ...] = ()
        self.in_order: tuple[Entity, ...] = ()
        self.by_id: dict[str, Entity] = {}
        if annotation_set is not None:
            self.in_order = tuple(sorted(annotation_set.entities, key=entity_order))
            self.by_id = {entity.id: entity for entity in self.in_order}
            self._file_all()
            self._set_relations(annotation_set.relations)

    def update(self, annotation_set: AnnotationSet | None) -> tuple[set[int], bool]:
        """Take over new labels; returns the blocks whose entities changed, and whether relations did."""
        new = {entity.id: entity for entity in (annotation_set.entities if annotation_set else ())}
        gone, come = _difference(self.by_id, new)
        changed: set[int] = set()
        for entity in gone:
            changed |= self._unfile(entity)
        for entity in come:
            changed |= self._file(entity)
        if gone or come:
            left_out = {entity.id for entity in gone}
            order = [entity for entity in self.in_order if entity.id not in left_out]
            for entity in come[:_FEW]:
                insort(order, entity, key=entity_order)
            order += come[_FEW:]
            self.in_order = tuple(sorted(order, key=entity_order) if len(come) > _FEW else order)
        self.by_id = new
        return changed, self._set_relations(annotation_set.relations if annotation_set else ())

    def of_block(self, number: int) -> list[Entity]:
        """The entities whose hull touches block ``number``."""
        return list(self._filed.get(number, {}).values())

    def at(self, offset: int) -> list[Entity]:
        """The entities that cover the character at ``offset``, inner ones first."""
        filed = self._filed.get(self._block(offset), {}).values()
        found = [entity for entity in filed if any(start <= offset < end for start, end in entity.spans)]
        return sorted(found, key=lambda entity: (entity.end - entity.start, entity.start, entity.id))

    def relations_of(self, entity_id: str) -> list[Relation]:
        """The relations that begin or end at an entity."""
        return self._relations.get(entity_id, [])

    def _block(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _blocks(self, entity: Entity) -> range:
        return range(self._block(entity.start), self._block(entity.end - 1) + 1)

    def _file_all(self) -> None:
        """File the entities, which are in order, in one pass along the blocks."""
        starts, last, number = self._starts, len(self._starts) - 1, 0
        for entity in self.in_order:
            while number < last and starts[number + 1] <= entity.start:
                number += 1
            until = number
            while until <= last and (until == number or starts[until] < entity.end):
                self._filed.setdefault(until, {})[entity.id] = entity
                until += 1

    def _file(self, entity: Entity) -> set[int]:
        blocks = self._blocks(entity)
        for number in blocks:
            self._filed.setdefault(number, {})[entity.id] = entity
        return set(blocks)

    def _unfile(self, entity: Entity) -> set[int]:
        blocks = self._blocks(entity)
        for number in blocks:
            self._filed[number].pop(entity.id, None)
        return set(blocks)

    def _set_relations(self, relations: tuple[Relation, ...]) -> bool:
        if relations is self.relations or relations == self.relations:
            return False
        self.relations = relations
        self._relations = {}
        for relation in relations:
            self._relations.setdefault(relation.source, []).append(relation)
            if relation.target != relation.source:
                self._relations.setdefault(relation.target, []).append(relation)
        return True


def _difference(old: Mapping[str, Entity], new: Mapping[str, Entity]) -> tuple[list[Entity], list[Entity]]:
    """The entities that are not there or not the same any more, and those that stand in their place or are new."""
    gone = [one for key, one in old.items() if (now := new.get(key)) is not one and now != one]
    changed = {one.id for one in gone}
    return gone, [one for key, one in new.items() if key in changed or key not in old]
