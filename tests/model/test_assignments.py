"""Reports handed out: queues, progress, what is blind, what is locked, who leads; all through the one door."""

from __future__ import annotations

import pytest
from small_projects import TEXT, add_reports

from annotations.assigning import Piece, Way, Wish, hand_out
from annotations.changes import (
    AddEntities,
    AddEntity,
    DeleteEntities,
    DeleteReports,
    EditReports,
    OnBehalf,
    SetEntityNote,
    SetStatus,
    Together,
)
from annotations.corpus import ImportedRecord
from annotations.errors import ChuGiaiError, Refused
from annotations.report import Entity, Report, Status
from annotations.work import Assignment, assign, lead, lock, set_blind, take_back
from model.bulk import ImportBatch
from model.project import Project
from model.queries.assignments import PersonProgress, Work, assignments, is_blind, is_locked, people, pieces, work_of
from model.queries.reports import ReportFilter, neighbour, page_of_reports, progress
from model.workspace import Workspace


@pytest.fixture
def ids(project: Project) -> list[str]:
    return add_reports(project, *(f"{TEXT} {number}" for number in range(4)))


@pytest.fixture
def lan(project: Project, ids: list[str]) -> Workspace:
    """Lan leads, labels the first two reports together with Minh, who has the third too."""
    lan = Workspace(project, "lan")
    wanted = [Assignment(ids[0], "lan"), Assignment(ids[1], "lan"), *(Assignment(one, "minh") for one in ids[:3])]
    lan.apply(assign(wanted, "lan"))
    return lan


def entity(entity_id: str = "e1", start: int = 2) -> Entity:
    return Entity(entity_id, "DATE", start, start + 4)


def standing(project: Project, **which: object) -> set[Assignment]:
    with project.reading() as connection:
        return set(assignments(connection, **which))  # type: ignore[arg-type]


def work(project: Project, name: str) -> Work:
    with project.reading() as connection:
        return work_of(connection, name)


def progress_of(project: Project) -> tuple[PersonProgress, ...]:
    with project.reading() as connection:
        return people(connection)


def test_handing_out_is_one_action_undone_as_one(project: Project, lan: Workspace, ids: list[str]) -> None:
    assert len(standing(project)) == 5
    assert standing(project, annotator="lan") == {Assignment(one, "lan") for one in ids[:2]}
    assert standing(project, report_ids=ids[2:]) == {Assignment(ids[2], "minh")}
    assert lan.undo_name() == ("Hand out {count} reports to {names}", {"count": 3, "names": "lan, minh"})
    lan.undo()
    assert standing(project) == set()
    assert work(project, "lan") == Work("lan")
    lan.redo()
    assert len(standing(project)) == 5
    lan.apply(take_back([Assignment(ids[0], "minh")]))
    assert standing(project, report_ids=ids[:1]) == {Assignment(ids[0], "lan")}


def test_what_a_plan_is_made_of_and_makes(project: Project, lan: Workspace, ids: list[str]) -> None:
    with project.reading() as connection:
        found = pieces(connection)
        assert pieces(connection, [ids[3], ids[0]]) == [found[0], found[3]]
        assert pieces(connection, []) == []
    both, length = frozenset({"lan", "minh"}), len(TEXT) + 2
    has = (both, both, frozenset({"minh"}), frozenset[str]())
    assert found == [Piece(one, length, names) for one, names in zip(ids, has, strict=True)]
    plan = hand_out(found, Wish(("lan", "minh"), Way.PER_REPORT, 2))
    lan.apply(assign(Assignment(*one) for one in plan.assigned))
    assert {(one.report_id, one.annotator) for one in standing(project)} == {(a, b) for a in ids for b in both}


def test_each_has_a_place_in_the_work(project: Project, lan: Workspace, ids: list[str]) -> None:
    assert work(project, "lan") == Work("lan", "lan", True, 2, 0)
    minh, thu = work(project, "minh"), work(project, "thu")
    assert (minh.own, minh.leads, minh.own_only, minh.sees_others) == (3, False, True, True)
    assert (thu.own, thu.leads, thu.own_only) == (0, False, True)
    lan.apply(set_blind(standing(project), True))
    assert not work(project, "minh").sees_others
    assert work(project, "lan").sees_others, "who leads decides herself"
    with project.reading() as connection:
        assert is_blind(connection, ids[0], "lan")
        assert is_blind(connection, ids[2], "minh")
        assert not is_blind(connection, ids[2], "lan")
    lan.apply(set_blind(standing(project), False))
    assert work(project, "minh").sees_others


def test_queue_neighbours_and_progress_are_of_the_own_reports(project: Project, lan: Workspace, ids: list[str]) -> None:
    Workspace(project, "minh").apply(SetStatus((ids[0],), Status.DONE))
    with project.reading() as connection:

        def listed(name: str, own: bool, status: Status | None = None) -> list[str]:
            rows = page_of_reports(connection, name, ReportFilter(status, own=own)).rows
            return [row.report_id for row in rows]

        assert listed("lan", True) == ids[:2]
        assert listed("lan", False) == ids
        assert listed("minh", True, Status.NEW) == ids[1:3]
        assert listed("thu", True) == []
        after = neighbour(connection, "minh", ids[2], own=True)
        assert after is not None
        assert after.report_id == ids[1], "the first is done, the fourth is not hers"
        assert neighbour(connection, "thu", None, own=True) is None
        counted = progress(connection, "minh", own=True)
        assert (counted.total, counted.new, counted.in_progress, counted.done) == (3, 2, 0, 1)
        assert progress(connection, "minh").total == 4


def test_progress_of_everybody(project: Project, lan: Workspace, ids: list[str]) -> None:
    minh, thu = Workspace(project, "minh"), Workspace(project, "thu")
    minh.apply(AddEntity(ids[0], entity()))
    minh.apply(SetStatus((ids[1], ids[3]), Status.DONE))
    thu.apply(AddEntity(ids[3], entity()))
    lan.apply(set_blind(standing(project, annotator="minh"), True))
    lan.apply(lock(standing(project, report_ids=ids[:1]), True))
    assert progress_of(project) == (
        PersonProgress("lan", 2, 0, 0, 0, 0, 1),
        PersonProgress("minh", 3, 1, 1, 1, 3, 1),
        PersonProgress("thu", 0, 1, 0),
    )
    lan.apply(DeleteReports((ids[0],)))
    assert [(one.assigned, one.in_progress, one.done) for one in progress_of(project)] == [
        (1, 0, 0),
        (2, 0, 1),
        (0, 1, 0),
    ]


def test_the_door_refuses_every_change_of_locked_labels(project: Project, lan: Workspace, ids: list[str]) -> None:
    minh = Workspace(project, "minh")
    minh.apply(AddEntity(ids[0], entity()))
    lan.apply(lock(standing(project, report_ids=ids[:1], annotator="minh"), True))
    with project.reading() as connection:
        assert is_locked(connection, ids[0], "minh")
        assert not is_locked(connection, ids[0], "lan")
    for change in (
        AddEntity(ids[0], entity("e2")),
        AddEntities({ids[1]: (entity("e3"),), ids[0]: (entity("e2"),)}),
        SetEntityNote(ids[0], ("e1",), "?"),
        DeleteEntities(ids[0], ("e1",)),
        SetStatus((ids[0],), Status.DONE),
        Together((SetStatus((ids[1],), Status.DONE), SetStatus((ids[0],), Status.DONE)), "Mark"),
    ):
        with pytest.raises(Refused) as refused:
            minh.apply(change)
        said = "report-0.txt is locked for minh by the lead. Nothing was changed; ask lan to reopen it."
        assert str(refused.value) == said
    with pytest.raises(Refused, match="locked"):
        lan.apply(OnBehalf("minh", (DeleteEntities(ids[0], ("e1",)),)))
    assert minh.annotation_set(ids[1]) is None, "what was refused left nothing"
    lan.apply(AddEntity(ids[0], entity()))
    minh.apply(EditReports({ids[0]: {"title": "Họp"}}))
    minh.undo()
    with pytest.raises(Refused, match="locked"):
        minh.undo()
    lan.apply(lock(standing(project, report_ids=ids[:1], annotator="minh"), False))
    minh.undo()
    assert minh.annotation_set(ids[0]) is None


def test_a_lock_holds_against_redo_and_import(project: Project, lan: Workspace, ids: list[str]) -> None:
    minh = Workspace(project, "minh")
    minh.apply(AddEntity(ids[0], entity()))
    minh.apply(SetEntityNote(ids[0], ("e1",), "?"))
    minh.undo()
    lan.apply(lock(standing(project, report_ids=ids[:2], annotator="minh"), True))
    with pytest.raises(Refused, match="locked"):
        minh.redo()
    for number, replace in ((0, True), (1, False)):
        report = Report(ids[number], f"report-{number}.txt", f"{TEXT} {number}")
        record = ImportedRecord(report, "", "minh", entities=(entity("e9", 9),), has_labels=True)
        with ImportBatch.open(project, "lan", replace=replace) as batch:
            batch.add("file", record)
            (result,) = batch.publish().values()
        assert isinstance(result.refused, ChuGiaiError)
        assert "is locked for minh" in str(result.refused)


def test_only_the_lead_hands_out_until_somebody_takes_the_lead(
    project: Project, lan: Workspace, ids: list[str]
) -> None:
    minh = Workspace(project, "minh")
    for change in (assign([Assignment(ids[3], "minh")]), lock(standing(project), True), take_back(standing(project))):
        with pytest.raises(Refused, match="lan leads the work"):
            minh.apply(change)
    minh.apply(lead("minh"))
    minh.apply(assign([Assignment(ids[3], "minh")]))
    assert work(project, "lan").leads is False
    with pytest.raises(Refused, match="minh leads the work"):
        lan.apply(assign([Assignment(ids[3], "lan")]))
    assert len(standing(project)) == 6


def test_an_undo_names_the_reports_that_were_locked_since(project: Project, lan: Workspace, ids: list[str]) -> None:
    lan.apply(assign([Assignment(ids[3], "minh")]))
    minh = Workspace(project, "minh")
    minh.apply(lead("minh"))
    minh.apply(lock([Assignment(ids[3], "minh")], True))
    assert lan.undo().left == ("report-3.txt",)
    assert Assignment(ids[3], "minh", locked=True) in standing(project)


def test_other_windows_hear_of_it(project: Project, lan: Workspace, ids: list[str]) -> None:
    minh = Workspace(project, "minh")
    lan.apply(lock(standing(project), True))
    changed = minh.poll()
    assert changed is not None
    assert "assignment" in changed.facts
