"""Review of a whole project beside the window: conflicts, bulk decisions with a preview, samples; cancelled half-way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewed_projects import adjudicated, answer, decisions_of, dump, put_brief, review_of
from several_annotators import TEXT

from annotations.errors import Cancelled, Collision, Refused
from annotations.review import Answer, Rule, Said, Source
from annotations.review.cases import UNANIMOUS
from model.project import Project
from model.workspace import Workspace
from ui.jobs.comparing import conflicts_of
from ui.jobs.reviewing import apply_bulk, decide_all, load, load_report, plan_bulk, sample

TOLD: list[tuple[int, int, str]] = []


def told(done: int, total: int, what: str) -> None:
    TOLD.append((done, total, what))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three reports: lan, minh and thu agree on a person; two of them on the end of a title; one has a date."""
    TOLD.clear()
    with Project.create(tmp_path / "p.chugiai") as made:
        for number in range(3):
            put_brief(
                made,
                f"r{number}",
                TEXT + f" {number}",
                lan=[("OFFICIAL", 9, 20), ("TITLE", 22, 43), ("DATE", 65, 69)],
                minh=[("OFFICIAL", 9, 20), ("TITLE", 22, 43)],
                thu=[("OFFICIAL", 9, 20), ("TITLE", 22, 36)],
            )
        yield made


def test_everything_there_is_to_review(project: Project) -> None:
    found = load(project, told)
    assert (len(found.cases), found.reports, sum(found.unanimous.values())) == (6, 3, 3)
    assert [each[:2] for each in TOLD] == [(1, 3), (2, 3), (3, 3)]
    assert load_report(project, "gone") is None


def test_a_plan_says_what_it_would_do_and_changes_nothing(project: Project) -> None:
    before = dump(project)
    plan = plan_bulk(project, Rule(Source.MAJORITY, at_least=2), told)
    assert dump(project) == before
    assert (plan.counts.reports, plan.counts.entities, plan.counts.nothing, plan.counts.left) == (3, 6, 3, 0)
    assert dict(plan.counts.by_kind) == {"boundary": 3, "missing": 3}


def test_a_plan_is_carried_out_as_one_action_and_undone_as_one(project: Project) -> None:
    lan = Workspace(project, "lan")
    before = dump(project)
    outcome = apply_bulk(project, "lan", plan_bulk(project, Rule(), told))
    assert (outcome.title, outcome.values) == ("Accept {count} unanimous labels", {"count": 3})
    assert set(load(project, told).unanimous.values()) == {0}
    assert dump(project) != before
    lan.poll()
    lan.undo()
    assert dump(project) == before


def test_majority_and_threshold(project: Project) -> None:
    outcome = apply_bulk(project, "hoa", plan_bulk(project, Rule(Source.THRESHOLD, share=0.6), told))
    assert outcome.title == "Decide {count} conflicts by threshold"
    labels = adjudicated(project, "r0")
    assert labels is not None
    assert [(each.label, each.start, each.end) for each in labels.entities] == [("OFFICIAL", 9, 20), ("TITLE", 22, 43)]
    assert {str(each.source) for each in decisions_of(project, "r0")} == {"threshold"}


def test_what_was_decided_since_the_plan_was_made_is_not_overwritten(project: Project) -> None:
    plan = plan_bulk(project, Rule(Source.MAJORITY, at_least=2), told)
    review = review_of(project, "r1")
    conflict = review.conflicts[0]
    decide_all(project, "hoa", [answer(review, conflict, Said(Answer.TAKE, "thu"))], {("r1", conflict.id): 0})
    before = dump(project)
    with pytest.raises(Collision, match="decided meanwhile by hoa"):
        apply_bulk(project, "lan", plan)
    assert dump(project) == before
    again = plan_bulk(project, Rule(Source.MAJORITY, at_least=2), told)
    assert conflict.id not in {each.conflict_id for each in again.decisions}


def test_nothing_to_take_over_is_refused(project: Project) -> None:
    apply_bulk(project, "lan", plan_bulk(project, Rule(), told))
    with pytest.raises(Refused, match="nothing that this would decide"):
        apply_bulk(project, "lan", plan_bulk(project, Rule(), told))


def test_a_sample_of_the_unanimous(project: Project) -> None:
    first = sample(project, 2, 7, told)
    assert [case.id for case in first] == [case.id for case in sample(project, 2, 7, told)]
    assert {case.kind for case in first} == {UNANIMOUS}
    assert {case.phrase for case in first} == {"Trần Văn An"}
    assert len(sample(project, 99, 7, told)) == 3


def test_cancelled(project: Project) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise Cancelled

    before = dump(project)
    for job in (load, lambda space, progress: plan_bulk(space, Rule(), progress)):
        with pytest.raises(Cancelled):
            job(project, stop)
    assert dump(project) == before


def test_listed_conflicts_have_their_decisions(project: Project) -> None:
    found = list(conflicts_of(project, told))
    assert [each["decision"] for each in found] == [None] * 6
    review = review_of(project, "r0")
    decide_all(project, "hoa", [answer(review, review.conflicts[0], Said(Answer.UNION, note="cả tỉnh"))], {})
    (decided,) = [each["decision"] for each in conflicts_of(project, told) if each["decision"]]
    assert isinstance(decided, dict)
    assert (decided["answer"], decided["by"], decided["note"]) == ("union", "hoa", "cả tỉnh")
    assert decided["result"] == {"label": "TITLE", "start": 22, "end": 43}
