"""Finished annotation sets: what a model can learn from."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from annotations.facts import Kind
from annotations.report import Status
from model.queries.visible import live_reports, live_sets, not_pending
from model.tables import ActionRow, AnnotatorRow, EntityRow, FactRow, ReportRow, SetRow

_FINISHED = or_(SetRow.annotator_id.is_(None), SetRow.status == Status.DONE.value)


def finished_reports(connection: Connection, limit: int) -> list[str]:
    """Ids of the reports with a finished or an adjudicated set, the newest sets first.

    One that is blind for somebody who is not done with it is left out: nothing of others' labels on it may reach her.
    """
    newest = func.max(SetRow.id)
    statement = (
        live_reports(live_sets(select(ReportRow.report_id)))
        .join(SetRow, SetRow.report_id == ReportRow.id)
        .where(_FINISHED, ReportRow.id.not_in(_blind(connection)))
        .group_by(ReportRow.report_id)
    )
    return list(connection.execute(statement.order_by(newest.desc()).limit(limit)).scalars())


def labels_since(connection: Connection, action_id: int) -> int:
    """How many entities of finished sets were made or changed after an action (its row key)."""
    statement = (
        live_sets(select(func.count()))
        .select_from(EntityRow)
        .join(SetRow, SetRow.id == EntityRow.set_id)
        .where(_FINISHED, EntityRow.removed_by.is_(None), EntityRow.touched_by > action_id)
    )
    return int(connection.execute(statement).scalar_one())


def _blind(connection: Connection) -> list[int]:
    """Row ids of the reports that somebody is still to label blind."""
    statement = (
        select(FactRow.report_id, FactRow.value, SetRow.status)
        .join(AnnotatorRow, AnnotatorRow.id == FactRow.annotator_id)
        .join(
            SetRow,
            (SetRow.report_id == FactRow.report_id)
            & (SetRow.annotator_id == FactRow.annotator_id)
            & SetRow.removed_by.is_(None)
            & not_pending(SetRow),
            isouter=True,
        )
        .where(FactRow.kind == Kind.ASSIGNMENT.value, FactRow.removed_by.is_(None), not_pending(FactRow))
    )
    rows = connection.execute(statement)
    return [row.report_id for row in rows if row.value.get("blind") and row.status != Status.DONE.value]


def newest_action(connection: Connection) -> int:
    """Row key of the newest action: what comes later is told from it."""
    return int(connection.execute(select(func.max(ActionRow.id))).scalar() or 0)
