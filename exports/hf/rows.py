"""One annotation set as a row, and the features of a row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.json_records import Json
from exports.tags import encoded
from exports.tokens import Grid, outermost, place_all

_LABEL = ("note", "origin", "by")
_TEXTS = ("id", "name", "title", "date", "source", "locality", "text", "metadata", "annotator")
_ATTRIBUTES = {"name": "string", "value": "string"}
_REST = {"attributes": [_ATTRIBUTES], "note": "string", "origin": "string", "by": "string", "confidence": "float64"}

Feature = str | list["Feature"] | dict[str, "Feature"]
"""A type by name, a list of one, or a record of several."""

ENTITY: dict[str, Feature] = {
    "id": "string",
    "label": "string",
    "start": "int64",
    "end": "int64",
    "text": "string",
    "fragments": [{"start": "int64", "end": "int64"}],
    **_REST,  # type: ignore[dict-item]
    "entry": "string",
    "metadata": "string",
}
RELATION: dict[str, Feature] = {
    "id": "string",
    "type": "string",
    "source": "string",
    "target": "string",
    **_REST,  # type: ignore[dict-item]
    "metadata": "string",
}
FEATURES: dict[str, Feature] = {
    **dict.fromkeys(_TEXTS, "string"),
    "adjudicated": "bool",
    "status": "string",
    "entities": [ENTITY],
    "relations": [RELATION],
    "tokens": ["string"],
    "token_starts": ["int64"],
    "ner_tags": ["tag"],
}
"""``tag`` is an IOB2 tag: one of the names of a class label."""


def tag_names(labels: Sequence[str]) -> list[str]:
    """The tags of token classification, in the order of their numbers."""
    return ["O", *(f"{prefix}-{label}" for label in labels for prefix in "BI")]


def row(report: Report, labels: AnnotationSet, grid: Grid, alignment: str, not_tagged: Counter[str]) -> Json:
    """A row with its tags as texts; entities that have no tags are counted by reason."""
    placed = outermost(place_all(labels.entities, grid, alignment, not_tagged), not_tagged)
    tags = encoded(((one.first, one.last, one.entity.label) for one in placed), len(grid.tokens))
    return {
        **{key: getattr(report, key) for key in _TEXTS[:7]},
        "metadata": _packed(report.metadata),
        "annotator": labels.annotator,
        "adjudicated": labels.adjudicated,
        "status": labels.status.value,
        "entities": [_entity(entity, report.text) for entity in labels.entities],
        "relations": [_relation(relation) for relation in labels.relations],
        "tokens": [report.text[start:end] for start, end in grid.tokens],
        "token_starts": [start for start, _ in grid.tokens],
        "ner_tags": tags,
    }


def _entity(entity: Entity, text: str) -> Json:
    return {
        "id": entity.id,
        "label": entity.label,
        "start": entity.start,
        "end": entity.end,
        "text": entity.surface(text),
        "fragments": [{"start": start, "end": end} for start, end in entity.fragments],
        **_rest(entity),
        "entry": entity.entry,
        "metadata": _packed(entity.metadata),
    }


def _relation(relation: Relation) -> Json:
    return {
        "id": relation.id,
        "type": relation.type,
        "source": relation.source,
        "target": relation.target,
        **_rest(relation),
        "metadata": _packed(relation.metadata),
    }


def _rest(label: Entity | Relation) -> Json:
    return {
        "attributes": [{"name": name, "value": value} for name, value in sorted(label.attributes.items())],
        "note": label.note,
        "origin": label.origin.value,
        "by": label.by,
        "confidence": label.confidence,
    }


def _packed(metadata: Mapping[str, object]) -> str | None:
    return json.dumps(metadata, ensure_ascii=False, default=dict) if metadata else None
