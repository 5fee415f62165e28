"""Several windows and programs on one file: nothing is lost, nothing is overwritten, nothing is half there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from labelled_projects import companions, content
from project_children import (
    Told,
    child,
    import_and_stop,
    import_once,
    keep_noting,
    label_at_a_pace,
    open_for_good,
    records,
)
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity
from annotations.errors import Refused
from annotations.report import Entity
from model.address import Place
from model.bulk import ImportBatch
from model.bulk import batch as bulk_batch
from model.check import check
from model.database import check_header
from model.errors import NotSaved
from model.project import Project
from model.workspace import Workspace

ONE = Entity("one", "ORG", 13, 34)


@pytest.fixture
def path(project: Project) -> Place:
    """A project of two reports that nothing has open."""
    add_reports(project, TEXT, TEXT + " Hết.")
    project.close()
    return project.path


in_a_file = pytest.mark.parametrize("new", ["file"], indirect=True)


def ids_of(path: Place, annotator: str) -> list[str]:
    """The ids of all entities of an annotator."""
    return [
        entity.id
        for report in content(path)[1]
        for labels in report.sets
        if labels.annotator == annotator
        for entity in labels.entities
    ]


@pytest.mark.parametrize("names", [("lan", "lan"), ("lan", "minh")], ids=["one annotator", "two annotators"])
def test_two_windows_label_while_an_import_runs(path: Place, tmp_path: Path, names: tuple[str, str]) -> None:
    told = [Told(tmp_path / f"window-{number}.told") for number in range(2)]
    bulk, until = Told(tmp_path / "bulk.told"), tmp_path / "until"
    with (
        child(label_at_a_pace, path, told[0].path, names[0], "id-report-0.txt", until, 0.002, 0.01) as first,
        child(label_at_a_pace, path, told[1].path, names[1], "id-report-0.txt", until, 0.002, 0.01) as second,
        child(import_and_stop, path, bulk.path, until, 1000, 6) as importing,
    ):
        for process in (importing, first, second):
            process.join()
            assert process.exitcode == 0
    made = [line.lines()[-1]["ids"] for line in told]
    assert min(map(len, made)) > 0
    assert bulk.lines()[-1]["added"] == 1000
    assert sorted(ids_of(path, names[0])) == sorted(made[0] + (made[1] if names[0] == names[1] else []))
    assert set(made[1]) <= set(ids_of(path, names[1]))
    assert len(ids_of(path, "an")) == 1000 * 6
    assert [str(finding) for finding in check(path) if finding.is_damage] == []
    assert companions(path) == []


def test_no_update_of_one_label_is_lost(path: Place, tmp_path: Path) -> None:
    with Project.open(path) as project:
        Workspace(project, "lan").apply(AddEntity("id-report-0.txt", ONE))
    told = Told(tmp_path / "told")
    with (
        child(keep_noting, path, told.path, "lan", "id-report-0.txt", "one", 60) as first,
        child(keep_noting, path, told.path, "lan", "id-report-0.txt", "one", 60) as second,
    ):
        first.join()
        second.join()
        assert (first.exitcode, second.exitcode) == (0, 0)
    assert [line["done"] for line in told.lines()] == [60, 60]
    (labels,) = content(path)[1][0].sets
    assert labels.entities[0].version == 1 + 120


def test_a_window_hears_of_what_another_process_did(path: Place, tmp_path: Path) -> None:
    with Project.open(path) as project:
        space = Workspace(project, "lan")
        space.poll()
        told, until = Told(tmp_path / "told"), tmp_path / "until"
        with child(label_at_a_pace, path, told.path, "minh", "id-report-0.txt", until, 0.0) as minh:
            told.wait(minh)
            until.touch()
            minh.join()
        news = space.poll()
        assert news is not None
        assert news.annotator == "minh"
        assert news.labels == {"id-report-0.txt"}


OPEN_AND_CLOSE = (
    "import sys; from pathlib import Path; from model.project import Project; Project.open(Path(sys.argv[1])).close()"
)


@in_a_file
@pytest.mark.parametrize(
    "meanwhile", ["the header was read", "a second project was opened and closed", "it was checked"]
)
def test_another_program_that_closes_does_not_take_the_log_away(path: Path, meanwhile: str) -> None:
    """Closing any descriptor of the file would drop this program's locks, and the last to close deletes the log."""
    root = Path(__file__).resolve().parents[2]
    with Project.open(path) as project:
        space = Workspace(project, "lan")
        if meanwhile == "the header was read":
            check_header(path)
        elif meanwhile == "it was checked":
            check(path)
        else:
            Project.open(path).close()
        subprocess.run([sys.executable, "-c", OPEN_AND_CLOSE, str(path)], cwd=root, check=True)
        space.apply(AddEntity("id-report-0.txt", ONE))
        listed = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT entity_id FROM entity'))",
                str(path),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    assert listed.stdout.strip() == "('one',)"
    assert ids_of(path, "lan") == ["one"]


def test_a_project_that_another_program_opened_first_can_be_opened_too(path: Place, tmp_path: Path) -> None:
    told, until = Told(tmp_path / "told"), tmp_path / "until"
    with child(open_for_good, path, told.path, until) as process:
        told.wait(process)
        with Project.open(path) as project:
            Workspace(project, "lan").apply(AddEntity("id-report-0.txt", ONE))
        until.touch()
        process.join()
    assert told.lines() == [{"opened": True, "warning": ""}]
    assert ids_of(path, "lan") == ["one"]
    assert companions(path) == []


def test_an_import_whose_rows_could_not_be_taken_back_does_not_stop_the_next_one(
    path: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_values: object) -> None:
        raise NotSaved("The disk is full.")

    with Project.open(path) as project:
        batch = ImportBatch.open(project)
        batch.add("file", next(records(1, "new")))
        batch.flush()
        with monkeypatch.context() as patch:
            patch.setattr(bulk_batch, "sweep", full)
            with pytest.raises(NotSaved):
                batch.__exit__()
        assert import_once(project, "new", 1) == 1
    assert [str(finding) for finding in check(path) if finding.is_damage] == []


def test_an_import_that_runs_in_this_process_stops_another(path: Place) -> None:
    with Project.open(path) as project, ImportBatch.open(project) as first:
        with pytest.raises(Refused, match=r"Another import into .* is running"):
            ImportBatch.open(project)
        first.add("file", next(records(1, "new")))
        assert first.publish()["file"].added == 1
