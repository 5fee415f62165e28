"""Imports: whose labels, what is known already, what is refused, and that nothing shows before the end."""

from __future__ import annotations

import unicodedata

import pytest
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity
from annotations.corpus import ImportedRecord
from annotations.errors import Refused
from annotations.report import Entity, Relation, Report, Status
from model.bulk import FileResult, ImportBatch
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.reports import page_of_reports
from model.workspace import Workspace

OFFICER = Entity("o", "OFFICIAL", 49, 60)
POST = Entity("t", "TITLE", 62, 76)
HOLDS = Relation("r", "holds_title", "o", "t")


def record(
    name: str = "a.txt",
    text: str = TEXT,
    annotator: str | None = "lan",
    entities: tuple[Entity, ...] = (OFFICER, POST),
    relations: tuple[Relation, ...] = (HOLDS,),
    report_id: str = "",
) -> ImportedRecord:
    """A labelled record."""
    return ImportedRecord(
        Report(report_id, name, text), f"{name}, line 1", annotator, False, None, entities, relations, True
    )


def plain(name: str, text: str) -> ImportedRecord:
    """A report without labels."""
    return ImportedRecord(Report("", name, text), name)


def take(project: Project, *records: ImportedRecord, file: str = "f", replace: bool = False) -> FileResult:
    """Import records as one file."""
    with ImportBatch.open(project, replace=replace) as batch:
        for one in records:
            batch.add(file, one)
        return batch.publish()[file]


def names(project: Project) -> list[str]:
    """The names of all visible reports."""
    with project.reading() as connection:
        return [row.name for row in page_of_reports(connection, "lan").rows]


def rows(project: Project, table: str) -> int:
    """How many rows a table has, visible or not."""
    with project.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_labels_come_in_under_the_annotator_of_the_record(project: Project) -> None:
    assert take(project, record()).labelled == 1
    (labelled,) = corpus(project, Selection(annotator="lan"))
    assert labelled.sets[0].entities == (OFFICER, POST)
    assert labelled.sets[0].relations == (HOLDS,)
    assert labelled.sets[0].status is Status.IN_PROGRESS


def test_nothing_shows_before_publishing_and_nothing_stays_without_it(project: Project) -> None:
    with ImportBatch.open(project) as batch:
        for number in range(130):
            batch.add("f", plain(f"{number}.txt", f"text {number}"))
        batch.flush()
        assert rows(project, "report") == 130
        assert names(project) == []
    assert rows(project, "report") == 0
    assert rows(project, "report_text") == 0
    assert rows(project, "action") == 1  # that of the schema


def test_the_same_text_is_said_and_not_doubled_whatever_its_form(project: Project) -> None:
    add_reports(project, TEXT)
    for text in (TEXT, unicodedata.normalize("NFD", TEXT)):
        result = take(project, plain("again.txt", text))
        assert (result.known, result.added) == (1, 0)
    assert names(project) == ["report-0.txt"]


def test_the_same_text_twice_in_one_import_is_one_report(project: Project) -> None:
    result = take(project, plain("a.txt", TEXT), plain("b.txt", TEXT))
    assert (result.added, result.known) == (1, 1)


def test_another_text_of_the_same_name_gets_another_name_and_says_so(project: Project) -> None:
    take(project, plain("a.txt", "one"))
    result = take(project, plain("a.txt", "two"), plain("a.txt", "three"))
    assert names(project) == ["a.txt", "a.txt (2)", "a.txt (3)"]
    assert result.renamed == {"a.txt": "a.txt (3)"}


def test_labels_on_a_text_in_another_normal_form_are_moved(project: Project) -> None:
    add_reports(project, TEXT)
    decomposed = unicodedata.normalize("NFD", TEXT)
    start = decomposed.index(unicodedata.normalize("NFD", "Lê Thị Thủy"))
    end = start + len(unicodedata.normalize("NFD", "Lê Thị Thủy"))
    take(project, record(text=decomposed, entities=(Entity("o", "OFFICIAL", start, end),), relations=()))
    (labelled,) = corpus(project)
    (entity,) = labelled.sets[0].entities
    assert entity.surface(labelled.report.text) == "Lê Thị Thủy"


def test_identical_labels_again_change_nothing(project: Project) -> None:
    take(project, record())
    before = rows(project, "action")
    result = take(project, record(entities=(POST, OFFICER)))
    assert (result.unchanged, result.labelled) == (1, 0)
    assert rows(project, "action") == before


def test_different_labels_are_refused_unless_they_replace(project: Project) -> None:
    take(project, record())
    other = record(entities=(OFFICER,), relations=())
    refused = take(project, other).refused
    assert refused is not None
    assert "a.txt, line 1: a.txt has other labels" in str(refused)
    result = take(project, other, replace=True)
    assert result.replaced == 1
    (labelled,) = corpus(project)
    assert labelled.sets[0].entities == (OFFICER,)


def test_replacing_is_undone_and_redone_as_one_action(project: Project) -> None:
    take(project, record())
    with ImportBatch.open(project, actor="lan", replace=True) as batch:
        batch.add("f", record(entities=(OFFICER,), relations=()))
        batch.publish()
    space = Workspace(project, "lan")
    space.undo()
    assert next(iter(corpus(project))).sets[0].entities == (OFFICER, POST)
    space.redo()
    assert next(iter(corpus(project))).sets[0].entities == (OFFICER,)


def test_undoing_an_import_leaves_reports_that_were_worked_on(project: Project) -> None:
    with ImportBatch.open(project, actor="lan") as batch:
        for number in range(3):
            batch.add("f", ImportedRecord(Report(f"id{number}", f"{number}.txt", f"text {number}"), ""))
        batch.publish()
    Workspace(project, "minh").apply(AddEntity("id1", Entity("m", "ORG", 0, 4)))
    outcome = Workspace(project, "lan").undo()
    assert names(project) == ["1.txt"]
    assert outcome.left == ("1.txt",)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (record(annotator=None), "do not say whose"),
        (record(entities=(Entity("o", "NOTHING", 0, 3),), relations=()), "no label NOTHING"),
        (record(entities=(Entity("o", "ORG", 0, 999),), relations=()), "outside the text"),
        (record(entities=(OFFICER, OFFICER), relations=()), "same id"),
        (record(entities=(OFFICER,)), "not there"),
        (record(entities=(OFFICER, Entity("t", "DATE", 0, 3))), "does not allow holds_title"),
        (record(relations=(HOLDS, HOLDS)), "same id"),
        (record(text="Other text " * 9, report_id="id-report-0.txt"), "belongs to another text"),
    ],
)
def test_a_bad_record_takes_its_whole_file_out_and_no_other(
    project: Project, bad: ImportedRecord, sentence: str
) -> None:
    add_reports(project, "Already there.")
    with ImportBatch.open(project) as batch:
        for number in range(70):
            batch.add("bad", plain(f"bad {number}.txt", f"bad text {number}"))
        batch.add("good", plain("good.txt", "good text"))
        batch.add("bad", bad)
        batch.add("bad", plain("after.txt", "after"))
        results = batch.publish()
    assert sentence in str(results["bad"].refused)
    assert results["good"].added == 1
    assert names(project) == ["good.txt", "report-0.txt"]
    assert rows(project, "report") == 2


def test_a_refused_file_does_not_take_another_files_same_text_with_it(project: Project) -> None:
    with ImportBatch.open(project) as batch:
        batch.add("bad", plain("a.txt", "the same text"))
        batch.add("good", plain("b.txt", "the same text"))
        batch.add("bad", record(annotator=None))
        results = batch.publish()
    assert results["good"].added == 1
    assert names(project) == ["b.txt"]


def test_an_import_that_only_knows_everything_leaves_no_history(project: Project) -> None:
    add_reports(project, TEXT)
    before = rows(project, "action")
    take(project, plain("again.txt", TEXT))
    assert rows(project, "action") == before


def test_two_imports_at_once_are_refused(project: Project) -> None:
    with ImportBatch.open(project), pytest.raises(Refused, match="is running"):
        ImportBatch.open(project)


def test_labels_made_meanwhile_for_the_same_annotator_stop_the_import(project: Project) -> None:
    report_id = add_reports(project, TEXT)[0]
    with ImportBatch.open(project) as batch:
        batch.add("f", record())
        batch.flush()
        space = Workspace(project, "lan")
        space.apply(AddEntity(report_id, OFFICER))
        with pytest.raises(Refused, match="while the import ran"):
            batch.publish()
    labels = space.annotation_set(report_id)
    assert labels is not None
    assert labels.entities == (OFFICER,)


def test_an_import_whose_process_died_is_swept_on_opening(project: Project) -> None:
    batch = ImportBatch.open(project)
    batch.add("f", plain("a.txt", "text"))
    batch.flush()
    with project.writing() as connection:
        connection.exec_driver_sql("UPDATE action SET owner = 'elsewhere:1:1', heartbeat = '2020-01-01T00:00:00Z'")
    project.close()
    with Project.open(project.path) as again:
        assert rows(again, "report") == 0
        assert take(again, plain("a.txt", "text")).added == 1
