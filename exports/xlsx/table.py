"""A table that goes on in a second sheet when the first is full, and fingerprints its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exports.xlsx.columns import FINGERPRINT, SHEETS, fingerprinted
from exports.xlsx.fingerprint import row_fingerprint
from exports.xlsx.sheet import Cell, Linked, Sheet

MAX_ROWS = 1_048_576
"""Rows of a worksheet, the header among them."""


class Table:
    """``Entities``, and ``Entities 2``, ``Entities 3`` … when there are more rows than a sheet holds."""

    def __init__(self, name: str, language: str, losses: Counter[str], max_rows: int = MAX_ROWS) -> None:
        self.name = name
        self.columns = SHEETS[name]
        self.sheets: list[Sheet] = []
        self._language = language
        self._losses = losses
        self._max_rows = max_rows
        keys = [column.key for column in self.columns]
        self._fingerprinted = [(key, keys.index(key)) for key in fingerprinted(self.columns)]
        self._has_fingerprint = FINGERPRINT in keys
        self._next_sheet()

    @property
    def rows(self) -> int:
        """Data rows on all sheets."""
        return sum(sheet.row_count - 1 for sheet in self.sheets)

    def next_place(self) -> str:
        """Where the next row will begin, as a link takes it: ``Entities!A17``."""
        sheet = self.sheets[-1]
        if sheet.row_count >= self._max_rows:
            return f"'{self._next_name()}'!A2"
        return f"{self._quoted(sheet.name)}!A{sheet.row_count + 1}"

    def append(self, values: Sequence[Cell]) -> None:
        """Write a row: all columns in order, without the fingerprint, which is added here."""
        if self.sheets[-1].row_count >= self._max_rows:
            self._next_sheet()
        sheet = self.sheets[-1]
        cells = sheet.fitted(values)
        if self._has_fingerprint:
            cells.append(row_fingerprint({key: _shown(cells[place]) for key, place in self._fingerprinted}))
        sheet.append(cells)

    def close(self) -> None:
        """Throw the temporary files away."""
        for sheet in self.sheets:
            sheet.close()

    def _next_name(self) -> str:
        return f"{self.name} {len(self.sheets) + 1}" if self.sheets else self.name

    def _next_sheet(self) -> None:
        self.sheets.append(Sheet(self._next_name(), self.columns, self._language, self._losses))

    def _quoted(self, name: str) -> str:
        return f"'{name}'" if " " in name else name


def _shown(cell: Cell) -> str:
    """The text of a fingerprinted cell; those columns hold plain or linked texts only."""
    if isinstance(cell, Linked):
        cell = cell.value
    if cell is None or isinstance(cell, str):
        return cell or ""
    raise TypeError(type(cell))
