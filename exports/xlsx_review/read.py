"""Rows of a workbook of conflicts that came back, as cells by machine key. Nothing is compared here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exports.errors import FormatError
from exports.xlsx.columns import FINGERPRINT, PREFIX
from exports.xlsx.read import no_places, opened_book, text_of, why_bad
from exports.xlsx_review.columns import EDITED, IDENTITY
from exports.xlsx_review.rows import Frame
from exports.xlsx_review.words import letters_of

_NAME = re.compile(rf"{PREFIX}\.(conflicts|rows)\.([a-z_]+)")
_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d{1,7})")
_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One row: its number from 1, as the spreadsheet shows it, and its cells by machine key.

    ``bad`` says of an editable cell why it cannot be taken (an English sentence).
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    bad: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConflictBook:
    """What came back. ``exported`` has the number that each conflict's row had when it went out."""

    frame: Frame
    rows: tuple[ConflictRow, ...]
    exported: Mapping[str, int]
    sheet: str


Columns = dict[str, tuple[str, int, int]]
"""By key: sheet, column number (from 0), row of the title."""


def read_book(path: Path) -> ConflictBook:
    """Everything of the workbook that matters. Raises ``FormatError`` when it cannot be read or lacks what tells rows."""
    with opened_book(path) as book:
        places = _places(book)
        conflicts = places.get("conflicts", {})
        if not conflicts:
            raise no_places(path.name)
        for key in (*IDENTITY, "decision", FINGERPRINT):
            if key not in conflicts:
                raise FormatError(
                    "{name} was not imported: on the sheet {sheet} the column {column} is missing, without which no row "
                    "can be told. Nothing was changed; take the column over from the workbook as it was exported.",
                    name=path.name,
                    sheet=next(iter(conflicts.values()))[0],
                    column=key,
                )
        frame = _frame(book)
        rows = tuple(_rows(book, conflicts, matters={*EDITED}))
        exported = {
            row.cells["conflict_id"]: int(row.cells["row"])
            for row in _rows(book, places.get("rows", {}), matters=set())
            if row.cells.get("row", "").isdigit() and row.cells.get("conflict_id")
        }
        return ConflictBook(frame, rows, exported, conflicts["decision"][0])


def _frame(book: Any) -> Frame:
    """Any: openpyxl's workbook. The annotators are those of the custom property; without it nobody has a letter."""
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    try:
        names = json.loads(str(properties.get("chugiai.annotators", "[]")))
    except ValueError:
        names = []
    known = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return Frame(letters_of(known), str(properties.get("chugiai.language", "en")))


def _places(book: Any) -> dict[str, Columns]:
    found: dict[str, Columns] = {}
    for name, value in book.defined_names.items():
        known = _NAME.fullmatch(name.lower())
        cell = _CELL.fullmatch(value.attr_text or "")
        if known is None or cell is None:
            continue  # a column that was deleted points to #REF!
        sheet = (cell[1] or cell[2]).replace("''", "'")
        found.setdefault(known[1], {})[known[2]] = (sheet, _number(cell[3]), int(cell[4]))
    return found


def _rows(book: Any, columns: Columns, matters: set[str]) -> Iterator[ConflictRow]:
    if not columns:
        return
    name, _, _ = next(iter(columns.values()))
    titles = max(title for _, _, title in columns.values())
    wanted = {key: column for key, (sheet, column, _) in columns.items() if sheet == name}
    sheet = book[name]
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number <= titles or all(cell.value in (None, "") for cell in cells):
            continue
        if number > _LAST_ROW:
            return
        texts: dict[str, str] = {}
        bad: dict[str, str] = {}
        for key, column in wanted.items():
            cell = cells[column] if column < len(cells) else None
            texts[key] = "" if cell is None or cell.value is None else text_of(cell.value)
            why = why_bad(cell) if cell is not None and key in matters else ""
            if why:
                bad[key] = why
        yield ConflictRow(name, number, texts, bad)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
