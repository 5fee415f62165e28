"""What holds for any labels of any annotators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from several_annotators import LABELS, TYPES, labelled, random_sets

from annotations.report import AnnotationSet, Entity
from annotations.review import (
    Answer,
    Decision,
    EntityGroup,
    ReportReview,
    Said,
    adjudicated_set,
    conflicts_json,
    decide,
    decide_relation,
    labels_of_ends,
    possible_answers,
    review_report,
)
from annotations.review.decision import letters
from annotations.schema import EntityType, RelationType, Schema

SCHEMA = Schema("s", tuple(EntityType(label) for label in LABELS), tuple(RelationType(kind) for kind in TYPES))
some = settings(max_examples=60, deadline=None)
Sets = Mapping[str, AnnotationSet]


def _answer(draw: st.DataObject, review: ReportReview, group: object) -> Decision:
    """Any final answer that makes sense, with all its points decided."""
    assert hasattr(group, "members")
    keys = letters(group)  # type: ignore[arg-type]
    offered = [key for key in possible_answers(group) if key not in ("own", "skip", "discuss")]  # type: ignore[arg-type]
    key = draw.draw(st.sampled_from(offered))
    holder = next(iter(group.members))
    said = Said(Answer.TAKE, keys[key]) if key in keys else Said(Answer(key))
    if isinstance(group, EntityGroup):
        said = replace(said, label_from=holder, attributes_from=dict.fromkeys(group.differing, holder))
        return decide(group, said, SCHEMA, review.length, before=review.state(group).before).decision
    labels = labels_of_ends(review)
    return decide_relation(group, said, SCHEMA, labels, before=review.state(group).before).decision  # type: ignore[arg-type]


def _decide_all(draw: st.DataObject, sets: Sets) -> tuple[ReportReview, list[Decision]]:
    report = labelled(*sets.values())
    decisions: list[Decision] = []
    review = review_report(report)
    for _ in range(2):  # entities, then relations on their ends
        decisions += [_answer(draw, review, group) for group in review.open_conflicts]
        review = review_report(report, decisions)
    return review, decisions


@some
@given(sets=random_sets())
def test_every_label_is_in_exactly_one_place(sets: Sets) -> None:
    review = review_report(labelled(*sets.values()))
    entities = Counter((name, entity) for group in review.entities for name, entity in _members(group))
    assert entities == Counter((name, entity.id) for name, own in sets.items() for entity in own.entities)
    relations = Counter((name, relation) for group in review.relations for name, relation in _members(group))
    relations.update((name, relation.id) for name, relation in (*review.waiting, *review.fallen))
    assert relations == Counter((name, relation.id) for name, own in sets.items() for relation in own.relations)
    assert len({group.id for group in review.groups}) == len(review.groups)


def _members(group: object) -> list[tuple[str, str]]:
    return [(name, label.id) for name, label in group.members.items()]  # type: ignore[attr-defined]


@some
@given(sets=random_sets())
def test_what_all_have_is_unanimous_and_nothing_else(sets: Sets) -> None:
    review = review_report(labelled(*sets.values()))
    exact = [Counter((each.label, each.spans) for each in own.entities) for own in sets.values()]
    common = exact[0] & exact[1] & exact[2]
    agreed = [group for group in review.entities if not {"missing", "label", "boundary"} & {*map(str, group.kinds)}]
    found = Counter((each.label, each.spans) for group in agreed for each in list(group.members.values())[:1])
    assert found == common
    assert all(len(group.members) == 3 for group in agreed)


@some
@given(sets=random_sets(), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_annotators_and_labels_does_not_matter(sets: Sets, shuffled: st.random.Random) -> None:  # type: ignore[name-defined]
    def mixed(own: AnnotationSet) -> AnnotationSet:
        entities, relations = list(own.entities), list(own.relations)
        shuffled.shuffle(entities)
        shuffled.shuffle(relations)
        return replace(own, entities=tuple(entities), relations=tuple(relations))

    names = list(sets)
    shuffled.shuffle(names)
    other = labelled(*(mixed(sets[name]) for name in names))
    assert review_report(labelled(*sets.values())) == review_report(other)


@some
@given(sets=random_sets(("lan", "minh")))
def test_the_names_of_annotators_do_not_matter(sets: Sets) -> None:
    """Ids and kinds stay when annotators change places in the alphabet."""
    swapped = labelled(*(replace(own, annotator={"lan": "y", "minh": "x"}[name]) for name, own in sets.items()))
    one, other = review_report(labelled(*sets.values())), review_report(swapped)
    matched = {frozenset(_members(group)) for group in one.entities}
    renamed = {
        frozenset(({"y": "lan", "x": "minh"}[name], label) for name, label in _members(group))
        for group in other.entities
    }
    assert sum(map(len, matched)) == sum(map(len, renamed))
    assert [len(each.members) for each in one.entities] == [len(each.members) for each in other.entities]


@some
@given(sets=random_sets(), draw=st.data())
def test_deciding_all_leaves_none(sets: Sets, draw: st.DataObject) -> None:
    review, decisions = _decide_all(draw, sets)
    assert review.open_conflicts == ()
    assert review.waiting == ()
    assert adjudicated_set(review).status == "done"
    assert all(entry["decision"] for entry in conflicts_json(review))
    again = review_report(labelled(*sets.values()), reversed(decisions))
    assert adjudicated_set(again) == adjudicated_set(review)


@some
@given(sets=random_sets(), draw=st.data())
def test_the_adjudicated_set_holds_together(sets: Sets, draw: st.DataObject) -> None:
    review, _ = _decide_all(draw, sets)
    found = adjudicated_set(review)
    ids = [entity.id for entity in found.entities]
    assert len(set(ids)) == len(ids)
    assert {end for relation in found.relations for end in (relation.source, relation.target)} <= set(ids)
    assert all(group.id in ids for group in review.entities if group.unanimous)


@some
@given(sets=random_sets(), draw=st.data(), change=st.integers(0, 100))
def test_a_change_under_a_decision_brings_it_back_and_overwrites_nothing(
    sets: Sets, draw: st.DataObject, change: int
) -> None:
    before, decisions = _decide_all(draw, sets)
    own = sets["lan"]
    if not own.entities:
        return
    place = change % len(own.entities)
    changed = replace(own.entities[place], attributes={"kind": "changed"})
    entities = (*own.entities[:place], changed, *own.entities[place + 1 :])
    after = review_report(labelled(*(sets | {"lan": replace(own, entities=entities)}).values()), decisions)
    decided = {decision.conflict_id for decision in decisions if ("lan", changed.id) in _seen(decision)}
    about = {group.id for group in after.entities if ("lan", changed.id) in _members(group)}
    assert about <= {group.id for group in after.open_conflicts}
    results = {decision.result.id for decision in decisions if isinstance(decision.result, Entity)}
    assert results <= {entity.id for entity in adjudicated_set(after).entities}
    assert {group.id for group in before.conflicts} >= decided


def _seen(decision: Decision) -> set[tuple[str, str]]:
    return {(each.annotator, each.label_id) for each in decision.seen if not decision.about_relation}
