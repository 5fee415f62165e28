"""Who finished which report, and when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from annotations.report import Status
from model.queries.visible import live_reports, live_sets
from model.tables import ActionRow, AnnotatorRow, ReportRow, SetRow


def finishers(connection: Connection) -> tuple[str, ...]:
    """The names of the annotators who have finished a report, in order."""
    return tuple(connection.execute(_finished(AnnotatorRow.name).distinct().order_by(AnnotatorRow.name)).scalars())


def finish_times(connection: Connection) -> dict[str, str]:
    """When the last annotator finished each report (UTC, ISO 8601), by report id; imported sets count as of their import."""
    found: dict[str, str] = {}
    statement = _finished(ReportRow.report_id, ActionRow.at).join(ActionRow, ActionRow.id == SetRow.touched_by)
    for report_id, at in connection.execute(statement):
        found[report_id] = max(at, found.get(report_id, ""))
    return found


def _finished(*columns: Any) -> Any:
    """A statement over the finished sets of annotators. Any: SQL."""
    statement = (
        select(*columns)
        .select_from(SetRow)
        .join(ReportRow, ReportRow.id == SetRow.report_id)
        .join(AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id)
    )
    return live_reports(live_sets(statement)).where(SetRow.status == Status.DONE.value)
