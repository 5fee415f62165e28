"""What holds for any labels: agreement with oneself is 1, agreement is the same from either side, counts add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from several_annotators import TEXT, labelled, random_sets

from annotations.agreement import Match, Part, Selector, Shared, behind, by_match, measure, per_report, relations_behind
from annotations.agreement.tokens import Words
from annotations.offsets import tokens
from annotations.report import AnnotationSet

TWO = ("lan", "minh")
some = settings(max_examples=50, deadline=None)
every_match = pytest.mark.parametrize("match", list(Match))


@every_match
@some
@given(sets=random_sets(("lan",)))
def test_agreement_with_oneself_is_1(match: Match, sets: Mapping[str, AnnotationSet]) -> None:
    own = sets["lan"]
    found = measure([labelled(own, replace(own, annotator="minh"))], TWO, Selector(match), resamples=0)
    pair = found.pairs[0]
    for compared in (pair.entities, *pair.by_label.values(), *pair.by_type.values()):
        assert (compared.only_a, compared.only_b) == (0, 0)
        assert compared.f1.value in (1.0, None)
    assert (pair.entities.f1.value is None) == (not own.entities)
    for figure in (pair.kappa, pair.type_given_ends, found.alpha, found.alpha_u):
        assert figure.value == pytest.approx(1.0) if figure.reason == "" else figure.value is None
    assert all(one == other for one, other in pair.confusion)


@every_match
@some
@given(sets=random_sets(TWO))
def test_agreement_is_the_same_from_either_side(match: Match, sets: Mapping[str, AnnotationSet]) -> None:
    report = labelled(*sets.values())
    there, back = (measure([report], names, Selector(match), resamples=0) for names in (TWO, TWO[::-1]))
    one, other = there.pairs[0], back.pairs[0]
    assert one.entities.f1 == other.entities.f1
    assert one.relations.f1 == other.relations.f1
    assert (one.entities.only_a, one.entities.only_b) == (other.entities.only_b, other.entities.only_a)
    assert one.type_given_ends == other.type_given_ends
    assert one.kappa.value == pytest.approx(other.kappa.value) if one.kappa.value is not None else not other.kappa.value
    assert there.alpha == back.alpha
    assert there.alpha_u == back.alpha_u
    assert dict(one.confusion) == {(b, a): count for (a, b), count in other.confusion.items()}


@every_match
@some
@given(sets=random_sets(TWO))
def test_every_figure_can_list_its_spans(match: Match, sets: Mapping[str, AnnotationSet]) -> None:
    report = labelled(*sets.values())
    pair = measure([report], TWO, Selector(match), resamples=0).pairs[0]
    for label, compared in {"": pair.entities, **pair.by_label}.items():
        places = list(behind([report], TWO, Selector(match), label))
        counted = [sum(1 for place in places if place.part is part) for part in Part]
        assert counted == [compared.both, compared.only_a, compared.only_b]
        assert all((place.first is None) == (place.part is Part.ONLY_B) for place in places)
    for kind, compared in {"": pair.relations, **pair.by_type}.items():
        found = list(relations_behind([report], TWO, Selector(match), kind))
        counted = [sum(1 for place in found if place.part is part) for part in Part]
        assert counted == [compared.both, compared.only_a, compared.only_b]


@some
@given(sets=random_sets())
def test_all_ways_to_count_are_one(sets: Mapping[str, AnnotationSet]) -> None:
    """``by_match`` and ``per_report`` count what ``measure`` counts."""
    reports = [labelled(*sets.values()), labelled(*list(sets.values())[:2], report_id="r2")]
    names = ("lan", "minh", "thu")
    for selector, by_pair in by_match(reports, names).items():
        singly = list(per_report(reports, names, selector))
        for pair in measure(reports, names, selector, resamples=0).pairs:
            counted = {"": pair.entities} | dict(pair.by_label)
            expected = {label: Shared(each.both, each.only_a, each.only_b) for label, each in counted.items()}
            assert by_pair[pair.annotators] == expected
            own = [each.entities[pair.annotators] for each in singly if pair.annotators in each.entities]
            assert sum(own, Shared()) == expected[""]


@some
@given(sets=random_sets(TWO))
def test_looser_matches_find_no_less(sets: Mapping[str, AnnotationSet]) -> None:
    report = labelled(*sets.values())
    both = {match: measure([report], TWO, Selector(match), resamples=0).pairs[0].entities.both for match in Match}
    assert both[Match.EXACT] <= both[Match.OVERLAP] <= both[Match.TYPE]
    assert both[Match.EXACT] <= both[Match.BOUNDARY]


@some
@given(sets=random_sets())
def test_a_report_twice_changes_no_share(sets: Mapping[str, AnnotationSet]) -> None:
    once = measure([labelled(*sets.values())], ("lan", "minh", "thu"), resamples=0)
    twice = measure([labelled(*sets.values())] * 2, ("lan", "minh", "thu"), resamples=0)
    assert twice.used == twice.total == 2
    for one, other in zip(once.pairs, twice.pairs, strict=True):
        assert one.entities.f1.value == other.entities.f1.value
        assert other.entities.both == 2 * one.entities.both
    if once.alpha_u.value is not None:
        assert twice.alpha_u.value == pytest.approx(once.alpha_u.value)


@some
@given(sets=random_sets())
def test_words_are_those_of_the_program(sets: Mapping[str, AnnotationSet]) -> None:
    words, spans = Words(TEXT), list(tokens(TEXT))
    assert words.starts == [start for start, _ in spans]
    for labels in sets.values():
        for entity in labels.entities:
            for start, end in entity.spans:
                first, last = words.covered(start, end)
                covered = [n for n, (from_, to) in enumerate(spans) if from_ < end and start < to]
                assert list(range(first, last)) == covered
