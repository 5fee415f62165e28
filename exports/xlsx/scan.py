"""Counting the rows of a written workbook: a scan of the bytes, not a parse."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from exports.errors import FormatError
from exports.xlsx.parts import sheet_part

_ROW = b"<row "
_CHUNK = 1 << 18


def count_rows(path: Path, sheet_count: int) -> tuple[int, ...]:
    """Rows of each worksheet of a workbook that we wrote, headers among them.

    Every byte is unpacked and its checksum compared. ``<`` never stands bare in a text, so each ``<row`` is one.
    Raises ``FormatError`` when the file does not unpack.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return tuple(_count(package, sheet_part(number)) for number in range(1, sheet_count + 1))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise FormatError(
            "The workbook written for {path} cannot be read back. It was thrown away and your project is untouched; "
            "please check the disk and export again.",
            path=path,
        ) from error


def _count(package: zipfile.ZipFile, part: str) -> int:
    found = 0
    rest = b""
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            data = rest + chunk
            found += data.count(_ROW)
            rest = data[1 - len(_ROW) :]  # too short to hold one, so none is counted twice
    return found
