"""What other windows and programs committed, for the listeners of this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from annotations.changes.outcome import Changed
from model.merged_entries import OWNER
from model.tables import ActionReportRow, ActionRow, AnnotatorRow, ReportRow

_FACT = "fact:"


@dataclass(frozen=True, slots=True)
class News:
    """``changed`` is None when nothing happened; ``seen`` and ``pending`` are for the next call."""

    changed: Changed | None
    seen: int
    pending: frozenset[int]


def news_since(connection: Connection, seen: int, pending: frozenset[int]) -> News:
    """What was committed after the action ``seen``, or became visible of the ``pending`` ones."""
    rows = connection.execute(
        select(ActionRow.id, ActionRow.state, ActionRow.payload, AnnotatorRow.name)
        .join(AnnotatorRow, AnnotatorRow.id == ActionRow.annotator_id, isouter=True)
        .where(
            or_(ActionRow.id > seen, ActionRow.id.in_(pending)),
            or_(ActionRow.owner.is_(None), ActionRow.owner != OWNER),
        )
        .order_by(ActionRow.id)
    ).all()
    waiting = frozenset(row.id for row in rows if row.state == "pending")
    news = [row for row in rows if row.state != "pending"]
    newest = max([seen, *(row.id for row in rows)])
    gone = pending - {row.id for row in rows}
    if not news:
        return News(Changed(queue=True, ours=False) if gone else None, newest, waiting)
    labels: set[str] = set()
    reports: set[str] = set()
    touches: set[str] = set()
    for row in news:
        touched = set(row.payload.get("touches", []))
        touches |= touched
        named = {report_id for _, report_id in reports_of(connection, row.id)}
        labels |= named if "labels" in touched else set()
        reports |= named if "reports" in touched else set()
    who = {row.name for row in news}
    if "others" in touches:
        who.add("")
    return News(
        Changed(
            annotator=who.pop() or "" if len(who) == 1 else "",
            labels=frozenset(labels),
            reports=frozenset(reports),
            queue="queue" in touches,
            schema="schema" in touches,
            facts=facts_touched(touches),
            ours=False,
        ),
        newest,
        waiting,
    )


def facts_touched(touches: Iterable[str]) -> frozenset[str]:
    """The kinds of facts among what an action touched."""
    return frozenset(touch.removeprefix(_FACT) for touch in touches if touch.startswith(_FACT))


def reports_of(connection: Connection, action_id: int) -> Iterator[tuple[int, str]]:
    """Row ids and report ids of the reports that an action touches."""
    statement = (
        select(ReportRow.id, ReportRow.report_id)
        .join(ActionReportRow, ActionReportRow.report_id == ReportRow.id)
        .where(ActionReportRow.action_id == action_id)
    )
    for row in connection.execute(statement):
        yield row.id, row.report_id
