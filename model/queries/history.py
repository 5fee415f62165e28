"""The history, for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from model.merged_entries import KNOWN, MERGED
from model.tables import ActionReportRow, ActionRow, AnnotatorRow, ReportRow


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One action: who, when (UTC, ISO 8601), what. ``kind`` is ``do``, ``undo``, ``redo`` or ``merge``;
    ``undone`` says that it is taken back at present, ``elsewhere`` that it was done in another copy: no undo reaches it here. ``title`` has places that ``values`` fill."""

    action_id: str
    annotator: str
    at: str
    kind: str
    title: str
    values: Mapping[str, Any]
    undone: bool
    number: int
    elsewhere: bool = False


def history_page(
    connection: Connection,
    report_id: str | None = None,
    before: int | None = None,
    limit: int = 100,
    annotator: str = "",
) -> tuple[HistoryEntry, ...]:
    """The latest actions, newest first: on one report, or in the whole project; ``before`` is the
    ``number`` of the last entry of the page above; with ``annotator`` only hers."""
    statement = (
        select(ActionRow, AnnotatorRow.name)
        .join(AnnotatorRow, AnnotatorRow.id == ActionRow.annotator_id, isouter=True)
        .where(ActionRow.state != "pending", ActionRow.kind != KNOWN)
        .order_by(ActionRow.id.desc())
        .limit(limit)
    )
    if report_id is not None:
        report = select(ReportRow.id).where(ReportRow.report_id == report_id)
        touching = select(ActionReportRow.action_id).where(ActionReportRow.report_id.in_(report))
        made = select(ReportRow.created_by).where(ReportRow.report_id == report_id)
        statement = statement.where(or_(ActionRow.id.in_(touching), ActionRow.id.in_(made)))
    if annotator:
        statement = statement.where(AnnotatorRow.name == annotator)
    if before is not None:
        statement = statement.where(ActionRow.id < before)
    return tuple(
        HistoryEntry(
            row.action_id,
            row.name or "",
            row.at,
            row.kind,
            row.title,
            row.title_values,
            row.state in ("undone", "discarded") or (row.state == MERGED and row.undone_by is not None),
            row.id,
            row.state == MERGED,
        )
        for row in connection.execute(statement)
    )
