"""CSV and TSV: the rows of a file of any size, in any encoding that a text may have."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from pathlib import Path
from statistics import mode

from exports.errors import FormatError
from exports.plain.codepages import PAGES, decode_page
from exports.plain.columns import heading_key, map_columns
from exports.plain.decode import SAMPLE, decode
from exports.plain.files import unreadable

_LARGEST_CELL = 16 * 2**20
_LONGEST_LINE = 24 * 2**20  # characters: a gigabyte without a line break would be read whole
_CHUNK = 2**20


def csv_encoding(path: Path, name: str) -> str:
    """The encoding of the file, told by reading it once. Raises ``FormatError``."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(SAMPLE)
        if b"\x00" in start or start.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return decode(_cut(start, SAMPLE), name).encoding
        try:
            decoder.decode(start)
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _of_page(path, start, name)
    return decode(_cut(start, SAMPLE), name).encoding


def _of_page(path: Path, start: bytes, name: str) -> str:
    """The code page of a file that is not UTF-8, which its start must show, or else its whole."""
    data = start
    if start.isascii():
        data = path.read_bytes()
        place = next(offset for offset, byte in enumerate(data) if byte > 0x7F)
        data = data[max(0, place - 1000) : place + SAMPLE]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(data) - 3 or data is not start:
            return decode(data, name).encoding
    raise FormatError(
        "{name} was not imported: it begins as UTF-8 and goes on as something else; save it as UTF-8 again.", name=name
    )


def _cut(start: bytes, limit: int) -> bytes:
    """A sample without the half line at its end (and without half a character)."""
    if len(start) < limit:
        return start
    end = start.rfind(b"\n")
    # in UTF-16 (little-endian) the newline has a second byte
    return start[: end - (end % 2)] if end > 1 else start


def csv_rows(path: Path, encoding: str, delimiter: str, name: str) -> Generator[tuple[int, list[str]], None, None]:
    """The records with their numbers from 1, as a spreadsheet shows them. Raises ``FormatError``."""
    csv.field_size_limit(_LARGEST_CELL)
    number = 0
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(error, name) from error
    with raw:
        reader = csv.reader(_lines(raw, encoding, name), delimiter=delimiter)
        try:
            for record in reader:
                number += 1
                if not (number == 1 and len(record) <= 2 and record and record[0].lower().startswith("sep=")):
                    yield number, record
        except OSError as error:
            raise unreadable(error, name) from error
        except (csv.Error, UnicodeError) as error:
            raise FormatError(
                "{name} was not imported: row {row} cannot be read ({reason}); save the sheet as .xlsx or UTF-8 CSV.",
                name=name,
                row=number + 1,
                reason=str(error)[:120],
            ) from error


def _lines(raw: io.BufferedReader, encoding: str, name: str) -> Iterator[str]:
    paged = encoding in PAGES
    text = io.TextIOWrapper(raw, encoding="latin-1" if paged else encoding, newline="")
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise FormatError(
                "{name} was not imported: its line {line} is longer than any report; it is no table.",
                name=name,
                line=number,
            )
        yield decode_page(line.encode("latin-1"), encoding) if paged else line


def csv_delimiter(path: Path, encoding: str, name: str) -> str:
    """Comma, semicolon or tab: what parts the first rows into known columns, else evenly into the most."""
    ranked = [(_fit(path, encoding, delimiter, name), delimiter) for delimiter in (",", ";", "\t")]
    return max(ranked, key=lambda row: row[0])[1]


def _fit(path: Path, encoding: str, delimiter: str, name: str) -> tuple[int, int]:
    """How many known columns, and columns at all, the first rows have when they are parted so.

    Of unknown columns the number that most rows have counts: one text with many commas makes no table.
    """
    widths: list[int] = []
    rows = csv_rows(path, encoding, delimiter, name)
    try:
        for _, (_, record) in zip(range(10), rows, strict=False):
            filled = sum(bool(heading_key(cell)) for cell in record if len(cell) < 100)
            try:
                columns = map_columns(record, None, 1, name)
            except FormatError:  # two equal headings: still the header
                return (1, filled)
            if columns:
                return (len(columns.places), filled)
            if any(record):
                widths.append(len(record))
    except FormatError:
        pass
    finally:
        rows.close()  # and the file with them
    return (0, mode(widths) if widths else 0)
