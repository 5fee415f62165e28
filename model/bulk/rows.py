"""Imported values as rows, in the database's own form, for one prepared statement a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotations.corpus import ImportedRecord
from annotations.errors import Refused
from annotations.offsets import fold
from annotations.report import Entity, Report, make_fragments
from annotations.rules import check_label, check_relation, check_spans
from model.schema_rows import StoredSchema

REPORT = (
    "id",
    "report_id",
    "name",
    "title",
    "date",
    "source",
    "locality",
    "folded",
    "metadata",
    "version",
    "created_by",
    "touched_by",
)
TEXT = ("id", "report_id", "number", "length", "source_hash", "stored_hash", "form_hash", "content")
SET = (
    "id",
    "report_id",
    "text_id",
    "annotator_id",
    "status",
    "schema_number",
    "version",
    "created_by",
    "touched_by",
)
ENTITY = (
    "id",
    "set_id",
    "entity_id",
    "label_id",
    "start",
    "end",
    "fragments",
    "attributes",
    "note",
    "entry",
    "origin",
    "by",
    "confidence",
    "metadata",
    "version",
    "created_by",
    "touched_by",
)
RELATION = (
    "id",
    "set_id",
    "relation_id",
    "label_id",
    "source_id",
    "target_id",
    "attributes",
    "note",
    "origin",
    "by",
    "confidence",
    "metadata",
    "version",
    "created_by",
    "touched_by",
)

_dumps = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: Mapping[str, Any]) -> str | None:
    return _dumps(dict(value)) if value else None


def report_row(key: int, report: Report, name: str, action: int) -> tuple[Any, ...]:
    """A row of ``report``."""
    return (
        key,
        report.id,
        name,
        report.title,
        report.date,
        report.source,
        report.locality,
        fold(f"{name} {report.title}"),
        _json(report.metadata),
        1,
        action,
        action,
    )


def check_labels(record: ImportedRecord, length: int, stored: StoredSchema) -> None:
    """What the door refuses, for all labels of a record; ``length`` is that of its text in code points."""
    known = stored.entity_ids
    labels: dict[str, str] = {}
    for entity in record.entities:
        if entity.label not in known:
            check_label(entity.label, stored.schema)
        if entity.fragments or not 0 <= entity.start < entity.end <= length:
            check_spans(entity.spans, length)
        labels[entity.id] = entity.label
    if len(labels) < len(record.entities):
        raise Refused("Two entities have the same id. Nothing of the file was taken.")
    for relation in record.relations:
        if relation.source not in labels or relation.target not in labels:
            raise Refused("The relation {id} ends in an entity that is not there.", id=relation.id)
        kind = stored.schema.relations_by_name.get(relation.type)
        if kind is None or not kind.joins(labels[relation.source], labels[relation.target]):
            check_relation(relation.type, labels[relation.source], labels[relation.target], stored.schema)
    if len({relation.id for relation in record.relations}) < len(record.relations):
        raise Refused("Two relations have the same id. Nothing of the file was taken.")


def entity_rows(
    entities: Iterable[Entity], first: int, set_key: int, stored: StoredSchema, action: int
) -> list[tuple[Any, ...]]:
    """Rows of ``entity`` with keys from ``first`` on."""
    label_ids = stored.entity_ids
    return [
        (
            key,
            set_key,
            entity.id,
            label_ids[entity.label],
            entity.start,
            entity.end,
            _dumps(entity.fragments) if entity.fragments else None,
            _json(entity.attributes) if entity.attributes else None,
            entity.note or None,
            entity.entry or None,
            entity.origin.value,
            entity.by,
            entity.confidence,
            _json(entity.metadata) if entity.metadata else None,
            1,
            action,
            action,
        )
        for key, entity in enumerate(entities, first)
    ]


def relation_rows(
    record: ImportedRecord, first: int, first_entity: int, set_key: int, stored: StoredSchema, action: int
) -> list[tuple[Any, ...]]:
    """Rows of ``relation``; ``first_entity`` is the key of the record's first entity."""
    keys = {entity.id: key for key, entity in enumerate(record.entities, first_entity)}
    label_ids = stored.relation_ids
    return [
        (
            key,
            set_key,
            relation.id,
            label_ids[relation.type],
            keys[relation.source],
            keys[relation.target],
            _json(relation.attributes) if relation.attributes else None,
            relation.note or None,
            relation.origin.value,
            relation.by,
            relation.confidence,
            _json(relation.metadata) if relation.metadata else None,
            1,
            action,
            action,
        )
        for key, relation in enumerate(record.relations, first)
    ]


def moved(entities: Iterable[Entity], to: Callable[[int], int]) -> tuple[Entity, ...]:
    """The entities with every offset mapped (to another form of the same text)."""
    from dataclasses import replace

    result = []
    for entity in entities:
        start, end, fragments = make_fragments(tuple((to(a), to(b)) for a, b in entity.spans))
        result.append(replace(entity, start=start, end=end, fragments=fragments))
    return tuple(result)
