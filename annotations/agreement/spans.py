"""Extents of entities: which overlap, and by how much. All lengths are code points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from annotations.report import Entity, Span

Extent = tuple[int, int, tuple[Span, ...]]
"""Start, end and fragments: equal exactly when two entities cover the same characters."""


def extent(entity: Entity) -> Extent:
    """The entity's extent."""
    return (entity.start, entity.end, entity.fragments)


def length(entity: Entity) -> int:
    """Number of characters that the entity covers."""
    if not entity.fragments:
        return entity.end - entity.start
    return sum(end - start for start, end in entity.fragments)


def shared(first: Entity, second: Entity) -> int:
    """Number of characters that both cover."""
    if not first.fragments and not second.fragments:
        return max(0, min(first.end, second.end) - max(first.start, second.start))
    pairs = product(first.spans, second.spans)
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a, b in pairs)


def overlap_share(first: Entity, second: Entity) -> float:
    """Shared characters as a share of all that the two cover (Jaccard): 0 apart, 1 for equal extents."""
    common = shared(first, second)
    return common / (length(first) + length(second) - common)


def overlapping(entities: Sequence[Entity], groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of places in ``entities`` whose hulls share a character and whose ``groups`` differ.

    A sweep from left to right: the time is that of sorting plus the pairs that are open at once.
    """
    order = sorted(range(len(entities)), key=lambda place: entities[place].start)
    open_places: list[int] = []
    for place in order:
        start, group = entities[place].start, groups[place]
        open_places = [other for other in open_places if entities[other].end > start]
        for other in open_places:
            if groups[other] != group:
                yield other, place
        open_places.append(place)


def nested_apart(first: Entity, second: Entity) -> bool:
    """Whether two entities of different labels are two mentions, one inside the other, rather than one mention.

    So they are when one lies inside the other and is less than half of it: a place inside an organisation's
    name is not another opinion on that organisation.
    """
    if first.label == second.label:
        return False
    common, lengths = shared(first, second), sorted((length(first), length(second)))
    return common == lengths[0] and 2 * lengths[0] < lengths[1]
