"""Rows of tracked tables with all that a merge needs of them; JSON as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, select, type_coerce

from model.tables import EntityRow, FactRow, RelationRow, ReportRow, SetRow, TextRow


def _raw(column: Any) -> Any:
    return type_coerce(column, String)


_MARKS = ("version", "created_by", "touched_by", "removed_by", "changed_by")


def _columns(table: Any, *names: str, raw: Iterable[str] = ()) -> tuple[Any, ...]:
    plain = [getattr(table, name) for name in (*names, *_MARKS)]
    return (table.id, *plain, *(_raw(getattr(table, name)).label(name) for name in raw))


REPORTS = select(
    *_columns(ReportRow, "report_id", "name", "title", "date", "source", "locality", "folded", raw=("meta",))
)
SETS = select(*_columns(SetRow, "report_id", "text_id", "annotator_id", "status", "schema_number"))
ENTITIES = select(
    *_columns(
        EntityRow,
        *("set_id", "entity_id", "label_id", "start", "end", "note", "entry", "origin", "by", "confidence"),
        raw=("fragments", "attributes", "meta"),
    )
)
RELATIONS = select(
    *_columns(
        RelationRow,
        *("set_id", "relation_id", "label_id", "source_id", "target_id", "note", "origin", "by", "confidence"),
        raw=("attributes", "meta"),
    )
)
FACTS = select(*_columns(FactRow, "kind", "report_id", "annotator_id", "key", "value"))
TEXTS = select(TextRow)
