"""Take away what an import wrote before it died, was cancelled, or refused a file.

Such rows were never visible, so they are deleted, in short transactions.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import delete, or_, select

from model.connect import let_others_in
from model.database import Database
from model.merged_entries import MERGE, OWNER
from model.owner import is_alive, sign_of_life
from model.search_index import forget
from model.sweep_merge import staged, take_back_entries, take_back_labels
from model.tables import ActionReportRow, ActionRow, EntityRow, LabelRow, RelationRow, ReportRow, SetRow, TextRow

_AT_ONCE = 50


def sweep(project: Database, action: int | None = None) -> int:
    """Delete the rows of pending imports whose process is gone, or of ``action``; how many imports that were."""
    with project.reading() as connection:
        at = sign_of_life(connection)
        statement = select(ActionRow.id, ActionRow.owner, ActionRow.heartbeat).where(
            ActionRow.state == "pending", or_(ActionRow.owner.is_(None), ActionRow.owner != OWNER)
        )
        dead = [
            row.id
            for row in connection.execute(statement)
            if row.id == action or (action is None and not is_alive(row.owner, row.heartbeat, at))
        ]
    for key in dead:
        _sweep_action(project, key)
    return len(dead)


def _sweep_action(project: Database, action: int) -> None:
    with project.reading() as connection:
        kind = connection.execute(select(ActionRow.kind).where(ActionRow.id == action)).scalar()
    if kind == MERGE:
        delete_rows(project, *staged(project, action))
        take_back_labels(project, action)
        with project.writing(checked=False) as connection:
            take_back_entries(connection, action)
        return
    with project.reading() as connection:
        reports = list(connection.execute(select(ReportRow.id).where(ReportRow.created_by == action)).scalars())
        sets = list(connection.execute(select(SetRow.id).where(SetRow.created_by == action)).scalars())
    delete_rows(project, reports, sets)
    with project.writing(checked=False) as connection:
        connection.execute(delete(LabelRow).where(LabelRow.created_by == action))
        connection.execute(delete(ActionReportRow).where(ActionReportRow.action_id == action))
        connection.execute(delete(ActionRow).where(ActionRow.id == action))


def delete_rows(project: Database, reports: list[int], sets: list[int]) -> None:
    """Delete these annotation sets and reports (never visible ones) with all that hangs on them."""
    for some in _pieces(sets):
        with project.writing(checked=False) as connection:
            connection.execute(delete(RelationRow).where(RelationRow.set_id.in_(some)))
            connection.execute(delete(EntityRow).where(EntityRow.set_id.in_(some)))
            connection.execute(delete(SetRow).where(SetRow.id.in_(some)))
    for some in _pieces(reports):
        with project.writing(checked=False) as connection:
            texts = connection.execute(select(TextRow.id, TextRow.content).where(TextRow.report_id.in_(some))).all()
            for row in texts:
                forget(connection, row.id, row.content)
            connection.execute(delete(TextRow).where(TextRow.report_id.in_(some)))
            connection.execute(delete(ReportRow).where(ReportRow.id.in_(some)))


def _pieces(keys: list[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
        let_others_in()
