"""Reading facts: what people decided that is no label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, or_, select

from annotations.facts import Fact, Kind
from model.queries.visible import not_pending
from model.tables import AnnotatorRow, FactRow, ReportRow


def facts(
    connection: Connection,
    kind: Kind,
    *,
    report_id: str | None = None,
    annotator: str | None = None,
    key: str | None = None,
) -> Iterator[Fact]:
    """The facts of a kind that stand, in the order in which they were made; those of removed reports are left out.

    ``report_id``, ``annotator`` and ``key`` restrict; an empty one asks for facts about no report, about nobody.
    """
    statement = live_facts(
        select(
            FactRow.key,
            FactRow.value,
            FactRow.version,
            ReportRow.report_id.label("report"),
            AnnotatorRow.name.label("annotator"),
        )
    ).where(FactRow.kind == kind.value)
    if report_id is not None:
        statement = statement.where(ReportRow.report_id == report_id if report_id else FactRow.report_id.is_(None))
    if annotator is not None:
        statement = statement.where(AnnotatorRow.name == annotator if annotator else FactRow.annotator_id.is_(None))
    if key is not None:
        statement = statement.where(FactRow.key == key)
    for row in connection.execute(statement.order_by(FactRow.id)):
        yield Fact(kind, row.key, row.value, row.report or "", row.annotator or "", row.version)


def live_facts(statement: Any) -> Any:
    """``statement`` over ``fact`` rows joined with report and annotator, restricted to those that stand."""
    return (
        statement.select_from(FactRow)
        .join(ReportRow, ReportRow.id == FactRow.report_id, isouter=True)
        .join(AnnotatorRow, AnnotatorRow.id == FactRow.annotator_id, isouter=True)
        .where(
            FactRow.removed_by.is_(None),
            not_pending(FactRow),
            or_(FactRow.report_id.is_(None), ReportRow.removed_by.is_(None)),
        )
    )
