"""Two copies of a project, merged: what is new comes, what is newer is taken, what both changed is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copy_of, everything, merge
from labelled_projects import HOLDS, OFFICER, labelled_project
from small_projects import TEXT, add_reports

from annotations.changes import (
    AddEntity,
    AddRelations,
    DeleteEntities,
    DeleteReports,
    EditReports,
    SetEntityNote,
    SetSpans,
    SetStatus,
)
from annotations.changes.fact import SetFacts
from annotations.facts import Fact, Kind
from annotations.report import Entity, Relation, Status
from model.check import check
from model.project import Project
from model.queries.collisions import collisions
from model.queries.history import history_page
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


def do(path: Path, name: str, *changes: object) -> None:
    """Let an annotator change something in a copy."""
    with Project.open(path) as project:
        space = Workspace(project, name)
        for change in changes:
            space.apply(change)  # type: ignore[arg-type]


def sound(path: Path) -> None:
    """Nothing is damaged or half done."""
    assert [str(finding) for finding in check(path) if finding.is_damage] == []


def both_ways(ours: Path, theirs: Path) -> None:
    """Merging the one into the other gives what merging the other into the one gives; again changes nothing."""
    mine, yours = copy_of(ours, "mine"), copy_of(theirs, "yours")
    merge(mine, theirs)
    merge(yours, ours)
    assert everything(mine) == everything(yours)
    once = everything(mine)
    assert merge(mine, theirs)[0].nothing
    assert merge(mine, yours)[0].nothing
    assert everything(mine) == once
    sound(mine)


def test_a_copy_that_nobody_changed_brings_nothing(ours: Path, theirs: Path) -> None:
    before = everything(ours)
    assert merge(ours, theirs)[0].nothing
    assert everything(ours) == before


def test_new_labels_come_with_their_history(ours: Path, theirs: Path) -> None:
    do(theirs, "lan", AddEntity(FIRST, Entity("new", "DATE", 7, 11)), AddRelations(SECOND, ()))
    result = merge(ours, theirs)[0]
    assert result.counts["entities", "added"] == 1
    assert result.counts["history", "added"] == 1
    assert everything(ours) == everything(theirs)
    with Project.open(ours) as project:
        space = Workspace(project, "lan")
        with project.reading() as connection:
            assert "merge" in {entry.kind for entry in history_page(connection)}
        labels = space.annotation_set(FIRST)
        assert labels is not None
        assert "new" in {entity.id for entity in labels.entities}
    sound(ours)


@pytest.mark.parametrize(
    "change",
    [
        AddEntity(FIRST, Entity("new", "DATE", 7, 11)),
        SetSpans(FIRST, {"body": ((13, 30),)}),
        SetEntityNote(FIRST, ("body",), "?"),
        DeleteEntities(FIRST, ("officer",)),
        EditReports({FIRST: {"title": "Họp"}}),
        EditReports({FIRST: {"name": "other.txt"}}),
        SetStatus((SECOND,), Status.DONE),
        DeleteReports((FIRST,)),
        AddRelations(FIRST, (Relation("r", "holds_title", "officer", "post"),)),
        SetFacts((Fact(Kind.ENTRY, "e1", {"name": "Tỉnh ủy"}),), "Add"),
        SetFacts((Fact(Kind.ASSIGNMENT, "", {}, FIRST, "hoa"),), "Assign"),
    ],
)
def test_what_one_copy_did_is_taken(ours: Path, theirs: Path, change: object) -> None:
    do(theirs, "lan", change)
    both_ways(ours, theirs)
    merge(ours, theirs)
    assert everything(ours) == everything(theirs)


def test_an_undo_in_a_copy_is_taken(ours: Path, theirs: Path) -> None:
    with Project.open(theirs) as project:
        space = Workspace(project, "minh")
        space.undo()
        space.undo()
        space.redo()
    both_ways(ours, theirs)
    merge(ours, theirs)
    assert everything(ours) == everything(theirs)


def test_one_label_edited_in_two_copies_is_a_collision(ours: Path, theirs: Path) -> None:
    do(ours, "lan", SetEntityNote(FIRST, ("body",), "here"))
    do(theirs, "lan", SetEntityNote(FIRST, ("body",), "there"))
    both_ways(ours, theirs)
    assert merge(ours, theirs)[0].collisions == 1
    with Project.open(ours) as project, project.reading() as connection:
        found = list(collisions(connection))
    assert [(each.annotator, each.key, each.parts) for each in found] == [("lan", "entity:body", ("note",))]
    assert found[0].shown is not None
    assert found[0].shown["note"] == "there"
    assert [each.value["note"] for each in found[0].lost if each.value] == ["here"]


def test_a_label_removed_here_and_edited_there_stays_and_is_told(ours: Path, theirs: Path) -> None:
    do(theirs, "lan", SetEntityNote(FIRST, ("officer",), "there"))
    do(ours, "lan", DeleteEntities(FIRST, ("officer",)))
    both_ways(ours, theirs)
    merge(ours, theirs)
    with Project.open(ours) as project, project.reading() as connection:
        (found,) = collisions(connection)
    assert found.shown is not None
    assert [each.value for each in found.lost] == [None]


def test_a_relation_whose_end_the_other_copy_removed_is_hidden_and_told(ours: Path, theirs: Path) -> None:
    do(
        theirs,
        "lan",
        AddEntity(FIRST, Entity("date", "TITLE", 7, 11)),
        AddRelations(FIRST, (Relation("r", "holds_title", "officer", "date"),)),
    )
    do(ours, "lan", DeleteEntities(FIRST, ("officer",)))
    both_ways(ours, theirs)
    merge(ours, theirs)
    with Project.open(ours) as project:
        with project.reading() as connection:
            assert [(each.key, each.hidden) for each in collisions(connection)] == [("relation:r", True)]
        space = Workspace(project, "lan")
        space.undo()  # of the removal: both relations are there again
        labels = space.annotation_set(FIRST)
        assert labels is not None
        assert {relation.id for relation in labels.relations} == {"holds", "r"}
        with project.reading() as connection:
            assert list(collisions(connection)) == []


def test_a_report_removed_here_and_labelled_there_stays(ours: Path, theirs: Path) -> None:
    do(theirs, "minh", AddEntity(FIRST, Entity("new", "DATE", 7, 11)))
    do(ours, "lan", DeleteReports((FIRST,)))
    both_ways(ours, theirs)
    merge(ours, theirs)
    with Project.open(ours) as project, project.reading() as connection:
        assert [each.key for each in collisions(connection)] == ["report:"]


def test_new_reports_of_one_name_both_come(ours: Path, theirs: Path) -> None:
    with Project.open(ours) as project:
        add_reports(project, "Một.", names="x{}-a.txt")
    with Project.open(theirs) as project:
        add_reports(project, "Hai.", names="y{}-b.txt")
    do(ours, "lan", EditReports({"id-x0-a.txt": {"name": "same.txt"}}))
    do(theirs, "lan", EditReports({"id-y0-b.txt": {"name": "same.txt"}}))
    both_ways(ours, theirs)


def test_the_same_text_imported_in_two_copies_is_one_report(ours: Path, theirs: Path) -> None:
    for path, name in ((ours, "a{}.txt"), (theirs, "b{}.txt")):
        with Project.open(path) as project:
            (report,) = add_reports(project, "Ngày 26/4, hội nghị.", names=name)
        do(path, "lan", AddEntity(report, Entity(f"e-{name[0]}", "DATE", 0, 9)))
    both_ways(ours, theirs)
    merge(ours, theirs)
    assert len(everything(ours)["reports"]) == 3


def test_two_people_who_made_the_set_in_two_copies_have_one(ours: Path, theirs: Path) -> None:
    do(ours, "hoa", AddEntity(FIRST, Entity("h1", "DATE", 7, 11)))
    do(theirs, "hoa", AddEntity(FIRST, Entity("h2", "DATE", 7, 11)), SetStatus((FIRST,), Status.DONE))
    both_ways(ours, theirs)


def test_a_projects_own_relation_stays(ours: Path, theirs: Path) -> None:
    assert OFFICER.id == HOLDS.source
    do(ours, "lan", DeleteEntities(FIRST, ("body",)))
    before = everything(ours)
    assert merge(ours, theirs)[0].nothing
    assert everything(ours) == before
    assert TEXT
