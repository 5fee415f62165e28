"""Records of JSON files that other tools wrote: one a line, or the members of one array; in bounded memory.

A record is then written as a native one (``exports.jsonl``) and checked by the same reader.
"""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from annotations.corpus import ImportedRecord
from annotations.report import Report, Status, new_id
from exports.errors import FormatError
from exports.jsonl.labels import read_entities, read_relations
from exports.jsonl.values import Newlines, Wrong, check_strings, text_of, wrong_type

RECORD_LIMIT = 64 * 1024 * 1024
"""Bytes of one record at most."""

_CHUNK = 256 * 1024
_BOM = b"\xef\xbb\xbf"
_TEXTS = ("title", "date", "source", "locality")
_SPACE = " \t\r\n"

Json = dict[str, Any]  # Any: what JSON holds is checked where it is used


def records(path: Path) -> Iterator[tuple[str, Json]]:
    """Each record with its place (``x.jsonl, line 3`` or ``x.json, record 3``), in file order.

    Raises ``FormatError`` with the place for what is no JSON object, is not UTF-8 or longer than 64 MB.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_BOM))
            if start != _BOM:
                file.seek(0)
            begin = file.tell()
            if _first(file) == b"[":
                file.seek(begin)
                yield from _members(file, path.name)
            else:
                file.seek(begin)
                yield from _lines(file, path.name)
    except OSError as error:
        raise FormatError("{path} could not be read: {why}.", path=path, why=error.strerror or error) from error


def first_record(path: Path) -> Json:
    """The first record, empty when there is none or it cannot be read; for ``recognises``."""
    try:
        return next((record for _, record in records(path)), {}) if path.is_file() else {}
    except FormatError:
        return {}


def _first(file: BinaryIO) -> bytes:
    while (letter := file.read(1)) and letter.isspace():
        pass
    return letter


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[str, Json]]:
    number = 0
    while line := file.readline(RECORD_LIMIT + 1):
        number += 1
        place = f"{name}, line {number}"
        if len(line) > RECORD_LIMIT:
            raise _too_long(place)
        if not line.isspace():
            yield place, _parsed(_decoded(line, place), place)


def _decoded(line: bytes, place: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            "{place} is not UTF-8 (byte {byte}); nothing was taken from this file.", place=place, byte=error.start + 1
        ) from error


def _refuse_number(_literal: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON numbers")


def _finite(literal: str) -> float:
    number = float(literal)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refuse_number, parse_float=_finite)


def _parsed(line: str, place: str) -> Json:
    try:
        record = _DECODER.decode(line)
    except RecursionError as error:
        raise _too_deep(place) from error
    except ValueError as error:
        raise _no_json(place, error) from error
    return _checked(record, line, place)


def _checked(record: object, written: str, place: str) -> Json:
    if type(record) is not dict:
        raise FormatError("{place} is not a JSON object; nothing was taken from this file.", place=place)
    # Only an escape can bring what UTF-8 and JSON forbid as a plain character.
    if "\\u" in written:
        try:
            check_strings(record)
        except Wrong as wrong:
            raise wrong.at(place) from wrong
    return record


def _members(file: BinaryIO, name: str) -> Iterator[tuple[str, Json]]:
    """The members of one array, decoded as the file is read: it is never in memory as a whole."""
    text = _Window(file, name)
    text.take()  # the bracket
    number = 0
    while True:
        number += 1
        place = f"{name}, record {number}"
        letter = text.peek()
        if letter == "]" and number == 1:
            text.take()
            break
        if letter != "{":
            raise FormatError("{place} is not a JSON object; nothing was taken from this file.", place=place)
        yield place, text.member(place)
        separator = text.peek()
        text.take()
        if separator == "]":
            break
        if separator != ",":
            raise FormatError(
                "{place} is not followed by a comma or the end of the list: the file is cut off or damaged. "
                "Nothing was taken from it.",
                place=place,
            )
    if text.peek():
        raise FormatError("{name} goes on after the end of its list; nothing was taken from it.", name=name)


class _Window:
    """The part of a file that is being decoded."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or not self._more(_CHUNK):
                return self._text[self._at : self._at + 1]

    def take(self) -> None:
        """Go over the character that ``peek`` gave."""
        self.peek()
        self._at += 1

    def member(self, place: str) -> Json:
        """The object that begins here."""
        more = _CHUNK
        while True:
            try:
                record, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise _too_deep(place) from error
            except ValueError as error:
                # Perhaps only not all there yet. Reading twice as much each time keeps this linear.
                if len(self._text) - self._at > RECORD_LIMIT:
                    raise _too_long(place) from error
                if not self._more(more):
                    raise _no_json(place, error) from error
                more *= 2
                continue
            written = self._text[self._at : end]
            self._at = end
            return _checked(record, written, place)

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        content = self._file.read(size)
        self._ended = not content
        try:
            added = self._decoder.decode(content, final=self._ended)
        except UnicodeDecodeError as error:
            raise FormatError("{name} is not UTF-8; nothing was taken from it.", name=self._name) from error
        self._text = self._text[self._at :] + added
        self._at = 0
        return not self._ended


def _too_long(place: str) -> FormatError:
    return FormatError(
        "{place} is longer than {limit} MB; nothing was taken from this file.", place=place, limit=RECORD_LIMIT >> 20
    )


def _too_deep(place: str) -> FormatError:
    return FormatError("{place} is nested too deeply; nothing was taken from this file.", place=place)


def _no_json(place: str, error: Exception) -> FormatError:
    return FormatError("{place} is not JSON ({why}); nothing was taken from this file.", place=place, why=error)


def list_of(record: Json, key: str) -> list[Any]:
    """The list at ``key``, empty when there is none. Raises ``Wrong`` for anything else."""
    value = record.get(key)
    if value is None:
        return []
    if type(value) is not list:
        raise wrong_type(key, "a list")
    return value


def imported(native: Json, place: str, default_name: str, left_out: Mapping[str, int]) -> ImportedRecord:
    """A native record as an imported one. Raises ``FormatError`` with ``place`` for what is wrong in it.

    Spans count code points of ``native["text"]`` as it came; its newlines become LF.
    """
    try:
        return _record(native, place, default_name, left_out)
    except Wrong as wrong:
        raise wrong.at(place) from wrong


def _record(native: Json, place: str, default_name: str, left_out: Mapping[str, int]) -> ImportedRecord:
    raw = native.get("text")
    if type(raw) is not str:
        raise wrong_type("text", "a text")
    newlines = Newlines(raw)
    check_strings(native.get("metadata"))
    report_id = text_of(native, "id")
    title, date, source, locality = (text_of(native, key) or "" for key in _TEXTS)
    name = text_of(native, "name") or report_id or default_name
    metadata = native.get("metadata") or {}
    report = Report(report_id or new_id(), name, newlines.text, title, date, source, locality, metadata)
    entities = read_entities(native.get("entities"), newlines)
    relations = read_relations(native.get("relations"), {entity.id for entity in entities})
    annotator = text_of(native, "annotator") or None
    adjudicated = native.get("adjudicated") is True
    status = text_of(native, "status")
    if status is not None and status not in tuple(Status):
        raise wrong_type("status", "one of " + ", ".join(Status))
    return ImportedRecord(
        report,
        place,
        None if adjudicated else annotator,
        adjudicated,
        Status(status) if status is not None else None,
        entities,
        relations,
        adjudicated or annotator is not None or bool(entities),
        {reason: count for reason, count in sorted(left_out.items()) if count},
    )
