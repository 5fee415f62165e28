"""The records of a source, whatever its kind: what an import takes and a preview shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.corpus import ImportedRecord
from annotations.errors import Cancelled, ChuGiaiError
from annotations.report import Report
from exports.errors import FormatError
from exports.formats import importer
from exports.plain import PlainReport, read_file
from ui.jobs.sources import BRAT, PLAIN, WORKBOOK, Source, in_collection

Mappings = Mapping[Path, Mapping[str, str]]
"""Spreadsheet → field → heading of its column; a spreadsheet that is not named is read by its headings."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from ``file``: a record (``plain`` with it when it came without labels), or why it is refused."""

    file: Path
    record: ImportedRecord | None = None
    plain: PlainReport | None = None
    refused: ChuGiaiError | None = None


def read_source(source: Source, mappings: Mappings) -> Iterator[Read]:
    """The records in file order; a refused file is the last of its file. Raises nothing of the world's."""
    if source.refused is not None:
        yield Read(source.path, refused=source.refused)
    elif source.kind == WORKBOOK:
        yield Read(source.path, refused=by_itself(source.path))
    elif source.kind == BRAT and source.path.is_dir():
        yield from _collection(source)
    else:
        yield from _file(source, mappings)


def _file(source: Source, mappings: Mappings) -> Iterator[Read]:
    count = 0
    try:
        for read in _plain(source, mappings) if source.kind == PLAIN else _labelled(source):
            count += 1
            yield read
        if not count:
            raise holds_nothing(source.path)
    except Cancelled:
        raise
    except ChuGiaiError as error:
        yield Read(source.path, refused=error)


def holds_nothing(path: Path) -> FormatError:
    """The refusal of a file or folder without reports."""
    return FormatError("{path} holds no reports; nothing was imported from it.", path=path)


def by_itself(path: Path) -> FormatError:
    """The refusal of an edited workbook among reports: what it changes is shown on a page of its own."""
    return FormatError(
        "{path} is a workbook that Chú Giải exported. Nothing was changed; import it by itself to see what was edited in it.",
        path=path,
    )


def _labelled(source: Source) -> Iterator[Read]:
    for record in importer(source.kind).read(source.path):
        yield Read(source.path, record)


def _plain(source: Source, mappings: Mappings) -> Iterator[Read]:
    for plain in read_file(source.path, source.name, mapping=mappings.get(source.path)):
        yield Read(source.path, _record_of(plain), plain)


def _record_of(plain: PlainReport) -> ImportedRecord:
    metadata = {"source_path": plain.source_path, **plain.metadata}
    if plain.encoding and not plain.encoding.lower().startswith("utf-8"):
        metadata["encoding"] = plain.encoding
    report = Report("", plain.name, plain.text, plain.title, plain.date, plain.source, plain.locality, metadata)
    return ImportedRecord(report, "", source_hash=plain.source_hash)


def _collection(source: Source) -> Iterator[Read]:
    """A brat folder in one go, which reads each sidecar once; after a bad file pair by pair, so that only it is left."""
    folder = source.path
    reader = importer(BRAT)
    done: set[Path] = set()
    try:
        for record in reader.read(folder):
            file = folder / record.place
            done.add(file)
            if source.all_texts or file.suffix == ".ann" or in_collection(file):
                yield Read(file, record)
        if not done:
            raise holds_nothing(folder)
    except Cancelled:
        raise
    except ChuGiaiError as error:
        if not done and not any(folder.rglob("*.ann")):
            yield Read(folder, refused=error)
        yield from _pairs(folder, done)


def _pairs(folder: Path, done: set[Path]) -> Iterator[Read]:
    for file in sorted(folder.rglob("*.ann")):
        if file not in done:
            for read in _file(Source(file, file.name, BRAT), {}):
                yield replace(read, record=read.record and _named(read.record, file, folder))
    for file in sorted(folder.rglob("*.txt")):
        if file not in done and not file.with_suffix(".ann").is_file() and in_collection(file):
            yield from _file(Source(file, file.relative_to(folder).as_posix()), {})


def _named(record: ImportedRecord, file: Path, folder: Path) -> ImportedRecord:
    """The record with the name that reading the whole folder gives: a pair knows only its own file's."""
    text = file.with_suffix(".txt")
    if record.report.name != text.name:
        return record
    return replace(record, report=replace(record.report, name=text.relative_to(folder).as_posix()))
