"""The review page with real keys: one key decides, the next comes by itself, nothing is lost, typing is no command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reviewed_projects import adjudicated, answer, decisions_of, put_brief, review_of

from annotations.changes import Decide, SetStatus
from annotations.report import Entity, Status
from annotations.review import Answer, Said, State
from model.project import Project
from model.workspace import Workspace
from ui.app import open_project
from ui.review.page import ReviewPage

OpenReview = Callable[..., ReviewPage]
Key = Qt.Key


@pytest.fixture
def page(open_review: OpenReview, reviewed: Path) -> ReviewPage:
    return open_review(reviewed)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def stored(page: ReviewPage, report: str = "r1") -> list[tuple[str, int, int]]:
    labels = adjudicated(page.desk.project, report)
    return [(each.label, each.start, each.end) for each in labels.entities] if labels else []


def phrases(page: ReviewPage) -> list[str]:
    return [case.phrase for case in page.worklist.shown]


def go_to(page: ReviewPage, phrase: str) -> None:
    page.list.go_to(phrases(page).index(phrase))


def test_all_conflicts_are_listed_the_most_frequent_phrase_first(page: ReviewPage) -> None:
    assert phrases(page) == ["Bí thư Tỉnh ủy Hà Nam", "Bí thư Tỉnh ủy Hà Nam", "26/4", "huyện Kim Bảng"]
    assert page.counts.text() == "4 undecided · 0 decided"
    assert page.waiting.text() == "1 unanimous labels to accept…"
    assert page.answers.heading.text() == "r1.txt · boundary"
    assert [button.text().split() for button in page.answers.takes if button.isVisible()] == [
        ["1", "A", "lan", "Title", "Bí", "thư", "Tỉnh", "ủy", "Hà", "Nam"],
        ["2", "B", "minh", "Title", "Bí", "thư", "Tỉnh", "ủy"],
    ]


def test_one_key_decides_and_the_next_comes_by_itself(page: ReviewPage) -> None:
    press(Key.Key_2)
    assert stored(page) == [("TITLE", 22, 36)]
    assert page.counts.text() == "3 undecided · 1 decided"
    assert page.shown is not None
    assert page.shown.case.report_id == "r2"
    press(Key.Key_7)
    assert stored(page, "r2") == [("TITLE", 22, 43)]
    assert page.shown.case.phrase == "26/4"
    press(Key.Key_0)
    assert stored(page) == [("TITLE", 22, 36)]
    assert page.counts.text() == "1 undecided · 3 decided"
    assert {str(each.source) for each in decisions_of(page.desk.project, "r1")} == {"decided"}
    assert {each.by for each in decisions_of(page.desk.project, "r1")} == {"hoa"}


def test_extent_label_and_attributes_are_taken_one_by_one(open_review: OpenReview, tmp_path: Path) -> None:
    lan = [Entity("a", "ORG", 0, 5, attributes={"level": "province", "system": "party"})]
    minh = [Entity("b", "ORG", 0, 8, attributes={"level": "central", "system": "state"})]
    thu = [Entity("c", "PLACE", 0, 8)]
    path = tmp_path / "parts.chugiai"
    with Project.create(path) as project:
        put_brief(project, "r1", "Tỉnh ủy họp.", lan=lan, minh=minh, thu=thu)
    page = open_review(path)
    press(Key.Key_F4)
    assert page.status_text().startswith("extent: 1–3 take it from A–C")
    press(Key.Key_1)
    assert stored(page) == [], "nothing is decided before all was asked"
    assert page.status_text().startswith("label:")
    press(Key.Key_2)
    assert page.status_text().startswith("Level:")
    press(Key.Key_2)
    press(Key.Key_1)
    assert stored(page) == [("ORG", 0, 5)]
    (made,) = adjudicated(page.desk.project, "r1").entities  # type: ignore[union-attr]
    assert dict(made.attributes) == {"level": "central", "system": "party"}


def test_ctrl_z_takes_the_decision_back_and_shows_it_again(page: ReviewPage) -> None:
    press(Key.Key_1)
    press(Key.Key_8)
    press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(page, "r2") == []
    press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(page) == []
    QApplication.processEvents()
    assert page.counts.text() == "4 undecided · 0 decided"
    press(Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert stored(page) == [("TITLE", 22, 43)]


def test_extent_and_attribute_are_decided_separately(page: ReviewPage) -> None:
    go_to(page, "huyện Kim Bảng")
    assert page.answers.heading.text() == "r1.txt · boundary, Kind"
    press(Key.Key_7)
    assert page.shown is not None
    assert page.shown.open_point == "attribute:kind"
    assert page.status_text().startswith("Kind: 1–2 take it from A–B")
    press(Key.Key_2)
    (decision,) = decisions_of(page.desk.project)
    assert isinstance(decision.result, Entity)
    assert (decision.answer, decision.attributes_from) == (Answer.UNION, {"kind": "minh"})
    assert (decision.result.start, decision.result.end, decision.result.attributes) == (75, 89, {"kind": "zone"})
    assert decision.is_final


def test_skip_and_discuss_leave_it_open(page: ReviewPage) -> None:
    press(Key.Key_Space)
    press(Key.Key_F2)
    assert page.counts.text() == "4 undecided · 0 decided"
    assert [case.settled.state for case in page.worklist.shown[:2]] == [State.SET_ASIDE, State.SET_ASIDE]
    page.filters.state.setCurrentIndex(page.filters.state.findData("set_aside"))
    page.filters.state.activated.emit(0)
    assert len(page.worklist.shown) == 2
    assert stored(page) == []


def test_an_own_answer_is_edited_in_place(page: ReviewPage, qtbot: QtBot) -> None:
    press(Key.Key_9)
    assert page.own_form.isVisible()
    assert page.text.own == ((22, 43),)
    press(Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert page.text.own == ((22, 39),)
    press(Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.text.own == ((25, 39),)
    page.own_form.label.setCurrentIndex(page.own_form.label.findData("ORG"))
    page.own_form.label.activated.emit(0)
    level = page.own_form.fields["level"]
    qtbot.keyClicks(level, "province")
    QTest.keyClick(level, Key.Key_Return)
    assert stored(page) == [("ORG", 25, 39)]
    labels = adjudicated(page.desk.project)
    assert labels is not None
    assert labels.entities[0].attributes == {"level": "province"}
    assert str(decisions_of(page.desk.project)[0].source) == "own"
    assert not page.own_form.isVisible()


def test_marked_text_is_an_own_answer_and_esc_leaves_it(page: ReviewPage, qtbot: QtBot) -> None:
    view = page.text.viewport()
    start, end = page.text.place_of(29).toPoint(), page.text.place_of(36).toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert page.text.own == ((29, 36),)
    assert page.own_form.isVisible()
    press(Key.Key_Escape)
    assert not page.own_form.isVisible()
    assert page.text.own == ()
    assert stored(page) == []
    assert page.list.hasFocus()


def test_reason_and_note_go_with_the_decision_and_are_then_empty(page: ReviewPage, qtbot: QtBot) -> None:
    press(Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "guideline gap")
    press(Key.Key_Return)
    page.answers.note.setFocus()
    qtbot.keyClicks(page.answers.note, "xem 3.7 va 10")
    assert stored(page) == [], "digits in the note are no answers"
    press(Key.Key_Return)
    assert page.list.hasFocus()
    press(Key.Key_1)
    (decision,) = decisions_of(page.desk.project)
    assert (decision.reason, decision.note) == ("guideline gap", "xem 3.7 va 10")
    assert page.answers.note.text() == ""
    assert page.answers.said_reason() == ""


def test_the_same_phrase_is_decided_at_once(page: ReviewPage) -> None:
    assert page.answers.alike.text() == "the same for all 2 (F5)"
    press(Key.Key_F5)
    assert page.status_text().startswith("For all that are alike:")
    press(Key.Key_2)
    assert (stored(page, "r1"), stored(page, "r2")) == ([("TITLE", 22, 36)], [("TITLE", 22, 36)])
    assert not page.answers.alike.isChecked()
    press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (stored(page, "r1"), stored(page, "r2")) == ([], []), "one action"


def test_letters_brackets_and_backspace_do_nothing(page: ReviewPage) -> None:
    before = page.list.currentIndex().row()
    for key in (Key.Key_A, Key.Key_B, Key.Key_R, Key.Key_BracketLeft, Key.Key_Backspace, Key.Key_H):
        press(key)
    QTest.keyClicks(page.list, "huyen")
    assert page.list.currentIndex().row() == before
    assert decisions_of(page.desk.project) == ()


def test_names_are_hidden_on_demand(page: ReviewPage) -> None:
    press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    shown = [button for button in page.answers.takes if button.isVisible()]
    assert not [button.text() for button in shown if "lan" in button.text() or "minh" in button.text()]
    assert not page.filters.annotator.isEnabled()
    assert page.shown is not None
    letter = page.shown.order.index("minh")
    press(Key(Key.Key_1.value + letter))
    assert stored(page) == [("TITLE", 22, 36)]
    (decision,) = decisions_of(page.desk.project)
    assert decision.taken == "minh"


def test_by_mouse_as_well(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.answers.takes[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.answers.others["neither"], Qt.MouseButton.LeftButton)
    assert (stored(page, "r1"), stored(page, "r2")) == ([("TITLE", 22, 36)], [])
    assert page.counts.text() == "2 undecided · 2 decided"


def test_what_is_no_answer_here_does_nothing(page: ReviewPage) -> None:
    go_to(page, "26/4")
    press(Key.Key_7)
    press(Key.Key_3)
    assert decisions_of(page.desk.project) == ()
    assert not page.answers.others["union"].isEnabled()
    assert "7 union" not in page.status_text()


def test_a_decision_is_taken_back_from_the_list_of_decided(page: ReviewPage) -> None:
    press(Key.Key_1)
    page.filters.state.setCurrentIndex(page.filters.state.findData("decided"))
    page.filters.state.activated.emit(0)
    assert phrases(page) == ["Bí thư Tỉnh ủy Hà Nam"]
    assert page.answers.decided.text() == "taken from lan · Title “Bí thư Tỉnh ủy Hà Nam” · hoa"
    press(Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert stored(page) == []
    assert phrases(page) == []
    assert "Change the filters" in page.empty.text()


def test_the_last_decision_leaves_the_keys_where_they_are_no_typing(page: ReviewPage) -> None:
    for _ in range(4):
        press(Key.Key_1)
    assert page.counts.text() == "0 undecided · 4 decided"
    assert page.text.hasFocus()
    assert page.status_text() == "No conflict is chosen."
    press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert page.counts.text() == "1 undecided · 3 decided"
    assert page.list.hasFocus()


def test_a_lead_who_annotates_can_review_too(open_review: OpenReview, reviewed: Path) -> None:
    page = open_review(reviewed, "lan")
    press(Key.Key_2)
    assert stored(page) == [("TITLE", 22, 36)]
    assert page.desk.annotation_set.annotator == "lan"
    assert [each.end for each in page.desk.annotation_set.entities if each.label == "TITLE"] == [43]


def test_others_are_seen_and_their_decision_is_not_overwritten(page: ReviewPage, reviewed: Path) -> None:
    with Project.open(reviewed) as other:
        thu = Workspace(other, "thu")
        review = review_of(other)
        thu.apply(Decide((answer(review, review.conflicts[0], Said(Answer.NEITHER)),)))
    page.reading.report("r1")
    press(Key.Key_1)
    (decision,) = decisions_of(page.desk.project)
    assert (decision.by, decision.answer) == ("thu", Answer.NEITHER)


def test_new_labels_come_into_the_list(page: ReviewPage, reviewed: Path) -> None:
    with Project.open(reviewed) as other:
        Workspace(other, "minh").apply(SetStatus(("r2",), Status.IN_PROGRESS))
    page.desk.bus.poll()
    QApplication.processEvents()
    assert [case.report_id for case in page.worklist.shown] == ["r1", "r1", "r1"]


def test_show_in_annotate(page: ReviewPage) -> None:
    go_to(page, "huyện Kim Bảng")
    press(Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    window = page.window()
    assert window.workspaces.current == "annotate"  # type: ignore[attr-defined]
    assert page.desk.report is not None
    assert page.desk.report.id == "r1"
    assert window.view.selection() == (75, 89)  # type: ignore[attr-defined]


def test_an_empty_project_says_what_will_be_here(open_review: OpenReview, tmp_path: Path) -> None:
    Project.create(tmp_path / "empty.chugiai").close()
    window = open_project(tmp_path / "empty.chugiai", "hoa")
    page = window.show_workspace("review")
    assert isinstance(page, ReviewPage)
    assert "Conflicts will be listed here" in page.empty.text() or page.reading.running
    assert page.status_text() == "No conflict is chosen."
    window.close()


def test_what_changes_while_the_page_reads_is_seen(page: ReviewPage, reviewed: Path, qtbot: QtBot) -> None:
    page.reload()
    with Project.open(reviewed) as other:
        Workspace(other, "minh").apply(SetStatus(("r2",), Status.IN_PROGRESS))
    page.desk.bus.poll()
    qtbot.waitUntil(lambda: {case.report_id for case in page.worklist.cases} == {"r1"})


def test_reading_that_was_given_up_begins_anew(page: ReviewPage, qtbot: QtBot) -> None:
    page.reload()
    window = page.window()
    window.show_workspace("annotate")  # type: ignore[attr-defined]
    assert not page.reading.running
    window.show_workspace("review")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(page.worklist.cases) == 4 and not page.reading.running)
    assert page.counts.text() == "4 undecided · 0 decided"


def test_a_seventh_annotator_is_taken_with_alt(open_review: OpenReview, tmp_path: Path) -> None:
    names = [f"n{number}" for number in range(7)]
    with Project.create(tmp_path / "seven.chugiai") as project:
        put_brief(project, **{name: [("TITLE", 22, 36 if name == "n6" else 43)] for name in names})
    page = open_review(tmp_path / "seven.chugiai")
    assert page.status_text().startswith("1–6 A–F")
    press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert stored(page) == [("TITLE", 22, 36)]


def test_no_key_means_two_things(page: ReviewPage) -> None:
    actions = page.actions_list
    doubled = {
        (action.objectName(), key.toString()): [other.objectName() for other in found]
        for action in actions
        for key in action.shortcuts()
        if action.objectName().startswith("action_review_") and (found := actions.conflicts(action.objectName(), key))
    }
    assert doubled == {}
