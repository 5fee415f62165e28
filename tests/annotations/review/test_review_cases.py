"""Conflicts as a list: phrases, filters, the most frequent first, cases that are alike."""

from __future__ import annotations

import pytest
from several_annotators import Brief, done, labelled

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Relation
from annotations.review import Answer, Said, decide, review_report
from annotations.review.cases import (
    UNANIMOUS,
    Case,
    CaseFilter,
    alike,
    cases_of,
    most_frequent_first,
    names_in,
    odd_ones,
    same_opinion,
)

FIRST = "Tỉnh ủy họp. TỈNH UỶ họp tại Hà Nam."
BODY: list[Brief] = [("ORG", 0, 7), ("ORG", 13, 20)]


def cases(*texts: str) -> list[Case]:
    """In each text lan has two bodies and minh none; in the first there is a place that they label otherwise."""
    found: list[Case] = []
    for number, text in enumerate(texts or (FIRST,)):
        place: list[list[Brief]] = [[("PLACE", 29, 35)], [("ORG", 29, 35)]] if not number else [[], []]
        report = labelled(done("lan", BODY + place[0]), done("minh", place[1]), report_id=f"r{number}", text=text)
        found += cases_of(review_report(report), text)
    return found


def test_what_a_row_shows() -> None:
    body, _, place = cases()
    assert (body.phrase, body.kind, body.labels, body.start, body.is_open) == ("Tỉnh ủy", "missing", ("ORG",), 0, True)
    assert (place.phrase, place.kind, place.labels, place.report_name) == (
        "Hà Nam",
        "label",
        ("ORG", "PLACE"),
        "r0.txt",
    )


def test_the_same_words_stand_together_and_the_most_frequent_come_first() -> None:
    ordered = most_frequent_first(reversed(cases(FIRST, FIRST)))
    assert [(case.report_id, case.phrase) for case in ordered] == [
        ("r0", "Tỉnh ủy"),
        ("r0", "TỈNH UỶ"),
        ("r1", "Tỉnh ủy"),
        ("r1", "TỈNH UỶ"),
        ("r0", "Hà Nam"),
    ]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (CaseFilter(), 3),
        (CaseFilter(kind="label"), 1),
        (CaseFilter(kind="boundary"), 0),
        (CaseFilter(report_id="r0"), 3),
        (CaseFilter(report_id="r9"), 0),
        (CaseFilter(label="PLACE"), 1),
        (CaseFilter(annotator="lan"), 3),
        (CaseFilter(annotator="thu"), 0),
        (CaseFilter(words="tỉnh uỷ"), 2),
        (CaseFilter(words="R0.txt"), 3),
        (CaseFilter(words="tinh uy"), 0),
        (CaseFilter(state="decided"), 0),
        (CaseFilter(state="open"), 3),
        (CaseFilter(state=""), 3),
    ],
)
def test_filters(wanted: CaseFilter, count: int) -> None:
    assert len([case for case in cases() if wanted.takes(case)]) == count


def test_decided_and_set_aside_cases() -> None:
    report = labelled(done("lan", BODY), done("minh"), text=FIRST)
    review = review_report(report)
    first, second = review.entities
    made = [
        decide(first, Said(Answer.NEITHER), DEFAULT_SCHEMA, review.length).decision,
        decide(second, Said(Answer.DISCUSS), DEFAULT_SCHEMA, review.length).decision,
    ]
    found = cases_of(review_report(report, made), FIRST)
    assert [case.is_open for case in found] == [False, True]
    for state, count in (("undecided", 1), ("set_aside", 1), ("decided", 1), ("open", 0), ("", 2)):
        assert len([case for case in found if CaseFilter(state=state).takes(case)]) == count


def test_who_is_the_odd_one() -> None:
    two = labelled(done("lan", BODY[:1]), done("minh", BODY[:1]), done("thu"), text=FIRST)
    (group,) = review_report(two).conflicts
    assert odd_ones(group) == ("thu",)
    assert odd_ones(cases()[0].group) == ("lan", "minh")


def test_alike_are_those_with_the_same_words_and_opinions() -> None:
    found = cases(FIRST, FIRST)
    assert [(case.report_id, case.start) for case in alike(found[1], found)] == [
        ("r0", 13),
        ("r0", 0),
        ("r1", 0),
        ("r1", 13),
    ]
    assert same_opinion(found[0], "lan", found[1]) == "lan"
    assert same_opinion(found[0], "minh", found[1]) == "minh"
    assert alike(found[2], found) == [found[2]]


def test_a_relation_is_shown_by_its_ends() -> None:
    text = "Ông An, Bí thư Tỉnh ủy."
    entities: list[Brief] = [("OFFICIAL", 4, 6), ("TITLE", 8, 22)]
    report = labelled(
        done("lan", entities, [Relation("r", "holds_title", "e0", "e1")]), done("minh", entities), text=text
    )
    (case,) = cases_of(review_report(report), text)
    assert (case.phrase, case.kind, case.start) == ("An → Bí thư Tỉnh ủy", "relation_missing", 4)
    assert odd_ones(case.group) == ("lan", "minh")
    assert alike(case, [case]) == [case]
    assert names_in([case, *cases()], DEFAULT_SCHEMA) == (("ORG", "PLACE", "holds_title"), ("lan", "minh"))


def test_a_unanimous_group_can_be_a_case() -> None:
    report = labelled(done("lan", BODY[:1]), done("minh", BODY[:1]), text=FIRST)
    review = review_report(report)
    (case,) = cases_of(review, FIRST, review.entities)
    assert case.kind == UNANIMOUS
