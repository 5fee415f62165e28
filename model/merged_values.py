"""Rows as values that can be compared, kept and written again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from annotations.offsets import fold
from annotations.report import make_fragments

Value = dict[str, Any]
dumps: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False).encode

_SAME = ("note", "origin", "by", "confidence")
REPORT_FIELDS = ("name", "title", "date", "source", "locality")


def _loads(raw: str | None) -> Any:
    return json.loads(raw) if raw else None


def entity_value(row: Any, names: Mapping[int, str]) -> Value:
    """What an entity row says. ``names`` are those of labels by key. Any: a row with JSON as text."""
    pieces = _loads(row.fragments)
    return {
        "label": names.get(row.label_id, ""),
        "spans": [list(piece) for piece in pieces] if pieces else [[row.start, row.end]],
        "attributes": _loads(row.attributes),
        "entry": row.entry,
        "metadata": _loads(row.meta),
        **{name: getattr(row, name) for name in _SAME},
    }


def entity_columns(value: Mapping[str, Any], labels: Mapping[str, int]) -> Value:
    """The columns of an entity that says ``value``; JSON as plain values."""
    start, end, pieces = make_fragments(tuple((piece[0], piece[1]) for piece in value["spans"]))
    return {
        "label_id": labels[value["label"]],
        "start": start,
        "end": end,
        "fragments": [list(piece) for piece in pieces] or None,
        "attributes": value["attributes"],
        "entry": value["entry"],
        "metadata": value["metadata"],
        **{name: value[name] for name in _SAME},
    }


def relation_value(row: Any, names: Mapping[int, str], ends: Mapping[int, str]) -> Value:
    """What a relation row says; ``ends`` are ids of entities by key."""
    return {
        "label": names.get(row.label_id, ""),
        "source": ends.get(row.source_id, ""),
        "target": ends.get(row.target_id, ""),
        "attributes": _loads(row.attributes),
        "metadata": _loads(row.meta),
        **{name: getattr(row, name) for name in _SAME},
    }


def relation_columns(value: Mapping[str, Any], labels: Mapping[str, int], ends: Mapping[str, int]) -> Value:
    """The columns of a relation that says ``value``; JSON as plain values."""
    return {
        "label_id": labels[value["label"]],
        "source_id": ends[value["source"]],
        "target_id": ends[value["target"]],
        "attributes": value["attributes"],
        "metadata": value["metadata"],
        **{name: value[name] for name in _SAME},
    }


def report_value(row: Any) -> Value:
    """What a report row says; a name that was made different by a merge is the name before that."""
    return {
        **{name: getattr(row, name) for name in REPORT_FIELDS},
        "name": plain_name(row.name, row.report_id),
        "metadata": _loads(row.meta),
    }


def report_columns(value: Mapping[str, Any]) -> Value:
    """The columns of a report that says ``value``."""
    return {**value, "folded": fold(f"{value['name']} {value['title']}")}


def plain_name(name: str, report_id: str) -> str:
    """A report's name without what :func:`other_name` added."""
    ending = f" ({report_id[:6]})"
    return name.removesuffix(ending)


def other_name(name: str, report_id: str) -> str:
    """A name for a report whose own name an older report has: the same in every copy."""
    return f"{plain_name(name, report_id)} ({report_id[:6]})"


def as_json(values: Value, *columns: str) -> Value:
    """``values`` with these columns as text, for rows that are inserted in the database's own form."""
    return {key: (dumps(each) if key in columns and each is not None else each) for key, each in values.items()}
