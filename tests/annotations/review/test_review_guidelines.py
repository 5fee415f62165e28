"""What annotators disagree on most: counted by pair of labels and by phrase, with examples and reasons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from several_annotators import TEXT, done, labelled, random_sets

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.review import Answer, Kind, Said, decide, review_report
from annotations.review.guidelines import EXAMPLES, troubles

START = TEXT.index("Tỉnh ủy")
TITLE, ORG = ("TITLE", START, START + 7), ("ORG", START, START + 7)


def test_the_same_phrase_in_three_reports_comes_first() -> None:
    reports = [
        labelled(done("lan", [TITLE, ("PLACE", 0, 8)] if not n else [TITLE]), done("minh", [ORG]), report_id=f"r{n}")
        for n in range(3)
    ]
    found = troubles([(review_report(one), one.report.text) for one in reports])
    assert (found.conflicts, found.reports, found.reasons) == (4, 3, {})
    first, second = found.phrases
    assert (first.name, first.labels, first.count, first.reports) == ("Tỉnh ủy", ("ORG", "TITLE"), 3, 3)
    assert first.kinds == {Kind.LABEL: 3}
    assert (second.name, second.labels, second.count) == ("Đồng chí", ("PLACE", ""), 1)
    assert [(pair.name, pair.labels, pair.count) for pair in found.pairs] == [
        ("", ("ORG", "TITLE"), 3),
        ("", ("PLACE", ""), 1),
    ]
    example = first.examples[0]
    assert example.phrase == "Tỉnh ủy"
    assert example.answers == (("lan", "TITLE", "Tỉnh ủy"), ("minh", "ORG", "Tỉnh ủy"))
    assert second.examples[0].answers == (("lan", "PLACE", "Đồng chí"), ("minh", "", ""))


def test_reasons_of_decisions_are_counted() -> None:
    report = labelled(done("lan", [TITLE]), done("minh", [ORG]))
    (group,) = review_report(report).conflicts
    said = Said(Answer.TAKE, "lan", reason="guideline gap")
    decision = decide(group, said, DEFAULT_SCHEMA, len(TEXT)).decision
    found = troubles([(review_report(report, [decision]), TEXT)])
    assert found.reasons == {"guideline gap": 1}
    assert found.pairs[0].reasons == {"guideline gap": 1}


@given(st.lists(random_sets(), max_size=3))
def test_every_conflict_is_counted_once(every: list[dict[str, object]]) -> None:
    reviews = [review_report(labelled(*sets.values(), report_id=f"r{n}")) for n, sets in enumerate(every)]  # type: ignore[arg-type]
    found = troubles([(review, TEXT) for review in reviews])
    conflicts = sum(not group.unanimous for review in reviews for group in review.entities)
    assert found.conflicts == conflicts
    for sorts in (found.pairs, found.phrases):
        assert sum(one.count for one in sorts) == conflicts
        assert all(len(one.examples) == min(one.count, EXAMPLES) for one in sorts)
        assert [one.count for one in sorts] == sorted((one.count for one in sorts), reverse=True)
