"""A workbook of conflicts comes back: the decisions in it, and that as one action of who imports it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotations.changes import Decide
from annotations.errors import Collision, Refused
from annotations.review import Decision
from exports.xlsx.edits import RowEdit, RowProblem, SheetEdits
from exports.xlsx_review.back import Taken, decisions_of, filled_rows
from exports.xlsx_review.read import ConflictBook, ConflictRow, read_book
from exports.xlsx_review.rows import Reviewed
from model.project import Project
from model.queries.review import under_review
from model.schema_rows import read_schema
from model.workspace import Workspace
from ui.jobs.progress import Progress, nobody_watches
from ui.words import tr

TITLE = "Take over {count} decisions of a workbook"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class ReviewBack:
    """What a workbook of conflicts decides: to be shown (``found``), and the change that does it (None: nothing to do)."""

    found: SheetEdits
    change: Decide | None


@dataclass
class _All:
    edits: list[RowEdit] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    withdrawn: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    known: int = 0

    def add(self, report_id: str, taken: Taken, versions: Mapping[str, int]) -> None:
        """What the rows of one report decide."""
        self.edits += taken.edits
        self.problems += taken.problems
        self.decisions += taken.decisions
        self.known += taken.known
        if taken.withdrawn:
            self.withdrawn[report_id] = tuple(taken.withdrawn)
        for conflict in (*(each.conflict_id for each in taken.decisions), *taken.withdrawn):
            self.seen[report_id, conflict] = versions.get(conflict, 0)


def preview_review(project: Project, path: Path, progress: Progress = nobody_watches) -> ReviewBack:
    """What the workbook would decide now. Raises ``FormatError`` when it cannot be read, ``Cancelled`` from ``progress``."""
    progress(0, 0, tr("Reading"))
    book = read_book(path)
    filled = filled_rows(book)
    found = _All(problems=list(filled.problems))
    for done, (report_id, rows) in enumerate(filled.by_report.items(), 1):
        _look(project, report_id, rows, book, found)
        progress(done, len(filled.by_report), tr("Comparing"))
    sheet = SheetEdits(
        tuple(sorted(found.edits, key=lambda edit: edit.number)),
        tuple(sorted(found.problems, key=lambda one: one.number)),
        filled.untouched,
        found.known,
    )
    count = len(found.edits)
    change = Decide(tuple(found.decisions), found.withdrawn, title=TITLE, values={"count": count}, seen=found.seen)
    return ReviewBack(sheet, change if count else None)


def import_review(
    project: Project, path: Path, actor: str, progress: Progress = nobody_watches
) -> tuple[SheetEdits, bool]:
    """Take the decisions over as one action of ``actor``; whether there were any.

    Raises what :func:`preview_review` does, and ``Refused`` when the project does not take it; nothing was changed then.
    """
    for attempt in range(1, _TRIES + 1):
        back = preview_review(project, path, progress)
        if back.change is None:
            return back.found, False
        progress(0, 0, tr("Saving"))
        try:
            Workspace(project, actor).apply(back.change)
        except Collision:  # somebody was quicker: that row is told as changed meanwhile
            if attempt == _TRIES:
                raise
        else:
            return back.found, True
    raise AssertionError("the last try returns or raises")


def _look(project: Project, report_id: str, rows: list[ConflictRow], book: ConflictBook, found: _All) -> None:
    with project.reading() as connection:
        there = under_review(connection, report_id)
        schema = read_schema(connection).schema
    if there is None:
        found.problems += [
            RowProblem(row.sheet, row.number, row.cells.get("conflict_id", ""), Refused(_NO_REPORT)) for row in rows
        ]
        return
    reviewed = Reviewed(replace(there.labelled, decisions=there.decisions), book.frame)
    found.add(report_id, decisions_of(rows, reviewed, book, schema), there.versions)


_NO_REPORT = "its report is no longer in the project"
