"""Relations that two annotators share, in two steps: ends matched under the selector, then the type.

Source and target must match as such: a reversed relation is another relation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from annotations.agreement.entities import Counts, Mentions, in_common
from annotations.agreement.side import Side

Joined = tuple[str, Hashable, Hashable]
"""Type, and the mentions at source and target."""


def joined(side: Side, own: Mentions) -> list[Joined]:
    """Each relation as a value that two annotators can share."""
    places = side.places
    return [(each.type, own[places[each.source]], own[places[each.target]]) for each in side.relations]


def count_relations(counts: Counts, pair: int, sides: tuple[Side, Side], own: tuple[Mentions, Mentions]) -> None:
    """Adds to ``counts`` how many relations both have and how many each has, in all, by type and by ends alone."""
    first, second = joined(sides[0], own[0]), joined(sides[1], own[1])
    if not first and not second:
        return
    both = in_common(first, second)
    counts["relations", pair, "", "both"] = len(both)
    counts["relations", pair, "", "a"] = len(first)
    counts["relations", pair, "", "b"] = len(second)
    counts["ends", pair] = len(in_common([each[1:] for each in first], [each[1:] for each in second]))
    for name, side in zip("ab", sides, strict=True):
        for kind, count in side.types.items():
            counts["relations", pair, kind, name] = count
    for kind, count in Counter([each[0] for each in both]).items():
        counts["relations", pair, kind, "both"] = count
