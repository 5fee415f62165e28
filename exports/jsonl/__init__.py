"""Native JSON lines, out and in: loses nothing of texts, metadata and labels.

Format: design.md, "Native JSONL". One JSON object a line, one line per report and
annotation set, UTF-8, LF. Records stand in order of report name, then
annotator, the adjudicated set last; a report without annotation sets is one record
without ``annotator`` and ``status``. Offsets are code points, half-open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.files import check_counts, writing
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress

# ``default`` is asked for mappings that are no dict.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=dict).encode


class JsonLines:
    """The format that holds everything; what ``export`` writes, ``import`` takes back byte for byte."""

    key: ClassVar[str] = "jsonl"
    title: ClassVar[str] = "Chú Giải JSON lines"
    suffix: ClassVar[str] = ".jsonl"
    folder: ClassVar[bool] = False

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write one record per report and annotation set; see ``exports.formats.Exporter``."""
        tally = Tally()
        records = 0
        with writing(path, options.force) as part:
            with part.open("wb") as file:
                for labelled in corpus:
                    for line in record_lines(labelled):
                        file.write(line)
                        records += 1
                    tally.add(labelled)
                    progress(tally.reports, corpus.total)
            summary = tally.summary(path)
            written = (records, summary.entities, summary.relations)
            if _count(part) != written:
                check_counts(path, written, _count_parsed(part))
        return summary

    def recognises(self, path: Path) -> bool:
        """Whether the first line is the beginning of a record with a text."""
        from exports.jsonl.read import recognises

        return recognises(path)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """The records of a file; see ``exports.jsonl.read``."""
        from exports.jsonl.read import read

        return read(path)


def record_lines(labelled: LabelledReport) -> Iterator[bytes]:
    """The records of one report, each a line of UTF-8 with its newline."""
    report = labelled.report
    for labels in sorted(labelled.sets, key=lambda labels: (labels.adjudicated, labels.annotator or "")) or (None,):
        yield _encode(record_object(report, labels)).encode() + b"\n"


def record_object(report: Report, labels: AnnotationSet | None) -> dict[str, object]:
    """A report and one of its annotation sets, or none, as a record; keys in the order of the format."""
    record: dict[str, object] = {
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "date": report.date,
        "source": report.source,
        "locality": report.locality,
        "text": report.text,
    }
    if labels is None:
        record["entities"] = record["relations"] = []
    else:
        if labels.adjudicated:
            record["adjudicated"] = True
        else:
            record["annotator"] = labels.annotator
        record["status"] = labels.status
        text = report.text
        record["entities"] = [entity_object(entity, text) for entity in labels.entities]
        record["relations"] = [relation_object(relation) for relation in labels.relations]
    if report.metadata:
        record["metadata"] = report.metadata
    return record


def entity_object(entity: Entity, text: str) -> dict[str, object]:
    """An entity of ``text`` as it stands in a record."""
    fragments = entity.fragments
    made: dict[str, object] = {
        "id": entity.id,
        "label": entity.label,
        "start": entity.start,
        "end": entity.end,
        "text": entity.surface(text) if fragments else text[entity.start : entity.end],
    }
    if fragments:
        made["fragments"] = fragments
    made["attributes"] = _in_order(entity.attributes)
    made["note"] = entity.note
    made["entry"] = entity.entry
    _add_origin(made, entity)
    return made


def relation_object(relation: Relation) -> dict[str, object]:
    """A relation as it stands in a record."""
    made: dict[str, object] = {
        "id": relation.id,
        "type": relation.type,
        "source": relation.source,
        "target": relation.target,
        "attributes": _in_order(relation.attributes),
        "note": relation.note,
    }
    _add_origin(made, relation)
    return made


def _add_origin(made: dict[str, object], label: Entity | Relation) -> None:
    made["origin"] = label.origin
    if label.by is not None:
        made["by"] = label.by
    if label.confidence is not None:
        made["confidence"] = label.confidence
    if label.metadata:
        made["metadata"] = label.metadata


def _in_order(attributes: Mapping[str, str]) -> Mapping[str, str]:
    # The same content is the same bytes, in whatever order the attributes were given.
    return attributes if len(attributes) < 2 else dict(sorted(attributes.items()))


def _count(part: Path) -> tuple[int, int, int]:
    """Records, entities and relations, counted by their keys in the bytes of the written file.

    Quotes inside of values are escaped, so a value is never taken for a key.
    """
    records = entities = relations = 0
    with part.open("rb") as file:
        for line in file:
            records += line.startswith(b'{"id": ') and line.endswith(b"}\n")
            entities += line.count(b'"start": ')
            relations += line.count(b'"target": ')
    return records, entities, relations


def _count_parsed(part: Path) -> tuple[int, int, int]:
    """The same for files whose attributes or metadata have keys named like ours: slower."""
    records = entities = relations = 0
    with part.open("rb") as file:
        for line in file:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            records += 1
            entities += len(record["entities"])
            relations += len(record["relations"])
    return records, entities, relations
