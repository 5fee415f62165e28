"""Handing out reports: complete, even, the same whatever the order, never taking anything away."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.assigning import Balance, Load, Piece, Plan, Way, Wish, hand_out
from annotations.errors import Refused

NAMES = ("lan", "minh", "thu", "an", "hoa")
pieces = st.lists(st.integers(1, 9000), max_size=25).map(
    lambda lengths: [Piece(f"r{number:02}", length) for number, length in enumerate(lengths)]
)


@st.composite
def wishes(draw: st.DrawFn, ways: tuple[Way, ...] = tuple(Way)) -> Wish:
    names = NAMES[: draw(st.integers(1, 5))]
    way = draw(st.sampled_from(ways))
    return Wish(names, way, draw(st.integers(1, len(names))), draw(st.floats(0, 1)), draw(st.sampled_from(Balance)))


def of_reports(plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for report, name in plan.assigned:
        found.setdefault(report, []).append(name)
    return found


def reports(count: int, **more: int) -> list[Piece]:
    return [Piece(f"r{number}", **more) for number in range(count)]


def test_all_to_all() -> None:
    plan = hand_out(reports(3), Wish(("lan", "minh")))
    assert plan.assigned == tuple((f"r{number}", name) for number in range(3) for name in ("lan", "minh"))
    assert plan.loads == {"lan": Load(3, 3, 3, 3), "minh": Load(3, 3, 3, 3)}
    assert plan.overlap == {("lan", "minh"): 3}


def test_a_number_each_takes_the_first_reports_and_different_ones_while_they_last() -> None:
    plan = hand_out(reports(10), Wish(("lan", "minh"), Way.PER_ANNOTATOR, 3))
    assert set(of_reports(plan)) == {f"r{number}" for number in range(6)}
    assert plan.overlap == {("lan", "minh"): 0}
    plan = hand_out(reports(4), Wish(("lan", "minh"), Way.PER_ANNOTATOR, 3))
    assert {name: load.reports for name, load in plan.loads.items()} == {"lan": 3, "minh": 3}
    assert plan.overlap == {("lan", "minh"): 2}


def test_every_pair_shares_as_many_reports_as_any_other() -> None:
    plan = hand_out(reports(12), Wish(NAMES[:4], Way.PER_REPORT, 2))
    assert set(plan.overlap.values()) == {2}


def test_an_overlap_of_a_fifth() -> None:
    plan = hand_out(reports(20), Wish(("lan", "minh", "thu"), Way.OVERLAP, 2, 0.2))
    assert sorted(len(names) for names in of_reports(plan).values()) == [1] * 16 + [2] * 4
    assert sorted(load.reports for load in plan.loads.values()) == [8, 8, 8]
    assert sorted(plan.overlap.values()) == [1, 1, 2]


def test_long_reports_weigh_more() -> None:
    plan = hand_out(
        [Piece("long", 900), *reports(9, length=100)], Wish(("lan", "minh"), Way.PER_REPORT, 1, 0, Balance.LENGTH)
    )
    assert {load.length for load in plan.loads.values()} == {900}


def test_what_is_assigned_stays_and_counts() -> None:
    has = frozenset({"lan"})
    given_before = [Piece("r0", has=has), Piece("r1", has=has), Piece("r2"), Piece("r3")]
    plan = hand_out(given_before, Wish(("lan", "minh"), Way.PER_REPORT, 1))
    assert plan.assigned == (("r2", "minh"), ("r3", "minh"))
    plan = hand_out(given_before, Wish(("lan", "minh"), Way.OVERLAP, 2, 0.0))
    assert plan.assigned == (("r2", "minh"), ("r3", "minh")), "what somebody has is not handed out to another"
    plan = hand_out(given_before, Wish(("lan", "minh")))
    assert plan.assigned == (
        ("r0", "minh"),
        ("r1", "minh"),
        ("r2", "lan"),
        ("r2", "minh"),
        ("r3", "lan"),
        ("r3", "minh"),
    )
    assert plan.loads["lan"] == Load(4, 4, 2, 2)
    plan = hand_out(given_before, Wish(("lan",), Way.PER_ANNOTATOR, 2))
    assert plan.assigned == (("r2", "lan"), ("r3", "lan"))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Wish(()), "at least one annotator"),
        (lambda: Wish(("lan", "lan")), "each once"),
        (lambda: Wish(("lan", " ")), "at least one annotator"),
        (lambda: Wish(("lan",), share=1.5), "1.5 is no share"),
        (lambda: Wish(("lan",), number=0), "0 is too few"),
        (lambda: Wish(("lan",), Way.PER_REPORT, 2), "2 annotators for a report are more than the 1"),
        (lambda: Wish(("lan",), Way.OVERLAP, 2), "more than the 1"),
        (lambda: hand_out(reports(2), Wish(("lan",), Way.PER_ANNOTATOR, 3)), "There are not 3 reports"),
    ],
)
def test_what_cannot_be_is_refused(make: object, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        make()  # type: ignore[operator]


@given(pieces, wishes((Way.ALL, Way.PER_REPORT, Way.OVERLAP)))
def test_each_report_gets_its_annotators_and_nobody_much_more_than_another(given_now: list[Piece], wish: Wish) -> None:
    plan = hand_out(given_now, wish)
    assert len(set(plan.assigned)) == len(plan.assigned)
    numbers = sorted(len(names) for names in of_reports(plan).values())
    several = round(wish.share * len(given_now))
    expected = {
        Way.ALL: [len(wish.annotators)] * len(given_now),
        Way.PER_REPORT: [wish.number] * len(given_now),
        Way.OVERLAP: sorted([wish.number] * several + [1] * (len(given_now) - several)),
    }
    assert numbers == expected[wish.way]
    weights = [load.length if wish.balance is Balance.LENGTH else load.reports for load in plan.loads.values()]
    most = max((piece.length for piece in given_now), default=0) if wish.balance is Balance.LENGTH else 1
    assert max(weights) - min(weights) <= most


@given(pieces, wishes((Way.PER_ANNOTATOR,)))
def test_each_annotator_gets_the_number(given_now: list[Piece], wish: Wish) -> None:
    if wish.number > len(given_now):
        with pytest.raises(Refused):
            hand_out(given_now, wish)
        return
    plan = hand_out(given_now, wish)
    assert len(set(plan.assigned)) == len(plan.assigned)
    assert {load.reports for load in plan.loads.values()} == {wish.number}
    wanted = wish.number * len(wish.annotators)
    if wanted <= len(given_now):
        assert len(of_reports(plan)) == wanted, "nobody's report is another's"


@given(pieces, wishes(), st.randoms(use_true_random=False))
def test_the_same_question_has_the_same_answer_in_any_order(given_now: list[Piece], wish: Wish, order: object) -> None:
    shuffled, names = list(given_now), list(wish.annotators)
    order.shuffle(names)  # type: ignore[attr-defined]
    other = replace(wish, annotators=tuple(names))
    if wish.way is not Way.PER_ANNOTATOR:
        order.shuffle(shuffled)  # type: ignore[attr-defined]
    elif wish.number > len(given_now):
        return
    one, two = hand_out(given_now, wish), hand_out(shuffled, other)
    assert set(one.assigned) == set(two.assigned)
    assert (one.loads, one.overlap) == (two.loads, two.overlap)


@given(pieces, wishes(), wishes())
def test_a_second_time_adds_and_never_doubles(given_now: list[Piece], first: Wish, second: Wish) -> None:
    try:
        has = of_reports(hand_out(given_now, first))
        then = [replace(piece, has=frozenset(has.get(piece.report_id, ()))) for piece in given_now]
        plan = hand_out(then, second)
    except Refused:
        return
    for report, name in plan.assigned:
        assert name not in has.get(report, ())
    after = {piece.report_id: {*piece.has, *of_reports(plan).get(piece.report_id, ())} for piece in then}
    for name, load in plan.loads.items():
        assert load.reports == sum(name in names for names in after.values())
        assert load.length == sum(piece.length for piece in then if name in after[piece.report_id])
        assert load.new == sum(name == taker for _, taker in plan.assigned)
    for pair in combinations(sorted(second.annotators), 2):
        assert plan.overlap[pair] == sum(names.issuperset(pair) for names in after.values())
