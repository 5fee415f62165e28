"""Merging among people: names, schemas, other forms of a text, windows, stopping, and who works meanwhile."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from copies import collided, copy_of, do, everything, merge, sound, unwatched
from labelled_projects import labelled_project
from small_projects import add_reports

from annotations.changes import (
    AddEntity,
    AddLabel,
    AddRelations,
    DeleteEntities,
    EditLabel,
    SetEntityNote,
    SetStatus,
)
from annotations.corpus import ImportedRecord
from annotations.errors import Cancelled, Refused
from annotations.report import Entity, Relation, Report, Status
from annotations.schema import EntityType
from model.annotators import annotator_names
from model.bulk import ImportBatch
from model.merging import look, merge_copy, snapshot
from model.project import Project
from model.queries.corpus import Selection, corpus
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


def test_annotators_are_mapped_by_the_names_that_are_given(ours: Path, theirs: Path) -> None:
    do(theirs, "Lan Nguyễn", AddEntity(SECOND, Entity("other", "DATE", 7, 11)))
    result = merge(ours, theirs, people={"Lan Nguyễn": "hoa"})[0]
    assert result.people["Lan Nguyễn"] == "hoa"
    with Project.open(ours) as project:
        labels = Workspace(project, "hoa").annotation_set(SECOND)
    assert labels is not None
    assert [entity.id for entity in labels.entities] == ["other"]
    with pytest.raises(Refused, match="no annotator nobody"):
        merge(ours, theirs, people={"nobody": "hoa"})


def test_offsets_follow_the_form_of_the_text(tmp_path: Path) -> None:
    text = "Hội nghị Tỉnh ủy."
    paths = tmp_path / "nfc.chugiai", tmp_path / "nfd.chugiai"
    for path, form in zip(paths, ("NFC", "NFD"), strict=True):
        stored = unicodedata.normalize(form, text)
        record = ImportedRecord(
            Report("", f"{form}.txt", stored),
            "a",
            annotator="lan",
            entities=(Entity(f"e-{form}", "ORG", stored.index("T"), len(stored) - 1),),
            has_labels=True,
        )
        with Project.create(path) as project, ImportBatch.open(project) as batch:
            batch.add("a", record)
            batch.publish()
    merge(paths[0], paths[1])
    with Project.open(paths[0]) as project:
        (labelled,) = corpus(project, Selection(everything=True))
    assert len({entity.spans for entity in labelled.sets[0].entities}) == 1
    assert [entity.surface(labelled.report.text) for entity in labelled.sets[0].entities] == ["Tỉnh ủy"] * 2
    sound(paths[0])


def test_labels_that_our_schema_lacks_are_added_and_contradictions_told(ours: Path, theirs: Path) -> None:
    kind = EntityType("SLOGAN", colour="#123456")
    do(theirs, "lan", AddLabel(kind), AddEntity(FIRST, Entity("new", "SLOGAN", 7, 11)))
    with Project.open(theirs) as project:
        date = Workspace(project, "lan").schema.entities_by_name["DATE"]
    do(theirs, "lan", EditLabel(replace(date, colour="#000001")))
    result = merge(ours, theirs)[0]
    told = [sentence.format(**values) for sentence, values in result.differences]
    assert told == [
        "DATE is described differently (colour); ours stays.",
        "SLOGAN is new: our schema gets it.",
    ]
    with Project.open(ours) as project:
        schema = Workspace(project, "lan").schema
    assert schema.entities_by_name["DATE"] == date
    assert schema.entities_by_name["SLOGAN"] == kind
    sound(ours)
    assert merge(ours, theirs)[0].nothing


def test_looking_changes_nothing_and_tells_what_merging_does(ours: Path, theirs: Path) -> None:
    do(theirs, "hoa", AddEntity(FIRST, Entity("new", "DATE", 7, 11)), SetStatus((FIRST,), Status.DONE))
    do(theirs, "lan", SetEntityNote(FIRST, ("body",), "there"))
    do(ours, "lan", SetEntityNote(FIRST, ("body",), "here"))
    before = everything(ours)
    with Project.open(ours) as project, snapshot(theirs, ours, unwatched) as copy:
        seen = look(project, copy, {}, unwatched)
    assert everything(ours) == before
    done = merge(ours, theirs)[0]
    assert (seen.counts, seen.collisions, seen.by_annotator) == (done.counts, done.collisions, done.by_annotator)


@pytest.mark.parametrize("opened", [False, True])
def test_the_other_copy_is_never_changed_and_nothing_is_left_beside_it(ours: Path, theirs: Path, opened: bool) -> None:
    if opened:  # from then on the file is one in WAL mode
        Project.open(theirs).close()
    before = theirs.read_bytes()
    merge(ours, theirs)
    assert theirs.read_bytes() == before
    assert {path.name for path in ours.parent.iterdir()} == {"ours.chugiai", "theirs.chugiai"}


def test_a_copy_that_is_open_and_being_worked_on_gives_what_is_saved(ours: Path, theirs: Path) -> None:
    with Project.open(theirs) as project:
        Workspace(project, "lan").apply(SetEntityNote(FIRST, ("body",), "just now"))
        assert merge(ours, theirs)[0].counts["entities", "changed"] == 1
        Workspace(project, "lan").apply(SetEntityNote(FIRST, ("body",), "and on"))
    assert merge(ours, theirs)[0].counts["entities", "changed"] == 1


def test_a_merge_that_is_stopped_leaves_everything_as_it_was(ours: Path, theirs: Path) -> None:
    do(theirs, "hoa", AddEntity(FIRST, Entity("new", "DATE", 7, 11)))
    with Project.open(theirs) as project:
        add_reports(project, "Một.", names="x{}.txt")
    before = everything(ours)

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with Project.open(ours) as project, snapshot(theirs, ours, unwatched) as copy, pytest.raises(Cancelled):
        merge_copy(project, copy, {}, "lead", "theirs", stop)
    assert everything(ours) == before
    with Project.open(ours) as project, project.reading() as connection:
        assert "hoa" not in annotator_names(connection)
    sound(ours)
    merge(ours, theirs)
    assert everything(ours) == everything(theirs)


def test_who_labels_the_same_report_meanwhile_makes_the_merge_start_again(ours: Path, theirs: Path) -> None:
    do(theirs, "lan", DeleteEntities(FIRST, ("officer",)))
    worked = []

    def work(done: int, total: int) -> None:
        if not worked:
            worked.append(done)
            do(ours, "lan", AddRelations(FIRST, (Relation("mine", "holds_title", "officer", "post"),)))

    with Project.open(ours) as project, snapshot(theirs, ours, unwatched) as copy:
        merge_copy(project, copy, {}, "lead", "theirs", work)
    sound(ours)
    assert [(each.key, each.hidden) for each in collided(ours)] == []
    do(ours, "lan", SetEntityNote(FIRST, ("post",), "still there"))


def test_an_action_that_came_by_a_merge_is_not_undone_here(ours: Path, theirs: Path) -> None:
    do(theirs, "lan", AddEntity(FIRST, Entity("new", "DATE", 7, 11)))
    merge(ours, theirs)
    with Project.open(ours) as project:
        space = Workspace(project, "lan")
        with project.reading() as connection:
            came = next(entry for entry in history_page(connection) if entry.elsewhere)
        assert space.undo_until(came.action_id) == []
        name = space.undo_name()
        assert name is not None
        assert name[0] != "Label “{text}” as {label}"
        space.undo()
        labels = space.annotation_set(FIRST)
    assert labels is not None
    assert "new" in {entity.id for entity in labels.entities}


def test_a_window_is_told_once_what_a_merge_brought(ours: Path, theirs: Path) -> None:
    do(theirs, "lan", AddEntity(FIRST, Entity("new", "DATE", 7, 11)))
    with Project.open(ours) as project:
        space = Workspace(project, "lan")
        merge(ours, theirs)
        told = space.poll()
        assert told is not None
        assert told.labels == {FIRST}
        assert space.poll() is None
