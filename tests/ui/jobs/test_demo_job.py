"""The demo project is made whole, opened again, and never put in the place of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.changes import DeleteReports
from annotations.errors import Cancelled, ChuGiaiError, Refused
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.workspace import Workspace
from ui.jobs.demo import is_demo, make_demo


def test_it_has_reports_and_two_annotators(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo.chugiai")
    with Project.open(tmp_path / "demo.chugiai") as project:
        found = list(corpus(project, Selection(everything=True)))
    assert len(found) >= 12
    assert {labels.annotator for labelled in found for labels in labelled.sets} == {"lan", "minh"}
    assert [path.name for path in tmp_path.iterdir()] == ["demo.chugiai"]


def test_made_again_it_keeps_what_was_done_in_it(tmp_path: Path) -> None:
    path = tmp_path / "demo.chugiai"
    make_demo(path)
    with Project.open(path) as project:
        first = next(iter(corpus(project, Selection(everything=True)))).report.id
        Workspace(project, "lan").apply(DeleteReports((first,)))
    make_demo(path)
    with Project.open(path) as project:
        assert first not in {labelled.report.id for labelled in corpus(project, Selection(everything=True))}


def test_it_refuses_another_project_and_other_files(tmp_path: Path) -> None:
    Project.create(tmp_path / "mine.chugiai").close()
    (tmp_path / "notes.txt").write_text("mine")
    for name in ("mine.chugiai", "notes.txt", ""):
        with pytest.raises(Refused, match="is no demo project"):
            make_demo(tmp_path / name)
    assert not is_demo(tmp_path / "mine.chugiai")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ChuGiaiError, match="does not exist"):
        make_demo(tmp_path / "nowhere" / "demo.chugiai")


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_demo(tmp_path / "demo.chugiai", stop)
    assert list(tmp_path.iterdir()) == []
