"""Entities and relations as CSV and TSV, out only: a folder, or a zip when OUT ends with ``.zip``.

- ``entities.csv`` and ``relations.csv`` are for Excel and LibreOffice: UTF-8 with BOM, every field in quotes, parted by commas, or by
  semicolons when ``Options.language`` is ``vi`` (the list separator of a Vietnamese system). A value that a spreadsheet would take
  for a formula (it begins with ``= + - @``, a tab or a line break, also full-width) gets ``'`` before it, and so does
  one that begins with ``'``: taking one ``'`` away gives the value back. Values over 32,767 characters are cut visibly. Spreadsheets
  still turn ``1/3`` and ``007`` into dates and numbers: where that matters take the workbook (``xlsx``).
- ``entities.tsv`` and ``relations.tsv`` are for machines: the same rows with values as they are, UTF-8 without BOM, parted by tabs,
  quotes only where needed (Python's ``csv.excel_tab`` with LF).

One row per entity or relation and annotation set. ``start`` and ``end`` are code points, half-open; ``fragments`` (``0-5;9-12``) stands for
discontinuous entities. Attributes have columns ``attr_…``, those that the schema lacks stand as JSON in ``other_attributes``.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

from annotations.corpus import Corpus
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import EntityType, RelationType
from annotations.sentences import sentence_at, sentence_spans
from exports.files import check_counts
from exports.packed import folder_or_zip
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress
from exports.tokens import UNLABELLED
from exports.xlsx.text import fit_text

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"
_REPORT = ("report", "report_id", "title", "date", "source", "locality", "annotator", "adjudicated", "status")
_ENTITY = ("id", "label", "text", "start", "end", "fragments")
_END = ("id", "label", "text", "start", "end")
_TAIL = ("origin", "by", "confidence")
_LARGEST_FIELD = 2**31 - 1
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

Row = list[str]


class CsvTables:
    """Two tables, each for spreadsheets and for machines."""

    key: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV and TSV tables"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the tables; see ``exports.protocol.Exporter``."""
        with folder_or_zip(path, options.force, "entities.csv", frozenset((".csv", ".tsv"))) as part:
            return _filled(corpus, path, part, options, progress)


def guarded(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return GUARD + value if value.startswith((*DANGEROUS, GUARD)) else value


def _filled(corpus: Corpus, path: Path, folder: Path, options: Options, progress: Progress) -> ExportSummary:
    tally = Tally()
    delimiter = ";" if options.language == "vi" else ","
    tally.about["csv"] = f"parted by {delimiter}, values like formulas begin with {GUARD}"
    kinds = _attributes(corpus.schema.entity_types), _attributes(corpus.schema.relation_types)
    with ExitStack() as opened:
        entities = _Table(folder, "entities", delimiter, entity_columns(kinds[0]), opened, tally.left_out)
        relations = _Table(folder, "relations", delimiter, relation_columns(kinds[1]), opened, tally.left_out)
        for done, labelled in enumerate(corpus, 1):
            if labelled.sets:
                tally.add(labelled)
            else:
                tally.left_out[UNLABELLED] += 1
            for labels in labelled.sets:
                for row in entity_rows(labelled.report, labels, kinds[0]):
                    entities.add(row)
                for row in relation_rows(labelled.report, labels, kinds[1]):
                    relations.add(row)
            progress(done, corpus.total)
    summary = tally.summary(path)
    for suffix, parted in ((".csv", delimiter), (".tsv", "\t")):
        found = tuple(_count(folder / f"{name}{suffix}", parted) for name in ("entities", "relations"))
        check_counts(path, (summary.entities, summary.relations), found)
    return summary


class _Table:
    """One table in both its forms."""

    def __init__(
        self, folder: Path, name: str, delimiter: str, columns: Sequence[str], opened: ExitStack, losses: Counter[str]
    ) -> None:
        def create(suffix: str, encoding: str) -> Any:
            return opened.enter_context((folder / f"{name}{suffix}").open("w", encoding=encoding, newline=""))

        plain = create(".tsv", "utf-8")
        self._safe = csv.writer(create(".csv", "utf-8-sig"), delimiter=delimiter, quoting=csv.QUOTE_ALL)
        self._plain = csv.writer(plain, csv.excel_tab, lineterminator="\n")
        # Where lines end with LF, the module forgets to quote a lone CR, which its reader then takes for an end.
        self._quoted = csv.writer(plain, csv.excel_tab, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self._losses = losses
        self._safe.writerow(columns)
        self._plain.writerow(columns)

    def add(self, row: Row) -> None:
        """Write one row."""
        (self._quoted if any("\r" in value for value in row) else self._plain).writerow(row)
        self._safe.writerow([fit_text(guarded(value), self._losses) for value in row])


def _attributes(kinds: Sequence[EntityType | RelationType]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(attribute.name for kind in kinds for attribute in kind.attributes))


def entity_columns(attributes: Sequence[str]) -> list[str]:
    """The headings of ``entities``; ``attributes`` are the schema's."""
    own = [f"attr_{name}" for name in attributes]
    return [*_REPORT, *_ENTITY, *own, "other_attributes", "note", "entry", *_TAIL, "sentence"]


def relation_columns(attributes: Sequence[str]) -> list[str]:
    """The headings of ``relations``; ``attributes`` are the schema's."""
    ends = [f"{end}_{column}" for end in ("source", "target") for column in _END]
    # The report's column has the name of an end's beginning, so the ends' columns are never only "source".
    own = [f"attr_{name}" for name in attributes]
    return [*_REPORT, "id", "type", *ends, *own, "other_attributes", "note", *_TAIL, "sentence"]


def entity_rows(report: Report, labels: AnnotationSet, attributes: Sequence[str]) -> Iterator[Row]:
    """The rows of the set's entities, in order of the set."""
    start = _report_cells(report, labels)
    sentences = sentence_spans(report.text)
    for entity in labels.entities:
        fragments = ";".join(f"{first}-{last}" for first, last in entity.fragments)
        yield [
            *start,
            *_end_cells(report, entity),
            fragments,
            *_attribute_cells(entity.attributes, attributes),
            entity.note or "",
            entity.entry or "",
            *_tail_cells(entity),
            report.text[slice(*sentence_at(sentences, entity.start))],
        ]


def relation_rows(report: Report, labels: AnnotationSet, attributes: Sequence[str]) -> Iterator[Row]:
    """The rows of the set's relations, in order of the set."""
    start = _report_cells(report, labels)
    sentences = sentence_spans(report.text)
    by_id = {entity.id: entity for entity in labels.entities}
    for relation in labels.relations:
        source, target = by_id[relation.source], by_id[relation.target]
        yield [
            *start,
            relation.id,
            relation.type,
            *_end_cells(report, source),
            *_end_cells(report, target),
            *_attribute_cells(relation.attributes, attributes),
            relation.note or "",
            *_tail_cells(relation),
            report.text[slice(*sentence_at(sentences, source.start))],
        ]


def _report_cells(report: Report, labels: AnnotationSet) -> Row:
    return [
        *(report.name, report.id, report.title, report.date, report.source, report.locality),
        *(labels.annotator or "", "true" if labels.adjudicated else "", str(labels.status)),
    ]


def _end_cells(report: Report, entity: Entity) -> Row:
    return [entity.id, entity.label, entity.surface(report.text), str(entity.start), str(entity.end)]


def _attribute_cells(values: Mapping[str, str], known: Sequence[str]) -> Row:
    other = {name: value for name, value in values.items() if name not in known}
    return [*(values.get(name, "") for name in known), _encode(other) if other else ""]


def _tail_cells(label: Entity | Relation) -> Row:
    return [str(label.origin), label.by or "", "" if label.confidence is None else repr(label.confidence)]


def _count(file: Path, delimiter: str) -> int:
    """The rows of a written table, without its headings."""
    csv.field_size_limit(_LARGEST_FIELD)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return sum(1 for _ in csv.reader(opened, delimiter=delimiter)) - 1
