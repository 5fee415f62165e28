"""Which labels two annotators give the same mention: counts of one report."""

from __future__ import annotations

from collections import Counter

from annotations.agreement.entities import Counts
from annotations.agreement.pairing import pair_for_confusion, unequal
from annotations.agreement.side import Side

NOTHING = ""
"""In place of a label: the annotator has no such mention."""


def count_confusion(counts: Counts, pair: int, first: Side, second: Side) -> None:
    """Adds to ``counts`` how often the first annotator's label met the second's, or met nothing."""
    rest, theirs_left = unequal(first, second)
    pairs, left, right = pair_for_confusion(first, second, rest, theirs_left)
    ours, theirs = first.entities, second.entities
    found = Counter([(ours[a].label, theirs[b].label) for a, b in pairs])
    found.update((ours[place].label, NOTHING) for place in left)
    found.update((NOTHING, theirs[place].label) for place in right)
    equal = first.labels - Counter([ours[place].label for place in rest])
    found.update({(label, label): count for label, count in equal.items()})
    for (one, other), count in found.items():
        counts["confusion", pair, one, other] = count
