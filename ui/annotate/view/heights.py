"""Heights of many blocks: top of a block and block at a height, without adding up all of them each time."""

from __future__ import annotations

from collections.abc import Iterable

_CHUNK = 256


class Heights:
    """A list of heights in pixels with sums kept by chunk, so that one change costs little at any length."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self._sums = [sum(self._heights[at : at + _CHUNK]) for at in range(0, len(self._heights), _CHUNK)]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> int:
        return self._heights[number]

    def __setitem__(self, number: int, height: int) -> None:
        self._sums[number // _CHUNK] += height - self._heights[number]
        self._heights[number] = height

    @property
    def total(self) -> int:
        """The sum of all heights."""
        return sum(self._sums)

    def top(self, number: int) -> int:
        """The sum of the heights before block ``number``."""
        chunk = number // _CHUNK
        return sum(self._sums[:chunk]) + sum(self._heights[chunk * _CHUNK : number])

    def at(self, y: float) -> int:
        """The block that covers height ``y``; the first or last one beyond the ends."""
        top, chunk = 0, 0
        while chunk < len(self._sums) - 1 and top + self._sums[chunk] <= y:
            top += self._sums[chunk]
            chunk += 1
        number, last = chunk * _CHUNK, min((chunk + 1) * _CHUNK, len(self._heights)) - 1
        while number < last and top + self._heights[number] <= y:
            top += self._heights[number]
            number += 1
        return number
