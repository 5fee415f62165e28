"""Facts: made, changed and removed, never two of one place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from annotations.changes.fact import SetFacts
from annotations.errors import Collision
from annotations.facts import Fact, Kind
from model.annotators import annotator_row
from model.apply.action import Action
from model.apply.locked import refuse_unless_lead
from model.apply.rows import Title
from model.tables import ActionRow, AnnotatorRow, FactRow


def set_facts(action: Action, change: SetFacts) -> Title:
    """Make, change or remove facts; raises ``Collision`` for one that changed since it was looked at."""
    may_assign = False
    for fact in change.facts:
        report, annotator = _about(action, fact)
        if fact.kind is Kind.ASSIGNMENT and not may_assign:
            refuse_unless_lead(action.connection, action.annotator)
            may_assign = True
        row = _find(action, fact, report, annotator)
        _check_seen(action, row, change.seen.get(fact.place))
        if fact.value is None:
            if row is not None:
                action.remove(FactRow, [row.id])
                action.touches.add(f"fact:{fact.kind}")
        elif row is None:
            _make(action, fact, report, annotator)
        elif action.edit(FactRow, row.id, {"value": dict(fact.value)}):
            action.touches.add(f"fact:{fact.kind}")
    return change.title, dict(change.values)


def _about(action: Action, fact: Fact) -> tuple[int | None, int | None]:
    """Row ids of the report and of the annotator."""
    report = action.report(fact.report_id) if fact.report_id else None
    return report, annotator_row(action.connection, fact.annotator) if fact.annotator else None


def _find(action: Action, fact: Fact, report: int | None, annotator: int | None) -> Any:
    """The row that stands for the fact, or None. Any: a row of these columns."""
    return action.connection.execute(
        select(FactRow.id, FactRow.version, FactRow.touched_by).where(
            FactRow.kind == fact.kind.value,
            FactRow.report_id.is_not_distinct_from(report),
            FactRow.annotator_id.is_not_distinct_from(annotator),
            FactRow.key == fact.key,
            FactRow.removed_by.is_(None),
        )
    ).first()


def _make(action: Action, fact: Fact, report: int | None, annotator: int | None) -> None:
    action.connection.execute(
        insert(FactRow).values(
            kind=fact.kind.value,
            report_id=report,
            annotator_id=annotator,
            key=fact.key,
            value=dict(fact.value or {}),
            created_by=action.id,
            touched_by=action.id,
        )
    )
    action.mark(action.created, FactRow)
    action.touches.add(f"fact:{fact.kind}")


def _check_seen(action: Action, row: Any, seen: int | None) -> None:
    if seen is None or seen == (row.version if row is not None else 0):
        return
    by = action.connection.execute(
        select(AnnotatorRow.name)
        .join(ActionRow, ActionRow.annotator_id == AnnotatorRow.id)
        .where(ActionRow.id == (row.touched_by if row is not None else 0))
    ).scalar()
    raise Collision(
        "This was decided meanwhile by {who} in another window. It is shown as it is now; nothing was overwritten.",
        who=by or "",
    )
