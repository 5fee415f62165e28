"""Take away what a merge wrote before it died, was cancelled or had to start again. Nothing of it was ever visible."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, or_, select

from model.database import Database
from model.merged_entries import OWNER
from model.tables import (
    ActionReportRow,
    ActionRow,
    AnnotatorRow,
    EntityRow,
    FactRow,
    LabelRow,
    RelationRow,
    ReportRow,
    SetRow,
)

_AT_ONCE = 50


def staged(project: Database, entry: int) -> tuple[list[int], list[int]]:
    """Keys of the reports and of the annotation sets that the merge of this entry made."""
    touched = select(ActionReportRow.report_id).where(ActionReportRow.action_id == entry)
    with project.reading() as connection:
        reports = select(ReportRow.id).where(ReportRow.id.in_(touched), ReportRow.removed_by == entry)
        sets = select(SetRow.id).where(SetRow.report_id.in_(touched), SetRow.removed_by == entry)
        return list(connection.execute(reports).scalars()), list(connection.execute(sets).scalars())


def take_back_labels(project: Database, entry: int) -> None:
    """Delete the labels that the merge put into sets that there were before."""
    touched = select(ActionReportRow.report_id).where(ActionReportRow.action_id == entry)
    with project.reading() as connection:
        sets = list(connection.execute(select(SetRow.id).where(SetRow.report_id.in_(touched))).scalars())
    for at in range(0, len(sets), _AT_ONCE):
        with project.writing(checked=False) as connection:
            for table in (RelationRow, EntityRow):
                mine = table.set_id.in_(sets[at : at + _AT_ONCE]), table.removed_by == entry
                connection.execute(delete(table).where(*mine))


def take_back_entries(connection: Connection, entry: int) -> None:
    """Delete facts, labels of the schema, history and people of the merge, and the entry itself."""
    connection.execute(delete(FactRow).where(FactRow.removed_by == entry))
    connection.execute(delete(LabelRow).where(LabelRow.removed_by == entry))
    payload = connection.execute(select(ActionRow.payload).where(ActionRow.id == entry)).scalar() or {}
    brought = select(ActionRow.id).where(ActionRow.state == "pending", ActionRow.owner == OWNER)
    connection.execute(
        delete(ActionReportRow).where(or_(ActionReportRow.action_id.in_(brought), ActionReportRow.action_id == entry))
    )
    connection.execute(delete(ActionRow).where(ActionRow.state == "pending", ActionRow.owner == OWNER))
    connection.execute(delete(ActionRow).where(ActionRow.id == entry))
    for key in payload.get("annotators", ()):
        if not _in_use(connection, key):
            connection.execute(delete(AnnotatorRow).where(AnnotatorRow.id == key))


def _in_use(connection: Connection, annotator: int) -> bool:
    tables: tuple[Any, ...] = (SetRow, ActionRow, FactRow)
    return any(
        connection.execute(select(table.id).where(table.annotator_id == annotator).limit(1)).first() for table in tables
    )
