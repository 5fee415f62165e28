"""Answers and what they make: extent, label, attributes; the schema; what changes under a decision."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from several_annotators import TEXT, by_name, done, labelled

from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Origin, Relation
from annotations.review import (
    Answer,
    Decision,
    EntityGroup,
    RelationGroup,
    Said,
    Source,
    State,
    adjudicated_set,
    conflicts_json,
    decide,
    decide_relation,
    labels_of_ends,
    letters,
    possible_answers,
    review_report,
)

LONG, SHORT = ("ORG", 29, 43), ("ORG", 25, 36)
BOUNDARY = by_name(lan=[LONG], minh=[SHORT])


def _group(report: LabelledReport, *decisions: Decision) -> EntityGroup:
    (group,) = review_report(report, decisions).entities
    return group


def _decide(report: LabelledReport, said: Said) -> Decision:
    decided = decide(_group(report), said, DEFAULT_SCHEMA, len(TEXT))
    assert decided.breaches == ()
    return decided.decision


def _span(decision: Decision) -> tuple[str, int, int] | None:
    result = decision.result
    return (result.label, result.start, result.end) if isinstance(result, Entity) else None


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (Said(Answer.TAKE, "lan"), LONG),
        (Said(Answer.TAKE, "minh"), SHORT),
        (Said(Answer.UNION), ("ORG", 25, 43)),
        (Said(Answer.INTERSECTION), ("ORG", 29, 36)),
        (Said(Answer.NEITHER), None),
        (Said(Answer.OWN, own=Entity("x", "PLACE", 37, 43)), ("PLACE", 37, 43)),
    ],
)
def test_answers(said: Said, result: tuple[str, int, int] | None) -> None:
    decision = _decide(BOUNDARY, said)
    assert _span(decision) == result
    assert decision.is_final
    assert review_report(BOUNDARY, [decision]).open_conflicts == ()
    found = adjudicated_set(review_report(BOUNDARY, [decision])).entities
    assert [(each.label, each.start, each.end) for each in found] == ([result] if result else [])
    assert all(each.origin is Origin.ADJUDICATED for each in found)


@pytest.mark.parametrize("answer", [Answer.SKIP, Answer.DISCUSS])
def test_set_aside_is_still_open(answer: Answer) -> None:
    decision = _decide(BOUNDARY, Said(answer, note="ask thu", by="hoa", at="2026-01-02T03:04:05Z"))
    review = review_report(BOUNDARY, [decision])
    assert [review.state(group).state for group in review.open_conflicts] == [State.SET_ASIDE]
    assert adjudicated_set(review).entities == ()


def test_letters_are_all_who_finished() -> None:
    report = by_name(thu=[], minh=[SHORT], lan=[LONG])
    assert letters(_group(report)) == {"A": "lan", "B": "minh", "C": "thu"}
    assert possible_answers(_group(report)) == (
        *("A", "B", "C", "union", "intersection", "neither", "own", "skip", "discuss"),
    )
    assert "union" not in possible_answers(_group(by_name(lan=[LONG], minh=[])))


def test_to_take_who_has_nothing_is_to_have_nothing() -> None:
    assert _decide(by_name(lan=[LONG], minh=[]), Said(Answer.TAKE, "minh")).result is None


def test_extent_and_label_are_decided_separately() -> None:
    report = by_name(lan=[LONG], minh=[("PLACE", 30, 43)])
    assert _span(_decide(report, Said(Answer.TAKE, "lan", label_from="minh"))) == ("PLACE", 29, 43)
    undecided = _decide(report, Said(Answer.UNION))
    assert undecided.open_points == ("label",)
    assert undecided.result is None
    assert not undecided.is_final
    review = review_report(report, [undecided])
    assert [review.state(group).state for group in review.open_conflicts] == [State.SET_ASIDE]
    assert _span(_decide(report, Said(Answer.UNION, label_from="minh"))) == ("PLACE", 29, 43)


def test_most_members_decide_the_label_of_a_union() -> None:
    report = by_name(lan=[LONG], minh=[SHORT], thu=[("PLACE", 29, 43)])
    assert _span(_decide(report, Said(Answer.UNION))) == ("ORG", 25, 43)


def test_each_attribute_is_decided_separately() -> None:
    lan = Entity("e0", "ORG", 29, 43, attributes={"system": "party", "level": "province", "canonical": "Tỉnh ủy"})
    minh = Entity("e0", "ORG", 25, 43, attributes={"system": "state", "level": "district", "canonical": "Tỉnh ủy"})
    report = by_name(lan=[lan], minh=[minh])
    mixed = _decide(report, Said(Answer.TAKE, "lan", attributes_from={"level": "minh"}))
    assert mixed.result is not None
    assert mixed.result.attributes == {"system": "party", "level": "district", "canonical": "Tỉnh ủy"}
    half = _decide(report, Said(Answer.UNION, attributes_from={"level": "minh"}))
    assert half.open_points == ("attribute:system",)
    assert half.result is not None
    assert half.result.attributes == {"canonical": "Tỉnh ủy", "level": "district"}


def test_neither_of_two_attributes_keeps_the_entity() -> None:
    lan = Entity("e0", "ORG", 29, 43, attributes={"level": "province", "system": "party"})
    minh = replace(lan, attributes={"level": "district", "system": "party"})
    decision = _decide(by_name(lan=[lan], minh=[minh]), Said(Answer.NEITHER))
    assert decision.result is not None
    assert decision.result.attributes == {"system": "party"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said(Answer.TAKE, "thu"), "thu has no finished labels"),
        (Said(Answer.UNION, label_from="thu"), "thu has no finished labels"),
        (Said(Answer.TAKE), "not said whose answer"),
        (Said(Answer.OWN), "own answer is empty"),
        (Said(Answer.OWN, own=Relation("r", "part_of", "a", "b")), "is a relation"),
    ],
)
def test_answers_that_make_no_sense(said: Said, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        decide(_group(BOUNDARY), said, DEFAULT_SCHEMA, len(TEXT))


def test_no_intersection_of_interleaved_pieces() -> None:
    lan = Entity("e0", "ORG", 0, 20, ((0, 3), (6, 9), (15, 20)))
    minh = Entity("e0", "ORG", 2, 18, ((2, 6), (17, 18)))
    report = by_name(lan=[lan], minh=[minh])
    found = _decide(report, Said(Answer.INTERSECTION)).result
    assert isinstance(found, Entity)
    assert found.spans == ((2, 3), (17, 18))


@pytest.mark.parametrize(
    "own", [Entity("x", "NOWHERE", 1, 2), Entity("x", "ORG", 5, 5), Entity("x", "ORG", 80, len(TEXT) + 1)]
)
def test_an_own_answer_that_breaks_the_schema_says_so(own: Entity) -> None:
    decided = decide(_group(BOUNDARY), Said(Answer.OWN, own=own), DEFAULT_SCHEMA, len(TEXT))
    assert len(decided.breaches) == 1


def test_a_label_that_breaks_a_decided_relation_says_so() -> None:
    report = by_name(lan=[("TITLE", 22, 43)], minh=[("MEETING", 22, 43)])
    relations = [("holds_title", "OFFICIAL", "")]
    kept = decide(_group(report), Said(Answer.TAKE, "lan"), DEFAULT_SCHEMA, len(TEXT), relations=relations)
    broken = decide(_group(report), Said(Answer.TAKE, "minh"), DEFAULT_SCHEMA, len(TEXT), relations=relations)
    assert kept.breaches == ()
    assert "does not allow holds_title from OFFICIAL to MEETING" in str(broken.breaches[0])


ENDS = [("OFFICIAL", 10, 20), ("TITLE", 22, 43)]


def _related(name: str, *relations: tuple[str, str, str], ends: list[tuple[str, int, int]] = ENDS) -> AnnotationSet:
    return done(name, ends, [Relation(f"r{n}", *each) for n, each in enumerate(relations)])


def _relation_group(report: LabelledReport, *decisions: Decision) -> tuple[RelationGroup, dict[str, str]]:
    review = review_report(report, decisions)
    (group,) = review.relations
    return group, labels_of_ends(review)


def test_relations_are_decided_on_adjudicated_ends() -> None:
    report = labelled(_related("lan", ("holds_title", "e0", "e1")), _related("minh"))
    group, labels = _relation_group(report)
    taken = decide_relation(group, Said(Answer.TAKE, "lan"), DEFAULT_SCHEMA, labels)
    assert taken.breaches == ()
    found = adjudicated_set(review_report(report, [taken.decision]))
    assert [relation.type for relation in found.relations] == ["holds_title"]
    nothing = decide_relation(group, Said(Answer.TAKE, "minh"), DEFAULT_SCHEMA, labels).decision
    assert adjudicated_set(review_report(report, [nothing])).relations == ()
    with pytest.raises(Refused, match="extent of an entity"):
        decide_relation(group, Said(Answer.UNION), DEFAULT_SCHEMA, labels)


def test_a_relation_that_its_decided_ends_forbid_says_so() -> None:
    lan = _related("lan", ("holds_title", "e0", "e1"))
    minh = _related("minh", ("attends", "e0", "e1"), ends=[("OFFICIAL", 10, 20), ("MEETING", 22, 43)])
    report = labelled(lan, minh)
    (conflict,) = (group for group in review_report(report).entities if not group.unanimous)
    meeting = decide(conflict, Said(Answer.TAKE, "minh"), DEFAULT_SCHEMA, len(TEXT)).decision
    group, labels = _relation_group(report, meeting)
    assert decide_relation(group, Said(Answer.TAKE, "minh"), DEFAULT_SCHEMA, labels).breaches == ()
    assert len(decide_relation(group, Said(Answer.TAKE, "lan"), DEFAULT_SCHEMA, labels).breaches) == 1


def test_an_own_relation_needs_adjudicated_ends() -> None:
    group, labels = _relation_group(labelled(_related("lan", ("holds_title", "e0", "e1")), _related("minh")))
    own = Relation("x", "holds_title", "unknown", next(iter(labels)))
    with pytest.raises(Refused, match="no adjudicated entity"):
        decide_relation(group, Said(Answer.OWN, own=own), DEFAULT_SCHEMA, labels)


def test_a_relation_falls_with_its_end() -> None:
    report = labelled(_related("lan", ("holds_title", "e0", "e1")), _related("minh", ends=[("OFFICIAL", 10, 20)]))
    (conflict,) = review_report(report).conflicts
    assert isinstance(conflict, EntityGroup)
    away = decide(conflict, Said(Answer.TAKE, "minh"), DEFAULT_SCHEMA, len(TEXT)).decision
    review = review_report(report, [away])
    assert [name for name, _ in review.fallen] == ["lan"]
    assert review.open_conflicts == ()


def test_what_changed_under_a_decision_comes_back_and_keeps_its_id() -> None:
    first = _decide(BOUNDARY, Said(Answer.TAKE, "lan", at="1"))
    moved = by_name(lan=[("ORG", 29, 40)], minh=[SHORT])
    review = review_report(moved, [first])
    (group,) = review.open_conflicts
    assert isinstance(group, EntityGroup)
    assert review.state(group).state is State.RETURNED
    assert [entity.end for entity in adjudicated_set(review).entities] == [43]
    before = review.state(group).before
    again = decide(group, Said(Answer.TAKE, "lan", at="2"), DEFAULT_SCHEMA, len(TEXT), before=before).decision
    after = review_report(moved, [first, again])
    assert after.open_conflicts == ()
    assert first.result is not None
    assert [(entity.id, entity.end) for entity in adjudicated_set(after).entities] == [(first.result.id, 40)]


def test_new_labels_that_say_what_was_decided_leave_it_alone() -> None:
    decision = _decide(BOUNDARY, Said(Answer.TAKE, "lan"))
    for report in (
        by_name(lan=[LONG], minh=[LONG]),  # minh came round
        by_name(lan=[LONG], minh=[SHORT], thu=[LONG]),  # thu finished and agrees
        by_name(lan=[LONG], minh=[SHORT], thu=[]),  # thu finished without it
    ):
        assert review_report(report, [decision]).open_conflicts == ()
    against = by_name(lan=[LONG], minh=[SHORT], thu=[("ORG", 29, 36)])
    assert len(review_report(against, [decision]).open_conflicts) == 1


def test_a_unanimous_group_can_be_decided_and_comes_back_too() -> None:
    report = by_name(lan=[LONG], minh=[LONG])
    decision = _decide(report, Said(Answer.NEITHER))
    review = review_report(report, [decision])
    assert (review.conflicts, adjudicated_set(review).entities) == ((), ())
    changed = by_name(lan=[SHORT], minh=[SHORT])
    assert len(review_report(changed, [decision]).open_conflicts) == 1


def test_what_was_decided_stays_when_its_labels_are_gone() -> None:
    decision = _decide(BOUNDARY, Said(Answer.UNION))
    review = review_report(by_name(lan=[], minh=[]), [decision])
    assert review.orphans == (decision,)
    assert len(adjudicated_set(review).entities) == 1


def test_a_conflict_that_fell_apart_keeps_one_id() -> None:
    decision = _decide(BOUNDARY, Said(Answer.UNION))
    review = review_report(by_name(lan=[("ORG", 37, 43)], minh=[("ORG", 25, 36)]), [decision])
    assert len(review.open_conflicts) == 2
    assert [review.state(group).before for group in review.open_conflicts].count(decision) == 1


def test_a_decision_knows_where_it_comes_from() -> None:
    said = Said(Answer.TAKE, "lan", reason="slip", note="n", by="hoa", at="2026-01-02T03:04:05Z")
    decision = _decide(BOUNDARY, said)
    assert (decision.source, decision.by, decision.reason) == (Source.DECIDED, "hoa", "slip")
    assert {each.annotator for each in decision.seen} == {"lan", "minh"}
    own = _decide(BOUNDARY, Said(Answer.OWN, own=Entity("x", "ORG", 29, 36)))
    assert own.source is Source.OWN


def test_json_of_an_entity_conflict() -> None:
    report = by_name(lan=[LONG], minh=[], thu=[SHORT])
    (found,) = conflicts_json(review_report(report))
    assert (found["report"], found["kind"], found["decision"]) == ("r1.txt", "missing", None)
    assert found["spans"] == [[25, 36], [29, 43]]
    assert found["answers"] == {
        "lan": [{"label": "ORG", "start": 29, "end": 43}],
        "minh": [],
        "thu": [{"label": "ORG", "start": 25, "end": 36}],
    }
    (decided,) = conflicts_json(review_report(report, [_decide(report, Said(Answer.TAKE, "lan", by="hoa"))]))
    assert decided["id"] == found["id"]
    assert isinstance(decided["decision"], dict)
    assert decided["decision"]["result"] == {"label": "ORG", "start": 29, "end": 43}
    assert (decided["decision"]["answer"], decided["decision"]["by"]) == ("take", "hoa")


def test_json_of_a_relation_conflict() -> None:
    report = labelled(_related("lan", ("holds_title", "e0", "e1")), _related("minh"))
    (found,) = conflicts_json(review_report(report))
    assert found["kind"] == "relation_missing"
    assert found["spans"] == [[10, 20], [22, 43]]
    assert found["answers"] == {"lan": [{"type": "holds_title", "source": [10, 20], "target": [22, 43]}], "minh": []}
    group, labels = _relation_group(report)
    decision = decide_relation(group, Said(Answer.TAKE, "lan"), DEFAULT_SCHEMA, labels).decision
    (decided,) = conflicts_json(review_report(report, [decision]))
    assert isinstance(decided["decision"], dict)
    assert decided["decision"]["result"] == {"type": "holds_title", "source": [10, 20], "target": [22, 43]}


def test_no_intersection_is_offered_where_there_is_none() -> None:
    """Each two of these have characters in common, all three have none."""
    pieces = ((0, 3), (10, 13), (20, 23))
    lan, minh, thu = (Entity("e0", "ORG", kept[0][0], kept[1][1], kept) for kept in combinations(pieces, 2))
    (group,) = review_report(by_name(lan=[lan], minh=[minh], thu=[thu])).entities
    assert "union" in possible_answers(group)
    assert "intersection" not in possible_answers(group)
