"""Named cases of agreement: what each match counts, what is undefined and why, what is not used."""

from __future__ import annotations

import pytest
from several_annotators import by_name, done, labelled

from annotations.agreement import Agreement, Compared, Match, Part, Selector, behind, measure, per_report
from annotations.agreement.figure import FEW_REPORTS, NO_ENDS, NO_LABELS, NO_REPORTS, NO_TOKENS, ONE_VALUE, TWO_ONLY
from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Relation, Status

TWO = ("lan", "minh")
TITLE, ORG, PLACE = ("TITLE", 22, 43), ("ORG", 29, 43), ("PLACE", 37, 43)


def _entities(report: LabelledReport, match: Match, threshold: float = 0.5) -> Compared:
    return measure([report], TWO, Selector(match, threshold), resamples=0).pairs[0].entities


def _counts(compared: Compared) -> tuple[int, int, int]:
    return compared.both, compared.only_a, compared.only_b


SHORTER = by_name(lan=[("ORG", 29, 43)], minh=[("ORG", 29, 36)])
OTHER_LABEL = by_name(lan=[("ORG", 29, 43)], minh=[("PLACE", 29, 43)])


@pytest.mark.parametrize(
    ("report", "match", "shared"),
    [
        (SHORTER, Match.EXACT, False),
        (SHORTER, Match.BOUNDARY, False),
        (SHORTER, Match.OVERLAP, True),
        (SHORTER, Match.TYPE, True),
        (OTHER_LABEL, Match.EXACT, False),
        (OTHER_LABEL, Match.BOUNDARY, True),
        (OTHER_LABEL, Match.OVERLAP, False),
        (OTHER_LABEL, Match.TYPE, False),
    ],
)
def test_what_each_match_counts(report: LabelledReport, match: Match, shared: bool) -> None:
    assert _counts(_entities(report, match)) == ((1, 0, 0) if shared else (0, 1, 1))


def test_overlap_counts_from_the_threshold_on() -> None:
    assert _entities(SHORTER, Match.OVERLAP, 0.5).both == 1
    assert _entities(SHORTER, Match.OVERLAP, 0.51).both == 0


@pytest.mark.parametrize("threshold", [0, -1, 1.01])
def test_a_threshold_outside_its_limits_is_refused(threshold: float) -> None:
    with pytest.raises(Refused, match="no threshold for overlap"):
        Selector(Match.OVERLAP, threshold)


def test_fewer_than_two_annotators_are_refused() -> None:
    with pytest.raises(Refused, match="at least two annotators"):
        measure([], ["lan", "lan"])


def test_a_touching_entity_shares_nothing() -> None:
    report = by_name(lan=[("ORG", 0, 5)], minh=[("ORG", 5, 9)])
    assert _entities(report, Match.TYPE).both == 0


def test_closest_boundaries_are_matched_first() -> None:
    lan, minh = [("ORG", 0, 10)], [("ORG", 0, 4), ("ORG", 4, 11)]
    report = by_name(lan=lan, minh=minh)
    places = list(behind([report], TWO, Selector(Match.TYPE)))
    assert [(place.part, place.second and place.second.start) for place in places] == [
        (Part.BOTH, 4),
        (Part.ONLY_B, 0),
    ]


def test_discontinuous_entities_match_by_their_fragments() -> None:
    whole = Entity("e0", "ORG", 0, 10)
    pieces = Entity("e0", "ORG", 0, 10, ((0, 3), (7, 10)))
    report = by_name(lan=[whole], minh=[pieces])
    assert _entities(report, Match.EXACT).both == 0
    assert _entities(report, Match.BOUNDARY).both == 0
    assert _entities(report, Match.OVERLAP, 0.6).both == 1
    assert _entities(report, Match.OVERLAP, 0.61).both == 0


def test_an_entity_twice_needs_two_to_match() -> None:
    report = by_name(lan=[ORG, ORG], minh=[ORG])
    for match in Match:
        assert _counts(_entities(report, match)) == (1, 1, 0)


def _with_relation(name: str, kind: str, entities: list[tuple[str, int, int]], back: bool = False) -> AnnotationSet:
    ends = ("e1", "e0") if back else ("e0", "e1")
    return done(name, entities, [Relation("r0", kind, *ends)])


def test_relations_in_two_steps() -> None:
    ends = [("OFFICIAL", 10, 20), TITLE]
    same = labelled(_with_relation("lan", "holds_title", ends), _with_relation("minh", "holds_title", ends))
    other = labelled(_with_relation("lan", "holds_title", ends), _with_relation("minh", "attends", ends))
    pair = measure([same, other], TWO, resamples=0).pairs[0]
    assert _counts(pair.relations) == (1, 1, 1)
    assert pair.same_ends == 2
    assert pair.type_given_ends.value == 0.5
    assert {kind: _counts(each) for kind, each in pair.by_type.items()} == {
        "attends": (0, 0, 1),
        "holds_title": (1, 1, 0),
    }


def test_a_reversed_relation_is_another() -> None:
    ends = [("OFFICIAL", 10, 20), TITLE]
    report = labelled(_with_relation("lan", "alias_of", ends), _with_relation("minh", "alias_of", ends, back=True))
    pair = measure([report], TWO, resamples=0).pairs[0]
    assert _counts(pair.relations) == (0, 1, 1)
    assert (pair.type_given_ends.value, pair.type_given_ends.reason) == (None, NO_ENDS)


def test_ends_match_under_the_same_selector() -> None:
    first = _with_relation("lan", "holds_title", [("OFFICIAL", 10, 20), TITLE])
    second = _with_relation("minh", "holds_title", [("OFFICIAL", 10, 20), ("TITLE", 22, 36)])
    report = labelled(first, second)
    found = {match: measure([report], TWO, Selector(match), resamples=0).pairs[0].relations.both for match in Match}
    assert found == {Match.EXACT: 0, Match.OVERLAP: 1, Match.BOUNDARY: 0, Match.TYPE: 1}


def test_words_see_the_outermost_entity_only() -> None:
    """The annotators differ on the place inside the title, and words do not see it."""
    found = measure([by_name(lan=[TITLE, ORG, PLACE], minh=[TITLE, ORG])], TWO, resamples=0)
    assert found.pairs[0].kappa.value == 1.0
    assert found.alpha.value == 1.0
    place = found.alpha_u_by_label["PLACE"].value
    assert place is not None
    assert place < 1
    assert any("outermost" in note for note in found.notes)


def test_confusion_tells_labels_apart() -> None:
    found = measure([by_name(lan=[("ORG", 29, 43), ("PLACE", 78, 87)], minh=[("PLACE", 29, 43)])], TWO, resamples=0)
    assert found.pairs[0].confusion == {("ORG", "PLACE"): 1, ("PLACE", ""): 1}


def test_figures_without_labels_say_why() -> None:
    found = measure([by_name(lan=[], minh=[])], TWO)
    pair = found.pairs[0]
    assert (pair.entities.f1.value, pair.entities.f1.reason) == (None, NO_LABELS)
    assert (pair.relations.f1.value, pair.relations.f1.reason) == (None, NO_LABELS)
    assert (pair.kappa.value, pair.kappa.reason) == (None, ONE_VALUE)
    assert (found.alpha.value, found.alpha.reason) == (None, ONE_VALUE)
    assert found.alpha_u.value is None
    assert (found.fleiss.value, found.fleiss.reason) == (None, TWO_ONLY)
    assert found.gamma.value is None
    assert found.gamma.reason


def _unfinished(name: str) -> AnnotationSet:
    return AnnotationSet(name, Status.IN_PROGRESS, (Entity("e0", "ORG", 29, 43),))


def test_only_finished_sets_of_chosen_annotators_count() -> None:
    adjudicated = AnnotationSet(None, Status.DONE, (Entity("e0", "ORG", 29, 43),), adjudicated=True)
    reports = [
        labelled(done("lan", [ORG]), done("minh", [ORG]), adjudicated, report_id="r1"),
        labelled(done("lan", [ORG]), _unfinished("minh"), report_id="r2"),
        labelled(done("lan", [ORG]), done("thu", [PLACE]), report_id="r3"),
        labelled(done("lan", [ORG]), adjudicated, report_id="r4"),
    ]
    found = measure(reports, TWO, resamples=0)
    assert (found.used, found.total) == (1, 4)
    assert (found.pairs[0].entities.f1.used, found.pairs[0].entities.f1.total) == (1, 4)
    assert [each.report_id for each in per_report(reports, TWO, Selector())] == ["r1"]


def test_a_pair_without_a_common_report_says_so() -> None:
    reports = [labelled(done("lan", [ORG]), done("minh", [ORG])), labelled(done("lan", [ORG]), done("thu", [ORG]))]
    found = measure(reports, ("lan", "minh", "thu"), resamples=0)
    by_pair = {pair.annotators: pair for pair in found.pairs}
    apart = by_pair["minh", "thu"]
    assert (apart.entities.f1.value, apart.entities.f1.reason) == (None, NO_REPORTS)
    assert (apart.kappa.value, apart.kappa.reason) == (None, NO_REPORTS)
    assert (found.fleiss.value, found.fleiss.reason) == (None, NO_REPORTS)
    assert by_pair["lan", "thu"].reports == 1


def _some_reports(number: int) -> list[LabelledReport]:
    """Every third report is disagreed on."""
    return [
        labelled(done("lan", [ORG, ("PLACE", 78, 87)]), done("minh", [ORG if n % 3 else PLACE]), report_id=f"r{n}")
        for n in range(number)
    ]


def test_an_interval_needs_two_reports() -> None:
    figure = measure(_some_reports(1), TWO).pairs[0].entities.f1
    assert (figure.low, figure.interval_reason) == (None, FEW_REPORTS)


def _f1(agreement: Agreement) -> tuple[float | None, float | None, float | None]:
    figure = agreement.pairs[0].entities.f1
    return figure.low, figure.value, figure.high


def test_intervals_hold_the_value_and_are_repeatable() -> None:
    low, value, high = _f1(measure(_some_reports(30), TWO))
    assert low is not None
    assert value is not None
    assert high is not None
    assert low < value < high
    assert _f1(measure(_some_reports(30), TWO)) == (low, value, high)


def test_more_reports_narrow_the_interval() -> None:
    def width(number: int) -> float:
        low, _, high = _f1(measure(_some_reports(number), TWO, resamples=400))
        return (high or 0) - (low or 0)

    assert width(300) < width(30) / 2


def test_a_text_without_words() -> None:
    report = labelled(done("lan"), done("minh"), text=" \n ")
    figure = measure([report], TWO, resamples=0).pairs[0].kappa
    assert (figure.value, figure.reason) == (None, NO_TOKENS)
