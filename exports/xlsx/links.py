"""Links from cells to other places of the workbook, kept in a temporary file until the rows are written.

A spreadsheet program takes 65,530 links on a sheet and repairs a file that has more. A sheet with
more keeps those of its first linked column, one for neighbouring rows that lead to one place (all entities
of a report); the others are counted as left out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice

from exports.xlsx.text import attribute

LINK_LIMIT = 65_530
LEFT_OUT = "links beyond the 65,530 that a sheet holds"


class Links:
    """The links of one sheet."""

    def __init__(self, limit: int = LINK_LIMIT) -> None:
        self._limit = limit
        self._count = 0
        self._primary = ""
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed by close()

    def add(self, letter: str, row: int, place: str) -> None:
        """Link the cell in column ``letter`` to ``place``; the first column ever linked is the one that is kept."""
        self._primary = self._primary or letter
        self._count += 1
        self._file.write(f"{letter}\t{row}\t{place}\n")

    def left_out(self) -> int:
        """How many linked cells lose their link."""
        if self._count <= self._limit:
            return 0
        return self._count - sum(last - first + 1 for first, last, _ in islice(self._blocks(), self._limit))

    def xml(self) -> Iterator[str]:
        """The ``hyperlinks`` element in pieces; nothing without links."""
        if not self._count:
            return
        yield "<hyperlinks>"
        if self._count <= self._limit:
            yield from (_link(letter, row, row, place) for letter, row, place in self._all())
        else:
            for first, last, place in islice(self._blocks(), self._limit):
                yield _link(self._primary, first, last, place)
        yield "</hyperlinks>"

    def size(self) -> int:
        """About how many bytes :meth:`xml` will give."""
        return 100 * min(self._count, self._limit)

    def close(self) -> None:
        """Throw the temporary file away."""
        self._file.close()

    def _all(self) -> Iterator[tuple[str, int, str]]:
        self._file.seek(0)
        for line in self._file:
            letter, row, place = line.rstrip("\n").split("\t")
            yield letter, int(row), place

    def _blocks(self) -> Iterator[tuple[int, int, str]]:
        """Neighbouring rows of the primary column that lead to one place."""
        first = last = 0
        there = ""
        for letter, row, place in self._all():
            if letter != self._primary:
                continue
            if place == there and row == last + 1:
                last = row
                continue
            if there:
                yield first, last, there
            first, last, there = row, row, place
        if there:
            yield first, last, there


def _link(letter: str, first: int, last: int, place: str) -> str:
    cells = f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"
    return f'<hyperlink ref="{cells}" location="{attribute(place)}" display="{attribute(place)}"/>'
