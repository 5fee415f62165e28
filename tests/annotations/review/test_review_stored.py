"""Decisions as JSON values: nothing of them is lost, and what is no decision is said to be none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from several_annotators import by_name

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Entity, Origin, Relation
from annotations.review import (
    Answer,
    Decision,
    Said,
    Source,
    decide,
    decision_from,
    decision_value,
    review_report,
    same_decision,
    source_of,
)

REVIEW = review_report(
    by_name(lan=[("TITLE", 22, 43)], minh=[Entity("e", "TITLE", 22, 30, attributes={"rank": "head"})])
)
(GROUP,) = REVIEW.entities
SAID = (
    Said(Answer.TAKE, "lan", by="hoa", at="2026-11-23T08:00:00Z", reason="slip", note="xem §3.7"),
    Said(Answer.TAKE, "lan", attributes_from={"rank": "minh"}, source=Source.MAJORITY),
    Said(Answer.UNION),
    Said(Answer.UNION, label_from="minh", attributes_from={"rank": "lan"}),
    Said(Answer.NEITHER),
    Said(Answer.SKIP),
    Said(Answer.OWN, own=Entity("", "ORG", 0, 9, ((0, 2), (5, 9)), {"level": "province"}, entry="x1")),
    Said(Answer.OWN, own=Entity("", "ORG", 29, 36)),
)


@pytest.mark.parametrize("said", SAID)
def test_there_and_back(said: Said) -> None:
    decision = decide(GROUP, said, DEFAULT_SCHEMA, REVIEW.length).decision
    value = json.loads(json.dumps(decision_value(decision)))
    back = decision_from(value, decision.report_id, decision.conflict_id)
    own = replace(decision.own, origin=Origin.ADJUDICATED) if decision.own else None
    assert back == replace(decision, own=own)
    assert decision_value(back) == value


def test_a_relation_there_and_back() -> None:
    result = Relation("r", "holds_title", "a", "b", {"note": "x"}, origin=Origin.ADJUDICATED)
    decision = Decision("c", "r1", Answer.TAKE, "lan", result=result, about_relation=True)
    back = decision_from(decision_value(decision), "r1", "c")
    assert back == replace(decision, fingerprint=back.fingerprint)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"answer": "what?"},
        {"answer": "take", "seen": [["lan"]]},
        {"answer": "take", "source": "guess"},
        {"answer": "own", "result": {"label": "ORG"}},
        {"answer": "own", "result": {"label": "ORG", "start": "x", "end": 3}},
    ],
)
def test_what_is_no_decision(value: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        decision_from(value, "r1", "c")


def test_who_said_it_when_makes_no_other_decision() -> None:
    one = decide(GROUP, Said(Answer.UNION, by="hoa", at="1"), DEFAULT_SCHEMA, REVIEW.length).decision
    assert same_decision(one, replace(one, by="lan", at="2"))
    assert not same_decision(one, replace(one, note="because"))


def test_a_label_says_where_it_comes_from_and_nothing_empty() -> None:
    decision = decide(GROUP, SAID[0], DEFAULT_SCHEMA, REVIEW.length).decision
    assert source_of(decision) == {
        "conflict": GROUP.id,
        "source": "decided",
        "answer": "take",
        "from": "lan",
        "by": "hoa",
        "reason": "slip",
        "note": "xem §3.7",
        "at": "2026-11-23T08:00:00Z",
    }
