"""Facts: made, changed and removed, never two of one place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from annotations.changes.fact import SetFacts
from annotations.errors import Collision
from annotations.facts import Fact, Kind
from annotations.work import LEAD
from model.annotators import annotator_row
from model.apply.action import Action
from model.apply.locked import refuse_unless_lead
from model.apply.rows import Title
from model.queries.visible import live_reports
from model.tables import ActionRow, AnnotatorRow, FactRow, ReportRow

_Place = tuple[str, int | None, int | None, str]
"""Kind, row ids of report and annotator, key."""
_CHUNK = 500


def set_facts(action: Action, change: SetFacts) -> Title:
    """Make, change or remove facts.

    Raises ``Collision`` for one that changed since it was looked at, ``Refused`` for assignments by who does not lead
    the work and does not take the lead with the same change.
    """
    kinds = {fact.kind for fact in change.facts}
    takes_lead = any(fact.kind is Kind.SETTING and fact.key == LEAD for fact in change.facts)
    if Kind.ASSIGNMENT in kinds and not takes_lead:
        refuse_unless_lead(action.connection, action.annotator)
    places = _places(action, change.facts)
    standing = _standing(action, set(places))
    made: dict[_Place, Mapping[str, Any]] = {}
    for fact, place in zip(change.facts, places, strict=True):
        row = standing.get(place)
        _check_seen(action, row, change.seen.get(fact.place))
        if row is None and fact.value is not None:
            made[place] = fact.value
        elif row is None:
            made.pop(place, None)
        elif fact.value is None:
            action.remove(FactRow, [row.id])
            action.touches.add(f"fact:{fact.kind}")
            del standing[place]
        elif action.edit(FactRow, row.id, {"value": dict(fact.value)}):
            action.touches.add(f"fact:{fact.kind}")
    _make(action, made)
    return change.title, dict(change.values)


def _places(action: Action, facts: Sequence[Fact]) -> list[_Place]:
    """Where each fact stands, by row ids. Raises ``Refused`` when a report is gone."""
    reports = sorted({fact.report_id for fact in facts if fact.report_id} - action.reports.keys())
    for at in range(0, len(reports), _CHUNK):
        some = live_reports(select(ReportRow.report_id, ReportRow.id))
        rows = action.connection.execute(some.where(ReportRow.report_id.in_(reports[at : at + _CHUNK])))
        action.reports.update((row.report_id, row.id) for row in rows)
    names = {fact.annotator for fact in facts if fact.annotator}
    annotators = {name: annotator_row(action.connection, name) for name in sorted(names)}
    return [
        (
            fact.kind.value,
            action.report(fact.report_id) if fact.report_id else None,
            annotators.get(fact.annotator),
            fact.key,
        )
        for fact in facts
    ]


def _standing(action: Action, places: Collection[_Place]) -> dict[_Place, Any]:
    """The rows that stand at these places. Any: rows of ``fact`` in part."""
    columns = FactRow.id, FactRow.kind, FactRow.report_id, FactRow.annotator_id, FactRow.key
    live = select(*columns, FactRow.version, FactRow.touched_by).where(FactRow.removed_by.is_(None))
    found: dict[_Place, Any] = {}
    for kind in {place[0] for place in places}:
        reports = sorted({place[1] for place in places if place[0] == kind and place[1] is not None})
        statements = [
            live.where(FactRow.kind == kind, FactRow.report_id.in_(reports[at : at + _CHUNK]))
            for at in range(0, len(reports), _CHUNK)
        ]
        keys = sorted({place[3] for place in places if place[0] == kind and place[1] is None})
        statements += [
            live.where(FactRow.kind == kind, FactRow.report_id.is_(None), FactRow.key.in_(keys[at : at + _CHUNK]))
            for at in range(0, len(keys), _CHUNK)
        ]
        for statement in statements:
            for row in action.connection.execute(statement):
                place = (row.kind, row.report_id, row.annotator_id, row.key)
                if place in places:
                    found[place] = row
    return found


def _make(action: Action, made: Mapping[_Place, Mapping[str, Any]]) -> None:
    if not made:
        return
    marks = {"created_by": action.id, "touched_by": action.id}
    action.connection.execute(
        insert(FactRow),
        [
            {"kind": kind, "report_id": report, "annotator_id": annotator, "key": key, "value": dict(value), **marks}
            for (kind, report, annotator, key), value in made.items()
        ],
    )
    action.mark(action.created, FactRow)
    action.touches.update(f"fact:{kind}" for kind, *_ in made)


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
