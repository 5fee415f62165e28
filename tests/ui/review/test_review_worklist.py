"""The list of conflicts without a window: order, filters, what comes next; the lanes beside the text."""

from __future__ import annotations

from several_annotators import by_name, done, labelled

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Relation
from annotations.review import Answer, Decision, ReportReview, Said, decide, review_report
from annotations.review.cases import Case, CaseFilter, cases_of
from ui.review.lanes import ADJUDICATED, bars, focus, order_of
from ui.review.worklist import Worklist

TEXT = "Tỉnh ủy họp. Tỉnh ủy họp tại Hà Nam."


def review(report: str, *decisions: Decision) -> ReportReview:
    sets = done("lan", [("ORG", 0, 7), ("ORG", 13, 20), ("PLACE", 29, 35)]), done("minh")
    return review_report(labelled(*sets, report_id=report, text=TEXT), decisions)


def cases(report: str, *decisions: Decision) -> list[Case]:
    return cases_of(review(report, *decisions), TEXT)


def neither(report: str, at: int) -> Decision:
    found = review(report)
    return decide(found.entities[at], Said(Answer.NEITHER), DEFAULT_SCHEMA, len(TEXT)).decision


def filled() -> Worklist:
    worklist = Worklist()
    worklist.fill([*cases("r1"), *cases("r2")], {"r1": 2, "r2": 1})
    return worklist


def shown(worklist: Worklist) -> list[tuple[str, int]]:
    return [(case.report_id, case.start) for case in worklist.shown]


def test_order_counts_and_filter() -> None:
    worklist = filled()
    assert shown(worklist) == [("r1", 0), ("r1", 13), ("r2", 0), ("r2", 13), ("r1", 29), ("r2", 29)]
    assert (worklist.undecided, worklist.decided, worklist.unanimous) == (6, 0, 3)
    assert worklist.count(worklist.shown[0]) == 4
    worklist.set_filter(CaseFilter(label="PLACE"))
    assert shown(worklist) == [("r1", 29), ("r2", 29)]
    assert worklist.place(worklist.shown[1].id) == 1
    assert worklist.place("nothing") == -1


def test_a_decided_report_keeps_its_places_and_the_next_comes() -> None:
    worklist = filled()
    order = [case.id for case in worklist.shown]
    worklist.replace_report("r1", cases("r1", neither("r1", 0)), 0)
    assert shown(worklist) == [("r1", 13), ("r2", 0), ("r2", 13), ("r1", 29), ("r2", 29)]
    assert (worklist.undecided, worklist.decided, worklist.unanimous) == (5, 1, 1)
    assert worklist.shown[worklist.next_after(order, order[0])].start == 13
    worklist.set_filter(CaseFilter(state=""))
    assert shown(worklist)[0] == ("r1", 0)


def test_after_the_last_comes_the_first_that_is_left_and_then_nothing() -> None:
    worklist = Worklist()
    worklist.fill(cases("r1"))
    order = [case.id for case in worklist.shown]
    made = [neither("r1", 2)]
    worklist.replace_report("r1", cases("r1", *made))
    assert worklist.shown[worklist.next_after(order, order[2])].start == 0
    made += [neither("r1", 0), neither("r1", 1)]
    worklist.replace_report("r1", cases("r1", *made))
    assert worklist.next_after(order, order[0]) == -1


def test_new_conflicts_come_beside_their_phrase() -> None:
    worklist = Worklist()
    worklist.fill([*cases("r1")[:1], *cases("r2")])
    worklist.replace_report("r1", cases("r1"))
    assert shown(worklist) == [("r1", 0), ("r2", 0), ("r2", 13), ("r1", 13), ("r2", 29), ("r1", 29)]


def test_a_sample_takes_the_place_of_the_conflicts() -> None:
    worklist = filled()
    worklist.set_sample(cases("r2")[:1])
    assert shown(worklist) == [("r2", 0)]
    worklist.renew_sample(cases("r2", neither("r2", 0)))
    assert not worklist.shown[0].is_open
    worklist.set_sample([])
    assert len(worklist.shown) == 6


def test_lanes() -> None:
    report = by_name(lan=[("TITLE", 22, 43), ("ORG", 29, 36)], minh=[("TITLE", 22, 36)])
    found = review_report(report)
    title = next(group for group in found.entities if "minh" in group.members)
    made = bars(report, found, title)
    assert [(bar.lane, bar.label, bar.depth, bar.is_meant) for bar in made] == [
        (0, "TITLE", 0, True),
        (0, "ORG", 1, False),
        (1, "TITLE", 0, True),
    ]
    assert {bar.lane for bar in bars(report, found, title, ("minh", "lan")) if bar.label == "ORG"} == {1}
    assert focus(found, title) == (22, 43)
    decided = review_report(report, [decide(title, Said(Answer.UNION), DEFAULT_SCHEMA, found.length).decision])
    (top,) = [bar for bar in bars(report, decided, decided.entities[0]) if bar.lane == ADJUDICATED]
    assert (top.spans, top.is_meant) == (((22, 43),), True)


def test_a_relation_is_shown_by_its_ends() -> None:
    ends = [("OFFICIAL", 9, 20), ("TITLE", 22, 43)]
    report = labelled(done("lan", ends, [Relation("r", "holds_title", "e0", "e1")]), done("minh", ends))
    found = review_report(report)
    (group,) = found.conflicts
    assert focus(found, group) == (9, 43)
    assert [bar.is_meant for bar in bars(report, found, group)] == [True, True, False, False]


def test_hidden_names_stand_in_an_order_that_tells_nothing() -> None:
    orders = {order_of(case, hidden=True) for case in [*cases("r1"), *cases("r2")]}
    assert orders == {("lan", "minh"), ("minh", "lan")}
    assert {order_of(case, hidden=False) for case in cases("r1")} == {("lan", "minh")}
