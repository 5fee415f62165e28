"""Entities of two annotation sets matched one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from annotations.agreement.selector import Match, Selector
from annotations.agreement.side import Exact, Side
from annotations.agreement.spans import extent, length, nested_apart, overlap_share, overlapping, shared
from annotations.report import Entity

Pairs = list[tuple[int, int]]
"""Places in the first and in the second set."""

Places = Sequence[int]


def unequal(first: Side, second: Side) -> tuple[list[int], list[int]]:
    """Places of the entities, in each set, that are left when those of equal label and extent are matched."""
    if len(first.counted) == len(first.exact) and len(second.counted) == len(second.exact):
        return (
            [place for place, value in enumerate(first.exact) if value not in second.counted],
            [place for place, value in enumerate(second.exact) if value not in first.counted],
        )
    return _unmatched(first.exact, second.counted), _unmatched(second.exact, first.counted)


def _unmatched(values: Sequence[Exact], others: Mapping[Exact, int]) -> list[int]:
    waiting = Counter(others)
    left = []
    for place, value in enumerate(values):
        if waiting[value] > 0:
            waiting[value] -= 1
        else:
            left.append(place)
    return left


def pair_closest(first: Side, second: Side, left: Places, right: Places, selector: Selector) -> Pairs:
    """Pairs of the same mention under an overlap or type match, among those :func:`unequal` left.

    The closest boundaries are taken first (fewest characters that only one of the two covers), ties by offset; so
    the result is the same from either side. Every entity is in one pair at most.
    """
    threshold = selector.threshold if selector.match is Match.OVERLAP else 0.0

    def allowed(one: Entity, other: Entity) -> bool:
        return one.label == other.label and (not threshold or overlap_share(one, other) >= threshold)

    return _closest(first, second, left, right, allowed)


def pair_for_confusion(first: Side, second: Side, left: Places, right: Places) -> tuple[Pairs, Places, Places]:
    """Pairs of the same mention whatever the label, among those :func:`unequal` left; and the places still left.

    The same label and closest boundaries come first, then any label and closest boundaries. An entity well inside
    one of another label (:func:`nested_apart`) is not the same mention.
    """
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
