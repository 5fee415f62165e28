"""A package holds one annotator's reports and nothing of others that she is not to see; it comes back by a merge."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copy_of, do, everything, merge, sound
from labelled_projects import labelled_project
from small_projects import TEXT

from annotations.changes import AddEntity, DeleteEntities, SetEntityNote, SetFacts, SetStatus
from annotations.errors import ChuGiaiError, Refused
from annotations.facts import Fact, Kind
from annotations.report import Entity, Status
from annotations.work import Assignment, assign
from model.merging.package import PackageResult, make_package
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.history import history_page
from model.queries.reports import ReportFilter
from model.queries.search import index_next, search
from model.workspace import Workspace

FIRST, SECOND = "id-report-0.txt", "id-report-1.txt"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A labelled project with a registry entry."""
    path = tmp_path / "ours.chugiai"
    labelled_project(path)
    do(path, "lead", SetFacts((Fact(Kind.ENTRY, "e1", {"name": "Tỉnh ủy"}),), "Add"))
    return path


def pack(ours: Path, blind: bool, wanted: ReportFilter | None = None) -> PackageResult:
    """A package of the first report for Lan."""
    if wanted is None:
        do(ours, "lead", assign((Assignment(FIRST, "lan", blind=blind),)))
    with Project.open(ours) as project:
        return make_package(
            project, ours.with_name("for-lan.chugiai"), "lan", wanted, None, True, lambda done, total: None
        )


@pytest.mark.parametrize("blind", [True, False])
def test_a_package_holds_her_reports_and_others_labels_only_when_not_blind(ours: Path, blind: bool) -> None:
    made = pack(ours, blind)
    assert (made.reports, made.blind) == (1, int(blind))
    sound(made.path)
    with Project.open(made.path) as project:
        (labelled,) = corpus(project, Selection(everything=True))
        assert labelled.report.id == FIRST
        assert {each.annotator for each in labelled.sets} == ({"lan"} if blind else {"lan", "minh"})
        with project.reading() as connection:
            people = {entry.annotator for entry in history_page(connection)}
        assert ("minh" in people) is not blind
        with project.writing() as connection:
            index_next(connection)
            assert len(search(connection, "Tỉnh uỷ").rows) == 1
    raw = made.path.read_bytes()
    assert (b"minh" in raw) is not blind
    assert " Hết.".encode() not in raw  # of the report that is not hers, also in no free page


def test_a_package_comes_back_by_a_merge(ours: Path) -> None:
    package = pack(ours, True).path
    do(
        package,
        "lan",
        AddEntity(FIRST, Entity("new", "DATE", 7, 11)),
        SetEntityNote(FIRST, ("body",), "hers"),
        DeleteEntities(FIRST, ("officer",)),
        SetStatus((FIRST,), Status.DONE),
    )
    with Project.open(package) as project:
        space = Workspace(project, "lan")
        space.undo()
        expected = space.annotation_set(FIRST)
    do(ours, "minh", AddEntity(SECOND, Entity("meanwhile", "DATE", 7, 11)))
    older = copy_of(ours, "older")
    result = merge(ours, package)[0]
    assert (result.package_for, result.related, result.collisions) == ("lan", True, 0)
    assert {key: number for key, number in result.counts.items() if key[0] in ("reports", "sets")} == {}
    with Project.open(ours) as project:
        assert Workspace(project, "lan").annotation_set(FIRST) == expected
        names = {each.annotator for each in next(iter(corpus(project, Selection(everything=True)))).sets}
    assert names == {"lan", "minh"}
    sound(ours)
    assert merge(ours, package)[0].nothing
    # A copy that learned of her work from the package learns nothing wrong about the others'.
    merge(older, package)
    assert everything(older) == everything(ours)


def test_a_package_is_merged_into_its_project_and_not_the_other_way_round(ours: Path) -> None:
    package = pack(ours, True).path
    with pytest.raises(Refused, match="package for lan"):
        merge(package, ours)


def test_reports_are_chosen_by_words_where_none_is_assigned(ours: Path) -> None:
    assert pack(ours, False, ReportFilter(words="report-1")).reports == 1
    with Project.open(ours) as project:
        for who, wanted in (("lan", None), ("nobody", None), ("lan", ReportFilter(words="nothing like it"))):
            with pytest.raises(ChuGiaiError):
                make_package(project, ours.with_name("x.chugiai"), who, wanted, None, False, lambda done, total: None)
    assert not ours.with_name("x.chugiai").exists()
    assert TEXT
