"""What an import would bring, before anything is stored: for the import dialog and for Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import ChuGiaiError
from exports.files import writing
from exports.plain import FIELDS
from ui.jobs.incoming_labels import ENTITY, RELATION, Name
from ui.jobs.progress import Progress, nobody_watches
from ui.jobs.records import Mappings, Read, read_source
from ui.jobs.sources import PLAIN, Source, find_sources
from ui.words import explain, tr

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One report that would come in, or a file that would be refused (``refused`` says why).

    ``file`` and ``name`` are the key of ``import_files``' edits. ``kind`` is ``plain`` or a labelled format.
    ``encoding`` is empty where the kind of file states its own. ``doubts`` names the metadata fields that are
    missing or not certain. ``folders`` are the folders that the file lies in, the nearest first: a
    source or a locality may be taken from them. ``annotator`` is whose labels the record says it has, ``labels`` counts these.
    """

    file: Path
    name: str
    kind: str = PLAIN
    title: str = ""
    date: str = ""
    source: str = ""
    locality: str = ""
    encoding: str = ""
    doubts: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    annotator: str = ""
    entities: int = 0
    relations: int = 0
    refused: ChuGiaiError | None = None
    labels: Mapping[Name, int] = field(default_factory=dict)


def preview(
    paths: Iterable[Path],
    *,
    format: str | None = None,
    mapping: Mappings | None = None,
    progress: Progress = nobody_watches,
) -> Iterator[PreviewRow]:
    """One row for each report and each refused file, as they are read; the same arguments as ``import_files``.

    Raises ``FormatError`` for an unknown format, ``Cancelled`` from ``progress``.
    """
    sources = find_sources(paths, format)
    for done, source in enumerate(sources, 1):
        for read in read_source(source, mapping or {}):
            yield _row(source, read)
            progress(done, len(sources), tr("Reading"))


def _row(source: Source, read: Read) -> PreviewRow:
    folders = tuple(folder.name for folder in read.file.resolve().parents if folder.name)
    if read.record is None:
        return PreviewRow(read.file, source.name, source.kind, folders=folders, refused=read.refused)
    record, report = read.record, read.record.report
    labels = Counter((ENTITY, entity.label) for entity in record.entities)
    labels.update((RELATION, relation.type) for relation in record.relations)
    doubts = read.plain.doubts if read.plain else tuple(name for name in FIELDS if not getattr(report, name))
    return PreviewRow(
        read.file, report.name, source.kind, report.title, report.date, report.source, report.locality,
        read.plain.encoding if read.plain else "", doubts, folders,
        record.annotator or "", len(record.entities), len(record.relations), labels=labels,
    )  # fmt: skip


def save_preview(rows: Sequence[PreviewRow], path: Path, force: bool = False) -> None:
    """Write rows as an Excel workbook, in their order; every cell is text.

    Raises ``FormatError`` when the file cannot be written; then there is no file.
    """
    with writing(path, force) as part:
        _write_book(rows, part)


def _write_book(rows: Sequence[PreviewRow], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(tr("Reports"))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHI", (32, 60, 14, 24, 20, 14, 24, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    headings = ("Name", "Title", "Date", "Source", "Locality", "Encoding", "Doubtful", "Refused", "File")
    sheet.append([_cell(sheet, tr(heading)) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _values(row)])
    book.save(path)


def _values(row: PreviewRow) -> tuple[str, ...]:
    doubts = ", ".join(tr(name) for name in row.doubts)
    refused = explain(row.refused) if row.refused else ""
    return (row.name, row.title, row.date, row.source, row.locality, row.encoding, doubts, refused, str(row.file))


def _cell(sheet: WriteOnlyWorksheet, value: str) -> Cell:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

    shown = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value.encode("utf-8", "replace").decode())
    cell: Cell = WriteOnlyCell(sheet, value=shown[:32_767])
    cell.data_type = "s"  # a title that begins with = is no formula
    return cell
