"""What review decides, through the door: facts and the adjudicated set as one action, undone like everything."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reviewed_projects import (
    REPORT,
    adjudicated,
    answer,
    decisions_of,
    dump,
    labelled_of,
    put,
    put_brief,
    review_of,
    say,
)
from several_annotators import TEXT, Brief, random_sets

from annotations.changes import (
    AddEntities,
    AddRelations,
    Decide,
    DeleteEntities,
    Relabel,
    RenameLabel,
    SetFacts,
    SetStatus,
)
from annotations.corpus import ImportedRecord
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Collision, Refused
from annotations.facts import Fact, Kind
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status
from annotations.review import Answer, Decision, Group, Rule, Said, State, adjudicated_set, bulk, possible_answers
from model.bulk import ImportBatch
from model.check import check
from model.damage import Damage
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.facts import facts
from model.queries.review import all_under_review, count_to_review, under_review
from model.workspace import Workspace

BOUNDARY: dict[str, list[Brief | Entity]] = {"lan": [("TITLE", 22, 43)], "minh": [("TITLE", 22, 36)]}


def test_a_decision_makes_the_adjudicated_label_and_says_where_it_comes_from(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    outcome = lead.apply(
        Decide((answer(review_of(project), review_of(project).conflicts[0], Said(Answer.TAKE, "lan", reason="slip")),))
    )
    assert (outcome.title, outcome.values) == ("Decide “{text}”", {"text": "Bí thư Tỉnh ủy Hà Nam"})
    labels = adjudicated(project)
    assert labels is not None
    assert labels.status is Status.DONE
    (entity,) = labels.entities
    assert (entity.label, entity.start, entity.end, entity.origin) == ("TITLE", 22, 43, Origin.ADJUDICATED)
    source: Any = entity.metadata["decision"]
    assert {name: source[name] for name in ("source", "answer", "from", "by", "reason")} == {
        "source": "decided",
        "answer": "take",
        "from": "lan",
        "by": "hoa",
        "reason": "slip",
    }
    assert review_of(project).open_conflicts == ()
    assert outcome.changed.facts == frozenset({"decision"})
    assert outcome.changed.labels == frozenset({REPORT})


def test_the_same_decision_again_is_nothing(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    decision = say(project, lead, Said(Answer.UNION))
    assert lead.apply(Decide((decision,))).nothing
    assert Workspace(project, "minh").apply(Decide((decision,))).nothing


def test_undo_redo_and_withdrawing(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    start = dump(project)
    decision = say(project, lead, Said(Answer.INTERSECTION))
    decided = dump(project)
    lead.undo()
    assert dump(project) == start
    lead.redo()
    assert dump(project) == decided
    outcome = lead.apply(Decide(withdrawn={REPORT: (decision.conflict_id,)}))
    assert outcome.title == "Take back {count} decisions"
    assert review_of(project).open_conflicts != ()
    labels = adjudicated(project)
    assert labels is not None
    assert labels.entities == ()
    assert labels.status is Status.IN_PROGRESS
    lead.undo()
    assert dump(project) == decided


def test_what_was_decided_away_and_is_back_gets_a_free_id_and_undo_still_works(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    states = [dump(project)]
    for said in (Said(Answer.UNION), Said(Answer.NEITHER), Said(Answer.UNION), Said(Answer.NEITHER)):
        say(project, lead, said)
        states.append(dump(project))
    say(project, lead, Said(Answer.TAKE, "minh"))
    labels = adjudicated(project)
    assert labels is not None
    assert [(each.start, each.end) for each in labels.entities] == [(22, 36)]
    for state in reversed(states):
        assert lead.undo().left == ()
        assert dump(project) == state
    for state in states[1:]:
        assert lead.redo().left == ()
        assert dump(project) == state


def test_only_what_differs_is_touched(project: Project) -> None:
    put_brief(
        project,
        lan=[("TITLE", 22, 43), ("PLACE", 76, 90)],
        minh=[("TITLE", 22, 36), ("PLACE", 82, 90)],
    )
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.UNION), 0)
    first = adjudicated(project)
    say(project, lead, Said(Answer.UNION), 1)
    second = adjudicated(project)
    assert first is not None
    assert second is not None
    assert second.entities[0] == first.entities[0]
    assert second.entities[0].version == first.entities[0].version == 1
    assert second.status is Status.DONE


def test_what_the_schema_forbids_is_refused_and_nothing_changes(project: Project) -> None:
    report = put(
        project,
        {
            name: AnnotationSet(
                name, Status.DONE, (Entity("p", "OFFICIAL", 9, 21), Entity("t", "TITLE", 23, 37)), (relation,)
            )
            for name, relation in (
                ("lan", Relation("r", "holds_title", "p", "t")),
                ("minh", Relation("r", "holds_title", "p", "t", {"note": "x"})),
            )
        },
    )
    lead = Workspace(project, "hoa")
    review = review_of(project)
    everything = bulk(labelled_of(project), (), Rule(), DEFAULT_SCHEMA)
    lead.apply(Decide(everything.decisions))
    lead.apply(Decide((answer(review_of(project), review_of(project).relations[0], Said(Answer.TAKE, "lan")),)))
    before = dump(project)
    review = review_of(project)
    person = next(group for group in review.entities if group.members["lan"].label == "OFFICIAL")
    own = Said(Answer.OWN, own=Entity("", "DATE", 9, 21))
    with pytest.raises(Refused, match="does not allow holds_title from DATE"):
        lead.apply(Decide((answer(review, person, own),)))
    unknown = Said(Answer.OWN, own=Entity("", "NOTHING", 9, 21))
    with pytest.raises(Refused, match="no label NOTHING"):
        lead.apply(Decide((answer(review, person, unknown),)))
    outside = Said(Answer.OWN, own=Entity("", "OFFICIAL", 9, 9_999))
    with pytest.raises(Refused, match="outside the text"):
        lead.apply(Decide((answer(review, person, outside),)))
    with pytest.raises(Refused, match="no longer in the project"):
        lead.apply(Decide((Decision("c", "gone", Answer.NEITHER),)))
    assert dump(project) == before
    assert report == REPORT


def test_an_end_that_is_decided_away_takes_its_relation_along_and_brings_it_back_with_undo(project: Project) -> None:
    sets = {
        name: AnnotationSet(
            name,
            Status.DONE,
            (Entity("p", "OFFICIAL", 9, 21), Entity("t", "TITLE", 23, end)),
            (Relation("r", "holds_title", "p", "t"),),
        )
        for name, end in (("lan", 37), ("minh", 44))
    }
    put(project, sets)
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.UNION))
    lead.apply(Decide(bulk(labelled_of(project), decisions_of(project), Rule(), DEFAULT_SCHEMA).decisions))
    labels = adjudicated(project)
    assert labels is not None
    assert [each.type for each in labels.relations] == ["holds_title"]
    before = dump(project)
    say(project, lead, Said(Answer.NEITHER))
    labels = adjudicated(project)
    assert labels is not None
    assert labels.relations == ()
    lead.undo()
    assert dump(project) == before


def test_what_another_reviewer_decided_meanwhile_is_a_collision(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    review = review_of(project)
    (group,) = review.conflicts
    hoa, minh = Workspace(project, "hoa"), Workspace(project, "minh")
    key = (REPORT, group.id)
    hoa.apply(Decide((answer(review, group, Said(Answer.UNION)),), seen={key: 0}))
    before = dump(project)
    with pytest.raises(Collision, match="decided meanwhile by hoa"):
        minh.apply(Decide((answer(review, group, Said(Answer.NEITHER)),), seen={key: 0}))
    assert dump(project) == before
    minh.apply(Decide((answer(review_of(project), group, Said(Answer.NEITHER)),), seen={key: 1}))
    assert review_of(project).state(group).decision is not None


def test_an_undo_that_cannot_put_back_all_still_leaves_what_is_decided(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    hoa, lead = Workspace(project, "hoa"), Workspace(project, "thu")
    say(project, hoa, Said(Answer.UNION))
    say(project, hoa, Said(Answer.NEITHER))
    say(project, lead, Said(Answer.UNION))
    before = dump(project)
    assert hoa.undo().left != ()
    assert dump(project) == before
    assert hoa.undo().left != ()
    assert dump(project) == before


def test_new_labels_do_not_change_what_is_decided_and_come_back_as_conflict(project: Project) -> None:
    report = put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.TAKE, "lan"))
    decided = adjudicated(project)
    thu = Workspace(project, "thu")
    thu.apply(AddEntities({report: (Entity("x", "ORG", 29, 43), Entity("y", "DATE", 65, 69))}))
    thu.apply(SetStatus((report,), Status.DONE))
    minh = Workspace(project, "minh")
    minh.apply(Relabel(report, ("e0",), "ORG"))
    assert adjudicated(project) == decided
    review = review_of(project)
    states = {review.state(group).state for group in review.conflicts}
    assert states == {State.RETURNED, State.OPEN}
    returned = next(group for group in review.conflicts if review.state(group).state is State.RETURNED)
    found = bulk(labelled_of(project), decisions_of(project), Rule(), DEFAULT_SCHEMA)
    assert returned.id not in {each.conflict_id for each in found.decisions}
    lead.apply(Decide(found.decisions))
    labels = adjudicated(project)
    assert labels is not None
    assert decided is not None
    assert decided.entities[0] in labels.entities


def test_labels_that_are_gone_leave_what_was_decided(project: Project) -> None:
    report = put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.TAKE, "lan"))
    for name in ("lan", "minh"):
        Workspace(project, name).apply(DeleteEntities(report, ("e0",)))
    assert review_of(project).conflicts == ()
    assert len(review_of(project).orphans) == 1
    labels = adjudicated(project)
    assert labels is not None
    assert len(labels.entities) == 1


def test_an_imported_adjudicated_set_is_left_alone(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    gold = Entity("g", "DATE", 65, 69)
    with ImportBatch.open(project) as batch:
        report = Report(REPORT, f"{REPORT}.txt", TEXT)
        batch.add("gold", ImportedRecord(report, "gold", None, True, Status.DONE, (gold,), (), True))
        batch.publish()
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.UNION))
    labels = adjudicated(project)
    assert labels is not None
    assert [each.id for each in labels.entities if each.label == "DATE"] == ["g"]
    assert len(labels.entities) == 2
    say(project, lead, Said(Answer.NEITHER))
    labels = adjudicated(project)
    assert labels is not None
    assert [each.id for each in labels.entities] == ["g"]


def test_unanimous_labels_come_in_when_they_are_accepted_and_then_the_set_is_done(project: Project) -> None:
    put_brief(
        project,
        lan=[("OFFICIAL", 9, 21), ("TITLE", 23, 37)],
        minh=[("OFFICIAL", 9, 21), ("TITLE", 23, 44)],
    )
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.UNION))
    labels = adjudicated(project)
    assert labels is not None
    assert (len(labels.entities), labels.status) == (1, Status.IN_PROGRESS)
    accepted = bulk(labelled_of(project), decisions_of(project), Rule(), DEFAULT_SCHEMA)
    outcome = lead.apply(Decide(accepted.decisions, title="Accept what is unanimous"))
    assert outcome.title == "Accept what is unanimous"
    labels = adjudicated(project)
    assert labels is not None
    assert (len(labels.entities), labels.status) == (2, Status.DONE)
    sources: list[Any] = [each.metadata["decision"] for each in labels.entities]
    assert [source["source"] for source in sources] == ["unanimous", "decided"]


def test_exports_and_reading_of_a_project(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    assert [each.labelled.report.id for each in all_under_review(project)] == [REPORT]
    with project.reading() as connection:
        assert count_to_review(connection) == 1
    say(project, Workspace(project, "hoa"), Said(Answer.UNION))
    (found,) = corpus(project, Selection(adjudicated=True))
    assert [len(labels.entities) for labels in found.sets] == [1]
    (found,) = corpus(project, Selection(annotator="lan"))
    assert [labels.annotator for labels in found.sets] == ["lan"]


def test_a_damaged_decision_is_passed_over_and_can_be_withdrawn(project: Project) -> None:
    put_brief(project, **BOUNDARY)
    lead = Workspace(project, "hoa")
    lead.apply(SetFacts((Fact(Kind.DECISION, "odd", {"answer": "what?"}, REPORT),), "Break it"))
    with project.reading() as connection:
        found = under_review(connection, REPORT)
    assert found is not None
    assert found.unreadable == ("odd",)
    say(project, lead, Said(Answer.UNION))
    lead.apply(Decide(withdrawn={REPORT: ("odd",)}))
    with project.reading() as connection:
        assert [each.key for each in facts(connection, Kind.DECISION)] != ["odd"]


def _said(group: Group, number: int) -> Said:
    """One of the possible answers."""
    options = [each for each in possible_answers(group) if each != "own"]
    chosen = options[number % len(options)]
    if len(chosen) == 1:
        return Said(Answer.TAKE, group.annotators[ord(chosen) - ord("A")])
    return Said(Answer(chosen))


def _allowed(labels: AnnotationSet) -> AnnotationSet:
    """The set with those of its relations that the schema allows."""
    kinds = {each.id: each.label for each in labels.entities}
    types = DEFAULT_SCHEMA.relations_by_name
    kept = {
        (each.type, each.source, each.target): each
        for each in labels.relations
        if each.source != each.target and types[each.type].joins(kinds[each.source], kinds[each.target])
    }
    return replace(labels, relations=tuple(kept.values()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_sets(), st.lists(st.tuples(st.booleans(), st.integers(0, 10_000)), max_size=12))
def test_n_decisions_and_n_undos_leave_everything_as_it_was(
    sets: Mapping[str, AnnotationSet], steps: list[tuple[bool, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "p.chugiai") as project:
        put(project, {name: _allowed(labels) for name, labels in sets.items()})
        spaces = [Workspace(project, "lan"), Workspace(project, "hoa")]
        states = [dump(project)]
        done: list[Workspace] = []
        for withdraws, number in steps:
            review = review_of(project)
            space = spaces[number % 2]
            if withdraws and number % 3 == 0 and (known := decisions_of(project)):
                change = Decide(withdrawn={REPORT: (known[number % len(known)].conflict_id,)})
            elif withdraws and number % 3 == 1:
                change = Decide(bulk(labelled_of(project), decisions_of(project), Rule(), DEFAULT_SCHEMA).decisions)
            elif review.groups:
                group = review.groups[number % len(review.groups)]
                try:
                    change = Decide((answer(review, group, _said(group, number // 7)),))
                except Refused:
                    continue
            else:
                continue
            try:
                outcome = space.apply(change)
            except Refused:
                continue
            if not outcome.nothing:
                done.append(space)
                states.append(dump(project))
            _check_equal(project)
        for space, state in zip(reversed(done), reversed(states[:-1]), strict=True):
            outcome = space.undo()
            assert outcome.left == ()
            assert dump(project) == state
        for space, state in zip(done, states[1:], strict=True):
            assert space.redo().left == ()
            assert dump(project) == state


def _check_equal(project: Project) -> None:
    """The stored set says just what the decisions say."""
    wanted = adjudicated_set(review_of(project), unanimous=False)
    found = adjudicated(project) or AnnotationSet(None)
    assert [_plain(each) for each in found.entities] == [_plain(each) for each in wanted.entities]
    assert [(each.id, each.type, each.source, each.target) for each in found.relations] == [
        (each.id, each.type, each.source, each.target) for each in wanted.relations
    ]


def _plain(entity: Entity) -> tuple[object, ...]:
    return entity.id, entity.label, entity.spans, dict(entity.attributes)


def test_relations_can_be_decided_after_their_ends(project: Project) -> None:
    sets = {
        name: AnnotationSet(
            name, Status.DONE, (Entity("p", "OFFICIAL", 9, 21), Entity("t", "TITLE", 23, 37)), relations
        )
        for name, relations in (("lan", (Relation("r", "holds_title", "p", "t"),)), ("minh", ()))
    }
    put(project, sets)
    lead = Workspace(project, "hoa")
    review = review_of(project)
    (conflict,) = review.conflicts
    lead.apply(Decide((answer(review, conflict, Said(Answer.TAKE, "lan")),)))
    assert adjudicated(project) is None, "its ends are not accepted yet"
    lead.apply(Decide(bulk(labelled_of(project), decisions_of(project), Rule(), DEFAULT_SCHEMA).decisions))
    labels = adjudicated(project)
    assert labels is not None
    assert [each.type for each in labels.relations] == ["holds_title"]
    minh = Workspace(project, "minh")
    minh.apply(AddRelations(REPORT, (Relation("r9", "holds_title", "p", "t"),)))
    assert review_of(project).open_conflicts == (), "he says now what was decided"


def test_a_renamed_label_changes_no_decision(project: Project) -> None:
    put_brief(project, lan=[("TITLE", 22, 43), ("ORG", 29, 36)], minh=[("TITLE", 22, 36), ("PLACE", 29, 36)])
    lead = Workspace(project, "hoa")
    say(project, lead, Said(Answer.TAKE, "lan"), 0)
    say(project, lead, Said(Answer.OWN, own=Entity("", "ORG", 30, 36)), 1)
    assert review_of(project).open_conflicts == ()
    before = dump(project)
    for name, new_name in (("TITLE", "POST"), ("ORG", "BODY")):
        lead.apply(RenameLabel(name, new_name))
    assert review_of(project).open_conflicts == ()
    assert {each.result.label for each in decisions_of(project) if isinstance(each.result, Entity)} == {"POST", "BODY"}
    lead.undo()
    lead.undo()
    assert dump(project) == before
    assert review_of(project).open_conflicts == ()


def test_check_tells_of_decisions_that_have_lost_their_labels_or_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "p.chugiai"
    with Project.create(path) as project:
        report = put_brief(project, **BOUNDARY)
        lead = Workspace(project, "hoa")
        say(project, lead, Said(Answer.TAKE, "lan"))
        for name in ("lan", "minh"):
            Workspace(project, name).apply(DeleteEntities(report, ("e0",)))
        lead.apply(SetFacts((Fact(Kind.DECISION, "odd", {"answer": "what?"}, report),), "Break it"))
    found = {finding.kind: str(finding) for finding in check(path)}
    assert "are gone; what was decided stays (“Bí thư Tỉnh ủy Hà Nam”)" in found[Damage.NOTICE]
    assert "decision odd cannot be read" in found[Damage.UNREADABLE_DECISION]
