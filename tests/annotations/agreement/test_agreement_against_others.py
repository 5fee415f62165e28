"""Our figures are those of krippendorff, scikit-learn and nervaluate, on random and on named data."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from several_annotators import LABELS, TEXT, done, labelled, random_sets

from annotations.agreement import Match, Selector, measure, per_report
from annotations.agreement.pairing import pair_for_confusion, unequal
from annotations.agreement.side import Side
from annotations.agreement.tokens import Words
from annotations.report import AnnotationSet, Entity

TWO = ("lan", "minh")
THREE = ("lan", "minh", "thu")
few = settings(max_examples=60, deadline=None)


def _word_values(sets: Mapping[str, AnnotationSet], names: tuple[str, ...]) -> list[list[str]]:
    """The value of each word for each annotator, from the joint counts that the figures use."""
    joint = Words(TEXT).joint([sets[name].entities for name in names])
    words = [values for values, count in joint.items() for _ in range(count)]
    return [[values[place] or "-" for values in words] for place in range(len(names))]


@few
@given(sets=random_sets(TWO))
def test_cohens_kappa_is_that_of_scikit_learn(sets: Mapping[str, AnnotationSet]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    ours = measure([labelled(*sets.values())], TWO, resamples=0).pairs[0].kappa.value
    first, second = _word_values(sets, TWO)
    if len({*first, *second}) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(metrics.cohen_kappa_score(first, second))


@few
@given(sets=random_sets(THREE))
def test_alpha_is_that_of_krippendorff(sets: Mapping[str, AnnotationSet]) -> None:
    """One report that three annotators finished, and one that two of them did."""
    krippendorff = pytest.importorskip("krippendorff")
    two = {name: sets[name] for name in TWO}
    ours = measure([labelled(*sets.values()), labelled(*two.values(), report_id="r2")], THREE, resamples=0).alpha
    all_rows, two_rows = _word_values(sets, THREE), _word_values(two, TWO)
    missing = ["nan"] * len(two_rows[0])
    data = [one + other for one, other in zip(all_rows, [*two_rows, missing], strict=True)]
    if len({value for row in data for value in row} - {"nan"}) == 1:
        assert ours.value is None
    else:
        theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert ours.value == pytest.approx(theirs)


def _one_to_one(first: AnnotationSet, second: AnnotationSet) -> bool:
    """Whether no entity shares a character with two of the other set: only then are greedy matchers of one mind."""
    for ours, theirs in ((first, second), (second, first)):
        for entity in ours.entities:
            if sum(1 for each in theirs.entities if each.start < entity.end and entity.start < each.end) > 1:
                return False
    return True


def _rows(labels: AnnotationSet) -> list[dict[str, object]]:
    """nervaluate's ends are inclusive."""
    return [{"label": each.label, "start": each.start, "end": each.end - 1} for each in labels.entities]


@pytest.mark.parametrize(("match", "strategy"), [("exact", "strict"), ("boundary", "exact"), ("type", "ent_type")])
@few
@given(sets=random_sets(TWO, flat=True))
def test_counts_are_those_of_nervaluate(match: str, strategy: str, sets: Mapping[str, AnnotationSet]) -> None:
    nervaluate = pytest.importorskip("nervaluate")
    first, second = sets["lan"], sets["minh"]
    if match == "type" and not _one_to_one(first, second):
        return
    rows = [_rows(first)], [_rows(second)]
    theirs = nervaluate.Evaluator(*rows, tags=list(LABELS), loader="dict").evaluate()
    ours = next(per_report([labelled(first, second)], TWO, Selector(Match(match))))
    counted = {"": ours.entities[TWO]} | dict(ours.by_label[TWO])
    for label, one in counted.items():
        found = theirs["entities"][label][strategy] if label else theirs["overall"][strategy]
        assert (one.both, one.both + one.only_a, one.both + one.only_b) == (found.correct, found.possible, found.actual)
        assert (one.f1 or 0) == pytest.approx(found.f1)


def test_nervaluate_counts_fewer_where_entities_nest() -> None:
    """A missing outer entity takes nervaluate's match of the inner one away; ours counts the inner one."""
    nervaluate = pytest.importorskip("nervaluate")
    outer, inner = Entity("e1", "TITLE", 22, 36), Entity("e2", "ORG", 29, 36)
    lan, minh = done("lan", [inner]), done("minh", [outer, inner])
    theirs = nervaluate.Evaluator([_rows(lan)], [_rows(minh)], tags=["ORG", "TITLE"], loader="dict").evaluate()
    ours = next(per_report([labelled(lan, minh)], TWO, Selector()))
    assert theirs["overall"]["strict"].correct == 0
    assert ours.entities[TWO].both == 1
    assert theirs["entities"]["ORG"]["strict"].correct == ours.by_label[TWO]["ORG"].both == 1


def test_a_place_inside_an_organisation_is_no_confusion() -> None:
    first = Side(done("lan", [("ORG", 29, 43)]))
    second = Side(done("minh", [("PLACE", 37, 43)]))
    assert pair_for_confusion(first, second, *unequal(first, second)) == ([], [0], [0])
    similar = Side(done("minh", [("PLACE", 29, 42)]))
    assert pair_for_confusion(first, similar, *unequal(first, similar))[0] == [(0, 0)]
