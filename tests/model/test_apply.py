"""What the door takes and what it refuses; what is refused changes nothing."""

from __future__ import annotations

import pytest
from small_projects import TEXT, add_reports

from annotations.changes import (
    AddEntities,
    AddEntity,
    AddLabel,
    AddRelations,
    Change,
    DeleteEntities,
    DeleteLabel,
    DeleteReports,
    EditReports,
    Relabel,
    RenameLabel,
    ReplaceSchema,
    ReverseRelations,
    SetEntityNote,
    SetSpans,
    SetStatus,
)
from annotations.changes.outcome import Changed
from annotations.errors import Collision, Refused
from annotations.report import AnnotationSet, Entity, Relation, Status
from annotations.schema import EntityType, RelationType, Schema
from model.project import Project
from model.queries.history import history_page
from model.queries.reports import page_of_reports
from model.workspace import Workspace


def labels(space: Workspace, report_id: str) -> AnnotationSet:
    """The annotator's set; fails when there is none."""
    found = space.annotation_set(report_id)
    assert found is not None
    return found


def officer(space: Workspace, report_id: str) -> None:
    """Two entities, one relation: o holds t."""
    space.apply(AddEntity(report_id, Entity("o", "OFFICIAL", 49, 60)))
    space.apply(AddEntity(report_id, Entity("t", "TITLE", 62, 76)))
    space.apply(AddRelations(report_id, (Relation("r", "holds_title", "o", "t"),)))


def test_a_label_keeps_what_was_said_of_it(workspace: Workspace, report_id: str) -> None:
    entity = Entity("e1", "DATE", 2, 11, ((2, 6), (7, 11)), {"value": "2021-04-26"}, "a note", "entry-1")
    outcome = workspace.apply(AddEntity(report_id, entity))
    assert outcome.added == ("e1",)
    assert outcome.title.format(**outcome.values) == "Label “Sáng 26/4” as DATE"
    assert labels(workspace, report_id).entities == (entity,)
    assert labels(workspace, report_id).status is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda r: AddEntity(r, Entity("x", "NOTHING", 0, 2)), "no label NOTHING"),
        (lambda r: AddEntity(r, Entity("x", "ORG", 3, 3)), "is empty"),
        (lambda r: AddEntity(r, Entity("x", "ORG", -1, 3)), "outside the text"),
        (lambda r: AddEntity(r, Entity("x", "ORG", 0, len(TEXT) + 1)), "outside the text"),
        (lambda r: AddEntity(r, Entity("x", "ORG", 0, 9, ((0, 5), (5, 9)))), "overlap or touch"),
        (lambda r: AddEntity(r, Entity("o", "ORG", 0, 2)), "already"),
        (lambda r: AddEntity("gone", Entity("x", "ORG", 0, 2)), "no longer"),
        (lambda r: Relabel(r, ("gone",), "ORG"), "deleted meanwhile"),
        (lambda r: Relabel(r, ("t",), "DATE"), "does not allow holds_title"),
        (lambda r: SetSpans(r, {"o": ((5, 5),)}), "is empty"),
        (lambda r: AddRelations(r, (Relation("x", "knows", "o", "t"),)), "no relation knows"),
        (lambda r: AddRelations(r, (Relation("x", "title_at", "o", "t"),)), "does not allow title_at"),
        (lambda r: AddRelations(r, (Relation("x", "alias_of", "o", "o"),)), "are the same"),
        (lambda r: AddRelations(r, (Relation("x", "holds_title", "o", "gone"),)), "deleted meanwhile"),
        (lambda r: ReverseRelations(r, ("r",)), "does not allow holds_title"),
        (lambda r: EditReports({r: {"name": " "}}), "needs a name"),
        (lambda r: EditReports({r: {"name": "report-1.txt"}}), "is called report-1.txt"),
        (lambda _: DeleteLabel("OFFICIAL"), "is used 1 times"),
        (lambda _: DeleteLabel("TERM"), "names the label TERM"),
        (lambda _: DeleteLabel("NOTHING"), "no label NOTHING"),
        (lambda _: AddLabel(EntityType("ORG")), "already"),
        (lambda _: AddLabel(EntityType("TWO WORDS")), "one word"),
        (lambda _: AddLabel(EntityType("NEW", key="1")), "given to two labels"),
        (lambda _: AddLabel(EntityType("NEW", colour="red")), "not a colour"),
        (lambda _: AddLabel(RelationType("new", sources=("NOTHING",))), "which the schema lacks"),
        (lambda _: RenameLabel("ORG", "PLACE"), "already"),
        (lambda _: ReplaceSchema(Schema("mine/1", (EntityType("ORG"),))), "is used"),
    ],
)
def test_what_is_refused_changes_nothing(
    project: Project, workspace: Workspace, report_id: str, change: object, sentence: str
) -> None:
    add_reports(project, "Another text.", names="report-1.txt")
    officer(workspace, report_id)
    before = labels(workspace, report_id), workspace.schema, _history(project)
    made: Change = change(report_id)  # type: ignore[operator]
    with pytest.raises(Refused, match=sentence):
        workspace.apply(made)
    assert (labels(workspace, report_id), workspace.schema, _history(project)) == before


def _history(project: Project) -> object:
    with project.reading() as connection:
        return history_page(connection)


def test_a_change_that_alters_nothing_leaves_no_trace(project: Project, workspace: Workspace, report_id: str) -> None:
    officer(workspace, report_id)
    before = _history(project)
    assert workspace.apply(Relabel(report_id, ("o",), "OFFICIAL")).nothing
    assert workspace.apply(SetEntityNote(report_id, ("o",), "")).nothing
    assert workspace.apply(AddRelations(report_id, (Relation("r2", "holds_title", "o", "t"),))).nothing
    assert _history(project) == before


def test_deleting_an_entity_takes_its_relations_and_undo_brings_both_back(workspace: Workspace, report_id: str) -> None:
    officer(workspace, report_id)
    before = labels(workspace, report_id)
    workspace.apply(DeleteEntities(report_id, ("t",)))
    assert [entity.id for entity in labels(workspace, report_id).entities] == ["o"]
    assert labels(workspace, report_id).relations == ()
    workspace.undo()
    assert labels(workspace, report_id) == before
    workspace.redo()
    assert labels(workspace, report_id).relations == ()


def test_undo_works_after_closing_and_opening_again(project: Project, workspace: Workspace, report_id: str) -> None:
    officer(workspace, report_id)
    project.close()
    with Project.open(project.path) as again:
        space = Workspace(again, "lan")
        assert space.undo_name() == ("Relate {what}: {type}", {"what": "“Lê Thị Thủy”", "type": "holds_title"})
        for _ in range(3):
            assert not space.undo().nothing
        assert space.undo().nothing
        assert space.annotation_set(report_id) is None
        assert space.redo_name() is not None


def test_a_new_action_ends_redo(workspace: Workspace, report_id: str) -> None:
    officer(workspace, report_id)
    workspace.undo()
    workspace.undo()
    workspace.apply(SetStatus((report_id,), Status.DONE))
    assert workspace.redo().nothing
    workspace.undo()
    outcome = workspace.redo()
    assert outcome.title.startswith("Mark")
    assert workspace.redo().nothing


def test_two_windows_of_one_annotator_collide_only_on_the_same_label(
    project: Project, workspace: Workspace, report_id: str
) -> None:
    officer(workspace, report_id)
    other = Workspace(project, "lan")
    seen = {entity.id: entity.version for entity in labels(other, report_id).entities}
    workspace.apply(SetEntityNote(report_id, ("o",), "first", seen))
    with pytest.raises(Collision, match="“Lê Thị Thủy” was changed meanwhile by lan"):
        other.apply(SetEntityNote(report_id, ("o",), "second", seen))
    other.apply(SetEntityNote(report_id, ("t",), "no collision", seen))
    assert [entity.note for entity in labels(other, report_id).entities] == ["first", "no collision"]


def test_undo_leaves_and_names_what_somebody_changed_since(
    project: Project, workspace: Workspace, report_id: str
) -> None:
    workspace.apply(EditReports({report_id: {"title": "lan's"}}))
    Workspace(project, "minh").apply(EditReports({report_id: {"title": "minh's"}}))
    outcome = workspace.undo()
    assert outcome.left == ("report-0.txt",)
    report = workspace.report(report_id)
    assert report is not None
    assert report.title == "minh's"


def test_undo_never_takes_back_another_persons_action(project: Project, workspace: Workspace, report_id: str) -> None:
    Workspace(project, "minh").apply(AddEntity(report_id, Entity("m", "ORG", 0, 4)))
    assert workspace.undo().nothing


def test_renaming_a_label_takes_labels_and_relations_along(workspace: Workspace, report_id: str) -> None:
    officer(workspace, report_id)
    version = workspace.schema.version
    workspace.apply(RenameLabel("OFFICIAL", "PERSON"))
    assert labels(workspace, report_id).entities[0].label == "PERSON"
    assert workspace.schema.version == version + 1
    assert "PERSON" in workspace.schema.relations_by_name["holds_title"].sources
    workspace.undo()
    assert labels(workspace, report_id).entities[0].label == "OFFICIAL"


def test_removing_a_report_is_undone_with_its_labels(project: Project, workspace: Workspace, report_id: str) -> None:
    officer(workspace, report_id)
    before = labels(workspace, report_id)
    workspace.apply(DeleteReports((report_id,)))
    with project.reading() as connection:
        assert page_of_reports(connection, "lan").rows == ()
    workspace.undo()
    assert labels(workspace, report_id) == before


def test_listeners_hear_what_changed_and_other_windows_hear_it_by_polling(
    project: Project, workspace: Workspace, report_id: str
) -> None:
    heard: list[Changed] = []
    stop = workspace.subscribe(heard.append)
    other = Workspace(project, "minh")
    workspace.apply(AddEntity(report_id, Entity("o", "OFFICIAL", 49, 60)))
    assert heard[-1].labels == {report_id}
    assert heard[-1].ours
    news = other.poll()
    assert news is not None
    assert (news.annotator, news.labels, news.ours) == ("lan", {report_id}, False)
    assert other.poll() is None
    stop()
    workspace.undo()
    assert len(heard) == 1


def test_an_import_elsewhere_is_heard_when_it_becomes_visible(project: Project, workspace: Workspace) -> None:
    add_reports(project, "New text.", names="new.txt")
    news = workspace.poll()
    assert news is not None
    assert news.queue
    assert workspace.poll() is None


def test_what_a_record_says_beyond_our_words_is_kept_with_the_label(project: Project, workspace: Workspace) -> None:
    (report_id, *_) = add_reports(project, "Ông An, Bí thư.", names="meta.txt")
    person = Entity("o", "OFFICIAL", 4, 6, metadata={"source": {"page": 2}})
    post = Entity("t", "TITLE", 8, 14)
    workspace.apply(AddEntities({report_id: (person, post)}))
    workspace.apply(AddRelations(report_id, (Relation("r", "holds_title", "o", "t", metadata={"seen": "twice"}),)))
    labels = workspace.annotation_set(report_id)
    assert labels is not None
    assert [each.metadata for each in labels.entities] == [{"source": {"page": 2}}, {}]
    assert [each.metadata for each in labels.relations] == [{"seen": "twice"}]
