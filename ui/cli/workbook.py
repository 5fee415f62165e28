"""What came of an edited workbook, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.words import explain, tr

if TYPE_CHECKING:
    from exports.xlsx.edits import RowEdit, RowProblem
    from ui.cli.console import Console
    from ui.jobs.workbook_back import WorkbookResult

_LONGEST = 60


def say_workbook(result: WorkbookResult, console: Console) -> None:
    """A line for each row that was changed, on standard error one for each that was left."""
    for edit in result.found.edits:
        console.say(edit_line(edit))
    for problem in result.found.problems:
        console.complain(problem_line(problem))
    console.say(
        tr(
            "{path}: rows changed: {changed}, as they were: {untouched}, known already: {known}, left: {left}",
            path=result.path,
            changed=len(result.found.edits),
            untouched=result.found.untouched,
            known=result.found.known,
            left=len(result.found.problems),
        )
    )


def edit_line(edit: RowEdit) -> str:
    """Where, which label of whom, and each cell as it was and as it is to be."""
    cells = "; ".join(
        tr("{column}: “{before}” → “{after}”", column=cell.key, before=_short(cell.before), after=_short(cell.after))
        for cell in edit.cells
    )
    return tr(
        "{sheet}, row {number}: {report}, {id} ({annotator}): {cells}",
        sheet=edit.sheet,
        number=edit.number,
        report=edit.report_name,
        id=edit.id,
        annotator=edit.annotator or tr("report"),
        cells=cells,
    )


def problem_line(problem: RowProblem) -> str:
    """Where, which label, why."""
    return tr(
        "{sheet}, row {number} ({id}) was left: {reason}.",
        sheet=problem.sheet,
        number=problem.number,
        id=problem.id or "?",
        reason=explain(problem.why),
    )


def workbook_object(result: WorkbookResult) -> dict[str, Any]:
    """The same as JSON values."""
    found = result.found
    return {
        "changed": [
            {
                "sheet": edit.sheet,
                "row": edit.number,
                "table": edit.table,
                "report": edit.report_name,
                "report_id": edit.report_id,
                "annotator": edit.annotator or None,
                "id": edit.id,
                "cells": {cell.key: [cell.before, cell.after] for cell in edit.cells},
            }
            for edit in found.edits
        ],
        "left": [
            {"sheet": one.sheet, "row": one.number, "id": one.id or None, "reason": explain(one.why)}
            for one in found.problems
        ],
        "untouched": found.untouched,
        "known": found.known,
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
