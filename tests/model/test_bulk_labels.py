"""Labels that an import adds to the schema: one action with it, hidden until the end, undone with it."""

from __future__ import annotations

import pytest
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity, AddLabel
from annotations.corpus import ImportedRecord
from annotations.errors import Refused
from annotations.report import Entity, Relation, Report
from annotations.schema import EntityType, RelationType
from model.bulk import ImportBatch
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.sweep import sweep
from model.workspace import Workspace

LAW, CITES = EntityType("LAW"), RelationType("cites")
ENTITIES = (Entity("a", "LAW", 2, 6), Entity("b", "LAW", 7, 11))


def record(*relations: Relation, text: str = TEXT, entities: tuple[Entity, ...] = ENTITIES) -> ImportedRecord:
    return ImportedRecord(
        Report("", "a.txt", text), "a.txt, line 1", "lan", entities=entities, relations=relations, has_labels=True
    )


def take(project: Project, *records: ImportedRecord) -> tuple[str, ...]:
    with ImportBatch.open(project, "lan", title="Import {count} files", values={"count": 1}) as batch:
        batch.add_label(LAW)
        batch.add_label(CITES)
        for number, one in enumerate(records):
            batch.add(str(number), one)
        batch.publish()
        return batch.new_labels


def labels(project: Project) -> set[str]:
    schema = corpus(project, Selection(everything=True)).schema
    return {"LAW", "cites"} & {*schema.entities_by_name, *schema.relations_by_name}


def kinds(project: Project) -> list[str]:
    return [
        one.label
        for part in corpus(project, Selection(everything=True))
        for owned in part.sets
        for one in owned.entities
    ]


def test_labels_and_what_uses_them_come_together_and_go_together(project: Project) -> None:
    window = Workspace(project, "lan")
    before = window.schema.version
    told: list[bool] = []
    window.subscribe(lambda changed: told.append(changed.schema))
    assert take(project, record(Relation("r", "cites", "a", "b"))) == ("LAW", "cites")
    window.poll()
    assert told == [True]
    assert window.schema.version == before + 1
    assert labels(project) == {"LAW", "cites"}
    assert kinds(project) == ["LAW", "LAW"]
    window.undo()
    assert labels(project) == set()
    assert kinds(project) == []
    assert window.schema.version == before
    window.redo()
    assert labels(project) == {"LAW", "cites"}
    assert kinds(project) == ["LAW", "LAW"]
    assert window.schema.version == before + 1


def test_nothing_shows_before_the_end_and_nothing_stays_when_it_is_left(project: Project) -> None:
    with ImportBatch.open(project, "lan") as batch:
        batch.add_label(LAW)
        batch.add("f", record())
        batch.flush()
        assert labels(project) == set()
    assert labels(project) == set()
    Workspace(project, "lan").apply(AddLabel(LAW))
    assert labels(project) == {"LAW"}


def test_what_a_dead_import_added_is_swept(project: Project) -> None:
    batch = ImportBatch.open(project, "lan")
    batch.add_label(LAW)
    assert sweep(project, batch.action) == 1
    with project.reading() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM label WHERE name = 'LAW'").scalar()
    assert found == 0


def test_a_label_that_nothing_uses_is_not_kept(project: Project) -> None:
    assert take(project, record()) == ("LAW",)
    assert labels(project) == {"LAW"}


def test_of_a_refused_file_no_label_stays(project: Project) -> None:
    assert take(project, record(entities=(Entity("a", "LAW", 2, 6000),))) == ()
    assert labels(project) == set()


def test_somebody_added_the_same_label_meanwhile(project: Project) -> None:
    with ImportBatch.open(project, "lan") as batch:
        batch.add_label(LAW)
        batch.add("f", record())
        Workspace(project, "minh").apply(AddLabel(LAW))
        with pytest.raises(Refused, match="changed the label schema while"):
            batch.publish()
    assert kinds(project) == []
    assert labels(project) == {"LAW"}


@pytest.mark.parametrize("name", ["", "two words", "ORG"])
def test_what_can_be_no_label(project: Project, name: str) -> None:
    with ImportBatch.open(project, "lan") as batch, pytest.raises(Refused):
        batch.add_label(EntityType(name))


def test_a_label_that_others_use_by_now_stays_when_the_import_is_undone(project: Project) -> None:
    (other,) = add_reports(project, TEXT + " Hết.")
    take(project, record())
    Workspace(project, "minh").apply(AddEntity(other, Entity("m", "LAW", 2, 6)))
    outcome = Workspace(project, "lan").undo()
    assert outcome is not None
    assert "LAW" in " ".join(outcome.left)
    assert labels(project) == {"LAW"}
    assert kinds(project) == ["LAW"]
