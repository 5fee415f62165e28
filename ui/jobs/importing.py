"""Import files and folders into a project: readers in, rows out, the search index after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from annotations.corpus import ImportedRecord
from annotations.errors import Cancelled, ChuGiaiError, Refused
from exports.plain import FIELDS
from model.bulk import FileResult, ImportBatch
from model.project import Project
from model.queries.search import index_next, index_waiting
from ui.jobs.account import person
from ui.jobs.incoming_labels import AS_THEY_ARE, IncomingLabels
from ui.jobs.progress import Progress, nobody_watches
from ui.jobs.records import Mappings, Read, by_itself, read_source
from ui.jobs.sources import PLAIN, WORKBOOK, Source, find_sources
from ui.jobs.workbook_back import WorkbookResult, import_workbook
from ui.words import tr

Edits = Mapping[tuple[Path, str], Mapping[str, str]]
"""(file, report name) → field (title, date, source, locality) → what the person put in its place."""
_HELD = 0.02  # seconds for which one step of indexing may hold the project's lock


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file; ``result.refused`` says why nothing of it was taken, ``workbook`` what came of an edited one."""

    path: Path
    result: FileResult
    workbook: WorkbookResult | None = None

    @property
    def refused(self) -> ChuGiaiError | None:
        """Why nothing of the file was taken, or None."""
        return self.result.refused

    @property
    def status(self) -> str:
        """``refused``, ``imported`` (something of it is new) or ``known`` (all of it was there already)."""
        if self.result.refused:
            return "refused"
        applied = self.workbook is not None and self.workbook.applied
        return "imported" if applied or self.result.added or self.result.labelled else "known"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What became of each file, in the order in which they were read; ``new_labels`` were added to the schema."""

    files: tuple[ImportedFile, ...]
    new_labels: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[ImportedFile, ...]:
        """The files of which nothing was taken."""
        return tuple(file for file in self.files if file.refused)

    def total(self, field: str) -> int:
        """The sum of a count of :class:`FileResult` (``added``, ``known``, ``labelled`` …) over all files."""
        return sum(getattr(file.result, field) for file in self.files)


COUNTS = ("added", "known", "labelled", "unchanged", "replaced", "entities", "relations")
"""The counts of a :class:`FileResult`."""


def import_files(
    project: Project,
    paths: Iterable[Path],
    *,
    annotator: str | None = None,
    actor: str | None = None,
    format: str | None = None,
    replace: bool = False,
    mapping: Mappings | None = None,
    edits: Edits | None = None,
    labels: IncomingLabels = AS_THEY_ARE,
    workbooks: bool = True,
    progress: Progress = nobody_watches,
) -> ImportSummary:
    """Import what is at ``paths``; a bad file is refused whole, the good ones are in.

    ``annotator`` owns labels that name nobody, ``actor`` does the import (history, undo), ``format`` is ``plain`` or a
    labelled format's key, ``replace`` puts other labels in the place of an annotator's, ``labels`` says what becomes of labels
    that the schema may lack. Workbooks that we exported and people
    edited are taken back, each as an action of its own (``ui.jobs.workbook_back``), or refused without ``workbooks``. Raises ``Refused`` for an
    unknown format or while another import runs; ``Cancelled`` from ``progress``: nothing was imported then.
    """
    sources = find_sources(paths, format)
    if annotator is not None and not annotator.strip():
        raise Refused("An annotator needs a name. Nothing was changed.")
    books = [source for source in sources if source.kind == WORKBOOK and source.refused is None]
    sources = [source for source in sources if source not in books]
    reports = ImportSummary(())
    if sources:
        reports = _import_reports(
            project, sources, annotator, actor, replace, mapping or {}, edits or {}, labels, progress
        )
    back = tuple(_take_back(project, book, actor or person(), workbooks, progress) for book in books)
    return ImportSummary((*reports.files, *back), reports.new_labels)


def _import_reports(
    project: Project,
    sources: list[Source],
    annotator: str | None,
    actor: str | None,
    replace: bool,
    mapping: Mappings,
    edits: Edits,
    labels: IncomingLabels,
    progress: Progress,
) -> ImportSummary:
    """Reports and labels of all sources, as one action."""
    title, values = "Import {count} files", {"count": len(sources)}
    with ImportBatch.open(project, actor, annotator, replace, title, values) as batch:
        files = _read_all(batch, sources, mapping, edits, labels, progress)
        progress(len(files), 0, tr("Finishing"))
        results = batch.publish({"count": sum(not result.refused for result in batch.results.values())})
    summary = ImportSummary(tuple(ImportedFile(path, results[str(path)]) for path in files), batch.new_labels)
    if summary.total("added"):
        # The import is done: whoever stops now stops the indexing, which the next import or search goes on with.
        with suppress(Cancelled, KeyboardInterrupt):
            fill_index(project, summary.total("added"), progress)
    return summary


def _take_back(project: Project, book: Source, actor: str, wanted: bool, progress: Progress) -> ImportedFile:
    """One edited workbook."""
    if not wanted:
        return ImportedFile(book.path, FileResult(refused=by_itself(book.path)))
    try:
        return ImportedFile(book.path, FileResult(), import_workbook(project, book.path, actor, progress))
    except Cancelled:
        raise
    except ChuGiaiError as error:
        return ImportedFile(book.path, FileResult(refused=error))


def fill_index(project: Project, expected: int = 0, progress: Progress = nobody_watches) -> None:
    """Index the texts that wait for it, in short steps with pauses for others who write."""
    done, limit = 0, 8
    while True:
        with project.reading() as connection:
            if not index_waiting(connection):
                return
        with project.writing() as connection:
            began = perf_counter()
            some = index_next(connection, limit)
        held = perf_counter() - began
        if not some:
            return
        done += some
        progress(done, max(expected, done), tr("Preparing the search"))
        limit = max(1, min(100, int(some * _HELD / held)))
        sleep(held / 2)


def _read_all(
    batch: ImportBatch,
    sources: list[Source],
    mapping: Mappings,
    edits: Edits,
    labels: IncomingLabels,
    progress: Progress,
) -> list[Path]:
    """Give every record to the batch; the files that were met, in order."""
    files: dict[Path, None] = {}
    done, total = 0, sum(_expected(source) for source in sources)
    for source in sources:
        for read in read_source(source, mapping):
            files[read.file] = None
            _give(batch, read, edits, labels)
            done += 1
            progress(done, max(done, total), tr("Importing"))
    return list(files)


def _give(batch: ImportBatch, read: Read, edits: Edits, labels: IncomingLabels) -> None:
    if read.refused is not None:
        batch.refuse(str(read.file), read.refused)
    elif read.record is not None:
        record = edited(read.record, read.file, edits)
        try:
            record = labels.take(record, batch) if record.has_labels else record
        except Refused as error:
            batch.refuse(str(read.file), Refused("{place}: " + error.sentence, place=record.place, **error.values))
        else:
            batch.add(str(read.file), record)


def edited(record: ImportedRecord, file: Path, edits: Edits) -> ImportedRecord:
    """The record with the person's corrections of its metadata. Raises ``ValueError`` for another field."""
    values = edits.get((file, record.report.name))
    if not values:
        return record
    if unknown := set(values).difference(FIELDS):
        raise ValueError(f"{unknown} cannot be edited before an import")
    return replace(record, report=replace(record.report, **dict[str, Any](values)))


def _expected(source: Source) -> int:
    """About how many records a source has, for the progress; a spreadsheet counts as one until it is read."""
    if source.refused is not None or source.kind == PLAIN:
        return 1
    if source.path.is_dir():
        return sum(1 for _ in source.path.rglob("*.ann"))
    try:
        with source.path.open("rb") as file:
            return max(1, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")))
    except OSError:
        return 1
