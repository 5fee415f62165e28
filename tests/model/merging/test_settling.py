"""What was edited in two copies is kept or taken as a person says, in every copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import both_ways, collided, copy_of, do, everything, merge, sound
from labelled_projects import labelled_project

from annotations.changes import AddEntity, DeleteEntities, DeleteReports, SetEntityNote, SettleCollision
from annotations.errors import Refused
from annotations.report import Entity
from model.project import Project
from model.workspace import Workspace

FIRST, SECOND = "id-report-0.txt", "id-report-1.txt"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A labelled project."""
    path = tmp_path / "ours.chugiai"
    labelled_project(path)
    return path


@pytest.fixture
def theirs(ours: Path) -> Path:
    """A copy of it."""
    return copy_of(ours, "theirs")


def note_of(path: Path, entity_id: str) -> str | None:
    """The note of one of Lan's entities on the first report."""
    with Project.open(path) as project:
        labels = Workspace(project, "lan").annotation_set(FIRST)
    assert labels is not None
    return next(entity.note for entity in labels.entities if entity.id == entity_id)


@pytest.mark.parametrize(("take", "note"), [(False, "there"), (True, "here")])
def test_settling_a_collision_is_taken_by_every_copy_and_can_be_undone(
    ours: Path, theirs: Path, take: bool, note: str
) -> None:
    do(ours, "lan", SetEntityNote(FIRST, ("body",), "here"))
    do(theirs, "lan", SetEntityNote(FIRST, ("body",), "there"))
    before = copy_of(ours, "before")
    merge(ours, theirs)
    (found,) = collided(ours)
    with Project.open(ours) as project:
        space = Workspace(project, "lead")
        settle = SettleCollision(FIRST, "lan", found.key, found.lost[0].action if take else "")
        space.apply(settle)
        assert collided(ours) == []
        space.undo()
        assert collided(ours) == [found]
        space.redo()
        with pytest.raises(Refused):
            space.apply(settle)
    assert (collided(ours), note_of(ours, "body")) == ([], note)
    for copy in (before, theirs):
        both_ways(ours, copy)
        merge(copy, ours)
        assert (collided(copy), note_of(copy, "body")) == ([], note)


def test_a_removal_is_taken_where_a_person_says_so(ours: Path, theirs: Path) -> None:
    do(theirs, "lan", SetEntityNote(FIRST, ("officer",), "there"))
    do(ours, "lan", DeleteEntities(FIRST, ("officer",)))
    merge(ours, theirs)
    (found,) = collided(ours)
    do(ours, "lead", SettleCollision(FIRST, "lan", found.key, found.lost[0].action))
    sound(ours)
    with Project.open(ours) as project:
        labels = Workspace(project, "lan").annotation_set(FIRST)
    assert labels is not None
    assert {entity.id for entity in labels.entities} == {"post", "body"}
    both_ways(ours, theirs)


def test_a_report_is_kept_or_removed_as_a_person_says(ours: Path, theirs: Path) -> None:
    do(theirs, "minh", AddEntity(FIRST, Entity("new", "DATE", 7, 11)))
    do(ours, "lan", DeleteReports((FIRST,)))
    merge(ours, theirs)
    (found,) = collided(ours)
    removed, kept = copy_of(ours, "removed"), copy_of(ours, "kept")
    do(removed, "lead", SettleCollision(FIRST, "", found.key, found.lost[0].action))
    do(kept, "lead", SettleCollision(FIRST, "", found.key))
    assert (len(everything(removed)["reports"]), len(everything(kept)["reports"])) == (1, 2)
    for copy in (removed, kept):
        assert collided(copy) == []
        both_ways(copy, theirs)
        assert merge(copy, theirs)[0].nothing
