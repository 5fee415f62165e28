"""Named cases of conflicts: what belongs together, and of what kind it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from several_annotators import by_name, done, labelled

from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Status
from annotations.review import EntityGroup, Kind, review_report

TITLE, ORG, PLACE = ("TITLE", 22, 43), ("ORG", 29, 43), ("PLACE", 37, 43)


def _kinds(report: LabelledReport) -> list[tuple[str, ...]]:
    return [tuple(map(str, group.kinds)) for group in review_report(report).conflicts]


def _with(label: str, start: int, end: int, **attributes: str) -> Entity:
    return Entity("e0", label, start, end, attributes=attributes)


@pytest.mark.parametrize(
    ("report", "kinds"),
    [
        (by_name(lan=[TITLE, ORG], minh=[TITLE, ORG]), []),
        (by_name(lan=[ORG], minh=[("ORG", 29, 36)]), [("boundary",)]),
        (by_name(lan=[ORG], minh=[("PLACE", 29, 43)]), [("label",)]),
        (by_name(lan=[ORG], minh=[("PLACE", 29, 42)]), [("label", "boundary")]),
        (by_name(lan=[ORG], minh=[]), [("missing",)]),
        (by_name(lan=[("ORG", 0, 4)], minh=[("ORG", 4, 9)]), [("missing",), ("missing",)]),
        (by_name(lan=[_with("ORG", 29, 43, level="province")], minh=[ORG]), [("attribute",)]),
        (by_name(lan=[_with("TERM", 29, 43, number="11;12")], minh=[_with("TERM", 29, 43, number="12; 11")]), []),
        (by_name(lan=[ORG], minh=[ORG], thu=[("ORG", 29, 36)]), [("boundary",)]),
        (by_name(lan=[ORG], minh=[("ORG", 29, 36)], thu=[]), [("missing", "boundary")]),
        (by_name(lan=[ORG]), []),
    ],
)
def test_kinds(report: LabelledReport, kinds: list[tuple[str, ...]]) -> None:
    assert _kinds(report) == kinds


def test_nested_entities_of_different_labels_are_conflicts_of_their_own() -> None:
    report = by_name(lan=[TITLE, ORG, PLACE], minh=[("TITLE", 22, 36), ("ORG", 29, 36)])
    found = [{entity.label for entity in group.members.values()} for group in review_report(report).conflicts]
    assert found == [{"TITLE"}, {"ORG"}, {"PLACE"}]


def test_an_inner_entity_is_no_other_opinion_on_the_outer_one() -> None:
    report = by_name(lan=[("TITLE", 22, 43)], minh=[("PLACE", 37, 43)])
    assert _kinds(report) == [("missing",), ("missing",)]


def test_same_label_comes_before_larger_overlap() -> None:
    report = by_name(lan=[("ORG", 20, 40)], minh=[("PLACE", 20, 41), ("ORG", 35, 45)])
    groups = review_report(report).conflicts
    assert [
        sorted(entity.label for entity in group.members.values() if isinstance(entity, Entity)) for group in groups
    ] == [
        ["ORG", "ORG"],
        ["PLACE"],
    ]


def test_ties_go_by_offset() -> None:
    report = by_name(lan=[("ORG", 10, 20)], minh=[("ORG", 15, 20), ("ORG", 10, 15)])
    first, second = review_report(report).conflicts
    assert {(each.start, each.end) for each in first.members.values() if isinstance(each, Entity)} == {
        (10, 20),
        (10, 15),
    }
    assert len(second.members) == 1


def test_all_members_overlap_each_other() -> None:
    """A chain of three falls in two."""
    report = by_name(lan=[("ORG", 0, 10)], minh=[("ORG", 6, 20)], thu=[("ORG", 18, 30)])
    assert sorted(len(group.members) for group in review_report(report).entities) == [1, 2]


def test_who_has_no_finished_set_misses_nothing() -> None:
    unfinished = AnnotationSet("thu", Status.IN_PROGRESS)
    adjudicated = AnnotationSet(None, Status.DONE, adjudicated=True)
    review = review_report(labelled(done("lan", [ORG]), done("minh", [ORG]), unfinished, adjudicated))
    assert review.conflicts == ()
    assert review.annotators == ("lan", "minh")
    assert review_report(labelled(done("lan", [ORG]), done("minh")), annotators=["lan"]).conflicts == ()


def test_one_annotator_alone_agrees_with_nobody() -> None:
    assert not review_report(by_name(lan=[ORG])).is_compared
    assert review_report(by_name(lan=[ORG], minh=[ORG])).is_compared


def test_an_entity_twice_against_once() -> None:
    review = review_report(by_name(lan=[ORG, ORG], minh=[ORG]))
    assert sorted(group.kinds for group in review.entities) == [(), (Kind.MISSING,)]


def test_ids_survive_names_and_other_labels_but_not_changes() -> None:
    def conflict_id(report: LabelledReport) -> str:
        (group,) = (each for each in review_report(report).conflicts if each.start == 29)  # type: ignore[union-attr]
        return group.id

    first = conflict_id(by_name(lan=[ORG], minh=[("ORG", 29, 36)]))
    assert conflict_id(by_name(hoa=[ORG], minh=[("ORG", 29, 36)])) == first
    assert conflict_id(by_name(lan=[ORG, ("PLACE", 78, 87)], minh=[("ORG", 29, 36)])) == first
    assert conflict_id(by_name(lan=[ORG], minh=[("ORG", 29, 37)])) != first


ENDS = [("OFFICIAL", 10, 20), TITLE]


def _related(name: str, *relations: tuple[str, str, str], entities: list[tuple[str, int, int]] = ENDS) -> AnnotationSet:
    return done(name, entities, [Relation(f"r{n}", *each) for n, each in enumerate(relations)])


@pytest.mark.parametrize(
    ("lan", "minh", "kinds"),
    [
        ([("holds_title", "e0", "e1")], [("holds_title", "e0", "e1")], []),
        ([("holds_title", "e0", "e1")], [], [("relation_missing",)]),
        ([("holds_title", "e0", "e1")], [("attends", "e0", "e1")], [("relation_type",)]),
        ([("alias_of", "e0", "e1")], [("alias_of", "e1", "e0")], [("direction",)]),
        ([("holds_title", "e0", "e1")], [("alias_of", "e1", "e0")], [("direction", "relation_type")]),
        (
            [("holds_title", "e0", "e1"), ("alias_of", "e0", "e1")],
            [("alias_of", "e0", "e1")],
            [("relation_missing",)],
        ),
    ],
)
def test_kinds_of_relations(
    lan: list[tuple[str, str, str]], minh: list[tuple[str, str, str]], kinds: list[tuple[str, ...]]
) -> None:
    assert _kinds(labelled(_related("lan", *lan), _related("minh", *minh))) == kinds


def test_attributes_of_relations() -> None:
    lan = _related("lan", ("holds_title", "e0", "e1"))
    minh = replace(lan, annotator="minh", relations=(replace(lan.relations[0], attributes={"status": "former"}),))
    assert _kinds(labelled(lan, minh)) == [("attribute",)]


def test_relations_wait_for_their_ends() -> None:
    """The ends differ in their boundaries only: undecided, so the relation waits."""
    lan = _related("lan", ("holds_title", "e0", "e1"))
    minh = _related("minh", ("holds_title", "e0", "e1"), entities=[("OFFICIAL", 10, 20), ("TITLE", 22, 36)])
    review = review_report(labelled(lan, minh))
    assert [group.kinds for group in review.conflicts] == [(Kind.BOUNDARY,)]
    assert review.relations == ()
    assert [name for name, _ in review.waiting] == ["lan", "minh"]


def test_an_undecided_attribute_does_not_hold_up_relations() -> None:
    lan = _related("lan", ("holds_title", "e0", "e1"))
    changed = tuple(replace(entity, attributes={"canonical": "X"}) for entity in lan.entities)
    review = review_report(labelled(lan, replace(lan, annotator="minh", entities=changed, relations=())))
    assert [str(group.kinds[0]) for group in review.conflicts] == ["attribute", "attribute", "relation_missing"]
    assert all(isinstance(group, EntityGroup) for group in review.conflicts[:2])


def test_registry_entries_differ_only_where_both_are_given() -> None:
    entity = Entity("e0", "ORG", 29, 43, entry="a")
    other, none = replace(entity, entry="b"), replace(entity, entry=None)
    assert _kinds(by_name(lan=[entity], minh=[other])) == [("attribute",)]
    assert _kinds(by_name(lan=[entity], minh=[none])) == []
