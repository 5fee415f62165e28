"""The Excel workbook: what people who live in spreadsheets read, filter and edit.

Format: ECMA-376 (Office Open XML), written directly: openpyxl's write-only mode takes longer for
the bare texts alone (tests/benchmarks/test_workbook_speed.py) and keeps every link in memory.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, LabelledReport
from annotations.posts import posts
from annotations.report import AnnotationSet
from exports.files import check_counts, writing
from exports.protocol import ExportSummary, Options, Progress, Tally, no_progress
from exports.xlsx.about import about_rows, program_version
from exports.xlsx.attributes import main_attributes
from exports.xlsx.codebook import codebook_rows, name_ranges
from exports.xlsx.columns import IF_ANY, SHEETS
from exports.xlsx.context import Context
from exports.xlsx.links import LEFT_OUT
from exports.xlsx.officials import official_row
from exports.xlsx.parts import write_package
from exports.xlsx.registry import RegistrySheets
from exports.xlsx.rows import entity_row, relation_row, report_row
from exports.xlsx.scan import count_rows
from exports.xlsx.styles import Styles
from exports.xlsx.table import MAX_ROWS, Table

DANGLING = "relations without one of their ends"
LAYOUT = "1"
"""Of sheets, columns and fingerprints; stands in the custom property ``chugiai.workbook``."""


class Workbook:
    """Sheets Reports, Entities, Relations, Officials, Codebook, About; before Codebook, where the project has a registry, Registry and Posts. One pass over the corpus."""

    key: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "Excel workbook"
    suffix: ClassVar[str] = ".xlsx"
    folder: ClassVar[bool] = False

    def __init__(self, max_rows: int = MAX_ROWS) -> None:
        self._max_rows = max_rows

    def write(
        self, corpus: Corpus, path: Path, options: Options | None = None, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the workbook; see :class:`exports.formats.Exporter`."""
        options = options or Options()
        with writing(path, options.force) as beside, ExitStack() as stack:
            book = _Book(corpus, options.language, self._max_rows, stack)
            for done, labelled in enumerate(corpus, 1):
                book.add(labelled)
                progress(done, corpus.total)
            book.finish(beside)
            found = count_rows(beside, len(book.sheets))
            check_counts(path, tuple(sheet.row_count for sheet in book.sheets), found)
            return book.tally.summary(path)


class _Book:
    """The tables of one workbook in the making."""

    def __init__(self, corpus: Corpus, language: str, max_rows: int, stack: ExitStack) -> None:
        self.tally = Tally()
        self._corpus = corpus
        self._language = language
        self._main = main_attributes(corpus.schema)
        self._tables: dict[str, Table] = {}
        for name in SHEETS:
            self._tables[name] = Table(name, language, self.tally.left_out, max_rows)
            stack.callback(self._tables[name].close)
        self._reports, self._entities, self._relations, self._officials = list(self._tables.values())[:4]
        self._registry, self._posts, self._codebook, self._about = list(self._tables.values())[4:]
        self._evidence = RegistrySheets(corpus.registry, corpus.schema)
        self.sheets = [table.sheets[0] for table in self._tables.values()]

    def add(self, labelled: LabelledReport) -> None:
        """Rows of a report and its annotation sets."""
        self.tally.add(labelled)
        context = Context(labelled.report.text)
        report_place = self._reports.next_place()
        self._reports.append(report_row(labelled, self._entities.next_place(), self._relations.next_place()))
        for labels in labelled.sets:
            self._add_set(labelled, labels, context, report_place)
        self._evidence.add(labelled)

    def _add_set(self, labelled: LabelledReport, labels: AnnotationSet, context: Context, report_place: str) -> None:
        report = labelled.report
        rows = {}
        places = {}
        for entity in labels.entities:
            places[entity.id] = self._entities.next_place()
            rows[entity.id] = entity
            main = self._main.get(entity.label, "")
            self._entities.append(entity_row(report, labels, entity, main, context, report_place))
        for relation in labels.relations:
            if relation.source not in rows or relation.target not in rows:
                self.tally.left_out[DANGLING] += 1
                self.tally.types -= Counter([relation.type])  # in place; a type without any left goes
                continue
            source, target = ((rows[end], places[end]) for end in (relation.source, relation.target))
            self._relations.append(relation_row(report, labels, relation, (source, target), context, report_place))
        for post in posts(labels, self._corpus.schema):
            self._officials.append(official_row(report, labels, post, self._main, context, places, report_place))

    def finish(self, path: Path) -> None:
        """Registry, posts, codebook and About, then the file."""
        styles = Styles()
        for row in self._evidence.registry_rows():
            self._registry.append(row)
        for row in self._evidence.post_rows():
            self._posts.append(row)
        for row in codebook_rows(self._corpus.schema, styles):
            self._codebook.append(row)
        for table in self._tables.values():
            for sheet in table.sheets:
                if lost := sheet.links.left_out():
                    self.tally.left_out[LEFT_OUT] += lost
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for row in about_rows(self._corpus, self.tally.summary(path), self._officials.rows, now, self._language):
            self._about.append(row)
        self._offer_names()
        shown = (table for name, table in self._tables.items() if table.rows or name not in IF_ANY)
        self.sheets = [sheet for table in shown for sheet in table.sheets]
        schema = self._corpus.schema
        properties = {
            "chugiai.workbook": LAYOUT,
            "chugiai.program": f"Chú Giải {program_version()}".strip(),
            "chugiai.schema": f"{schema.id} ({schema.version})",
            "chugiai.language": self._language,
        }
        write_package(path, self.sheets, styles, self._corpus.project_name, now, properties)

    def _offer_names(self) -> None:
        labels, types = name_ranges(self._corpus.schema)
        for table, key, cells in ((self._entities, "label", labels), (self._relations, "type", types)):
            for sheet in table.sheets:
                sheet.choices = {key: cells} if cells else {}
