"""Work in a process of its own: it answers, hands errors over, ends when told, and starts again."""

from __future__ import annotations

import threading
import time

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Report
from ui.jobs.aside import Aside, Gone
from ui.jobs.brain import Brain, Taught, Tuning

TEXT = "Sáng ngày 26/4, Bí thư Tỉnh ủy Lê Thị Mai thăm Câu lạc bộ Sen Hồng.\nCâu lạc bộ Sen Hồng tập hát."
REPORT = Report("r", "r.txt", TEXT, date="2021-04-29", locality="Hà Nam")
NOBODY = AnnotationSet("lan")


class Box:
    """What the tests have in another process."""

    def add(self, one: int, other: int) -> int:
        return one + other

    def refuse(self) -> None:
        raise Refused("{what} is refused.", what="This")

    def wait(self) -> None:
        time.sleep(60)


def test_it_answers_and_hands_errors_over() -> None:
    box = Aside(Box)
    try:
        assert box.call("add", 1, 2) == 3
        with pytest.raises(Refused, match="This is refused"):
            box.call("refuse")
        assert box.call("add", 2, 2) == 4
    finally:
        box.stop()
    assert not box.is_running


def test_it_ends_in_the_middle_and_starts_again() -> None:
    box, ended = Aside(Box), threading.Event()
    box.call("add", 1, 1)

    def work() -> None:
        with pytest.raises(Gone):
            box.call("wait")
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    box.stop()
    assert ended.wait(10)
    thread.join()
    try:
        assert box.call("add", 1, 1) == 2
    finally:
        box.stop()


def test_closed_it_does_not_start_again() -> None:
    box = Aside(Box)
    box.close()
    with pytest.raises(Gone):
        box.call("add", 1, 1)


def test_where_no_process_can_be_started_it_works_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_kind: str) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("ui.jobs.aside.multiprocessing.get_context", refuse)
    assert Aside(Box).call("add", 1, 2) == 3


def _brain(*taught: Taught) -> Brain:
    brain = Brain()
    brain.tune(Tuning(DEFAULT_SCHEMA))
    brain.teach(taught)
    return brain


def _club(brain: Brain, annotator: str) -> set[str | None]:
    found = brain.suggest(REPORT, annotator, NOBODY, frozenset()).entities
    return {one.by for one in found if one.surface(TEXT) == "Câu lạc bộ Sen Hồng"}


def test_names_that_others_confirmed_on_this_report_say_nothing_here() -> None:
    name = frozenset({("ORG", "Câu lạc bộ Sen Hồng")})
    assert "project" not in _club(_brain(), "lan")
    assert "project" in _club(_brain(Taught("r2", "minh", name)), "lan")
    blind = _brain(Taught("r", "minh", name))
    assert "project" not in _club(blind, "lan")
    assert "project" in _club(blind, "minh")
    assert "project" in _club(_brain(Taught("r", "minh", name), Taught("r2", "minh", name)), "lan")


def test_names_that_are_taken_back_are_forgotten() -> None:
    brain = _brain(Taught("r2", "lan", frozenset({("ORG", "Câu lạc bộ Sen Hồng")})))
    assert "project" in _club(brain, "lan")
    brain.teach([Taught("r2", "lan", frozenset())])
    assert "project" not in _club(brain, "lan")


def test_the_same_suggestion_keeps_its_id_and_relations_end_in_labels() -> None:
    brain = _brain()
    first = brain.suggest(REPORT, "lan", NOBODY, frozenset())
    start = TEXT.index("Lê Thị Mai")
    own = AnnotationSet("lan", entities=(Entity("mine", "OFFICIAL", start, start + 10),))
    second = brain.suggest(REPORT, "lan", own, frozenset())
    assert {one.id for one in second.entities} == {one.id for one in first.entities} - {
        f"?OFFICIAL {start} {start + 10}"
    }
    assert "mine" in {end for one in second.relations for end in (one.source, one.target)}


def test_a_part_of_a_long_text_is_suggested_at_its_place() -> None:
    brain = _brain()
    padded = Report("r", "r.txt", "Mở đầu.\n" * 5 + TEXT, date="2021-04-29", locality="Hà Nam")
    start = padded.text.index("Sáng")
    part = brain.suggest(padded, "lan", NOBODY, frozenset(), (start, start + 20))
    assert {one.surface(padded.text) for one in part.entities} >= {"Sáng ngày 26/4", "Lê Thị Mai"}
    assert all(one.start >= start for one in part.entities)
    whole = brain.suggest(padded, "lan", NOBODY, frozenset())
    assert {one.id for one in part.entities} <= {one.id for one in whole.entities}
