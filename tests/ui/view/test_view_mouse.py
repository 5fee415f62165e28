"""Clicks and drags, as a hand does them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.report import Entity, Report
from ui.annotate.view.word_finder import WordFinder

TEXT = "Sáng nay, Bí thư Tỉnh ủy Lê Thị Thủy họp. Hội nghị bàn về kinh tế.\nCác đại biểu dự."
TITLE = Entity("title", "TITLE", 10, 24)
ORG = Entity("org", "ORG", 17, 24)
NAME = Entity("name", "OFFICIAL", 25, 36)
ALL = (TITLE, ORG, NAME)
Read = Callable[..., Any]
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_drag_selects_whole_syllables_also_inside_an_entity(read: Read) -> None:
    person = read(TEXT, ALL)
    person.drag(person.at(26), person.at(28), person.at(30))
    assert person.words() == "Lê Thị"
    assert person.view.selected_entities() == ()
    assert person.told == []


def test_drag_with_alt_selects_characters(read: Read) -> None:
    person = read(TEXT, ALL)
    person.drag(person.edge(11), person.edge(13), person.edge(14), mods=ALT)
    assert person.view.selection() == (11, 14)


def test_drag_backwards_over_lines(read: Read) -> None:
    person = read(TEXT, ALL, width=300)
    start, end = TEXT.index("Lê"), TEXT.index("bàn")
    person.drag(person.at(end + 1), person.at(start + 4), person.at(start))
    assert person.words() == TEXT[start : end + 3]
    assert person.view.caret() == start


def test_ctrl_drag_adds_a_fragment(read: Read) -> None:
    person = read(TEXT, ALL)
    person.drag(person.at(0), person.at(3))
    person.drag(person.at(25), person.at(27), mods=CTRL)
    assert person.view.selections() == ((0, 4), (25, 27))
    assert person.view.selection() == (25, 27)
    assert person.view.selected_text() == "Sáng Lê"
    person.drag(person.at(42), person.at(44))
    assert person.view.selections() == ((42, 45),)


def test_a_click_with_a_jitter_is_a_click(read: Read) -> None:
    person = read(TEXT, ALL)
    point = person.at(26)
    person.drag(point, point + QPoint(2, 1))
    assert person.view.selected_entities() == ("name",)
    assert person.view.selections() == ()


def test_clicks_go_from_the_innermost_outwards_and_round(read: Read) -> None:
    person = read(TEXT, ALL)
    seen = []
    for _click in range(3):
        person.click(person.at(18))
        seen.append(person.view.selected_entities())
    assert seen == [("org",), ("title",), ("org",)]


def test_a_click_at_another_place_starts_inside_again(read: Read) -> None:
    person = read(TEXT, ALL)
    person.click(person.at(18))
    person.click(person.at(18))
    person.click(person.at(22))
    assert person.view.selected_entities() == ("org",)


def test_the_outer_underline_selects_the_outer_entity(read: Read) -> None:
    person = read(TEXT, ALL)
    metrics = person.view.column.metrics
    below = person.view.rects_of(18, 19)[0].bottomLeft() + QPoint(3, metrics.underline(1) + 1)
    person.click(below)
    assert person.view.selected_entities() == ("title",)


def test_click_on_plain_text_puts_the_caret_and_deselects(read: Read) -> None:
    person = read(TEXT, ALL)
    person.click(person.at(26))
    person.click(person.edge(5))
    assert person.view.selected_entities() == ()
    assert person.view.selection() == (5, 5)
    assert person.view.caret() == 5


def test_shift_click_extends(read: Read) -> None:
    person = read(TEXT, ALL)
    person.click(person.edge(0))
    person.click(person.at(6), mods=SHIFT)
    assert person.words() == "Sáng nay"


def test_double_click_selects_a_word_and_a_third_click_the_sentence(read: Read, qtbot: QtBot) -> None:
    person = read(TEXT, ALL)
    point = person.at(TEXT.index("Hội") + 1)
    person.double_click(point)
    qtbot.waitUntil(lambda: person.words() == "Hội nghị", timeout=20_000)  # the segmenter is loaded beside the window
    person.double_click(point)
    assert person.words() == "Hội nghị"
    QTest.mouseClick(person.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point, 10)
    assert person.words() == "Hội nghị bàn về kinh tế."


def test_until_the_segmenter_is_loaded_it_is_the_syllable(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(WordFinder, "is_ready", False)
    monkeypatch.setattr(WordFinder, "load", lambda _finder, then: waiting.append(then))
    person = read(TEXT, ALL)
    person.double_click(person.at(TEXT.index("Hội") + 1))
    assert person.words() == "Hội"
    person.click(person.at(TEXT.index("kinh") + 1))
    waiting.pop()()
    assert person.words() == "", "the person went on meanwhile"


def test_double_click_on_a_selected_entity_activates_it(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("title",))
    person.double_click(person.at(18))
    assert person.told == [("activated", "title")]
    assert person.view.selected_entities() == ("title",)


def test_double_click_on_an_entity_not_selected_before_selects_the_word(read: Read) -> None:
    person = read(TEXT, ALL)
    person.double_click(person.at(26))
    assert person.told == []
    assert person.words().startswith("Lê")


@pytest.mark.parametrize(
    ("mods", "to", "expected"),
    [
        (Qt.KeyboardModifier.NoModifier, 39, ("edge", "name", 25, 40, False)),
        (CTRL, 39, ("edge", "name", 25, 40, True)),
        (ALT, 39, ("edge", "name", 25, 39, False)),
        (Qt.KeyboardModifier.NoModifier, 31, ("edge", "name", 25, 31, False)),
        (Qt.KeyboardModifier.NoModifier, 3, ("edge", "name", 25, 27, False)),
    ],
)
def test_the_right_handle_moves_the_right_edge(read: Read, mods: Any, to: Any, expected: Any) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name",))
    _left, right = person.view.handle_points("name")
    person.drag(right, person.edge(30), person.edge(to), mods=mods)
    assert person.told == [expected]
    assert person.view.selected_entities() == ("name",)


def test_the_left_handle_moves_the_left_edge(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("title",))
    left, _right = person.view.handle_points("title")
    person.drag(left, person.edge(8), person.edge(7))
    assert person.told == [("edge", "title", 5, 24, False)]


def test_edges_of_a_discontinuous_entity_stay_in_their_fragments(read: Read) -> None:
    parted = Entity("parted", "ORG", 10, 36, fragments=((10, 16), (25, 36)))
    person = read(TEXT, (parted,))
    person.view.select_entities(("parted",))
    left, _right = person.view.handle_points("parted")
    person.drag(left, person.edge(20), person.edge(28))
    assert person.told == [("edge", "parted", 13, 36, False)]


def test_a_handle_dropped_where_it_was_tells_nothing(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name",))
    _left, right = person.view.handle_points("name")
    person.drag(right, person.edge(30), right)
    assert person.told == []


def test_a_relation_is_dragged_from_the_grip(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name",))
    person.drag(person.view.grip_rect("name").center(), person.at(20), person.at(12))
    assert person.told == [("relation", "name", "title")]


def test_a_relation_is_dragged_from_the_grip_of_a_hovered_entity(read: Read) -> None:
    person = read(TEXT, ALL)
    person.hover(person.at(28))
    person.drag(person.view.grip_rect("name").center(), person.at(20), person.at(20))
    assert person.told == [("relation", "name", "org")]


@pytest.mark.parametrize("place", [3, 28])
def test_a_relation_dropped_on_plain_text_or_its_own_source_is_none(read: Read, place: int) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name",))
    person.drag(person.view.grip_rect("name").center(), person.at(20), person.at(place))
    assert person.told == []


def test_escape_cancels_a_drag_first(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name",))
    person.press_and_move(person.view.grip_rect("name").center(), person.at(20), person.at(12))
    person.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(person.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, person.at(12))
    assert person.told == []
    assert person.view.selected_entities() == ("name",)
    person.key(Qt.Key.Key_Escape)
    assert person.view.selected_entities() == ()


def test_escape_brings_back_what_was_selected_before_a_text_drag(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select(0, 4)
    person.press_and_move(person.at(26), person.at(30))
    assert person.words() == "Lê Thị"
    person.key(Qt.Key.Key_Escape)
    assert person.view.selection() == (0, 4)


def test_an_entity_that_goes_away_while_its_edge_is_dragged_ends_the_drag(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name",))
    _left, right = person.view.handle_points("name")
    person.press_and_move(right, person.edge(30), person.edge(39))
    person.view.update_labels(None)
    QTest.mouseRelease(
        person.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, person.edge(39)
    )
    assert person.told == []


def test_a_drag_below_the_edge_scrolls_and_selects_on(read: Read, qtbot: QtBot) -> None:
    person = read("\n".join(["Hội nghị Tỉnh ủy."] * 200))
    person.press_and_move(person.at(2), person.at(12), QPoint(100, person.view.viewport().height() + 200))
    qtbot.waitUntil(lambda: person.view.verticalScrollBar().value() > 500)
    assert person.view.selection()[1] > 300
    person.key(Qt.Key.Key_Escape)
    value = person.view.verticalScrollBar().value()
    qtbot.wait(80)
    assert person.view.verticalScrollBar().value() == value


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("change", ["none", "zoom", "width"])
def test_selecting_and_clicking_beyond_the_bmp_in_both_forms(read: Read, form: str, change: str) -> None:
    text = unicodedata.normalize(form, "😀😀 Đồng chí Lê Thị Thủy 🇻🇳 dự Hội nghị Tỉnh ủy.")
    start = text.index("L")
    end = text.index("y", start) + 1
    person = read(text, (Entity("name", "OFFICIAL", start, end),))
    if change == "zoom":
        person.view.set_zoom(1.6)
    elif change == "width":
        person.view.resize(260, 480)
    person.click(person.at(start + 1))
    assert person.view.selected_entities() == ("name",)
    last = text.index("ngh")
    person.drag(person.at(last), person.at(last + 1), person.at(len(text) - 2))
    assert person.words() == text[last : len(text) - 1]


def test_ctrl_wheel_zooms(read: Read, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    person = read(TEXT)
    height = person.view.rects_of(0, 1)[0].height()
    place = QPointF(100, 100)
    wheel = QWheelEvent(
        place, place, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    with qtbot.waitSignal(person.view.zoom_changed):
        QApplication.sendEvent(person.view.viewport(), wheel)
    assert person.view.rects_of(0, 1)[0].height() > height
    person.view.set_zoom(99)
    assert person.view.zoom() == 4.0


def test_the_menu_is_about_what_lies_below_the_mouse(read: Read) -> None:
    person = read(TEXT, ALL)
    point = person.at(28)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, person.view.viewport().mapToGlobal(point))
    QApplication.sendEvent(person.view.viewport(), menu)
    assert person.told == [("menu",)]
    assert person.view.selected_entities() == ("name",)


def test_another_report_forgets_what_was_hovered_selected_and_dragged(read: Read) -> None:
    person = read(TEXT, ALL)
    person.hover(person.at(28))
    person.view.select_entities(("name",))
    person.press_and_move(person.view.handle_points("name")[1], person.edge(30), person.edge(39))
    person.view.set_report(Report("other", "other.txt", "Hội nghị."), None, None)
    assert person.view.hovered_entity() is None
    assert person.view.selected_entities() == ()
    person.hover(person.at(3))
    person.click(person.at(3))
    assert person.told == []


def test_leaving_ends_the_hover(read: Read) -> None:
    person = read(TEXT, ALL)
    person.hover(person.at(28))
    assert person.view.hovered_entity() == "name"
    QApplication.sendEvent(person.view, QEvent(QEvent.Type.Leave))
    assert person.view.hovered_entity() is None
