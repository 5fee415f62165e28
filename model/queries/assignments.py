"""Reading who leads, what is handed out to whom, what is blind and locked, and how far everybody is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, exists, func, select

from annotations.assigning import Piece
from annotations.facts import Kind
from annotations.report import Status
from annotations.work import LEAD, Assignment
from model.queries.facts import facts
from model.queries.visible import live_reports, live_sets, not_pending
from model.tables import AnnotatorRow, FactRow, ReportRow, SetRow, TextRow

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Work:
    """One person's place in the work: who leads, whether reports are handed out at all, and to her, and blind."""

    annotator: str
    lead: str = ""
    handed_out: bool = False
    own: int = 0
    blind: int = 0

    @property
    def leads(self) -> bool:
        """Whether she may hand out, lock and look at everything: the lead, and anybody while there is none."""
        return self.lead in ("", self.annotator)

    @property
    def own_only(self) -> bool:
        """Whether she is shown the reports of her own queue only, unless she is the lead and wants to see all."""
        return self.own > 0 or (self.handed_out and not self.leads)

    @property
    def sees_others(self) -> bool:
        """Whether she may look at what others labelled: not while any report of hers is blind, unless she leads."""
        return self.leads if self.blind else True


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """How far one annotator is. ``assigned`` is 0 for who labels without being asked; then ``new`` is 0 too.

    ``in_progress`` and ``done`` count the sets on reports of her queue, or all of hers where none is assigned;
    ``beside`` are sets on reports that are not of her queue. ``blind`` and ``locked`` count assignments.
    """

    annotator: str
    assigned: int
    in_progress: int
    done: int
    beside: int = 0
    blind: int = 0
    locked: int = 0

    @property
    def new(self) -> int:
        """Reports that are handed out and not begun."""
        return max(0, self.assigned - self.in_progress - self.done)


def lead_of(connection: Connection) -> str:
    """Who leads the work; empty when nobody was named."""
    found = next(facts(connection, Kind.SETTING, report_id="", annotator="", key=LEAD), None)
    return str((found.value or {}).get("name", "")) if found else ""


def work_of(connection: Connection, annotator: str) -> Work:
    """A person's place in the work."""
    any_at_all = connection.execute(_assignments(FactRow.id).limit(1)).first() is not None
    own = blind = 0
    if any_at_all:
        mine = _assignments(FactRow.value).join(AnnotatorRow, AnnotatorRow.id == FactRow.annotator_id)
        for value in connection.execute(mine.where(AnnotatorRow.name == annotator)).scalars():
            own += 1
            blind += bool(value.get("blind"))
    return Work(annotator, lead_of(connection), any_at_all, own, blind)


def assignments(
    connection: Connection, report_ids: Iterable[str] | None = None, annotator: str | None = None
) -> Iterator[Assignment]:
    """The assignments that stand: all, or those of some reports, or of one annotator."""
    if report_ids is None:
        yield from map(Assignment.of, facts(connection, Kind.ASSIGNMENT, annotator=annotator))
        return
    for report_id in report_ids:
        found = facts(connection, Kind.ASSIGNMENT, report_id=report_id, annotator=annotator)
        yield from map(Assignment.of, found)


def is_blind(connection: Connection, report_id: str, annotator: str) -> bool:
    """Whether nothing that others labelled on this report may reach this annotator, by whatever way."""
    return any(one.blind for one in assignments(connection, (report_id,), annotator))


def is_locked(connection: Connection, report_id: str, annotator: str) -> bool:
    """Whether this annotator's labels on the report are locked."""
    return any(one.locked for one in assignments(connection, (report_id,), annotator))


def pieces(connection: Connection, report_ids: Iterable[str] | None = None) -> list[Piece]:
    """The reports to hand out, with their lengths and who has them: all in order of name, or the ones asked for."""
    has: dict[int, set[str]] = {}
    held = _assignments(FactRow.report_id, AnnotatorRow.name).join(
        AnnotatorRow, AnnotatorRow.id == FactRow.annotator_id
    )
    for row in connection.execute(held):
        has.setdefault(row.report_id, set()).add(row.name)
    length = (
        select(TextRow.length)
        .where(TextRow.report_id == ReportRow.id)
        .order_by(TextRow.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = live_reports(select(ReportRow.id, ReportRow.report_id, length.label("length"))).order_by(ReportRow.name)
    rows: list[Any] = []
    if report_ids is None:
        rows = list(connection.execute(statement))
    else:
        wanted = list(dict.fromkeys(report_ids))
        for at in range(0, len(wanted), _CHUNK):
            rows += connection.execute(statement.where(ReportRow.report_id.in_(wanted[at : at + _CHUNK])))
    return [Piece(row.report_id, row.length, frozenset(has.get(row.id, ()))) for row in rows]


def people(connection: Connection) -> tuple[PersonProgress, ...]:
    """How far everybody is who has an assignment or labels, in order of name."""
    names: dict[int, str] = {row.id: row.name for row in connection.execute(select(AnnotatorRow.id, AnnotatorRow.name))}
    assigned: dict[int, dict[str, int]] = {}
    held = live_reports(_assignments(FactRow.annotator_id, FactRow.value, SetRow.status))
    held = held.join(ReportRow, ReportRow.id == FactRow.report_id).join(SetRow, _own_set(), isouter=True)
    for row in connection.execute(held):
        count = assigned.setdefault(row.annotator_id, dict.fromkeys(("all", "blind", "locked", *Status), 0))
        count["all"] += 1
        count[row.status or Status.NEW] += 1
        for name in ("blind", "locked"):
            count[name] += bool(row.value.get(name))
    labelled: dict[int, dict[str, int]] = {}
    sets = live_reports(live_sets(select(SetRow.annotator_id, SetRow.status, func.count().label("number"))))
    sets = sets.join(ReportRow, ReportRow.id == SetRow.report_id).where(SetRow.annotator_id.is_not(None))
    for row in connection.execute(sets.group_by(SetRow.annotator_id, SetRow.status)):
        labelled.setdefault(row.annotator_id, dict.fromkeys(Status, 0))[row.status] = row.number
    found = [_person(names[key], assigned.get(key), labelled.get(key)) for key in {*assigned, *labelled}]
    return tuple(sorted(found, key=lambda one: one.annotator))


def _person(name: str, assigned: dict[str, int] | None, labelled: dict[str, int] | None) -> PersonProgress:
    begun, done = ((labelled or {}).get(status, 0) for status in (Status.IN_PROGRESS, Status.DONE))
    if assigned is None:
        return PersonProgress(name, 0, begun, done)
    here = assigned[Status.IN_PROGRESS], assigned[Status.DONE]
    beside = begun + done - sum(here)
    return PersonProgress(name, assigned["all"], *here, beside, assigned["blind"], assigned["locked"])


def assigned_to(annotator: str) -> Any:
    """The condition that a report is of this annotator's queue."""
    mine = select(AnnotatorRow.id).where(AnnotatorRow.name == annotator).scalar_subquery()
    return exists().where(_standing(), FactRow.report_id == ReportRow.id, FactRow.annotator_id == mine)


def assignment_value(annotator: Any) -> Any:
    """What the assignment of a report to the annotator of this row id says; NULL when it is not assigned to her."""
    mine = select(FactRow.value).where(
        _standing(), FactRow.report_id == ReportRow.id, FactRow.annotator_id == annotator
    )
    return mine.limit(1).scalar_subquery()


def _own_set() -> Any:
    return and_(
        SetRow.report_id == FactRow.report_id,
        SetRow.annotator_id == FactRow.annotator_id,
        SetRow.removed_by.is_(None),
        not_pending(SetRow),
    )


def _standing() -> Any:
    return and_(FactRow.kind == Kind.ASSIGNMENT.value, FactRow.removed_by.is_(None), not_pending(FactRow))


def _assignments(*columns: Any) -> Any:
    return select(*columns).select_from(FactRow).where(_standing())
