"""The project as a :class:`Corpus`: what exporters are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from annotations.corpus import Corpus, LabelledReport
from annotations.errors import Refused
from annotations.report import AnnotationSet, Status
from model.project import Project
from model.queries.entries import registry_entries
from model.queries.labels import REPORT_COLUMNS, labels_of_sets, report_value
from model.queries.visible import live_reports, live_sets
from model.schema_rows import StoredSchema, read_schema
from model.tables import AnnotatorRow, ProjectRow, ReportRow, SetRow, TextRow
from model.unreadable import damage_told

_CHUNK = 100  # reports read at once: enough to save round trips, few enough for memory


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose labels: of one annotator, the adjudicated ones, or all; nothing said lets the project decide."""

    annotator: str | None = None
    adjudicated: bool = False
    everything: bool = False


EVERYTHING = Selection(everything=True)


def corpus(project: Project, selection: Selection = Selection()) -> Corpus:
    """The selected labels as a stream; each pass reads one snapshot.

    Raises ``Refused`` when nothing was said and the choice is not clear, or the annotator is unknown.
    """
    with project.reading() as connection:
        stored = read_schema(connection)
        chosen = _decide(connection, selection)
        total = connection.execute(_reports(chosen, count=True)).scalar_one()
        name = connection.execute(select(ProjectRow.name)).scalar_one()
        registry = registry_entries(connection)

    def stream() -> Iterator[LabelledReport]:
        with project.reading() as connection:
            yield from _stream(connection, stored, chosen)

    return Corpus(stored.schema, stream, total, name, _about(chosen), registry)


def statuses(project: Project, selection: Selection = Selection()) -> frozenset[Status]:
    """Which statuses the selected annotation sets have; the adjudicated ones are done. Raises ``Refused`` as :func:`corpus` does."""
    with project.reading() as connection:
        chosen = _sets(_decide(connection, selection)).subquery()
        columns = select(chosen.c.status, chosen.c.name.is_(None).label("adjudicated")).distinct()
        rows = connection.execute(live_reports(columns.join(ReportRow, ReportRow.id == chosen.c.report_id)))
        with damage_told():
            return frozenset(Status.DONE if row.adjudicated else Status(row.status) for row in rows)


def _about(chosen: Selection) -> dict[str, str]:
    if chosen.everything:
        return {"labels": "all annotation sets"}
    return {"labels": "adjudicated" if chosen.adjudicated else f"annotator {chosen.annotator}"}


def _decide(connection: Connection, wanted: Selection) -> Selection:
    """Settle whose labels: adjudicated, else the only annotator, else refused."""
    statement = (
        live_reports(live_sets(select(AnnotatorRow.name).distinct()))
        .select_from(SetRow)
        .join(ReportRow, ReportRow.id == SetRow.report_id)
        .join(AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id, isouter=True)
    )
    names = list(connection.execute(statement).scalars())
    people = sorted(name for name in names if name is not None)
    if wanted.annotator is not None and wanted.annotator not in people:
        raise Refused(
            "{name} has no labels in this project. Nothing was written; there are labels of {known}.",
            name=wanted.annotator,
            known=", ".join(people) or "nobody",
        )
    if wanted.annotator is not None or wanted.adjudicated or wanted.everything:
        return wanted
    if None in names:
        return Selection(adjudicated=True)
    if len(people) == 1:
        return Selection(annotator=people[0])
    if not people:
        return Selection(everything=True)
    raise Refused(
        "There are labels of several annotators ({known}). Nothing was written; "
        "say whose: --annotator NAME, --adjudicated or --all.",
        known=", ".join(people),
    )


def _reports(chosen: Selection, count: bool = False) -> Any:
    statement = live_reports(select(func.count()).select_from(ReportRow) if count else select(*REPORT_COLUMNS))
    if not chosen.everything:
        statement = statement.where(ReportRow.id.in_(_sets(chosen).with_only_columns(SetRow.report_id)))
    return statement


def _sets(chosen: Selection) -> Any:
    statement = live_sets(select(SetRow.id, SetRow.report_id, SetRow.status, AnnotatorRow.name)).join(
        AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id, isouter=True
    )
    if chosen.adjudicated:
        return statement.where(SetRow.annotator_id.is_(None))
    return statement if chosen.everything else statement.where(AnnotatorRow.name == chosen.annotator)


def _stream(connection: Connection, stored: StoredSchema, chosen: Selection) -> Iterator[LabelledReport]:
    after = ""
    first = True
    while True:
        statement = _reports(chosen).order_by(ReportRow.name).limit(_CHUNK)
        with damage_told():  # unknown characters of a JSON value are met here
            rows = connection.execute(statement if first else statement.where(ReportRow.name > after)).all()
        if not rows:
            return
        yield from labelled_reports(connection, stored, rows, chosen)
        after, first = rows[-1].name, False


def labelled_reports(
    connection: Connection, stored: StoredSchema, rows: Any, chosen: Selection = EVERYTHING
) -> Iterator[LabelledReport]:
    """These reports (rows of ``REPORT_COLUMNS``) with their newest texts and the chosen annotation sets."""
    ids = [row.id for row in rows]
    newest = select(TextRow.report_id, TextRow.content).where(TextRow.report_id.in_(ids)).order_by(TextRow.number)
    texts: dict[int, str] = {row.report_id: row.content for row in connection.execute(newest)}
    sets = connection.execute(_sets(chosen).where(SetRow.report_id.in_(ids))).all()
    set_ids = [row.id for row in sets]
    labels = labels_of_sets(connection, set_ids, stored.names)
    by_report: dict[int, list[AnnotationSet]] = {}
    with damage_told():
        for row in sorted(sets, key=lambda row: (row.name is None, row.name or "")):
            by_report.setdefault(row.report_id, []).append(
                AnnotationSet(
                    row.name,
                    Status(row.status),
                    *labels[row.id],
                    adjudicated=row.name is None,
                )
            )
        for row in rows:
            yield LabelledReport(report_value(row, texts[row.id]), tuple(by_report.get(row.id, ())))
