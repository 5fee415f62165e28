"""Entities that two annotators share: counts of one report, by label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

from annotations.agreement.pairing import pair_closest, unequal
from annotations.agreement.selector import Match, Selector
from annotations.agreement.side import Side
from annotations.agreement.tally import Key

Counts = dict[Key, int]
"""A report's counts by column."""

Value = TypeVar("Value", bound=Hashable)

Mentions = Sequence[Hashable]
"""One value for each entity of a set; equal values in two sets are the same mention."""


def mentions(first: Side, second: Side, selector: Selector) -> tuple[Mentions, Mentions]:
    """For each entity a value that tells which mention it is under ``selector``.

    Values may repeat where one set holds an entity twice; a value occurring *m* times in one set and *n* times in the
    other makes min(m, n) pairs.
    """
    if selector.match is Match.EXACT:
        return first.exact, second.exact
    if selector.match is Match.BOUNDARY:
        return first.extents(), second.extents()
    theirs: list[Hashable] = list(second.exact)
    for a, b in pair_closest(first, second, *unequal(first, second), selector):
        theirs[b] = first.exact[a]
    return first.exact, theirs


def count_entities(
    counts: Counts,
    pair: int,
    sides: tuple[Side, Side],
    own: tuple[Mentions, Mentions],
    selector: Selector,
) -> None:
    """Adds to ``counts`` how many entities both have, and how many each has, in all and by label.

    ``own`` is what :func:`mentions` gave. By label, only entities of that label are compared: for a boundary
    match that is the exact match.
    """
    first, second = sides
    common = in_common(own[0], own[1])
    counts["entities", pair, "", "both"] = len(common)
    counts["entities", pair, "", "a"] = len(first.entities)
    counts["entities", pair, "", "b"] = len(second.entities)
    for side, labels in (("a", first.labels), ("b", second.labels)):
        for label, count in labels.items():
            counts["entities", pair, label, side] = count
    for label, count in _by_label(first, second, common, selector).items():
        counts["entities", pair, label, "both"] = count


def _by_label(first: Side, second: Side, common: list[Hashable], selector: Selector) -> Counter[str]:
    both = in_common(first.exact, second.exact) if selector.match is Match.BOUNDARY else common
    return Counter([exact[0] for exact in both])  # type: ignore[index]


def in_common(first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    """The values that both hold, each as often as both hold it; in no order."""
    one, other = set(first), set(second)
    if len(one) == len(first) and len(other) == len(second):
        return list(one & other)
    return list((Counter(first) & Counter(second)).elements())
