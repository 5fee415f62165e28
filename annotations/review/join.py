"""Items of several owners joined into groups with at most one item of each owner, whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


class Joined:
    """Starts with every item in a group of its own."""

    def __init__(self, owners: Sequence[str]) -> None:
        self._owners = owners
        self._group_of = list(range(len(owners)))
        self._groups: dict[int, list[int]] = {place: [place] for place in range(len(owners))}

    def join(self, pairs: Iterable[tuple[int, int]], allowed: Callable[[int, int], bool]) -> None:
        """Joins the groups of each pair in turn, unless an owner stands in both.

        Every item of one group must be ``allowed`` with every item of the other.
        """
        for first, second in pairs:
            one, other = self._group_of[first], self._group_of[second]
            if one == other:
                continue
            here, there = self._groups[one], self._groups[other]
            owners = {self._owners[place] for place in here}
            if any(self._owners[place] in owners for place in there):
                continue
            if len(here) + len(there) > 2 and not all(allowed(a, b) for a in here for b in there):
                continue
            here.extend(there)
            for place in there:
                self._group_of[place] = one
            del self._groups[other]

    @property
    def groups(self) -> list[list[int]]:
        """The places of the items, group by group."""
        return list(self._groups.values())
