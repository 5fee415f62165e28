"""Entities and relations by place: which touch a place in the text, and in which lane each is drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from sys import maxsize

from annotations.report import Entity, Relation, entity_order
from ui.annotate.differing import differing, same_ends

_CHUNK = 128
"""Entities whose greatest end is kept together, and that are compared at once."""


class _Lane:
    """The entities of one lane: apart from each other, in text order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def overlaps(self, start: int, end: int) -> bool:
        """Whether an entity of the lane shares a character with ``[start, end)``."""
        first = bisect_right(self.ends, start)
        return first < len(self.starts) and self.starts[first] < end

    def holds_inner(self, start: int, end: int) -> bool:
        """Whether an entity of the lane lies within ``[start, end)``."""
        first = bisect_left(self.starts, start)
        return first < len(self.ends) and self.ends[first] <= end

    def add(self, start: int, end: int) -> None:
        """Put an entity in the lane, where there is room for it."""
        at = bisect_left(self.starts, start)
        self.starts.insert(at, start)
        self.ends.insert(at, end)


def assign_lanes(entities: Iterable[Entity]) -> dict[str, int]:
    """A lane for each entity, 0 nearest to the text: overlapping ones differ, an outer one lies below its inner ones.

    Entities of one extent stack in order of their ids.
    """
    found: dict[str, int] = {}
    lanes: list[_Lane] = []
    for entity in sorted(entities, key=lambda one: (one.end - one.start, one.start, one.id)):
        start, end = entity.start, entity.end
        lowest = next((n + 1 for n in range(len(lanes) - 1, -1, -1) if lanes[n].holds_inner(start, end)), 0)
        while lowest < len(lanes) and lanes[lowest].overlaps(start, end):
            lowest += 1
        if lowest == len(lanes):
            lanes.append(_Lane())
        lanes[lowest].add(start, end)
        found[entity.id] = lowest
    return found


class EntityIndex:
    """The labels of one report, found by place. ``starts`` are the offsets at which the blocks of its text begin.

    ``in_order`` holds the entities by place, outer before inner, ``by_id`` the same by their ids.
    """

    def __init__(
        self, starts: Sequence[int], entities: Sequence[Entity] = (), relations: Sequence[Relation] = ()
    ) -> None:
        self._blocks = starts
        self.relations = relations
        self._relations: dict[str, list[Relation]] | None = None
        self.in_order = _in_order(entities)
        self.by_id = {entity.id: entity for entity in self.in_order}
        self._measure()

    def update(self, entities: Sequence[Entity], relations: Sequence[Relation]) -> tuple[set[int], bool]:
        """Take over new labels; returns the blocks whose entities look different, and whether relations do."""
        old, new = self.in_order, entities
        before, after = same_ends(old, new)
        if not _is_ordered(new[max(0, before - 1) : len(new) - after + 1]):
            new = sorted(entities, key=entity_order)
            before, after = same_ends(old, new)
        middle = list(new[before : len(new) - after])
        gone, come = differing(old[before : len(old) - after], middle)
        changed = {number for one in (*_other(gone, come), *_other(come, gone)) for number in self._numbers(one)}
        self._replace(before, len(old) - after, middle)
        for entity in gone:
            del self.by_id[entity.id]
        self.by_id.update((entity.id, entity) for entity in middle)
        return changed, self._set_relations(relations)

    def of_block(self, number: int) -> list[Entity]:
        """The entities whose hull touches block ``number``, in order."""
        last = number + 1 >= len(self._blocks)
        return self.touching(self._blocks[number], maxsize if last else self._blocks[number + 1])

    def touching(self, start: int, end: int) -> list[Entity]:
        """The entities whose hull shares a character with ``[start, end)``, in order."""
        found: list[Entity] = []
        until = bisect_left(self._starts, end)
        for chunk, reach in enumerate(self._reach[: -(-until // _CHUNK)]):
            if reach > start:
                first, last = chunk * _CHUNK, min(until, (chunk + 1) * _CHUNK)
                found += (self.in_order[n] for n in range(first, last) if self._ends[n] > start)
        return found

    def at(self, offset: int) -> list[Entity]:
        """The entities that cover the character at ``offset``, inner ones first."""
        near = self.touching(offset, offset + 1)
        found = [entity for entity in near if any(start <= offset < end for start, end in entity.spans)]
        return sorted(found, key=lambda entity: (entity.end - entity.start, entity.start, entity.id))

    def number_from(self, offset: int) -> int:
        """How many entities begin before ``offset``."""
        return bisect_left(self._starts, offset)

    def relations_of(self, entity_id: str) -> list[Relation]:
        """The relations that begin or end at an entity."""
        if self._relations is None:
            self._relations = {}
            self._join(self.relations)
        return self._relations.get(entity_id, [])

    def _join(self, relations: Iterable[Relation]) -> None:
        """Note relations at their ends."""
        if self._relations is not None:
            for relation in relations:
                for end in {relation.source, relation.target}:
                    self._relations.setdefault(end, []).append(relation)

    def _measure(self) -> None:
        self._starts = [entity.start for entity in self.in_order]
        self._ends = ends = [entity.end for entity in self.in_order]
        self._reach = [max(ends[at : at + _CHUNK]) for at in range(0, len(ends), _CHUNK)]

    def _replace(self, first: int, last: int, middle: list[Entity]) -> None:
        """Put ``middle`` in the place of the entities from ``first`` to ``last``; the others are not looked at."""
        moved = len(middle) != last - first
        self.in_order[first:last] = middle
        self._starts[first:last] = [entity.start for entity in middle]
        self._ends[first:last] = [entity.end for entity in middle]
        chunk = first // _CHUNK
        until = len(self._ends) if moved else first + len(middle)
        reach = [max(self._ends[at : at + _CHUNK]) for at in range(chunk * _CHUNK, until, _CHUNK)]
        self._reach[chunk : None if moved else chunk + len(reach)] = reach

    def _numbers(self, entity: Entity) -> range:
        """The blocks that an entity's hull touches."""
        first = max(0, bisect_right(self._blocks, entity.start) - 1)
        return range(first, max(first + 1, bisect_right(self._blocks, entity.end - 1)))

    def _set_relations(self, relations: Sequence[Relation]) -> bool:
        """Take over relations; returns whether any looks different."""
        old, self.relations = self.relations, relations
        gone, come = differing(old, relations)
        if self._relations is not None:
            for relation in gone:
                for end in {relation.source, relation.target}:
                    self._relations[end].remove(relation)
        self._join(come)
        return gone != come


def _in_order(entities: Sequence[Entity]) -> list[Entity]:
    """A list of ``entities`` by place; annotation sets are in order already, and looking is cheaper than sorting."""
    return list(entities) if _is_ordered(entities) else sorted(entities, key=entity_order)


def _is_ordered(entities: Sequence[Entity]) -> bool:
    starts = [entity.start for entity in entities]
    return starts == sorted(starts)


def _other(labels: Iterable[Entity], beside: Iterable[Entity]) -> Iterator[Entity]:
    """The labels that have no equal one of their id beside."""
    there = {entity.id: entity for entity in beside}
    return (entity for entity in labels if there.get(entity.id) != entity)
