"""What is locked: an annotator's labels on a report while her assignment there says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from annotations.errors import Refused
from annotations.facts import Kind
from annotations.work import LEAD
from model.queries.visible import not_pending
from model.tables import TRACKED, ActionReportRow, ActionRow, AnnotatorRow, FactRow, ReportRow, SetRow

_LABELS = ("entity", "relation", "annotation_set")
_CHUNK = 500


def refuse_locked(connection: Connection, report: int, annotator: int | None) -> None:
    """Raise ``Refused`` when the annotator's labels on the report (row ids) are locked."""
    if annotator is None:
        return  # nobody is given the adjudicated labels
    for row in connection.execute(_OF_ONE, {"report": report, "annotator": annotator}):
        if row.value.get("locked"):
            _refuse(connection, row)


def refuse_locked_reversal(connection: Connection, done: Any) -> None:
    """Raise ``Refused`` when taking back or doing again the action would change labels that are locked.

    Any: a row of ``action``.
    """
    payload: Mapping[str, Any] = done.payload
    tables = {*payload.get("created", {}), *payload.get("removed", {}), *(edit[0] for edit in payload.get("edits", ()))}
    if not tables.intersection(_LABELS):
        return
    touched = select(ActionReportRow.report_id).where(ActionReportRow.action_id == done.id)
    rows = connection.execute(_assignments().where(FactRow.report_id.in_(touched))).all()
    locked = {(row.report_id, row.annotator_id): row for row in rows if row.value.get("locked")}
    if locked:
        for place in _sets_of(connection, done):
            if place in locked:
                _refuse(connection, locked[place])


def refuse_unless_lead(connection: Connection, annotator: int) -> None:
    """Raise ``Refused`` for who does not lead the work, when somebody does."""
    statement = select(FactRow.value).where(
        FactRow.kind == Kind.SETTING.value,
        FactRow.key == LEAD,
        FactRow.report_id.is_(None),
        FactRow.annotator_id.is_(None),
        FactRow.removed_by.is_(None),
        not_pending(FactRow),
    )
    value = connection.execute(statement).scalar()
    lead = str((value or {}).get("name", ""))
    if lead and connection.execute(select(AnnotatorRow.name).where(AnnotatorRow.id == annotator)).scalar() != lead:
        raise Refused(
            "{lead} leads the work and hands out, locks and reopens reports. Nothing was changed; ask {lead}, or take "
            "the lead first.",
            lead=lead,
        )


def _assignments() -> Any:
    return select(FactRow.report_id, FactRow.annotator_id, FactRow.value, FactRow.touched_by).where(
        FactRow.kind == Kind.ASSIGNMENT.value, FactRow.removed_by.is_(None), not_pending(FactRow)
    )


_OF_ONE = _assignments().where(FactRow.report_id == bindparam("report"), FactRow.annotator_id == bindparam("annotator"))
"""One annotator's assignment on a report: asked with every label, so put together once."""


def _refuse(connection: Connection, row: Any) -> None:
    report = connection.execute(select(ReportRow.name).where(ReportRow.id == row.report_id)).scalar() or ""
    by = select(AnnotatorRow.name).join(ActionRow, ActionRow.annotator_id == AnnotatorRow.id)
    who = connection.execute(by.where(ActionRow.id == row.touched_by)).scalar() or ""
    name = connection.execute(select(AnnotatorRow.name).where(AnnotatorRow.id == row.annotator_id)).scalar() or ""
    raise Refused(
        "{report} is locked for {annotator} by the lead. Nothing was changed; ask {who} to reopen it.",
        report=report,
        annotator=name,
        who=who,
    )


def _sets_of(connection: Connection, done: Any) -> Iterable[tuple[int, int | None]]:
    """Report and annotator (row ids) of the annotation sets that an action touched."""
    sets: set[int] = set()
    rows: dict[str, list[int]] = {}
    for kept in (done.payload.get("created", {}), done.payload.get("removed", {})):
        for table in ("entity", "relation"):
            sets.update(kept.get(table, ()))
    for table, row_id, *_ in done.payload.get("edits", ()):
        rows.setdefault(table, []).append(row_id)
    sets.update(rows.get("annotation_set", ()))
    for table in ("entity", "relation"):
        labels: Any = TRACKED[table]
        ids = rows.get(table, [])
        for at in range(0, len(ids), _CHUNK):
            sets.update(connection.execute(select(labels.set_id).where(labels.id.in_(ids[at : at + _CHUNK]))).scalars())
    mine = or_(SetRow.created_by == done.id, SetRow.removed_by == done.id)
    columns = select(SetRow.report_id, SetRow.annotator_id)
    found = {(row.report_id, row.annotator_id) for row in connection.execute(columns.where(mine))}
    ordered = sorted(sets)
    for at in range(0, len(ordered), _CHUNK):
        some = connection.execute(columns.where(SetRow.id.in_(ordered[at : at + _CHUNK])))
        found.update((row.report_id, row.annotator_id) for row in some)
    return found
