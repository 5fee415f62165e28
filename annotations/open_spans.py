"""The spans that are open at a place of a sweep from left to right, ordered by their ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class OpenSpans:
    """Spans (hulls, in code points, with an item number each) opened in order of start, longer first."""

    _open: list[tuple[int, int, int]] = field(default_factory=list)  # end, -start, item: inner ones first

    def close_before(self, start: int) -> None:
        """Drops the spans that end at or before ``start``."""
        del self._open[: bisect_right(self._open, (start, 1, 0))]

    def add(self, start: int, end: int, item: int) -> None:
        """Opens a span."""
        insort(self._open, (end, -start, item))

    def reaching(self, end: int) -> Iterator[int]:
        """Items of the open spans that go to ``end`` or farther, the nearest end first."""
        for place in range(bisect_left(self._open, (end, -end, -1)), len(self._open)):
            yield self._open[place][2]

    def ending_inside(self, end: int) -> Iterator[tuple[int, int]]:
        """Item and end of the open spans that end before ``end``."""
        for place in range(bisect_left(self._open, (end, -end, -1))):
            yield self._open[place][2], self._open[place][0]
