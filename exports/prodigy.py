"""Prodigy's JSON lines, out and in: texts with tokens, spans and relations.

Format: Prodigy, "Annotation task formats" (``spans_manual``, ``relations``). ``start`` and ``end`` are code points, half-open;
``token_end`` is the number of the last token, inclusive; ``head`` and ``child`` of a relation are the last tokens of
their spans. Tokens are spaCy's: ``ws`` says that a space follows, other white space is a token. Hashes are not written: Prodigy makes
them when a file is taken in (``prodigy db-in``).

Spans must fall on tokens, so entities that do not are aligned or left out. Keys that Prodigy does not know stay in their task,
span and relation; that is where our ids and the rest stand.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import AnnotationSet, Relation, Report, Span, new_id
from exports.carried import (
    KEY,
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
from exports.tokens import Grid, Placed, kept_relations, pieces, place_all, tokenizer_name

HULLS = "gaps of discontinuous entities (written as one span)"
REJECTED = "tasks that were rejected or ignored"
BARE = "relations between tokens that are no spans"

_KNOWN = ("text", "tokens", "spans", "relations", "answer", "meta", KEY)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=dict).encode


class Prodigy:
    """One task per report and annotation set; a report without any is a task that nobody has answered."""

    key: ClassVar[str] = "prodigy"
    title: ClassVar[str] = "Prodigy JSON lines"
    suffix: ClassVar[str] = ".jsonl"
    folder: ClassVar[bool] = False

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the tasks; see ``exports.protocol.Exporter``."""
        tally = Tally()
        tally.about["tokens"] = tokenizer_name(options.word_level)
        written = 0
        with writing(path, options.force) as part:
            with part.open("wb") as file:
                for labelled in corpus:
                    tally.reports += 1
                    grid = Grid(labelled.report.text, options.word_level)
                    for labels in labelled.sets or (None,):
                        task = task_object(labelled.report, labels, grid, options.alignment, tally)
                        file.write(_encode(task).encode() + b"\n")
                        written += 1
                    progress(tally.reports, corpus.total)
            summary = tally.summary(path)
            check_counts(path, (written, summary.entities, summary.relations), _count(part))
        return summary

    def recognises(self, path: Path) -> bool:
        """Whether the first record is a task with spans, or with an answer."""
        task = first_record(path)
        spans = task.get("spans")
        if type(task.get("text")) is not str and type(task.get("tokens")) is not list:
            return False
        if type(spans) is list and spans:
            return all(type(span) is dict and {"start", "end", "label"} <= span.keys() for span in spans)
        return "_input_hash" in task or "_task_hash" in task or ("tokens" in task and type(spans) is list)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per accepted task. Raises ``FormatError`` with the line at the first thing that is wrong."""
        for number, (place, task) in enumerate(records(path), 1):
            left_out: Counter[str] = Counter()
            try:
                native = native_record(task, left_out)
            except Wrong as wrong:
                raise wrong.at(place) from wrong
            yield imported(native, place, f"{path.stem}-{number}", left_out)


def task_object(report: Report, labels: AnnotationSet | None, grid: Grid, alignment: str, tally: Tally) -> Json:
    """A report and one of its annotation sets, or none, as a task; what is written is counted in ``tally``."""
    owned = labels or AnnotationSet(None)
    placed = place_all(owned.entities, grid, alignment, tally.left_out, HULLS)
    relations = kept_relations(owned, placed, tally.left_out)
    if labels is not None:
        kept = tuple(one.entity for one in placed)
        tally.add_set(AnnotationSet(labels.annotator, entities=kept, relations=tuple(relations)))
    made = list(pieces(report.text, grid.tokens))
    numbers = {start: number for number, (start, _, _) in enumerate(made)}
    spans = {one.entity.id: _span(one, grid.tokens, numbers) for one in placed}
    task: Json = {
        "text": report.text,
        "meta": {"report": report.name},
        "tokens": [
            {"text": report.text[start:end], "start": start, "end": end, "id": number, "ws": space}
            for number, (start, end, space) in enumerate(made)
        ],
        "spans": [{**spans[one.entity.id], KEY: entity_part(one.entity)} for one in placed],
        "relations": [_relation(relation, spans) for relation in relations],
        KEY: {**report_part(report), **owner_part(labels)},
    }
    return task if labels is None else {**task, "answer": "accept"}


def _span(one: Placed, tokens: Sequence[Span], numbers: dict[int, int]) -> Json:
    return {
        "start": one.start,
        "end": one.end,
        "token_start": numbers[one.start],
        "token_end": numbers[tokens[one.last - 1][0]],
        "label": one.entity.label,
    }


def _relation(relation: Relation, spans: dict[str, Json]) -> Json:
    head, child = spans[relation.source], spans[relation.target]
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": head,
        "child_span": child,
        "label": relation.type,
        KEY: {**relation_part(relation), "source": relation.source, "target": relation.target},
    }


def native_record(task: Json, left_out: Counter[str]) -> Json:
    """A task as a native record; labels of a task that was not accepted are counted. Raises ``Wrong``."""
    carried = task.get(KEY)
    made = native_report(carried, _text(task))
    if type(carried) is not dict:
        made["metadata"] = foreign_metadata(task, _KNOWN)
        if task.get("meta"):
            made["metadata"]["meta"] = task["meta"]
    if task.get("answer", "accept") != "accept":
        left_out[REJECTED] += 1
        made.update(entities=[], relations=[])
        return {key: value for key, value in made.items() if key not in ("annotator", "adjudicated", "status")}
    by_place: dict[tuple[object, ...], list[str]] = {}
    by_token: dict[object, str] = {}
    made["entities"] = []
    used: set[object] = set()
    for span in list_of(task, "spans"):
        entity = _entity(span, left_out)
        if type(entity.get("id")) is not str or entity["id"] in used:
            entity["id"] = new_id()
        used.add(entity["id"])
        made["entities"].append(entity)
        by_place.setdefault((entity["start"], entity["end"], entity["label"]), []).append(entity["id"])
        if type(span.get("token_end")) is int:
            by_token.setdefault(span["token_end"], entity["id"])
    made["relations"] = []
    for relation in list_of(task, "relations"):
        native = _native_relation(relation, by_place, by_token)
        if native is None:
            left_out[BARE] += 1
        else:
            made["relations"].append(native)
    return made


def _text(task: Json) -> object:
    """The text, put together from the tokens where only they are there."""
    if "text" in task or "tokens" not in task:
        return task.get("text")
    made = ""
    for token in list_of(task, "tokens"):
        if type(token) is not dict or type(token.get("text")) is not str:
            raise wrong_type("tokens", "a list of objects with a text")
        made += token["text"] + (" " if token.get("ws") is True else "")
    return made


def _entity(span: object, left_out: Counter[str]) -> Json:
    if type(span) is not dict:
        raise wrong_type("spans", "a list of objects")
    own = {"label": span.get("label"), "start": span.get("start"), "end": span.get("end")}
    if type(own["start"]) is not int or type(own["end"]) is not int or type(own["label"]) is not str:
        raise wrong_type("label, start or end of a span", "a text and two whole numbers")
    return native_entity(own, span.get(KEY), left_out)


def _native_relation(
    relation: object, by_place: dict[tuple[object, ...], list[str]], by_token: dict[object, str]
) -> Json | None:
    """The relation between entities; None when an end is no span."""
    if type(relation) is not dict:
        raise wrong_type("relations", "a list of objects")
    carried = relation.get(KEY)
    known = carried if type(carried) is dict else {}
    source = _end(relation.get("head_span"), relation.get("head"), known.get("source"), by_place, by_token)
    target = _end(relation.get("child_span"), relation.get("child"), known.get("target"), by_place, by_token)
    if source is None or target is None:
        return None
    return native_relation({"type": relation.get("label"), "source": source, "target": target}, carried)


def _end(
    span: object,
    token: object,
    known: object,
    by_place: dict[tuple[object, ...], list[str]],
    by_token: dict[object, str],
) -> str | None:
    """The id of the entity at an end: the one that stood there, else any at the same place, else the one ending there."""
    if type(span) is dict:
        place = (span.get("start"), span.get("end"), span.get("label"))
        here = by_place.get(place, []) if all(type(part) in (int, str) for part in place) else []
        if here:
            return known if type(known) is str and known in here else here[0]
    return by_token.get(token) if type(token) is int else None


def _count(part: Path) -> tuple[int, int, int]:
    """Tasks, spans and relations, counted in the written file."""
    found = entities = relations = 0
    for _, task in records(part):
        found += 1
        entities += len(task["spans"])
        relations += len(task["relations"])
    return found, entities, relations
