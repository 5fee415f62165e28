"""An edited workbook comes back: what people changed in it, and that as one action.

Each row is applied to the set of the annotator whom it names; the action is that of the person who imports, who also
undoes it. Rows of reports change the reports. What is not certain is left and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.changes import (
    Change,
    EditReports,
    OnBehalf,
    Relabel,
    Retype,
    SetEntityAttributes,
    SetEntityEntry,
    SetEntityNote,
    SetRelationAttributes,
    SetRelationNote,
    Together,
)
from annotations.errors import Collision
from exports.xlsx.compare import Comparison
from exports.xlsx.edits import RowEdit, RowProblem, SheetEdits, touched_rows
from exports.xlsx.read import SheetRow, is_review_workbook, read_rows
from exports.xlsx.settle import settle
from model.project import Project
from model.queries.labels import read_labelled
from model.schema_rows import StoredSchema, read_schema
from model.workspace import Workspace
from ui.jobs.progress import Progress, nobody_watches
from ui.jobs.review_back import import_review, preview_review
from ui.words import tr

TITLE = "Take over the edits of a workbook"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class WorkbookResult:
    """What came of a workbook. ``applied`` is False for a preview and when there was nothing to change."""

    path: Path
    found: SheetEdits
    applied: bool = False


def preview_workbook(project: Project, path: Path, progress: Progress = nobody_watches) -> SheetEdits:
    """What the workbook would change now. Raises ``FormatError`` when it cannot be read, ``Cancelled`` from ``progress``."""
    if is_review_workbook(path):
        return preview_review(project, path, progress).found
    touched = touched_rows(_watched(read_rows(path), progress))
    with project.reading() as connection:
        stored = read_schema(connection)
    edits: list[RowEdit] = []
    problems = list(touched.problems)
    known = 0
    for done, (report_id, rows) in enumerate(touched.by_report.items(), 1):
        some, bad, same = _look(project, stored, report_id, rows)
        edits += some
        problems += bad
        known += same
        progress(done, len(touched.by_report), tr("Comparing"))
    order = {"Reports": 0, "Entities": 1, "Relations": 2}
    return SheetEdits(
        tuple(sorted(edits, key=lambda edit: (order[edit.table], edit.sheet, edit.number))),
        tuple(sorted(problems, key=lambda one: (order.get(one.sheet.split(" ")[0], 3), one.sheet, one.number))),
        touched.untouched,
        known,
    )


def import_workbook(project: Project, path: Path, actor: str, progress: Progress = nobody_watches) -> WorkbookResult:
    """Apply what the workbook changes, all of it as one action of ``actor``.

    Raises what :func:`preview_workbook` does, and ``Refused`` when the project does not take it; nothing was changed then.
    """
    if is_review_workbook(path):
        found, applied = import_review(project, path, actor, progress)
        return WorkbookResult(path, found, applied)
    for attempt in range(1, _TRIES + 1):
        found = preview_workbook(project, path, progress)
        if not found.edits:
            return WorkbookResult(path, found)
        progress(0, 0, tr("Saving"))
        try:
            Workspace(project, actor).apply(as_change(found.edits))
        except Collision:  # somebody was quicker: that row is told as changed meanwhile
            if attempt == _TRIES:
                raise
        else:
            return WorkbookResult(path, found, applied=True)
    raise AssertionError("the last try returns or raises")


def as_change(edits: Iterable[RowEdit]) -> Together:
    """The edits as one change: reports, then the labels of each annotator."""
    fields: dict[str, Mapping[str, str]] = {}
    by_annotator: dict[str, list[RowEdit]] = {}
    for edit in edits:
        if edit.table == "Reports":
            fields[edit.report_id] = edit.fields
        else:
            by_annotator.setdefault(edit.annotator, []).append(edit)
    changes: list[Change] = [EditReports(fields)] if fields else []
    changes += [OnBehalf(name, tuple(_label_changes(mine))) for name, mine in by_annotator.items()]
    return Together(tuple(changes), TITLE)


def _label_changes(edits: list[RowEdit]) -> Iterator[Change]:
    for edit in edits:
        yield from _changes_of(edit)


def _changes_of(edit: RowEdit) -> Iterator[Change]:
    """The changes of one row. The version counts for the first: each of them makes a new one."""
    report, ids, seen = edit.report_id, (edit.id,), {edit.id: edit.version}
    makers: list[Any] = []  # Any: classes of changes, each with the value that it takes
    entity = edit.table == "Entities"
    if edit.label is not None:
        makers.append((Relabel if entity else Retype, edit.label))
    if edit.attributes:
        makers.append((SetEntityAttributes if entity else SetRelationAttributes, dict(edit.attributes)))
    if edit.note is not None:
        makers.append((SetEntityNote if entity else SetRelationNote, edit.note))
    if edit.entry is not None:
        makers.append((SetEntityEntry, edit.entry))
    for number, (make, value) in enumerate(makers):
        yield make(report, ids, value, seen if number == 0 else {})


def _look(
    project: Project, stored: StoredSchema, report_id: str, rows: list[SheetRow]
) -> tuple[list[RowEdit], list[RowProblem], int]:
    with project.reading() as connection:
        labelled = read_labelled(connection, report_id, stored)
    comparison = Comparison(labelled, stored.schema)
    edits: list[RowEdit] = []
    problems: list[RowProblem] = []
    for found in comparison.look(rows):
        if isinstance(found, RowEdit):
            edits.append(found)
        else:
            problems.append(found)
    edits, forbidden = settle(edits, labelled, stored.schema)
    return edits, problems + forbidden, comparison.known


def _watched(rows: Iterable[SheetRow], progress: Progress) -> Iterator[SheetRow]:
    for done, row in enumerate(rows, 1):
        if done % 100 == 1:
            progress(done, 0, tr("Reading"))
        yield row
