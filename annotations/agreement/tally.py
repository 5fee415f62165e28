"""Counts that add up over reports, and their bootstrap.

Every figure is computed from sums of whole numbers. A report's counts are packed into one large integer, 64 bits
a column, so that a resample is one sum over integers in C, whatever the number of figures.
Memory does not grow with the number of reports: beyond ``BLOCKS`` reports, neighbours are added together, and blocks
of reports are resampled instead.
"""

from __future__ import annotations

import random
import sys
from array import array
from collections.abc import Hashable, Iterator, Mapping

BLOCKS = 2048
_WORD = 8
Key = tuple[Hashable, ...]


class Sums(dict[Key, int]):
    """Sums by column; a column that never occurred is 0."""

    def __missing__(self, key: Key) -> int:
        return 0


class Tally:
    """Adds up the counts of reports and resamples the reports."""

    def __init__(self, not_resampled: frozenset[str] = frozenset(), blocks: int = BLOCKS) -> None:
        self.total = Sums()
        self._left_out = not_resampled
        self.reports = 0
        self._columns: dict[Key, int] = {}
        self._limit = blocks
        self._per_block = 1
        self._blocks: list[int] = []
        self._open = 0
        self._in_open = 0

    def add(self, counts: Mapping[Key, int]) -> None:
        """Adds one report; counts are not negative. Columns named in ``not_resampled`` are only summed up."""
        self.reports += 1
        row = array("Q", bytes(_WORD * (len(self._columns) + len(counts))))
        columns, total, left_out = self._columns, self.total, self._left_out
        for key, count in counts.items():
            total[key] += count
            if key[0] not in left_out:
                row[columns.setdefault(key, len(columns))] = count
        if sys.byteorder == "big":
            row.byteswap()
        self._open += int.from_bytes(row.tobytes(), "little")
        self._in_open += 1
        if self._in_open == self._per_block:
            self._blocks.append(self._open)
            self._open, self._in_open = 0, 0
            if len(self._blocks) == self._limit:
                self._halve()

    def _halve(self) -> None:
        self._blocks = [self._blocks[at] + self._blocks[at + 1] for at in range(0, len(self._blocks), 2)]
        self._per_block *= 2

    @property
    def blocks(self) -> list[int]:
        """The packed counts of each report, or of each block of neighbouring reports."""
        return [*self._blocks, self._open] if self._in_open else self._blocks

    def fits(self) -> bool:
        """Whether no column can overflow when blocks are drawn again and again."""
        largest = max(self.total.values(), default=0)
        return largest * len(self.blocks) < 1 << 63

    def resamples(self, times: int, seed: int) -> Iterator[Sums]:
        """Sums of ``times`` samples of the blocks, drawn with replacement; the same seed gives the same samples."""
        drawn = random.Random(seed)
        blocks, keys = self.blocks, tuple(self._columns)
        size = _WORD * len(keys)
        for _ in range(times):
            packed = sum(drawn.choices(blocks, k=len(blocks)))
            sums = array("Q", packed.to_bytes(size, "little"))
            if sys.byteorder == "big":
                sums.byteswap()
            yield Sums(zip(keys, sums, strict=True))
