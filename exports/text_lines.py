"""Lines of UTF-8 text files that other tools wrote, one by one, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exports.errors import FormatError

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of one line at most; also characters of one report at most."""

_BOM = b"\xef\xbb\xbf"


def text_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Each line with its place (``x.conllu, line 3``), without its newline (LF or CRLF).

    Raises ``FormatError`` with the place for what is not UTF-8, holds a NUL or is longer than 64 MB.
    """
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LINE_LIMIT + 1):
                number += 1
                place = f"{path.name}, line {number}"
                if len(line) > LINE_LIMIT:
                    raise FormatError(
                        "{place} is longer than {limit} MB; nothing was taken from this file.",
                        place=place,
                        limit=LINE_LIMIT >> 20,
                    )
                yield place, _decoded(line.removeprefix(_BOM) if number == 1 else line, place)
    except OSError as error:
        raise FormatError("{path} could not be read: {why}.", path=path, why=error.strerror or error) from error


def _decoded(line: bytes, place: str) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            "{place} is not UTF-8 (byte {byte}); nothing was taken from this file.", place=place, byte=error.start + 1
        ) from error
    if "\0" in text:
        raise FormatError("{place} holds a NUL; nothing was taken from this file.", place=place)
    return text.removesuffix("\n").removesuffix("\r")


def check_length(length: int, place: str) -> None:
    """Raise ``FormatError`` for a report that has grown beyond what one may have."""
    if length > LINE_LIMIT:
        raise FormatError(
            "The report that {place} belongs to has more than {limit} million characters; nothing was taken from this file.",
            place=place,
            limit=LINE_LIMIT >> 20,
        )
