"""Reading the rows of a dataset folder, file by file; parquet where pyarrow is installed, else JSON lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from annotations.corpus import ImportedRecord
from exports.carried import foreign_metadata
from exports.errors import FormatError
from exports.hf import CARD
from exports.hf.tags import TOKENS, from_tokens, has_tokens, stated_names
from exports.json_records import Json, imported, list_of, records
from exports.jsonl.values import Wrong, check_strings, wrong_type
from exports.needs import has, need
from exports.packed import names_in, unpacked

GROUP_LIMIT = 1024 * 1024 * 1024
"""Bytes of one row group at most, as the file states them unpacked: a group is read at once."""

_ROWS_AT_ONCE = 50
_SUFFIXES = frozenset((".parquet", ".jsonl", ".md"))
_OWN = ("id", "name", "title", "date", "source", "locality", "text", "annotator", "adjudicated", "status")
_COLUMNS = (*_OWN, "metadata", "entities", "relations", *TOKENS, "token_starts")


def recognises(path: Path) -> bool:
    """Whether it is a parquet file, or a folder with parquet or with a card that names data files."""
    try:
        if names := names_in(path):
            return CARD in names and any(name.endswith((".parquet", ".jsonl")) for name in names)
        if path.is_file():
            with path.open("rb") as file:
                return file.read(4) == b"PAR1"
        if path.is_dir():
            card = path / CARD
            head = card.read_bytes()[:65536] if card.is_file() else b""
            named = head.startswith(b"---") and (b"\nconfigs:" in head or b"\ndataset_info:" in head)
            return named and bool(_files(path))
    except OSError:
        pass
    return False


def _files(path: Path) -> list[Path]:
    """The data files: of several kinds the one that can be read without loss of time."""
    if not path.is_dir():
        return [path]
    found = {kind: sorted(path.rglob(f"*.{kind}")) for kind in ("parquet", "jsonl")}
    return found["parquet"] if found["parquet"] and (has("pyarrow") or not found["jsonl"]) else found["jsonl"]


def read(path: Path) -> Iterator[ImportedRecord]:
    """One record per row, in order of path. Raises ``FormatError`` with file and row for what is wrong."""
    with unpacked(path, _SUFFIXES) as found:
        yield from _read(found)


def _read(path: Path) -> Iterator[ImportedRecord]:
    for file in _files(path):
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        tags = stated_names(path / CARD)
        rows = _parquet(file, name) if file.suffix == ".parquet" else _lines(file, name)
        for number, (place, row, own_tags) in enumerate(rows, 1):
            left_out: Counter[str] = Counter()
            try:
                native = _native(row, own_tags or tags, left_out)
                check_strings(native)
            except Wrong as wrong:
                raise wrong.at(place) from wrong
            yield imported(native, place, f"{file.stem}-{number}", left_out)


def _lines(file: Path, name: str) -> Iterator[tuple[str, Json, list[str]]]:
    for place, row in records(file):
        yield place.replace(file.name, name, 1), row, []


def _parquet(file: Path, name: str) -> Iterator[tuple[str, Json, list[str]]]:
    need("pyarrow", "hf")
    pa: Any = import_module("pyarrow")
    pq: Any = import_module("pyarrow.parquet")
    number = 0
    try:
        with pq.ParquetFile(file) as parquet:
            groups = range(parquet.metadata.num_row_groups)
            if any(parquet.metadata.row_group(group).total_byte_size > GROUP_LIMIT for group in groups):
                raise FormatError(
                    "{file} has a row group of more than {limit} MB; nothing was taken from it.",
                    file=name,
                    limit=GROUP_LIMIT >> 20,
                )
            tags = _names_of(parquet.schema_arrow)
            for batch in parquet.iter_batches(_ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{name}, row {number}", row, tags
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        # Arrow has no kind of its own for damage: it is an OSError without a number.
        if isinstance(error, OSError) and error.errno is not None:
            raise FormatError("{path} could not be read: {why}.", path=file, why=error.strerror or error) from error
        raise FormatError(
            "{file} is no parquet file, or a damaged one; nothing was taken from it.", file=name
        ) from error


def _names_of(schema: Any) -> list[str]:
    """The names of the tags' numbers, as ``datasets`` writes them into a parquet file."""
    try:
        info = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))
        feature = info["info"]["features"]["ner_tags"]["feature"]
        return [str(name) for name in feature["names"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _native(row: Json, tags: list[str], left_out: Counter[str]) -> Json:
    if type(row.get("text")) is not str and has_tokens(row):
        made = from_tokens(row, tags, left_out)
        made["metadata"] = foreign_metadata(row, _COLUMNS)
        return made
    made = {key: row[key] for key in _OWN if row.get(key) is not None}
    made["metadata"] = {**_unpacked(row.get("metadata")), **foreign_metadata(row, _COLUMNS)}
    if "id" in made and type(made["id"]) is int:
        made["id"] = str(made["id"])
    made["entities"] = [_label(value) for value in list_of(row, "entities")]
    made["relations"] = [_label(value) for value in list_of(row, "relations")]
    return made


def _label(value: object) -> Json:
    if type(value) is not dict:
        raise wrong_type("entities or relations", "a list of objects")
    made = {key: part for key, part in value.items() if part is not None and key not in ("attributes", "fragments")}
    if "metadata" in made:
        made["metadata"] = _unpacked(made["metadata"])
    attributes = value.get("attributes")
    if type(attributes) is list:
        if not all(type(one) is dict and type(one.get("name")) is str for one in attributes):
            raise wrong_type("attributes", "a list of names and values")
        attributes = {one["name"]: one.get("value") for one in attributes}
    made["attributes"] = attributes
    fragments = value.get("fragments")
    if fragments:
        if type(fragments) is not list or not all(type(one) is dict for one in fragments):
            raise wrong_type("fragments", "a list of starts and ends")
        made["fragments"] = [[one.get("start"), one.get("end")] for one in fragments]
    return made


def _unpacked(metadata: object) -> Json:
    """Metadata that was packed as JSON, or any mapping; Raises ``Wrong`` for another text."""
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except (ValueError, RecursionError) as error:
            raise wrong_type("metadata", "JSON") from error
    if metadata is None:
        return {}
    if type(metadata) is not dict:
        raise wrong_type("metadata", "an object")
    return metadata
