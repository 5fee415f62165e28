"""Handing out reports: reading what there is, planning, and carrying the plan out as one action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotations.assigning import Piece, Plan, Wish, hand_out
from annotations.changes.outcome import Outcome
from annotations.errors import Refused
from annotations.work import Assignment, assign
from model.annotators import annotator_names
from model.project import Project
from model.queries.assignments import Work, pieces, work_of
from model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be handed out, by whom, to whom: reports in order of name, and the names that are known."""

    pieces: tuple[Piece, ...]
    annotators: tuple[str, ...]
    work: Work

    def of(self, report_ids: Iterable[str]) -> tuple[Piece, ...]:
        """Only some reports."""
        wanted = frozenset(report_ids)
        return tuple(piece for piece in self.pieces if piece.report_id in wanted)

    def free(self) -> tuple[Piece, ...]:
        """Only reports that nobody has."""
        return tuple(piece for piece in self.pieces if not piece.has)


def stock_of(project: Project, annotator: str) -> Stock:
    """Read what there is to hand out."""
    with project.reading() as connection:
        return Stock(tuple(pieces(connection)), annotator_names(connection), work_of(connection, annotator))


def carry_out(project: Project, actor: str, plan: Plan, blind: bool) -> Outcome:
    """Hand out what was planned as one undoable action of ``actor``, who leads from then on when nobody does.

    Raises ``Refused`` when there is nothing to hand out, or somebody else leads.
    """
    if not plan.assigned:
        raise Refused("Everybody has these reports already. Nothing was handed out.")
    with project.reading() as connection:
        led = bool(work_of(connection, actor).lead)
    made = (Assignment(report, name, blind=blind) for report, name in plan.assigned)
    return Workspace(project, actor).apply(assign(made, "" if led else actor))


def assign_named(
    project: Project, actor: str, wish: Wish, names: Sequence[str] = (), blind: bool = False
) -> tuple[Plan, Outcome]:
    """Plan and hand out at once: the reports of these ``names`` (none: all). Raises ``Refused`` for an unknown name."""
    from model.queries.reports import ids_of_names

    chosen = stock_of(project, actor)
    some: Sequence[Piece] = chosen.pieces
    if names:
        with project.reading() as connection:
            known = ids_of_names(connection, names)
        for name in names:
            if name not in known:
                raise Refused("There is no report named {name}. Nothing was handed out.", name=name)
        some = chosen.of(known.values())
    plan = hand_out(some, replace(wish, annotators=tuple(name.strip() for name in wish.annotators)))
    return plan, carry_out(project, actor, plan, blind)
