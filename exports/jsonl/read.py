"""Reading native JSON lines: strict, line by line, in bounded memory.

Newlines of a text become LF, and the offsets with them. Keys that we do not know go
to the metadata of their report, entity or relation. Whether labels are in
a schema is asked at the door, not here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from annotations.corpus import ImportedRecord
from annotations.report import Report, Status, new_id
from exports.errors import FormatError
from exports.jsonl.labels import read_entities, read_relations
from exports.jsonl.values import Newlines, Wrong, check_strings, read_metadata, text_of, wrong_type

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of one record at most."""

_BOM = b"\xef\xbb\xbf"
_TEXTS = ("title", "date", "source", "locality")
_KNOWN = frozenset(
    ("id", "name", *_TEXTS, "text", "annotator", "adjudicated", "status", "entities", "relations", "metadata")
)
_STATUSES = tuple(status.value for status in Status)


def recognises(path: Path) -> bool:
    """Whether the first line that is not blank is a JSON object with a ``text``, or the start of a long one."""
    try:
        with path.open("rb") as file:
            line = file.readline(LINE_LIMIT).removeprefix(_BOM)
            while line and not line.strip():
                line = file.readline(LINE_LIMIT)
        record = json.loads(line)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and isinstance(record.get("text"), str)


def read(path: Path) -> Iterator[ImportedRecord]:
    """The records of a file, in file order.

    Raises ``FormatError`` with file, line and report at the first thing that is wrong.
    """
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LINE_LIMIT + 1):
                number += 1
                place = f"{path.name}, line {number}"
                if number == 1:
                    line = line.removeprefix(_BOM)
                if len(line) > LINE_LIMIT:
                    raise FormatError(
                        "{place} is longer than {limit} MB; nothing was taken from this file.",
                        place=place,
                        limit=LINE_LIMIT // 1024 // 1024,
                    )
                if line.strip():
                    record = _parsed(line, place)
                    if type(record.get("id")) is str:
                        place = f"{place} (report {record['id']})"
                    try:
                        yield _record(record, line, f"{path.stem}-{number}", place)
                    except Wrong as wrong:
                        raise wrong.at(place) from wrong
    except OSError as error:
        raise FormatError("{path} could not be read: {why}.", path=path, why=error.strerror or error) from error


def _refuse_number(_literal: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON numbers")


def _finite(literal: str) -> float:
    number = float(literal)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


_decode = json.JSONDecoder(parse_constant=_refuse_number, parse_float=_finite).decode


def _parsed(line: bytes, place: str) -> dict[str, Any]:  # Any: what JSON holds is checked key by key
    try:
        record = _decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError(
            "{place} is not UTF-8 (byte {byte}); nothing was taken from this file.", place=place, byte=error.start + 1
        ) from error
    except RecursionError as error:
        raise FormatError("{place} is nested too deeply; nothing was taken from this file.", place=place) from error
    except ValueError as error:
        raise FormatError(
            "{place} is not JSON ({why}); nothing was taken from this file.", place=place, why=error
        ) from error
    if type(record) is not dict:
        raise FormatError("{place} is not a JSON object; nothing was taken from this file.", place=place)
    return record


def _record(record: dict[str, Any], line: bytes, default_name: str, place: str) -> ImportedRecord:
    report_id = text_of(record, "id")
    # Only an escape can bring what UTF-8 and JSON forbid as a plain character.
    if b"\\u" in line:
        check_strings(record)
    raw = record.get("text")
    if type(raw) is not str:
        raise wrong_type("text", "a text")
    newlines = Newlines(raw)
    name = text_of(record, "name") or report_id or default_name
    title, date, source, locality = (text_of(record, key) or "" for key in _TEXTS)
    metadata = read_metadata(record, _KNOWN)
    report = Report(report_id or new_id(), name, newlines.text, title, date, source, locality, metadata)
    annotator, adjudicated, status = _owner(record)
    entities = read_entities(record.get("entities"), newlines)
    relations = read_relations(record.get("relations"), {entity.id for entity in entities})
    has_labels = adjudicated or annotator is not None or bool(entities)
    return ImportedRecord(report, place, annotator, adjudicated, status, entities, relations, has_labels)


def _owner(record: dict[str, Any]) -> tuple[str | None, bool, Status | None]:
    annotator = text_of(record, "annotator") or None
    adjudicated = record.get("adjudicated")
    if adjudicated is not None and type(adjudicated) is not bool:
        raise wrong_type("adjudicated", "true or false")
    if annotator is not None and adjudicated:
        raise Wrong("{place} names an annotator and is adjudicated; nothing was taken from this file.")
    status = text_of(record, "status")
    if status is not None and status not in _STATUSES:
        raise wrong_type("status", "one of " + ", ".join(_STATUSES))
    return annotator, bool(adjudicated), Status(status) if status is not None else None
