"""Spreadsheets: one report a row."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exports.errors import FormatError
from exports.plain.columns import Columns, map_columns, no_text_column
from exports.plain.csv_file import csv_delimiter, csv_encoding, csv_rows
from exports.plain.dates import parse_date
from exports.plain.decode import check_characters, clean, is_blank
from exports.plain.files import check_readable, shown_path, unreadable
from exports.plain.recognise import recognise
from exports.plain.report import PlainReport
from exports.plain.xlsx_file import xlsx_rows

_HEADER_WITHIN = 10
_NAMED_ROWS = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of reports: ``label`` is its sheet and number in a report's name."""

    label: str
    number: int
    cells: list[str]
    columns: Columns

    def cell(self, name: str) -> str:
        place = self.columns.places.get(name, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class _Sheets:
    """An opened spreadsheet: what its rows are read with."""

    path: Path
    name: str
    encoding: str = ""
    delimiter: str = ""

    def rows(self) -> Iterator[tuple[str, int, list[str]]]:
        if not self.delimiter:
            yield from xlsx_rows(self.path, self.name)
            return
        for number, cells in csv_rows(self.path, self.encoding, self.delimiter, self.name):
            yield "", number, cells


@dataclass
class _Reading:
    """One pass over the rows of all sheets: finds each sheet's header, gives the rows under it."""

    sheets: _Sheets
    mapping: Mapping[str, str] | None
    seen: list[str] = field(default_factory=list)
    found: list[Columns] = field(default_factory=list)

    def rows(self) -> Iterator[_Row]:
        """Raises ``FormatError`` when no sheet has a header with a text column."""
        sheet, columns, tried = None, None, 0
        for title, number, cells in self.sheets.rows():
            if title != sheet:
                sheet, columns, tried = title, None, 0
            if all(is_blank(cell) for cell in cells):
                continue
            if columns is not None:
                label = f"{title}!{number}" if title and len(self.found) > 1 else str(number)
                yield _Row(label, number, cells, columns)
            elif tried < _HEADER_WITHIN:
                tried += 1
                columns = map_columns(cells, self.mapping, number, self.sheets.name)
                self.seen = self.seen or cells
                if columns:
                    self.found.append(columns)
        if not self.found:
            raise no_text_column(self.sheets.name, self.seen, self.mapping)


def spreadsheet_columns(path: Path, name: str) -> Columns:
    """The header of a spreadsheet and the columns that are recognised, for a person to correct.

    Where no text column is recognised, the first row that is not empty is given, without fields. Raises ``FormatError``.
    """
    sheets = _open(path, name)
    first: Columns | None = None
    for count, (_, number, cells) in enumerate(row for row in sheets.rows() if any(cell.strip() for cell in row[2])):
        columns = map_columns(cells, None, number, name)
        if columns or count >= _HEADER_WITHIN:
            return columns or first or Columns(())
        first = first or Columns(tuple(" ".join(cell.split()) for cell in cells), {}, number)
    return first or Columns(())


def read_table(path: Path, name: str, mapping: Mapping[str, str] | None) -> Iterator[PlainReport]:
    """The reports of a spreadsheet, in order of rows; the whole file is checked before the first is given.

    ``mapping`` is field → heading (``columns.FIELDS``). Raises ``FormatError``, naming the rows
    whose text is empty or cannot be taken.
    """
    sheets = _open(path, name)
    _check(_Reading(sheets, mapping), name)
    source_hash = _hash(path, name)
    names: set[str] = set()
    for row in _Reading(sheets, mapping).rows():
        yield _report(row, sheets, source_hash, names)


def _open(path: Path, name: str) -> _Sheets:
    check_readable(path, name)
    try:
        if path.suffix.lower() == ".xlsx":
            return _Sheets(path, name)
        encoding = csv_encoding(path, name)
        delimiter = "\t" if path.suffix.lower() == ".tsv" else csv_delimiter(path, encoding, name)
    except OSError as error:
        raise unreadable(error, name) from error
    return _Sheets(path, name, encoding, delimiter)


def _check(reading: _Reading, name: str) -> None:
    """Read every row once, so that a file is taken whole or not at all."""
    empty: list[str] = []
    count = 0
    for row in reading.rows():
        count += 1
        for cell in row.cells:
            check_characters(cell, f"{name}, row {row.label}")
        if is_blank(row.cell("text")):
            empty.append(row.label)
        if len(row.cells) > len(row.columns.headings) and any(map(str.strip, row.cells[len(row.columns.headings) :])):
            raise FormatError(
                "{name} was not imported: row {row} has more cells than the header; put texts with commas in quotes.",
                name=name,
                row=row.label,
            )
    if empty:
        rows = ", ".join(empty[:_NAMED_ROWS]) + (" …" if len(empty) > _NAMED_ROWS else "")
        raise FormatError(
            "{name} was not imported: the text is empty in row {rows}; fill it in or remove the row.",
            name=name,
            rows=rows,
        )
    if not count:
        raise FormatError("{name} was not imported: there is no row under the header.", name=name)


def _hash(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(error, name) from error


def _report(row: _Row, sheets: _Sheets, source_hash: str, names: set[str]) -> PlainReport:
    text = clean(row.cell("text"), f"{sheets.name}, row {row.label}")
    name = _name(row, sheets.name, names)
    hints = {field: clean_cell(row.cell(field)) for field in ("title", "source", "locality")}
    said = clean_cell(row.cell("date"))
    hints["date"] = parse_date(said)
    metadata: dict[str, object] = {
        heading: value for place, heading in row.columns.others() if (value := _cell(row.cells, place))
    }
    if said and not hints["date"]:
        metadata["date as written"] = said
    if (report_id := clean_cell(row.cell("id"))) and report_id != name:
        metadata["id"] = report_id
    known = recognise(text, sheets.name).with_hints(hints)
    doubts = known.doubts
    if said and not hints["date"] and "date" not in doubts:
        doubts = (*doubts, "date")
    return PlainReport(
        name, text, known.title, known.date, known.source, known.locality,
        sheets.encoding, source_hash, shown_path(sheets.path), doubts, metadata,
    )  # fmt: skip


def _name(row: _Row, file_name: str, names: set[str]) -> str:
    """The row's own name or id, else ``file.xlsx#12``; one that came before gets its row behind it."""
    place = f"{file_name}#{row.label}"
    name = clean_cell(row.cell("name")) or clean_cell(row.cell("id")) or place
    if name in names:
        name = f"{name}#{row.label}"
    while name in names:
        name += "'"
    names.add(name)
    return name


def clean_cell(value: str) -> str:
    """A cell of metadata: NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
