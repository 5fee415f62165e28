"""Labels of a project as JSON lines, without any of our code: what exports are measured against."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any


def bare_export(path: Path, out: Path) -> None:
    """The native records of a project file of one annotator, by ``sqlite3`` and ``json.dumps``."""
    reports = (
        "SELECT s.id, r.report_id, r.name, r.title, r.date, r.source, r.locality, t.content, s.status FROM report r "
    )
    reports += "JOIN annotation_set s ON s.report_id = r.id JOIN report_text t ON t.id = s.text_id ORDER BY r.name"
    entities = (
        'SELECT set_id, entity_id, label_id, start, "end", attributes, note, entry, origin FROM entity ORDER BY set_id'
    )
    relations = "SELECT r.set_id, r.relation_id, r.label_id, e.entity_id, f.entity_id, r.attributes, r.note, r.origin "
    relations += (
        "FROM relation r JOIN entity e ON e.id = r.source_id JOIN entity f ON f.id = r.target_id ORDER BY r.set_id"
    )
    with closing(sqlite3.connect(path)) as connection, out.open("w", encoding="utf-8") as file:
        labels = dict(connection.execute("SELECT id, name FROM label").fetchall())
        by_set = groupby(connection.execute(entities), key=lambda row: row[0])
        arcs_by_set = groupby(connection.execute(relations), key=lambda row: row[0])
        for (_, *known, text, status), (_, found), (_, arcs) in zip(
            connection.execute(reports), by_set, arcs_by_set, strict=True
        ):
            record = dict(zip(("id", "name", "title", "date", "source", "locality"), known, strict=True))
            record |= {"text": text, "annotator": "lan", "status": status}
            record["entities"] = [_entity(row, labels, text) for row in found]
            record["relations"] = [_relation(row, labels) for row in arcs]
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _entity(row: tuple[Any, ...], labels: dict[int, str], text: str) -> dict[str, Any]:
    _, entity_id, label, start, end, attributes, note, entry, origin = row
    return {
        "id": entity_id, "label": labels[label], "start": start, "end": end, "text": text[start:end],
        "attributes": json.loads(attributes) if attributes else {}, "note": note, "entry": entry, "origin": origin,
    }  # fmt: skip


def _relation(row: tuple[Any, ...], labels: dict[int, str]) -> dict[str, Any]:
    _, relation_id, label, source, target, attributes, note, origin = row
    return {
        "id": relation_id, "type": labels[label], "source": source, "target": target,
        "attributes": json.loads(attributes) if attributes else {}, "note": note, "origin": origin,
    }  # fmt: skip
