"""What review made of an annotator's labels, told to her with the reason; nothing about labels that stayed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from several_annotators import TEXT, done, labelled, random_sets

from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation
from annotations.review import (
    Answer,
    Decision,
    EntityGroup,
    Said,
    adjudicated_set,
    decide,
    decide_relation,
    labels_of_ends,
    review_report,
)
from annotations.review.told import How, Told, told

POST = TEXT.index("Bí thư")
TITLE, BODY = ("TITLE", POST, POST + 14), ("TITLE", POST + 7, POST + 14)


def with_result(report: LabelledReport, decisions: list[Decision]) -> LabelledReport:
    return LabelledReport(report.report, (*report.sets, adjudicated_set(review_report(report, decisions))))


def after(report: LabelledReport, said: Said, annotator: str, at: int = 0) -> tuple[Told, ...]:
    """What is told after the answer to one conflict."""
    review = review_report(report)
    decision = decide(review.conflicts[at], said, DEFAULT_SCHEMA, len(TEXT)).decision  # type: ignore[arg-type]
    return told(review_report(report, [decision]), with_result(report, [decision]), annotator)


def test_whose_answer_was_taken_hears_nothing_the_other_what_and_why() -> None:
    report = labelled(done("lan", [TITLE]), done("minh", [BODY]))
    said = Said(Answer.TAKE, "lan", reason="guideline gap", note="với tên cơ quan", by="chi", at="2024-05-01T08:00:00Z")
    assert after(report, said, "lan") == ()
    (one,) = after(report, said, "minh")
    assert (one.how, one.before, one.after) == (
        How.BOUNDARY,
        ("TITLE", "Tỉnh ủy"),
        ("TITLE", "Bí thư Tỉnh ủy"),
    )
    assert (one.reason, one.note, one.by, one.at) == ("guideline gap", "với tên cơ quan", "chi", "2024-05-01T08:00:00Z")
    assert one.place == (POST + 7, POST + 14)
    assert after(report, said, "thu") == (), "who did not finish the report is told nothing"


def test_label_missing_removed_and_attribute() -> None:
    org = ("ORG", POST, POST + 14)
    report = labelled(done("lan", [TITLE]), done("minh", [org]), done("thu", []))
    take = Said(Answer.TAKE, "lan")
    assert [(one.how, one.before) for one in after(report, take, "minh")] == [(How.LABEL, ("ORG", "Bí thư Tỉnh ủy"))]
    assert [(one.how, one.before, one.after) for one in after(report, take, "thu")] == [
        (How.ADDED, ("", ""), ("TITLE", "Bí thư Tỉnh ủy"))
    ]
    (removed,) = after(report, Said(Answer.NEITHER), "lan")
    assert (removed.how, removed.before, removed.after) == (How.REMOVED, ("TITLE", "Bí thư Tỉnh ủy"), ("", ""))
    assert after(report, Said(Answer.NEITHER), "thu") == ()
    dated = [Entity("e0", "DATE", 0, 4, attributes={"value": value}) for value in ("2021", "2022")]
    report = labelled(done("lan", dated[:1]), done("minh", dated[1:]))
    (one,) = after(report, take, "minh")
    assert (one.how, one.attributes) == (How.ATTRIBUTE, ("value",))
    assert after(report, Said(Answer.SKIP), "minh") == (), "nothing is decided yet"


def test_relations_tell_type_and_direction() -> None:
    who, title = Entity("a", "OFFICIAL", 9, 21), Entity("b", "TITLE", POST, POST + 14)

    def of(name: str, kind: str, turned: bool = False) -> AnnotationSet:
        ends = ("b", "a") if turned else ("a", "b")
        return done(name, [who, title], [Relation(f"r{name}", kind, *ends)])

    report = labelled(of("lan", "holds_title"), of("minh", "chairs"))
    review = review_report(report)
    (group,) = review.conflicts
    assert not isinstance(group, EntityGroup)
    said = Said(Answer.TAKE, "lan", reason="slip")
    decision = decide_relation(group, said, DEFAULT_SCHEMA, labels_of_ends(review)).decision
    (one,) = told(review_report(report, [decision]), with_result(report, [decision]), "minh")
    assert (one.how, one.before[0], one.after[0], one.reason) == (How.TYPE, "chairs", "holds_title", "slip")
    assert one.before[1] == one.after[1] == f"{TEXT[9:21]} → Bí thư Tỉnh ủy"


@given(random_sets())
def test_what_is_told_is_exactly_what_differs(sets: dict[str, AnnotationSet]) -> None:
    """Of every conflict that goes to lan: nothing for her, and for the others just where they have it otherwise."""
    report = labelled(*sets.values())
    review = review_report(report)
    entities = [group for group in review.conflicts if isinstance(group, EntityGroup)]
    decisions = [decide(group, Said(Answer.TAKE, "lan"), DEFAULT_SCHEMA, len(TEXT)).decision for group in entities]
    again, whole = review_report(report, decisions), with_result(report, decisions)
    for name in sets:
        found = {one.conflict_id for one in told(again, whole, name)}
        expected = set()
        for group in entities:
            mine, hers = group.members.get(name), group.members.get("lan")
            if (mine is None) != (hers is None):
                expected.add(group.id)
            elif mine is not None and hers is not None:
                same = replace(mine, id="", note=None, entry=None) == replace(hers, id="", note=None, entry=None)
                expected |= set() if same else {group.id}
        assert found & {group.id for group in entities} == expected
