"""Rows of a workbook that Chú Giải wrote and people edited, as cells by machine key.

Nothing is compared here: ``exports.xlsx.edits`` does that.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from exports.errors import FormatError
from exports.plain.archive import check_office_file, damaged
from exports.plain.files import unreadable
from exports.plain.xlsx_file import cell_text
from exports.xlsx.columns import FINGERPRINT, SHEETS
from exports.xlsx.places import Place, find_places

MARK = "chugiai.workbook"
"""The custom property that makes a workbook ours; its value is the layout."""
REVIEW_MARK = "chugiai.review"
"""The same of a workbook of conflicts."""
_LAST_ROW = 1_048_576
_PROPERTIES_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: where it stands (``number`` from 1, as the spreadsheet shows it) and its cells by machine key.

    ``cells`` are raw texts; ``bad`` says of a cell that may be edited why it cannot be taken (an English sentence).
    ``titles`` are the columns' present titles.
    """

    table: str
    sheet: str
    number: int
    cells: Mapping[str, str]
    bad: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def is_own_workbook(path: Path) -> bool:
    """Whether Chú Giải wrote the workbook, of labels or of conflicts, whoever saved it since. Never raises."""
    return _has(path, MARK) or is_review_workbook(path)


def is_review_workbook(path: Path) -> bool:
    """Whether it is a workbook of conflicts that Chú Giải wrote. Never raises."""
    return _has(path, REVIEW_MARK)


def _has(path: Path, mark: str) -> bool:
    if path.suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/custom.xml") as part:
            return mark.encode() in part.read(_PROPERTIES_LIMIT)
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False  # the reader of other spreadsheets says what is wrong with it


def read_rows(path: Path) -> Iterator[SheetRow]:
    """The rows that are not empty, sheet by sheet. Raises ``FormatError`` for a file that cannot be read."""
    name = path.name
    with opened_book(path) as book:
        places = find_places(book)
        if not places:
            raise no_places(name)
        for place in places:
            yield from _rows(book[place.sheet], place, name)


@contextmanager
def opened_book(path: Path) -> Iterator[Any]:
    """A workbook to be read row by row. Raises ``FormatError`` for a file that cannot be read, also while it is read.

    Any: openpyxl's workbook.
    """
    name = path.name
    check_office_file(path, name, "xl/")
    from lxml.etree import LxmlError
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except (PermissionError, FileNotFoundError) as error:
        raise unreadable(error, name) from error
    except (InvalidFileException, ParseError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError,
            AttributeError, TypeError, IndexError, EOFError, OSError, NotImplementedError, RuntimeError) as error:  # fmt: skip
        # the library meets a damaged workbook with any of these
        raise damaged(name) from error


def _rows(sheet: Any, place: Place, name: str) -> Iterator[SheetRow]:
    """Any: openpyxl's read-only sheet has no public type."""
    if place.missing:
        raise FormatError(
            "{name} was not imported: on the sheet {sheet} the column {column} is missing, without which no row can be "
            "told. Nothing was changed; take the column over from the workbook as it was exported.",
            name=name,
            sheet=place.sheet,
            column=place.missing[0],
        )
    sheet.reset_dimensions()  # a size that was written wrongly would hide cells
    kinds = {column.key: column for column in SHEETS[place.table]}
    wanted = {key: number for key, number in place.columns.items() if key in kinds}
    titles: dict[str, str] = {}
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > _LAST_ROW:
            raise damaged(name)
        if number == place.titles:
            titles.update((key, text_of(cells[at].value)) for key, at in wanted.items() if at < len(cells))
        if number <= place.titles or all(cell.value in (None, "") for cell in cells):
            continue
        texts: dict[str, str] = {}
        bad: dict[str, str] = {}
        for key, column in wanted.items():
            cell = cells[column] if column < len(cells) else None
            texts[key] = "" if cell is None else text_of(cell.value)
            why = "" if cell is None or not _matters(kinds[key]) else why_bad(cell)
            if why:
                bad[key] = why
        yield SheetRow(place.table, place.sheet, number, texts, bad, titles)


def _matters(column: Any) -> bool:
    return bool(column.identity or column.editable or column.key in (FINGERPRINT, "comment"))


def text_of(value: object) -> str:
    """A cell's value as text."""
    # Escapes (_x000D_) stay: our own file may hold such a text as it is.
    return value if isinstance(value, str) else cell_text(value)


def why_bad(cell: Any) -> str:
    """Why a cell's value cannot be taken as text (an English sentence), else empty. Any: openpyxl's cell."""
    value = cell.value
    if cell.data_type == "f":
        return "it holds a formula; put the formula's value there"
    if cell.data_type == "e":
        return "it holds an error of the spreadsheet"
    if isinstance(value, bool):
        return "it holds TRUE or FALSE in place of a text"
    if isinstance(value, float) and not value.is_integer():
        return "it holds a number in place of a text; format the cell as text"
    if (
        isinstance(value, str | int | float)
        or value is None
        or (isinstance(value, date) and "T00:00:00" in _iso(value))
    ):
        return ""
    return "it holds a time in place of a text; format the cell as text"


def _iso(value: date) -> str:
    return value.isoformat() if hasattr(value, "hour") else f"{value.isoformat()}T00:00:00"


def no_places(name: str) -> FormatError:
    """The refusal of a workbook whose columns nobody can tell."""
    return FormatError(
        "{name} was not imported: it was exported by Chú Giải, but the names by which its columns are known are gone. "
        "Nothing was changed; save it as .xlsx with Excel or LibreOffice, or edit a fresh export.",
        name=name,
    )
