"""What others did since an annotator was last told: by report and person, and what review decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from annotations.facts import Kind
from annotations.work import ASSIGNING_TITLES
from model.queries.visible import live_reports, live_sets, not_pending
from model.tables import ActionReportRow, ActionRow, AnnotatorRow, FactRow, ReportRow, SetRow


@dataclass(frozen=True, slots=True)
class ReportNews:
    """What others did to one report: (name, how often), most first; no name stands for an import. ``at``: the last time (UTC)."""

    report_id: str
    name: str
    title: str
    who: tuple[tuple[str, int], ...]
    at: str


def changed_reports(connection: Connection, annotator: str, since: int, limit: int) -> list[ReportNews]:
    """Reports that others changed after an action (its number), the latest first; what is blind for her is left out.

    What was undone again is not news, nor that reports were handed out.
    """
    count, last = func.count().label("number"), func.max(ActionRow.at).label("last")
    statement = live_reports(
        select(ReportRow.report_id, ReportRow.name, ReportRow.title, AnnotatorRow.name.label("who"), count, last)
        .select_from(ActionReportRow)
        .join(ActionRow, ActionRow.id == ActionReportRow.action_id)
        .join(ReportRow, ReportRow.id == ActionReportRow.report_id)
        .join(AnnotatorRow, AnnotatorRow.id == ActionRow.annotator_id, isouter=True)
    ).where(
        ActionRow.id > since,
        ActionRow.state == "done",
        ActionRow.kind == "do",
        ActionRow.title.not_in(ASSIGNING_TITLES),
        AnnotatorRow.name.is_distinct_from(annotator),
    )
    blind = blind_reports(connection, annotator)
    found: dict[str, list[Any]] = {}
    grouped = statement.group_by(ReportRow.report_id, ReportRow.name, ReportRow.title, AnnotatorRow.name)
    for row in connection.execute(grouped):
        if row.report_id not in blind:
            found.setdefault(row.report_id, []).append(row)
    news = [
        ReportNews(
            report_id,
            rows[0].name,
            rows[0].title,
            tuple(sorted(((row.who or "", row.number) for row in rows), key=lambda one: (-one[1], one[0]))),
            max(row.last for row in rows),
        )
        for report_id, rows in found.items()
    ]
    return sorted(sorted(news, key=lambda one: one.name), key=lambda one: one.at, reverse=True)[:limit]


def decided_reports(connection: Connection, annotator: str, since: int, limit: int) -> dict[str, set[str]]:
    """Ids of the conflicts that were decided, or decided otherwise, after an action, by report: of reports she has labels on.

    The latest decisions come first; what is blind for her is left out.
    """
    mine = select(AnnotatorRow.id).where(AnnotatorRow.name == annotator).scalar_subquery()
    own = live_sets(select(SetRow.report_id)).where(SetRow.annotator_id == mine)
    statement = (
        live_reports(select(ReportRow.report_id, FactRow.key))
        .join(FactRow, FactRow.report_id == ReportRow.id)
        .where(
            FactRow.kind == Kind.DECISION.value,
            FactRow.removed_by.is_(None),
            not_pending(FactRow),
            FactRow.touched_by > since,
            FactRow.report_id.in_(own),
        )
        .order_by(FactRow.touched_by.desc())
    )
    blind = blind_reports(connection, annotator)
    found: dict[str, set[str]] = {}
    for report_id, key in connection.execute(statement):
        if report_id in found or (len(found) < limit and report_id not in blind):
            found.setdefault(report_id, set()).add(key)
    return found


def handed_out_since(connection: Connection, annotator: str, since: int) -> int:
    """How many reports were handed out to her after an action by somebody else."""
    statement = (
        select(func.count())
        .select_from(FactRow)
        .join(AnnotatorRow, AnnotatorRow.id == FactRow.annotator_id)
        .join(ActionRow, ActionRow.id == FactRow.created_by)
        .where(
            FactRow.kind == Kind.ASSIGNMENT.value,
            FactRow.removed_by.is_(None),
            not_pending(FactRow),
            FactRow.created_by > since,
            AnnotatorRow.name == annotator,
            ActionRow.annotator_id.is_distinct_from(FactRow.annotator_id),
        )
    )
    return int(connection.execute(statement).scalar_one())


def blind_reports(connection: Connection, annotator: str) -> frozenset[str]:
    """Ids of the reports that are blind for her."""
    statement = (
        select(ReportRow.report_id, FactRow.value)
        .join(FactRow, FactRow.report_id == ReportRow.id)
        .join(AnnotatorRow, AnnotatorRow.id == FactRow.annotator_id)
        .where(
            FactRow.kind == Kind.ASSIGNMENT.value,
            FactRow.removed_by.is_(None),
            not_pending(FactRow),
            AnnotatorRow.name == annotator,
        )
    )
    return frozenset(report_id for report_id, value in connection.execute(statement) if value.get("blind"))
