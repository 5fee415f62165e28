"""The report list: pages by keyset, neighbours, progress. Nothing here loads a whole list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select, true, tuple_

from annotations.offsets import fold
from annotations.report import Status
from model.queries.assignments import assigned_to, assignment_value
from model.queries.visible import live_reports, live_sets, not_pending
from model.tables import AnnotatorRow, ReportRow, SetRow, SuggestionRow
from model.unreadable import damage_told


class Sort(StrEnum):
    """What the list is ordered by; the name breaks ties."""

    NAME = "name"
    DATE = "date"
    TITLE = "title"
    SOURCE = "source"
    BENEFIT = "benefit"
    """How much the annotator's look at it would teach: the doubt in what is suggested there; nothing once she is done."""


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports: of this status in the annotator's eyes, with these words in name or title; ``own``: of her queue."""

    status: Status | None = None
    words: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One row of the report list; ``status`` is the annotator's own, ``locked`` says that it cannot be changed."""

    report_id: str
    name: str
    title: str
    date: str
    source: str
    locality: str
    status: Status
    locked: bool = False
    benefit: float = 0.0


Cursor = tuple[str, str]
"""Sort value and name of the last row of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor of the next page (None: that was all)."""

    rows: tuple[ListedReport, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many reports there are, and how many the annotator has begun and done."""

    total: int
    in_progress: int
    done: int

    @property
    def new(self) -> int:
        """Reports not begun."""
        return self.total - self.in_progress - self.done


_BENEFIT = case((SetRow.status == Status.DONE.value, 0.0), else_=func.coalesce(SuggestionRow.benefit, 0.0))


def _own_set_joined(annotator: str) -> Any:
    """Reports with the annotator's own set beside them, where there is one."""
    mine = select(AnnotatorRow.id).where(AnnotatorRow.name == annotator).scalar_subquery()
    own = and_(
        SetRow.report_id == ReportRow.id,
        SetRow.annotator_id == mine,
        SetRow.removed_by.is_(None),
        not_pending(SetRow),
    )
    statement = select(
        ReportRow.report_id,
        ReportRow.name,
        ReportRow.title,
        ReportRow.date,
        ReportRow.source,
        ReportRow.locality,
        SetRow.status,
        assignment_value(mine).label("assignment"),
        _BENEFIT.label("benefit"),
    ).join(SetRow, own, isouter=True)
    doubt = and_(SuggestionRow.report_id == ReportRow.id, SuggestionRow.annotator_id == mine)
    statement = statement.join(SuggestionRow, doubt, isouter=True)
    return live_reports(statement)


def _with_status(status: Status) -> Any:
    if status is Status.NEW:
        return or_(SetRow.status.is_(None), SetRow.status == Status.NEW.value)
    return SetRow.status == status.value


def _filtered(statement: Any, wanted: ReportFilter, annotator: str) -> Any:
    if wanted.own:
        statement = statement.where(assigned_to(annotator))
    if wanted.status is not None:
        statement = statement.where(_with_status(wanted.status))
    for word in fold(wanted.words).split():
        statement = statement.where(ReportRow.folded.contains(word, autoescape=True))
    return statement


@damage_told()
def _listed(row: Any) -> ListedReport:
    report_id, name, title, date, source, locality, status, assignment, benefit = row
    locked, own_status = bool((assignment or {}).get("locked")), Status(status or Status.NEW.value)
    return ListedReport(report_id, name, title, date, source, locality, own_status, locked, float(benefit))


def page_of_reports(
    connection: Connection,
    annotator: str,
    wanted: ReportFilter = ReportFilter(),
    sort: Sort = Sort.NAME,
    descending: bool = False,
    after: Cursor | None = None,
    limit: int = 100,
) -> Page:
    """The next ``limit`` reports after the cursor."""
    column = _BENEFIT if sort is Sort.BENEFIT else getattr(ReportRow, sort.value)
    order = [column, ReportRow.name] if sort is not Sort.NAME else [ReportRow.name]
    statement = _filtered(_own_set_joined(annotator), wanted, annotator)
    if after is not None:
        value = float(after[0]) if sort is Sort.BENEFIT else after[0]
        here, there = tuple_(*order), tuple_(*((value, after[1]) if len(order) > 1 else after[1:]))
        statement = statement.where(here < there if descending else here > there)
    statement = statement.order_by(*(key.desc() if descending else key for key in order)).limit(limit + 1)
    rows = connection.execute(statement).all()
    listed = tuple(_listed(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(listed, (str(getattr(listed[-1], sort.value)), listed[-1].name) if more else None)


def listed_report(connection: Connection, annotator: str, report_id: str, own: bool = False) -> ListedReport | None:
    """One row of the list; ``own``: None when the report is not of the annotator's queue."""
    statement = _filtered(_own_set_joined(annotator), ReportFilter(own=own), annotator)
    row = connection.execute(statement.where(ReportRow.report_id == report_id)).first()
    return _listed(row) if row else None


def neighbour(
    connection: Connection,
    annotator: str,
    report_id: str | None,
    step: int = 1,
    unfinished: bool = True,
    own: bool = False,
) -> ListedReport | None:
    """The next (``step`` 1) or previous (-1) report by name, unfinished ones only unless told otherwise.

    ``own`` goes through the annotator's queue only. Goes round at the end; without ``report_id`` the first one. None
    when there is no other.
    """
    statement = _filtered(_own_set_joined(annotator), ReportFilter(own=own), annotator)
    if unfinished:
        statement = statement.where(or_(SetRow.status.is_(None), SetRow.status != Status.DONE.value))
    order = ReportRow.name if step > 0 else ReportRow.name.desc()
    statement = statement.order_by(order).limit(1)
    if report_id is not None:
        here = select(ReportRow.name).where(ReportRow.report_id == report_id, ReportRow.removed_by.is_(None))
        name = connection.execute(here).scalar() or ""
        beyond = ReportRow.name > name if step > 0 else ReportRow.name < name
        row = connection.execute(statement.where(beyond)).first()
        if row is not None:
            return _listed(row)
        statement = statement.where(ReportRow.report_id != report_id)
    row = connection.execute(statement).first()
    return _listed(row) if row else None


def progress(connection: Connection, annotator: str, own: bool = False) -> Progress:
    """How far the annotator is with the whole project, or with the ``own`` queue."""
    queue = assigned_to(annotator) if own else true()
    total = connection.execute(live_reports(select(func.count()).select_from(ReportRow)).where(queue)).scalar_one()
    mine = select(AnnotatorRow.id).where(AnnotatorRow.name == annotator).scalar_subquery()
    counted = (
        live_reports(live_sets(select(SetRow.status, func.count())))
        .join(ReportRow, ReportRow.id == SetRow.report_id)
        .where(SetRow.annotator_id == mine, queue)
        .group_by(SetRow.status)
    )
    by_status: dict[str, int] = {row[0]: row[1] for row in connection.execute(counted)}
    return Progress(total, by_status.get(Status.IN_PROGRESS.value, 0), by_status.get(Status.DONE.value, 0))


def ids_of_names(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """Report ids by name, of those of these names that are there."""
    found: dict[str, str] = {}
    for at in range(0, len(names), 500):
        some = live_reports(select(ReportRow.name, ReportRow.report_id)).where(ReportRow.name.in_(names[at : at + 500]))
        found.update((row.name, row.report_id) for row in connection.execute(some))
    return found
