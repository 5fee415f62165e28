"""What the program works out and may throw away: suggestions by report and annotator, trained models, figures of quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from model.annotators import annotator_row
from model.clock import now
from model.queries.visible import live_reports
from model.tables import AnnotatorRow, MeasureRow, ModelRow, ReportRow, SuggestionRow


@dataclass(frozen=True, slots=True)
class KeptSuggestions:
    """Suggestions as they were worked out from what ``stamp`` names; ``content`` is plain JSON."""

    stamp: str
    benefit: float
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A trained model: when it was made, what it is about (plain JSON), its bytes."""

    at: str
    about: Mapping[str, Any]
    content: bytes


def keep_suggestions(connection: Connection, report_id: str, annotator: str, kept: KeptSuggestions) -> None:
    """Keep suggestions in place of former ones; nothing happens when the report is gone."""
    report = _report_row(connection, report_id)
    if report is None:
        return
    person = annotator_row(connection, annotator)
    connection.execute(
        delete(SuggestionRow).where(SuggestionRow.report_id == report, SuggestionRow.annotator_id == person)
    )
    connection.execute(
        insert(SuggestionRow).values(
            report_id=report,
            annotator_id=person,
            stamp=kept.stamp,
            benefit=kept.benefit,
            content=dict(kept.content),
        )
    )


def kept_suggestions(connection: Connection, report_id: str, annotator: str) -> KeptSuggestions | None:
    """The suggestions that are kept for an annotator on a report."""
    row = connection.execute(
        select(SuggestionRow.stamp, SuggestionRow.benefit, SuggestionRow.content)
        .join(ReportRow, ReportRow.id == SuggestionRow.report_id)
        .join(AnnotatorRow, AnnotatorRow.id == SuggestionRow.annotator_id)
        .where(ReportRow.report_id == report_id, ReportRow.removed_by.is_(None), AnnotatorRow.name == annotator)
    ).first()
    return KeptSuggestions(row.stamp, row.benefit, row.content) if row else None


def reports_to_suggest(connection: Connection, annotator: str, stamp: str, after: str, limit: int) -> list[str]:
    """Ids of the next reports, by id, whose suggestions are missing or whose stamp does not begin with ``stamp``."""
    mine = select(AnnotatorRow.id).where(AnnotatorRow.name == annotator).scalar_subquery()
    fresh = select(SuggestionRow.report_id).where(
        SuggestionRow.annotator_id == mine, SuggestionRow.stamp.startswith(stamp)
    )
    statement = live_reports(select(ReportRow.report_id)).where(ReportRow.report_id > after, ReportRow.id.not_in(fresh))
    return list(connection.execute(statement.order_by(ReportRow.report_id).limit(limit)).scalars())


def keep_model(connection: Connection, name: str, about: Mapping[str, Any], content: bytes) -> None:
    """Keep a model in place of the former one of that name."""
    connection.execute(delete(ModelRow).where(ModelRow.name == name))
    connection.execute(insert(ModelRow).values(name=name, at=now(), about=dict(about), content=content))


def kept_model(connection: Connection, name: str) -> KeptModel | None:
    """The model of a name."""
    row = connection.execute(select(ModelRow.at, ModelRow.about, ModelRow.content).where(ModelRow.name == name)).first()
    return KeptModel(row.at, row.about, row.content) if row else None


def forget_model(connection: Connection, name: str) -> None:
    """Throw a model away."""
    connection.execute(delete(ModelRow).where(ModelRow.name == name))


def add_measure(connection: Connection, kind: str, value: Mapping[str, Any]) -> None:
    """Write a figure down as it is now."""
    connection.execute(insert(MeasureRow).values(kind=kind, at=now(), value=dict(value)))


def measures(connection: Connection, kind: str, limit: int = 2_000) -> list[tuple[str, Mapping[str, Any]]]:
    """When and what: the latest figures of a kind, oldest first."""
    rows = connection.execute(
        select(MeasureRow.at, MeasureRow.value)
        .where(MeasureRow.kind == kind)
        .order_by(MeasureRow.id.desc())
        .limit(limit)
    ).all()
    return [(row.at, row.value) for row in reversed(rows)]


def _report_row(connection: Connection, report_id: str) -> int | None:
    found = live_reports(select(ReportRow.id)).where(ReportRow.report_id == report_id)
    key: int | None = connection.execute(found).scalar()
    return key
