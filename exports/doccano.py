"""doccano's JSON lines, out and in: sequence labelling with relations, or without.

Formats: doccano, "Sequence labeling" (``{"text", "label": [[start, end, label], …]}``) and "Relation extraction"
(``{"text", "entities": [{"id", "label", "start_offset", "end_offset"}], "relations": [{"id", "from_id",
"to_id", "type"}]}``), as its import catalogue shows them. Offsets are code points, half-open; a project with "count grapheme
clusters as one character" shows others, and its file cannot be told from one with code points.

Out goes the form with relations when the schema has relation types. doccano numbers entities within a record; our ids and
all else that it has no field for stand in its metadata at ``chugiai`` and come back for each label that is still where it was.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import AnnotationSet, Report, new_id
from exports.carried import (
    KEY,
    Carried,
    entity_part,
    foreign_metadata,
    native_entity,
    native_relation,
    native_report,
    owner_part,
    relation_part,
    report_part,
)
from exports.files import check_counts, writing
from exports.json_records import Json, first_record, imported, list_of, records
from exports.jsonl.values import Wrong, wrong_type
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress

RELATIONS = "relations"
COMMENTS = "comments"
CATEGORIES = "categories of whole texts"
HULLS = "gaps of discontinuous entities (written as one span)"

_COLUMNS = ("text", "data", "label", "labels", "entities", "relations", "Comments", "comments", "cats", KEY)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=dict).encode


class Doccano:
    """One record per report and annotation set; a report without any is a record to be labelled."""

    key: ClassVar[str] = "doccano"
    title: ClassVar[str] = "doccano JSON lines"
    suffix: ClassVar[str] = ".jsonl"
    folder: ClassVar[bool] = False

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the records; see ``exports.protocol.Exporter``."""
        tally = Tally()
        written = 0
        with_relations = bool(corpus.schema.relation_types)
        with writing(path, options.force) as part:
            with part.open("wb") as file:
                for labelled in corpus:
                    tally.reports += 1
                    for labels in labelled.sets or (None,):
                        record = record_object(labelled.report, labels, written, with_relations)
                        file.write(_encode(record).encode() + b"\n")
                        written += 1
                        if labels is not None:
                            _tally(tally, labels, with_relations)
                    progress(tally.reports, corpus.total)
            summary = tally.summary(path)
            check_counts(path, (written, summary.entities, summary.relations), _count(part))
        return summary

    def recognises(self, path: Path) -> bool:
        """Whether the first record has a text and labels in one of doccano's forms."""
        record = first_record(path)
        text = record.get("text", record.get("data"))
        return type(text) is str and (_is_triples(record) or _is_entities(record))

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per line. Raises ``FormatError`` with the line at the first thing that is wrong."""
        for number, (place, record) in enumerate(records(path), 1):
            left_out: Counter[str] = Counter()
            try:
                native = native_record(record, left_out)
            except Wrong as wrong:
                raise wrong.at(place) from wrong
            yield imported(native, place, f"{path.stem}-{number}", left_out)


def record_object(report: Report, labels: AnnotationSet | None, number: int, with_relations: bool) -> Json:
    """A report and one of its annotation sets, or none, as doccano imports it."""
    owned = labels or AnnotationSet(None)
    numbers = {entity.id: place for place, entity in enumerate(owned.entities)}
    carried: Json = {**report_part(report), **owner_part(labels)}
    carried["entities"] = [[entity.label, entity.start, entity.end, entity_part(entity)] for entity in owned.entities]
    made: Json = {"id": number, "text": report.text}
    if not with_relations:
        made["label"] = [[entity.start, entity.end, entity.label] for entity in owned.entities]
    else:
        made["entities"] = [
            {"id": place, "label": entity.label, "start_offset": entity.start, "end_offset": entity.end}
            for place, entity in enumerate(owned.entities)
        ]
        made["relations"] = [
            {"id": place, "from_id": numbers[relation.source], "to_id": numbers[relation.target], "type": relation.type}
            for place, relation in enumerate(owned.relations)
        ]
        carried["relations"] = [
            [relation.type, relation.source, relation.target, relation_part(relation)] for relation in owned.relations
        ]
    made[KEY] = carried
    return made


def _tally(tally: Tally, labels: AnnotationSet, with_relations: bool) -> None:
    if not with_relations and labels.relations:
        tally.left_out[RELATIONS] += len(labels.relations)
        labels = AnnotationSet(labels.annotator, entities=labels.entities)
    hulls = sum(bool(entity.fragments) for entity in labels.entities)
    if hulls:
        tally.left_out[HULLS] += hulls
    tally.add_set(labels)


def _is_triples(record: Json) -> bool:
    label = record.get("label")
    return type(label) is list and all(
        type(one) is list and len(one) == 3 and type(one[0]) is int and type(one[2]) is str for one in label
    )


def _is_entities(record: Json) -> bool:
    entities = record.get("entities")
    if type(entities) is not list or type(record.get("relations")) is not list:
        return False
    if not entities:
        return "Comments" in record or KEY in record
    return all(type(one) is dict and "start_offset" in one for one in entities)


def native_record(record: Json, left_out: Counter[str]) -> Json:
    """doccano's record as a native one; our ids and the rest come back from ``chugiai``. Raises ``Wrong``."""
    carried = record.get(KEY)
    made = native_report(carried, record.get("text", record.get("data")))
    if type(carried) is not dict:
        made["metadata"] = foreign_metadata(record, _COLUMNS)
        carried = {}
    given = list_of(record, "entities") if "entities" in record else _triples(record, left_out)
    ids: dict[object, str] = {}
    made["entities"] = list(_entities(given, Carried(_parts(carried.get("entities"))), ids, left_out))
    made["relations"] = _relations(list_of(record, "relations"), ids, Carried(_parts(carried.get("relations"))))
    left_out[COMMENTS] += len(list_of(record, "Comments")) + len(list_of(record, "comments"))
    left_out[CATEGORIES] += len(list_of(record, "cats"))
    return made


def _triples(record: Json, left_out: Counter[str]) -> list[Json]:
    """Entities of the form without relations; labels of whole texts are counted."""
    made = []
    for value in list_of(record, "label" if "label" in record else "labels"):
        if type(value) is str:
            left_out[CATEGORIES] += 1
        elif type(value) is list and len(value) == 3:
            made.append({"start_offset": value[0], "end_offset": value[1], "label": value[2]})
        else:
            raise wrong_type("label", "a list of [start, end, label]")
    return made


def _entities(given: list[Any], waiting: Carried, ids: dict[object, str], left_out: Counter[str]) -> Iterator[Json]:
    """The entities; ``ids`` is filled with our id of each of theirs."""
    used: set[object] = set()
    for number, value in enumerate(given):
        if type(value) is not dict:
            raise wrong_type("entities", "a list of objects")
        label, start, end = value.get("label"), value.get("start_offset"), value.get("end_offset")
        if type(start) is not int or type(end) is not int or type(label) is not str:
            raise wrong_type("label, start_offset or end_offset", "a text and two whole numbers")
        theirs = value.get("id", number)
        if type(theirs) not in (int, str) or theirs in ids:
            raise Wrong(
                "{place}: the id of entity number {number} is none, or stands twice; nothing was taken from this file.",
                number=number + 1,
            )
        own = {"label": label, "start": start, "end": end}
        entity = native_entity(own, waiting.take((label, start, end)), left_out)
        if type(entity.get("id")) is not str or entity["id"] in used:
            entity["id"] = new_id()
        used.add(entity["id"])
        ids[theirs] = entity["id"]
        yield entity


def _parts(values: object) -> Iterator[tuple[object, Json]]:
    """Carried parts with their keys; what is damaged is nothing carried."""
    for value in values if type(values) is list else ():
        if type(value) is list and len(value) == 4 and type(value[3]) is dict:
            key = tuple(value[:3])
            if all(type(one) in (str, int) for one in key):
                yield key, value[3]


def _relations(given: list[Any], ids: dict[object, str], waiting: Carried) -> list[Json]:
    made = []
    for number, value in enumerate(given, 1):
        if type(value) is not dict:
            raise wrong_type("relations", "a list of objects")
        kind, ends = value.get("type"), [value.get("from_id"), value.get("to_id")]
        unknown = [end for end in ends if type(end) not in (int, str) or end not in ids]
        if unknown:
            raise Wrong(
                "{place}: relation number {number} joins the entity {id}, which is not in the record; "
                "nothing was taken from this file.",
                number=number,
                id=unknown[0],
            )
        own = {"type": kind, "source": ids[ends[0]], "target": ids[ends[1]]}
        made.append(native_relation(own, waiting.take((kind, own["source"], own["target"]))))
    return made


def _count(part: Path) -> tuple[int, int, int]:
    """Records, entities and relations, counted in the written file."""
    found = entities = relations = 0
    for _, record in records(part):
        found += 1
        entities += len(record.get("entities") or record.get("label") or ())
        relations += len(record.get("relations") or ())
    return found, entities, relations
