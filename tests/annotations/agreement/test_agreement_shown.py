"""What the overview shows of agreement: several ways to match at once, and the mentions behind a confusion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from several_annotators import by_name, labelled, random_sets

from annotations.agreement import Match, Part, Selector, behind, confused, measure
from annotations.corpus import LabelledReport
from annotations.errors import Cancelled

ALSO = (Selector(Match.OVERLAP, 0.7), Selector(Match.BOUNDARY), Selector(Match.TYPE))
corpora = st.lists(random_sets(), max_size=3).map(
    lambda every: [labelled(*sets.values(), report_id=f"r{number}") for number, sets in enumerate(every)]
)


@given(corpora)
def test_further_ways_to_match_are_what_each_gives_alone(reports: list[LabelledReport]) -> None:
    together = measure(reports, ("lan", "minh", "thu"), also=ALSO, resamples=20)
    for selector in ALSO:
        alone = measure(reports, ("lan", "minh", "thu"), selector, resamples=20)
        for one, other in zip(together.pairs, alone.pairs, strict=True):
            assert one.also[selector] == other.entities.f1
    plain = measure(reports, ("lan", "minh", "thu"), resamples=20)
    assert replace(plain, pairs=()) == replace(together, pairs=()), "the other figures do not change"


@given(corpora)
def test_behind_a_confusion_stand_as_many_mentions_as_it_counts(reports: list[LabelledReport]) -> None:
    for pair in measure(reports, ("lan", "minh", "thu"), resamples=0).pairs:
        for labels, count in pair.confusion.items():
            found = list(confused(reports, pair.annotators, labels))
            assert len(found) == count
            for one in found:
                assert (one.first.label if one.first else "", one.second.label if one.second else "") == labels
                whole = {Part.BOTH: one.first and one.second, Part.ONLY_A: one.first, Part.ONLY_B: one.second}
                assert whole[one.part]
        every = sum(pair.confusion.values())
        exact = len(list(behind(reports, pair.annotators, Selector())))
        assert every <= exact, "mentions of another extent or label are one in the confusion, two in the F1"


def test_a_mention_of_two_labels() -> None:
    reports = [by_name(lan=[("ORG", 0, 5), ("PLACE", 8, 12)], minh=[("TITLE", 0, 5)])]
    (one,) = confused(reports, ("lan", "minh"), ("ORG", "TITLE"))
    assert (one.part, one.first and one.first.label, one.second and one.second.label) == (Part.BOTH, "ORG", "TITLE")
    (alone,) = confused(reports, ("lan", "minh"), ("PLACE", ""))
    assert (alone.part, alone.second) == (Part.ONLY_A, None)
    assert list(confused(reports, ("lan", "minh"), ("TITLE", "ORG"))) == []


def test_resampling_can_be_watched_and_stopped() -> None:
    reports = [by_name(lan=[("ORG", 0, 5)], minh=[("ORG", 0, 5)]) for _ in range(2)]
    seen: list[tuple[int, int]] = []
    measure(reports, ("lan", "minh"), resamples=3, told=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        measure(reports, ("lan", "minh"), resamples=3, told=stop)
