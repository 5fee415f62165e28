"""How rows are named to people: the text of a label, the name of a report."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from model.tables import EntityRow, FactRow, LabelRow, RelationRow, ReportRow, SetRow, TextRow

_MOST = 20  # names enough to recognise what was left


def name_rows(connection: Connection, table: str, row_ids: list[int]) -> list[str]:
    """Names of rows, in the order of their ids; at most twenty, then how many more."""
    if not row_ids:
        return []
    some = row_ids[:_MOST]
    statements: dict[str, Any] = {
        "entity": _surface(EntityRow).where(EntityRow.id.in_(some)).order_by(EntityRow.id),
        "relation": _relation().where(RelationRow.id.in_(some)).order_by(RelationRow.id),
        "report": select(ReportRow.name).where(ReportRow.id.in_(some)).order_by(ReportRow.id),
        "label": select(LabelRow.name).where(LabelRow.id.in_(some)).order_by(LabelRow.id),
        "fact": select(func.coalesce(func.nullif(FactRow.key, ""), ReportRow.name, FactRow.kind))
        .select_from(FactRow)
        .join(ReportRow, ReportRow.id == FactRow.report_id, isouter=True)
        .where(FactRow.id.in_(some)),
        "annotation_set": select(ReportRow.name)
        .join(SetRow, SetRow.report_id == ReportRow.id)
        .where(SetRow.id.in_(some)),
    }
    if table not in statements:
        return [table]
    names = ["→".join(map(str, row)) for row in connection.execute(statements[table])]
    return names + ([f"+{len(row_ids) - _MOST}"] if len(row_ids) > _MOST else [])


def _surface(entity: Any) -> Any:
    """The text that an entity covers."""
    return (
        select(func.substr(TextRow.content, entity.start + 1, entity.end - entity.start))
        .select_from(entity)
        .join(SetRow, SetRow.id == entity.set_id)
        .join(TextRow, TextRow.id == SetRow.text_id)
    )


def _relation() -> Any:
    ends = [aliased(EntityRow), aliased(EntityRow)]
    source, target = (
        select(func.substr(TextRow.content, end.start + 1, end.end - end.start))
        .join(SetRow, SetRow.text_id == TextRow.id)
        .where(SetRow.id == end.set_id)
        .scalar_subquery()
        for end in ends
    )
    return (
        select(source, target)
        .select_from(RelationRow)
        .join(ends[0], ends[0].id == RelationRow.source_id)
        .join(ends[1], ends[1].id == RelationRow.target_id)
    )
