"""F1 of entities by several ways to match at once, over all reports: counts only, in one quick pass.

The counts are those that ``measure`` gives for each selector; what the selectors share is computed once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from annotations.agreement.count import finished_sets
from annotations.agreement.entities import in_common
from annotations.agreement.pairing import pair_closest, unequal
from annotations.agreement.per_report import Pair, Shared
from annotations.agreement.selector import Match, Selector
from annotations.agreement.side import Side
from annotations.corpus import LabelledReport

ALL = Selector(Match.EXACT), Selector(Match.OVERLAP), Selector(Match.BOUNDARY), Selector(Match.TYPE)
ByLabel = Mapping[str, Shared]
"""What two annotators share by label; the empty label stands for all."""


def by_match(
    reports: Iterable[LabelledReport], annotators: Sequence[str], selectors: Sequence[Selector] = ALL
) -> dict[Selector, dict[Pair, ByLabel]]:
    """What each pair of ``annotators`` shares under each selector; pairs without a common report are left out."""
    names = tuple(dict.fromkeys(annotators))
    has: dict[Pair, tuple[Counter[str], Counter[str]]] = {}
    both: dict[tuple[Selector, Pair], Counter[str]] = {}
    for labelled in reports:
        sides = {names[place]: Side(labels) for place, labels in finished_sets(labelled, names).items()}
        for pair in combinations(sides, 2):
            one, other = sides[pair[0]], sides[pair[1]]
            ours, theirs = has.setdefault(pair, (Counter(), Counter()))
            ours.update(one.labels)
            theirs.update(other.labels)
            for selector, found in _found(one, other, selectors):
                both.setdefault((selector, pair), Counter()).update(found)
    return {selector: {pair: _shared(both[selector, pair], *has[pair]) for pair in has} for selector in selectors}


def _found(one: Side, other: Side, selectors: Sequence[Selector]) -> Iterable[tuple[Selector, list[str]]]:
    """For each selector the labels of the shared entities, and as many empty ones as there are shared in all."""
    exact = [value[0] for value in in_common(one.exact, other.exact)]
    left, right = unequal(one, other)
    for selector in selectors:
        if selector.match is Match.EXACT:
            yield selector, exact + [""] * len(exact)
        elif selector.match is Match.BOUNDARY:
            yield selector, exact + [""] * len(in_common(one.extents(), other.extents()))
        else:
            pairs = pair_closest(one, other, left, right, selector)
            yield selector, exact + [one.entities[a].label for a, _ in pairs] + [""] * (len(exact) + len(pairs))


def _shared(both: Counter[str], ours: Counter[str], theirs: Counter[str]) -> ByLabel:
    found = {"": Shared(both[""], ours.total() - both[""], theirs.total() - both[""])}
    for label in sorted(ours | theirs):
        found[label] = Shared(both[label], ours[label] - both[label], theirs[label] - both[label])
    return found
