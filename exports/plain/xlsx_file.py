"""Excel sheets: their rows as a stream, each cell as text."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

from exports.plain.archive import check_office_file, damaged
from exports.plain.files import unreadable

_LAST_ROW = 1_048_576


def xlsx_rows(path: Path, name: str) -> Iterator[tuple[str, int, list[str]]]:
    """Sheet, row (from 1) and cells of every visible sheet. Raises ``FormatError``.

    Dates are ISO, whole numbers have no decimal point, formulas are their last value.
    """
    check_office_file(path, name, "xl/")
    from lxml.etree import LxmlError
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in workbook.worksheets:
                    if sheet.sheet_state != "visible":
                        continue
                    # a size that was written wrongly would hide columns
                    sheet.reset_dimensions()
                    for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                        if row > _LAST_ROW:
                            raise damaged(name)
                        yield sheet.title, row, [cell_text(value) for value in cells]
            finally:
                workbook.close()
    except (PermissionError, FileNotFoundError) as error:
        raise unreadable(error, name) from error
    except (InvalidFileException, ParseError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError,
            AttributeError, TypeError, IndexError, EOFError, OSError, NotImplementedError) as error:  # fmt: skip
        # the library meets a damaged workbook with any of these
        raise damaged(name) from error


def cell_text(value: object) -> str:
    """A cell as text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _unescaped(value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unescaped(value: str) -> str:
    """``_x000D_`` is how Excel writes a character that XML cannot hold."""
    from openpyxl.utils.escape import unescape

    text: str = unescape(value)
    return text
