"""Deciding many at once: rules, preview, samples, phrases."""

from __future__ import annotations

import pytest
from several_annotators import TEXT, by_name, done, labelled

from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Refused
from annotations.report import Entity, Relation
from annotations.review import (
    Answer,
    Bulk,
    Decision,
    Rule,
    Said,
    Source,
    adjudicated_set,
    bulk,
    decide,
    decide_phrase,
    phrases,
    preview,
    review_report,
    sample_of_unanimous,
)
from annotations.review.phrases import Variant

ORG, SHORT, PLACE = ("ORG", 29, 43), ("ORG", 29, 36), ("PLACE", 78, 87)
TWO_OF_THREE = by_name(lan=[ORG, PLACE], minh=[ORG, PLACE], thu=[SHORT, PLACE])


def _bulk(report: LabelledReport, rule: Rule, *decisions: Decision) -> Bulk:
    return bulk(report, decisions, rule, DEFAULT_SCHEMA, by="hoa", at="2026-01-02T03:04:05Z")


def _made(found: Bulk) -> set[tuple[str, int, int]]:
    return {
        (decision.result.label, decision.result.start, decision.result.end)
        for decision in found.decisions
        if isinstance(decision.result, Entity)
    }


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        (Rule(Source.UNANIMOUS), {PLACE}),
        (Rule(Source.MAJORITY), {ORG, PLACE}),
        (Rule(Source.MAJORITY, at_least=3), {PLACE}),
        (Rule(Source.THRESHOLD, share=0.66), {ORG, PLACE}),
        (Rule(Source.THRESHOLD, share=0.67), {PLACE}),
    ],
)
def test_rules(rule: Rule, made: set[tuple[str, int, int]]) -> None:
    found = _bulk(TWO_OF_THREE, rule)
    assert _made(found) == made
    assert {decision.source for decision in found.decisions} == {rule.source}
    assert {decision.by for decision in found.decisions} == {"hoa"}


def test_no_other_rule() -> None:
    with pytest.raises(Refused, match="no rule"):
        _bulk(TWO_OF_THREE, Rule(Source.OWN))


def test_a_tie_is_never_accepted() -> None:
    assert _bulk(by_name(lan=[ORG], minh=[SHORT]), Rule(Source.MAJORITY, at_least=1)).decisions == ()


def test_a_majority_can_have_nothing() -> None:
    found = _bulk(by_name(lan=[ORG], minh=[], thu=[]), Rule(Source.MAJORITY))
    assert [decision.result for decision in found.decisions] == [None]
    assert preview([found]).nothing == 1


def test_holders_must_have_the_same_attributes() -> None:
    entities = [Entity("e0", "ORG", 29, 43, attributes={"level": level}) for level in ("province", "district")]
    report = by_name(lan=[entities[0]], minh=[entities[1]], thu=[])
    assert _bulk(report, Rule(Source.MAJORITY)).decisions == ()


def test_one_annotator_alone_is_not_unanimous() -> None:
    assert _bulk(by_name(lan=[ORG]), Rule()).decisions == ()


def test_what_a_person_decided_is_left_alone() -> None:
    (conflict,) = review_report(TWO_OF_THREE).conflicts
    mine = decide(conflict, Said(Answer.TAKE, "thu"), DEFAULT_SCHEMA, len(TEXT)).decision  # type: ignore[arg-type]
    found = _bulk(TWO_OF_THREE, Rule(Source.MAJORITY), mine)
    assert _made(found) == {PLACE}
    assert [(each.label, each.end) for each in adjudicated_set(found.review).entities] == [("ORG", 36), ("PLACE", 87)]


def test_relations_follow_their_ends_in_one_go() -> None:
    ends = [("OFFICIAL", 10, 20), ("TITLE", 22, 43)]
    relation = Relation("r0", "holds_title", "e0", "e1")
    report = labelled(
        done("lan", ends, [relation]),
        done("minh", ends, [relation]),
        done("thu", [("OFFICIAL", 10, 20), ("TITLE", 22, 36)], [relation]),
    )
    found = _bulk(report, Rule(Source.MAJORITY))
    assert [decision.about_relation for decision in found.decisions] == [False, False, True]
    assert len(adjudicated_set(found.review).relations) == 1
    assert _bulk(report, Rule(Source.MAJORITY), *found.decisions).decisions == ()


def test_what_the_schema_forbids_is_not_decided() -> None:
    report = by_name(lan=[("OLD", 29, 43)], minh=[("OLD", 29, 43)])
    found = _bulk(report, Rule())
    assert found.decisions == ()
    assert preview([found]).refused == 1


def test_preview_counts() -> None:
    found = preview([_bulk(TWO_OF_THREE, Rule(Source.MAJORITY)), _bulk(by_name(lan=[ORG], minh=[SHORT]), Rule())])
    assert (found.reports, found.entities, found.relations, found.left) == (1, 2, 0, 1)
    assert found.by_label == {"ORG": 1, "PLACE": 1}
    assert found.by_kind == {"boundary": 1}


def test_a_sample_of_the_unanimous() -> None:
    reviews = [review_report(TWO_OF_THREE) for _ in range(50)]
    found = sample_of_unanimous(reviews, 10)
    assert len(found) == 10
    assert all(group.unanimous for _, group in found)
    assert sample_of_unanimous(reviews, 10) == found
    assert len(sample_of_unanimous(reviews, 100)) == 50


def _reports() -> list[LabelledReport]:
    """The same disagreement on “Tỉnh ủy Hà Nam” three times, once the other way round and in capitals; another once."""
    lan, minh = done("lan", [ORG]), done("minh", [SHORT])
    other = labelled(done("lan", [SHORT]), done("minh", [ORG]), report_id="r2", text=TEXT.upper())
    label = labelled(done("lan", [PLACE]), done("minh", [("ORG", 78, 87)]), report_id="r4")
    return [labelled(lan, minh), other, labelled(lan, minh, report_id="r3"), label]


def test_phrases_come_most_frequent_first() -> None:
    reports = _reports()
    first, second = phrases((review_report(each), each.report.text) for each in reports)
    assert (first.phrase, len(first.conflicts)) == ("Tỉnh ủy Hà Nam", 3)
    assert first.variants == (Variant("ORG", ((0, 7),)), Variant("ORG", ((0, 14),)))
    assert (second.phrase, len(second.conflicts)) == (TEXT[78:87], 1)


def test_a_phrase_is_decided_at_once() -> None:
    reports = _reports()
    first = phrases((review_report(each), each.report.text) for each in reports)[0]
    decided = decide_phrase(first, Variant("ORG", ((0, 14),)), DEFAULT_SCHEMA, {"by": "hoa"})
    assert [each.decision.taken for each in decided] == ["lan", "minh", "lan"]
    by_report = {each.decision.report_id: each.decision for each in decided}
    for report in reports[:3]:
        review = review_report(report, [by_report[report.report.id]])
        assert [(each.start, each.end) for each in adjudicated_set(review).entities] == [(29, 43)]
    shorter = decide_phrase(first, Answer.INTERSECTION, DEFAULT_SCHEMA)
    assert {each.decision.result.end for each in shorter if isinstance(each.decision.result, Entity)} == {36}
