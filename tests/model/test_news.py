"""What others did since an annotator was last told: counted by report and person; blind work stays blind."""

from __future__ import annotations

import pytest
from reviewed_projects import put_brief, say
from several_annotators import TEXT
from small_projects import add_reports

from annotations.changes import AddEntity, EditReports, SetStatus
from annotations.report import Entity, Status
from annotations.review import Answer, Said
from annotations.work import Assignment, assign, set_blind
from model.project import Project
from model.queries.finishers import finish_times, finishers
from model.queries.news import changed_reports, decided_reports, handed_out_since
from model.seen import mark_seen, newest, seen_until
from model.workspace import Workspace
from ui.jobs.news import News, news_of

TITLE, BODY = ("TITLE", 24, 38), ("TITLE", 31, 38)


@pytest.fixture
def ids(project: Project) -> list[str]:
    return add_reports(project, *(f"{TEXT} {number}" for number in range(3)))


def now(project: Project) -> int:
    with project.reading() as connection:
        return newest(connection)


def label(start: int = 0) -> Entity:
    return Entity(f"e{start}", "ORG", start, start + 4)


def test_told_once_and_never_back(project: Project, ids: list[str]) -> None:
    with project.writing() as connection:
        assert seen_until(connection, "lan") is None
        mark_seen(connection, "lan", 7)
        mark_seen(connection, "lan", 3)
        mark_seen(connection, "minh", 2)
        assert (seen_until(connection, "lan"), seen_until(connection, "minh")) == (7, 2)
        mark_seen(connection, "lan", 9)
        assert seen_until(connection, "lan") == 9


def test_others_changes_by_report_and_person_but_not_ones_own_nor_what_was_undone(
    project: Project, ids: list[str]
) -> None:
    lan, minh, thu = (Workspace(project, name) for name in ("lan", "minh", "thu"))
    minh.apply(AddEntity(ids[0], label()))
    since = now(project)
    minh.apply(AddEntity(ids[0], label(5)))
    minh.apply(AddEntity(ids[0], label(10)))
    thu.apply(EditReports({ids[0]: {"title": "Họp"}}))
    lan.apply(AddEntity(ids[0], label()))
    lan.apply(AddEntity(ids[1], label()))
    thu.apply(AddEntity(ids[1], label()))
    thu.undo()
    minh.apply(SetStatus((ids[2],), Status.DONE))
    with project.reading() as connection:
        news = changed_reports(connection, "lan", since, 10)
        assert [(one.report_id, one.who) for one in news] == [
            (ids[2], (("minh", 1),)),
            (ids[0], (("minh", 2), ("thu", 1))),
        ]
        assert len(changed_reports(connection, "lan", since, 1)) == 1
        assert changed_reports(connection, "lan", now(project), 10) == []


def test_handing_out_is_told_apart_and_blind_reports_are_not_told(project: Project, ids: list[str]) -> None:
    lan, minh = Workspace(project, "lan"), Workspace(project, "minh")
    since = now(project)
    lan.apply(assign([Assignment(one, name) for one in ids[:2] for name in ("lan", "minh")], "lan"))
    lan.apply(AddEntity(ids[0], label()))
    lan.apply(AddEntity(ids[1], label()))
    lan.apply(set_blind([Assignment(ids[1], "minh")], True))
    with project.reading() as connection:
        assert handed_out_since(connection, "minh", since) == 2
        assert handed_out_since(connection, "lan", since) == 0, "she did it herself"
        assert [one.report_id for one in changed_reports(connection, "minh", since, 10)] == [ids[0]]
        assert handed_out_since(connection, "minh", now(project)) == 0
    assert minh.annotator == "minh"


def test_what_review_decided_of_hers_with_the_reason(project: Project) -> None:
    put_brief(project, lan=[TITLE], minh=[BODY])
    reviewer = Workspace(project, "chi")
    for name in ("lan", "minh"):
        assert news_of(project, name).first
        with project.writing() as connection:
            mark_seen(connection, name, newest(connection))
    say(project, reviewer, Said(Answer.TAKE, "lan", reason="guideline gap", note="với tên cơ quan"))
    (one,) = news_of(project, "minh").told
    assert (one[0], one[1].reason, one[1].note, one[1].by) == ("r1.txt", "guideline gap", "với tên cơ quan", "chi")
    assert news_of(project, "lan").told == ()
    assert news_of(project, "thu", everything=True).told == ()
    with project.writing() as connection:
        assert decided_reports(connection, "minh", 0, 10).keys() == {"r1"}
        mark_seen(connection, "minh", newest(connection))
    assert news_of(project, "minh") == News(now(project))
    assert len(news_of(project, "minh", everything=True).told) == 1
    reviewer.undo()
    assert news_of(project, "minh", everything=True).told == ()


def test_who_finished_what_and_when(project: Project, ids: list[str]) -> None:
    lan, minh = Workspace(project, "lan"), Workspace(project, "minh")
    lan.apply(SetStatus((ids[0], ids[1]), Status.DONE))
    minh.apply(SetStatus((ids[0],), Status.DONE))
    minh.apply(SetStatus((ids[2],), Status.IN_PROGRESS))
    with project.reading() as connection:
        assert finishers(connection) == ("lan", "minh")
        times = finish_times(connection)
    assert times.keys() == {ids[0], ids[1]}
    assert times[ids[0]] >= times[ids[1]]
