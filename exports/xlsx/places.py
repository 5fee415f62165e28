"""Where the columns of an edited workbook are: found by their defined names, wherever they were moved to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.xlsx.columns import FINGERPRINT, PREFIX, SHEETS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

EDITED = ("Reports", "Entities", "Relations")
"""The tables from which edits come back."""
_NAME = re.compile(rf"{PREFIX}\.([a-z]+)(?:_(\d+))?\.([a-z_]+)")
_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Place:
    """One sheet of a table: its present name, the row of its titles (from 1), and column numbers (from 0) by machine key."""

    table: str
    sheet: str
    titles: int
    columns: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys without which no row can be told: ids and fingerprint."""
        wanted = [column.key for column in SHEETS[self.table] if column.identity or column.key == FINGERPRINT]
        return tuple(key for key in wanted if key not in self.columns)


def find_places(book: Workbook) -> list[Place]:
    """The sheets of Reports, Entities and Relations, as the defined names of the workbook say."""
    tables = {table.lower(): table for table in EDITED}
    found: dict[tuple[str, int], dict[str, tuple[str, int, int]]] = {}
    for name, value in book.defined_names.items():
        known = _NAME.fullmatch(name.lower())
        cell = _CELL.fullmatch(value.attr_text or "")
        if known is None or cell is None or known[1] not in tables:
            continue  # a column that was deleted points to #REF!
        sheet = (cell[1] or cell[2]).replace("''", "'")
        key = (tables[known[1]], int(known[2] or 1))
        found.setdefault(key, {})[known[3]] = (sheet, _number(cell[3]), int(cell[4]))
    places = []
    for (table, _), columns in sorted(found.items(), key=lambda one: (EDITED.index(one[0][0]), one[0][1])):
        sheet = next(iter(columns.values()))[0]
        here = {key: column for key, (named, column, _) in columns.items() if named == sheet}
        places.append(Place(table, sheet, max(row for *_, row in columns.values()), here))
    return places


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
