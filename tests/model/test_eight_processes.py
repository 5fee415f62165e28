"""Eight processes edit one project at once, and no change is lost.

``CHUGIAI_EDIT_SECONDS`` sets for how long (a minute is what is promised; a few seconds are run each time).
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from labelled_projects import content
from project_children import Told, child, edit_for, state
from small_projects import TEXT, add_reports
from sqlalchemy import text

from annotations.changes import AddEntity
from annotations.report import Entity
from model.address import Place
from model.check import check
from model.project import Project
from model.workspace import Workspace

SECONDS = float(os.environ.get("CHUGIAI_EDIT_SECONDS", "3"))
PEOPLE = tuple(f"person-{number}" for number in range(8))
REPORT = "id-report-0.txt"


def actions_of(path: Place, annotator: str) -> list[str]:
    """The kinds of an annotator's actions, in order."""
    with Project.open(path) as project, project.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT action.kind FROM action JOIN annotator a ON a.id = action.annotator_id WHERE a.name = :name "
                "ORDER BY action.id"
            ),
            {"name": annotator},
        )
        return list(rows.scalars())


def test_eight_processes_edit_at_once_without_a_lost_change(project: Project, tmp_path: Path) -> None:
    add_reports(project, TEXT)
    Workspace(project, "lan").apply(AddEntity(REPORT, Entity("shared", "ORG", 13, 34)))
    project.close()
    path, told = project.path, Told(tmp_path / "told")
    with ExitStack() as stack:
        working = [
            stack.enter_context(child(edit_for, path, told.path, name, REPORT, "shared", SECONDS, seed))
            for seed, name in enumerate(PEOPLE)
        ]
        for process in working:
            process.join()
            assert process.exitcode == 0
    lines = {line["annotator"]: line for line in told.lines()}
    assert sorted(lines) == sorted(PEOPLE)
    took = sorted(seconds for line in lines.values() for seconds in line["took"])
    print(  # noqa: T201 (shown with -s: the figures of the minute)
        f"{len(took)} changes in {SECONDS:g} s ({len(took) / SECONDS:.0f}/s), median {took[len(took) // 2] * 1000:.1f} ms, "
        f"95 % {took[len(took) * 95 // 100] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms, "
        f"{sum(line['retries'] for line in lines.values())} tries again"
    )
    assert [str(finding) for finding in check(path) if finding.is_damage] == []
    (shared,) = (labels for labels in content(path)[1][0].sets if labels.annotator == "lan")
    assert shared.entities[0].version == 1 + sum(line["noted"] for line in lines.values())
    with Project.open(path) as again:
        for name in PEOPLE:
            assert actions_of(path, name) == lines[name]["kinds"]
            space = Workspace(again, name)
            assert state(space.annotation_set(REPORT)) == lines[name]["state"]
            while not space.undo().nothing:
                pass
            assert space.annotation_set(REPORT) is None
