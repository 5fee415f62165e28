"""Copies come back into a team database as into a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copy_of, everything, merge
from labelled_projects import labelled_project

from annotations.changes import AddEntity, DeleteEntities, SetEntityNote, SetStatus
from annotations.report import Entity, Status
from model.address import Address
from model.check import check
from model.project import Project
from model.workspace import Workspace

FIRST, SECOND = "id-report-0.txt", "id-report-1.txt"


@pytest.fixture
def ours(database: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Address:
    """A labelled project in a database; copies are files in the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    labelled_project(database)
    return database


def test_a_copy_that_was_worked_on_comes_back(ours: Address, tmp_path: Path) -> None:
    theirs = copy_of(ours, "theirs")
    with Project.open(theirs) as project:
        space = Workspace(project, "lan")
        space.apply(AddEntity(FIRST, Entity("new", "DATE", 0, 4)))
        space.apply(DeleteEntities(SECOND, ("pieces",)))
        space.apply(SetStatus((SECOND,), Status.DONE))
        Workspace(project, "thu").apply(AddEntity(SECOND, Entity("hers", "DATE", 0, 4)))
    (result,) = merge(ours, theirs)
    assert not result.nothing
    assert everything(ours) == everything(theirs)
    assert merge(ours, theirs)[0].nothing
    assert [str(finding) for finding in check(ours) if finding.is_damage] == []
    file = copy_of(ours, "again")
    assert everything(file) == everything(ours)


def test_what_both_changed_is_told(ours: Address) -> None:
    theirs = copy_of(ours, "theirs")
    for place, note in ((ours, "ours"), (theirs, "theirs")):
        with Project.open(place) as project:
            Workspace(project, "lan").apply(SetEntityNote(FIRST, ("post",), note))
    merge(ours, theirs)
    assert everything(ours)["collisions"]
    assert [str(finding) for finding in check(ours) if finding.is_damage] == []
