"""Writing tasks, one a line inside of one array."""

from __future__ import annotations

import json
from pathlib import Path

from annotations.corpus import Corpus, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Status
from exports.carried import KEY, entity_part, owner_part, relation_part, report_part
from exports.files import check_counts
from exports.json_records import Json, records
from exports.labelstudio import CONFIG, TASKS
from exports.labelstudio.config import FROM_NAME, TO_NAME, labelling_config
from exports.packed import folder_or_zip
from exports.protocol import ExportSummary, Options, Progress, Tally
from exports.utf16 import Utf16

HULLS = "gaps of discontinuous entities (written as one span)"

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=dict).encode


def write(corpus: Corpus, path: Path, options: Options, progress: Progress) -> ExportSummary:
    """Write the corpus; see ``exports.protocol.Exporter``."""
    tally = Tally()
    with folder_or_zip(path, options.force, CONFIG, frozenset((".json", ".xml"))) as part:
        (part / CONFIG).write_bytes(labelling_config(corpus.schema).encode())
        with (part / TASKS).open("wb") as file:
            file.write(b"[")
            for labelled in corpus:
                file.write(b",\n" if tally.reports else b"\n")
                _tally(tally, labelled)
                file.write(_encode(task_object(labelled, tally.reports)).encode())
                progress(tally.reports, corpus.total)
            file.write(b"\n]\n")
        summary = tally.summary(path)
        written = (summary.reports, summary.sets, summary.entities, summary.relations)
        check_counts(path, written, _count(part / TASKS))
    return summary


def task_object(labelled: LabelledReport, number: int) -> Json:
    """A report with all its annotation sets as a task."""
    report = labelled.report
    carried = report_part(report)
    carried["sets"] = [_set_part(labels) for labels in labelled.sets]
    offsets = Utf16(report.text)
    made: dict[bool, list[Json]] = {True: [], False: []}
    for place, labels in enumerate(labelled.sets):
        result = [_region(entity, report.text, offsets, place) for entity in labels.entities]
        result += [_relation(relation) for relation in labels.relations]
        if labels.status is Status.NEW:
            made[True].append(
                {"model_version": labels.annotator or "adjudicated", "result": result, KEY: {"set": place}}
            )
        else:
            owned = {"ground_truth": labels.adjudicated, "was_cancelled": False, KEY: {"set": place}}
            made[False].append({"result": result, **owned})
    data = {"text": report.text, "name": report.name, "title": report.title, "date": report.date, KEY: carried}
    return {"id": number, "data": data, "annotations": made[False], "predictions": made[True]}


def _set_part(labels: AnnotationSet) -> Json:
    # Label Studio keeps nothing of ours on a relation.
    relations = [[one.type, one.source, one.target, relation_part(one)] for one in labels.relations]
    return {**owner_part(labels), "relations": relations}


def _region(entity: Entity, text: str, offsets: Utf16, place: int) -> Json:
    carried = {**entity_part(entity), "set": place}
    meta: Json = {KEY: carried}
    if entity.note:
        meta = {"text": [carried.pop("note")], KEY: carried}
    return {
        "id": entity.id,
        "from_name": FROM_NAME,
        "to_name": TO_NAME,
        "type": "labels",
        "value": {
            "start": offsets.units(entity.start),
            "end": offsets.units(entity.end),
            "text": text[entity.start : entity.end],
            "labels": [entity.label],
        },
        "meta": meta,
    }


def _relation(relation: Relation) -> Json:
    return {
        "type": "relation",
        "from_id": relation.source,
        "to_id": relation.target,
        "direction": "right",
        "labels": [relation.type],
    }


def _tally(tally: Tally, labelled: LabelledReport) -> None:
    tally.add(labelled)
    hulls = sum(bool(entity.fragments) for labels in labelled.sets for entity in labels.entities)
    if hulls:
        tally.left_out[HULLS] += hulls


def _count(file: Path) -> tuple[int, int, int, int]:
    """Tasks, annotations and predictions, regions and relations, counted in the written file."""
    tasks = sets = entities = relations = 0
    for _, task in records(file):
        tasks += 1
        for one in (*task["annotations"], *task["predictions"]):
            sets += 1
            arcs = sum(result["type"] == "relation" for result in one["result"])
            relations += arcs
            entities += len(one["result"]) - arcs
    return tasks, sets, entities, relations
