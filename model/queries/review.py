"""Reading what review decided, and the reports there is something to review on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, func, select

from annotations.corpus import Corpus, LabelledReport
from annotations.errors import Refused
from annotations.facts import Kind
from annotations.report import Status
from annotations.review import Decision, decision_from
from model.project import Project
from model.queries.corpus import labelled_reports
from model.queries.facts import live_facts
from model.queries.labels import REPORT_COLUMNS, read_labelled
from model.queries.visible import live_reports, live_sets
from model.schema_rows import read_schema
from model.tables import FactRow, ProjectRow, ReportRow, SetRow

_CHUNK = 50  # reports read at once


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A report with all its annotation sets, what was decided on it, and the versions of these decisions by conflict.

    ``unreadable`` are the keys of decisions that are damaged: they are passed over.
    """

    labelled: LabelledReport
    decisions: tuple[Decision, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()


def under_review(connection: Connection, report_id: str) -> UnderReview | None:
    """One report as it stands, or None when it is gone."""
    labelled = read_labelled(connection, report_id, read_schema(connection))
    return None if labelled is None else next(_with_decisions(connection, [labelled]))


def several_under_review(connection: Connection, report_ids: Sequence[str]) -> Iterator[UnderReview]:
    """These reports as they stand, some at a time; those that are gone are left out."""
    stored = read_schema(connection)
    columns = live_reports(select(*REPORT_COLUMNS))
    for at in range(0, len(report_ids), _CHUNK):
        some = report_ids[at : at + _CHUNK]
        rows = connection.execute(columns.where(ReportRow.report_id.in_(some))).all()
        yield from _with_decisions(connection, list(labelled_reports(connection, stored, rows)))


def count_to_review(connection: Connection) -> int:
    """How many reports two annotators or more have finished."""
    return int(connection.execute(select(func.count()).select_from(_compared().subquery())).scalar_one())


def all_under_review(project: Project) -> Iterator[UnderReview]:
    """The reports that two annotators or more have finished, or on which something was decided, by name."""
    with project.reading() as connection:
        stored = read_schema(connection)
        after: str | None = None
        decided = select(FactRow.report_id).where(FactRow.kind == Kind.DECISION.value, FactRow.removed_by.is_(None))
        wanted = live_reports(select(*REPORT_COLUMNS)).where(ReportRow.id.in_(_compared()) | ReportRow.id.in_(decided))
        while True:
            page = wanted.order_by(ReportRow.name).limit(_CHUNK)
            rows = connection.execute(page if after is None else page.where(ReportRow.name > after)).all()
            if not rows:
                return
            yield from _with_decisions(connection, list(labelled_reports(connection, stored, rows)))
            after = rows[-1].name


def review_corpus(project: Project) -> Corpus:
    """The reports under review with everybody's labels and what was decided; each pass reads one snapshot.

    Raises ``Refused`` when no report was finished by two annotators.
    """
    with project.reading() as connection:
        schema = read_schema(connection).schema
        name = connection.execute(select(ProjectRow.name)).scalar_one()
        total = count_to_review(connection)
    if not total:
        raise Refused(
            "No report was marked as done by two annotators, so there is nothing to review. Nothing was written."
        )

    def stream() -> Iterator[LabelledReport]:
        for found in all_under_review(project):
            yield replace(found.labelled, decisions=found.decisions)

    return Corpus(schema, stream, total, name, {"labels": "conflicts"})


def _compared() -> Any:
    """Row ids of reports with two finished sets or more. Any: SQL."""
    finished = live_sets(select(SetRow.report_id)).where(
        SetRow.annotator_id.is_not(None), SetRow.status == Status.DONE.value
    )
    return finished.group_by(SetRow.report_id).having(func.count() > 1)


def _with_decisions(connection: Connection, reports: Iterable[LabelledReport]) -> Iterator[UnderReview]:
    wanted = list(reports)
    found: dict[str, list[tuple[str, Mapping[str, object], int]]] = {}
    statement = live_facts(select(FactRow.key, FactRow.value, FactRow.version, ReportRow.report_id)).where(
        FactRow.kind == Kind.DECISION.value, ReportRow.report_id.in_([each.report.id for each in wanted])
    )
    for row in connection.execute(statement.order_by(FactRow.id)):
        found.setdefault(row.report_id, []).append((row.key, row.value, row.version))
    for labelled in wanted:
        yield _read(labelled, found.get(labelled.report.id, []))


def _read(labelled: LabelledReport, stored: Iterable[tuple[str, Mapping[str, object], int]]) -> UnderReview:
    decisions: list[Decision] = []
    versions: dict[str, int] = {}
    unreadable: list[str] = []
    for key, value, version in stored:
        versions[key] = version
        try:
            decisions.append(decision_from(value, labelled.report.id, key))
        except (KeyError, TypeError, ValueError, AttributeError):
            unreadable.append(key)
    return UnderReview(labelled, tuple(decisions), versions, tuple(unreadable))
