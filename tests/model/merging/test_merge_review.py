"""Review in two copies: decisions and the adjudicated labels come together, also when both decided the same conflict."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import both_ways, collided, copy_of, do, everything, merge, sound
from reviewed_projects import adjudicated, answer, decisions_of, put_brief, review_of

from annotations.changes import Decide, SettleCollision
from annotations.review import Answer, Said
from model.project import Project


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Two conflicts between lan and minh."""
    path = tmp_path / "ours.chugiai"
    with Project.create(path) as project:
        put_brief(project, lan=[("TITLE", 22, 43), ("ORG", 0, 5)], minh=[("TITLE", 22, 36), ("ORG", 0, 8)])
    return path


@pytest.fixture
def theirs(ours: Path) -> Path:
    """A copy of it."""
    return copy_of(ours, "theirs")


def decide(path: Path, who: str, number: int, whose: str) -> None:
    """Take ``whose`` labels in one of the conflicts."""
    with Project.open(path) as project:
        review = review_of(project)
        decision = answer(review, review.conflicts[number], Said(Answer.TAKE, whose))
    do(path, who, Decide((decision,)))


def spans(path: Path) -> list[tuple[int, int]]:
    """The adjudicated entities, after it was seen that they are what the decisions say."""
    sound(path)
    with Project.open(path) as project:
        assert len(decisions_of(project)) == len(adjudicated(project).entities)
        return [(entity.start, entity.end) for entity in adjudicated(project).entities]


def test_decisions_of_two_reviewers_come_together(ours: Path, theirs: Path) -> None:
    decide(ours, "lead", 0, "lan")
    decide(theirs, "hoa", 1, "minh")
    both_ways(ours, theirs)
    result = merge(ours, theirs)[0]
    assert (result.counts["fact:decision", "added"], result.collisions) == (1, 0)
    assert spans(ours) == [(0, 5), (22, 36)]


def test_one_conflict_decided_in_two_copies_is_settled_by_a_person(ours: Path, theirs: Path) -> None:
    decide(ours, "lead", 0, "lan")
    decide(theirs, "hoa", 0, "minh")
    both_ways(ours, theirs)
    merge(ours, theirs)
    assert spans(ours) == [(0, 8)]
    found = collided(ours)
    assert "fact:decision" in {":".join(each.key.split(":")[:2]) for each in found}
    for each in found:
        do(ours, "lead", SettleCollision(each.report_id, each.annotator, each.key, each.lost[0].action))
    assert collided(ours) == []
    assert spans(ours) == [(0, 5)]
    both_ways(ours, theirs)
    merge(theirs, ours)
    assert everything(theirs) == everything(ours)
