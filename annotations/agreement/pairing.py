"""Entities of two annotation sets matched one to one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from annotations.agreement.selector import Match, Selector
from annotations.agreement.side import Side
from annotations.agreement.spans import extent, length, nested_apart, overlap_share, overlapping, shared
from annotations.report import Entity

Pairs = list[tuple[int, int]]
"""Places in the first and in the second set."""

Places = Sequence[int]


def pair_up(first: Side, second: Side, selector: Selector) -> Pairs:
    """Pairs of the same mention under ``selector``; every entity is in one pair at most.

    Exact and boundary matches compare extents. Overlap and type take the closest boundaries first (fewest
    characters that only one of the two covers), ties by offset; so the result is the same from either side.
    """
    if selector.match is Match.BOUNDARY:
        return _equal(first.extents(), second.extents())[0]
    pairs, left, right = _equal(first.exact, second.exact)
    if selector.match is Match.EXACT:
        return pairs
    threshold = selector.threshold if selector.match is Match.OVERLAP else 0.0

    def allowed(one: Entity, other: Entity) -> bool:
        return one.label == other.label and overlap_share(one, other) >= threshold

    return pairs + _closest(first, second, left, right, allowed)


def pair_for_confusion(first: Side, second: Side) -> tuple[Pairs, Places, Places]:
    """Pairs of the same mention whatever the label, of those that are not equal; and the places left over.

    The same label and closest boundaries come first, then any label and closest boundaries. An entity well inside
    one of another label (:func:`nested_apart`) is not the same mention.
    """
    _, left, right = _equal(first.exact, second.exact)
    pairs: Pairs = []
    for allowed in (_same_label, _one_mention):
        if left and right:
            found = _closest(first, second, left, right, allowed)
            left = _without(left, {a for a, _ in found})
            right = _without(right, {b for _, b in found})
            pairs += found
    return pairs, left, right


def _same_label(one: Entity, other: Entity) -> bool:
    return one.label == other.label


def _one_mention(one: Entity, other: Entity) -> bool:
    return not nested_apart(one, other)


def _without(places: Places, gone: set[int]) -> list[int]:
    return [place for place in places if place not in gone]


def _equal(first: Sequence[Hashable], second: Sequence[Hashable]) -> tuple[Pairs, list[int], list[int]]:
    """Pairs of equal values, and the places left over on both sides."""
    waiting: dict[Hashable, list[int]] = {}
    for place, value in enumerate(second):
        waiting.setdefault(value, []).append(place)
    pairs: Pairs = []
    left: list[int] = []
    for place, value in enumerate(first):
        same = waiting.get(value)
        if same:
            pairs.append((place, same.pop(0)))
        else:
            left.append(place)
    return pairs, left, sorted(place for places in waiting.values() for place in places)


def _closest(
    first: Side, second: Side, left: Places, right: Places, allowed: Callable[[Entity, Entity], bool]
) -> Pairs:
    if not left or not right:
        return []
    entities = [first.entities[place] for place in left] + [second.entities[place] for place in right]
    candidates = []
    for a, b in overlapping(entities, [0] * len(left) + [1] * len(right)):
        one, other = entities[a], entities[b]
        common = shared(one, other)
        if common and allowed(one, other):
            key = (length(one) + length(other) - 2 * common, *sorted((extent(one), extent(other))))
            candidates.append((key, min(a, b), max(a, b) - len(left)))
    pairs: Pairs = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, a, b in sorted(candidates):
        if a not in used_left and b not in used_right:
            used_left.add(a)
            used_right.add(b)
            pairs.append((left[a], right[b]))
    return pairs
