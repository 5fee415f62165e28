"""``chugiai train``: learns from finished labels, keeps the model, can be cancelled; blind work stays blind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.changes import AddEntities, AddRelations, SetStatus
from annotations.corpus import ImportedRecord
from annotations.errors import Cancelled, Refused
from annotations.report import Report, Status
from annotations.work import Assignment, assign
from model.bulk import ImportBatch
from model.project import Project
from model.suggestion_cache import kept_model
from model.workspace import Workspace
from tests.helpers.invented_reports import invented
from ui.cli import run
from ui.jobs.brain import Brain, Tuning
from ui.jobs.suggesting import read_told
from ui.jobs.training import MODEL, train_project

pytest.importorskip("pycrfsuite")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Six reports that lan finished, and one that nobody labelled."""
    made = Project.create(tmp_path / "p.chugiai")
    lessons = list(invented(7, seed=5))
    with ImportBatch.open(made) as batch:
        for number, (report, _, _) in enumerate(lessons):
            batch.add(str(number), _record(report))
        batch.publish()
    lan = Workspace(made, "lan")
    for report, entities, relations in lessons[:6]:
        lan.apply(AddEntities({report.id: entities}))
        lan.apply(AddRelations(report.id, relations))
    lan.apply(SetStatus(tuple(report.id for report, _, _ in lessons[:6]), Status.DONE))
    yield made
    made.close()


def _record(report: Report) -> ImportedRecord:
    return ImportedRecord(report, report.name)


def test_it_learns_from_what_is_finished_and_is_used_from_then_on(project: Project) -> None:
    trained = train_project(project)
    assert (trained.reports, trained.learned_relations) == (6, True)
    told = read_told(project)
    assert told.model is not None
    assert len(told.seen) == 6


def test_without_finished_labels_there_is_nothing_to_learn(project: Project) -> None:
    ids = [f"i5-{number}" for number in range(6)]
    Workspace(project, "lan").apply(SetStatus(tuple(ids), Status.IN_PROGRESS))
    with pytest.raises(Refused, match="no confirmed labels"):
        train_project(project)


def test_cancelled_it_leaves_the_former_model(project: Project) -> None:
    train_project(project)
    before = _model(project)

    def stop(done: int, total: int, what: str) -> None:
        if what == "Learning":
            raise Cancelled

    with pytest.raises(Cancelled):
        train_project(project, stop)
    assert _model(project) == before


def test_a_report_that_is_blind_for_somebody_teaches_nothing_until_she_is_done(project: Project) -> None:
    Workspace(project, "boss").apply(assign([Assignment("i5-0", "minh", blind=True)]))
    assert train_project(project).reports == 5
    assert "i5-0" not in read_told(project).seen
    Workspace(project, "minh").apply(SetStatus(("i5-0",), Status.DONE))
    assert train_project(project).reports == 6


def test_a_model_that_saw_others_labels_of_a_report_is_not_used_on_it(project: Project) -> None:
    train_project(project)
    told = read_told(project)
    brain = Brain()
    seen = frozenset((report_id, "lan") for report_id in told.seen)
    brain.tune(Tuning(Workspace(project, "lan").schema, told.choices, told.model, seen))
    assert brain.knowledge("i5-0", "lan").model == told.model
    assert brain.knowledge("i5-0", "minh").model is None
    assert brain.knowledge("i5-6", "minh").model == told.model


def test_the_command_says_what_it_did(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    assert run(["train", path, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reports"] == 6
    assert "ORG" in told["labels"]
    assert run(["train", path]) == 0
    assert capsys.readouterr().out.startswith("Trained on 6 reports with ")


def _model(project: Project) -> tuple[str, bytes]:
    with project.reading() as connection:
        kept = kept_model(connection, MODEL)
    assert kept is not None
    return kept.at, kept.content
