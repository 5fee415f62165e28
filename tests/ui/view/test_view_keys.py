"""The keyboard, and key streams of Vietnamese input methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.report import Entity

Read = Callable[..., Any]

TEXT = "Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, phát biểu.\n\nHội nghị số 05-NQ/TW."
NAME = Entity("name", "OFFICIAL", 9, 20)
TITLE = Entity("title", "TITLE", 22, 36)
ORG = Entity("org", "ORG", 29, 36)
ALL = (NAME, TITLE, ORG)
K = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.mark.parametrize(
    ("start", "key", "mods", "expected"),
    [
        (0, K.Key_Right, (), 5),
        (2, K.Key_Right, (), 5),
        (9, K.Key_Left, (), 5),
        (7, K.Key_Left, (), 5),
        (0, K.Key_Left, (), 0),
        (16, K.Key_Right, (), 22),
        (len(TEXT), K.Key_Right, (), len(TEXT)),
        (0, K.Key_Right, (ALT,), 1),
        (9, K.Key_Left, (ALT,), 8),
        (48, K.Key_Right, (ALT,), 49),
        (50, K.Key_Left, (ALT,), 49),
        (0, K.Key_Right, (CTRL,), 9),
        (9, K.Key_Right, (CTRL,), 22),
        (22, K.Key_Left, (CTRL,), 9),
        (30, K.Key_Home, (), 0),
        (3, K.Key_End, (), 48),
        (30, K.Key_Home, (CTRL,), 0),
        (3, K.Key_End, (CTRL,), len(TEXT)),
        (3, K.Key_Down, (), 49),
        (49, K.Key_Up, (), 0),
        (0, K.Key_Up, (), 0),
        (55, K.Key_Down, (), len(TEXT)),
        (3, K.Key_PageDown, (), len(TEXT)),
        (55, K.Key_PageUp, (), 0),
    ],
)
def test_the_caret_goes(read: Read, start: Any, key: Any, mods: Any, expected: Any) -> None:
    person = read(TEXT)
    person.view.set_caret(start)
    person.key(key, *mods)
    assert person.view.caret() == expected
    assert person.view.selections() == ()


def test_up_and_down_keep_the_column_over_short_lines(read: Read) -> None:
    person = read("Hội nghị Tỉnh ủy\na\nHội nghị Tỉnh ủy")
    person.view.set_caret(9)
    person.key(K.Key_Down)
    assert person.view.caret() == 18
    person.key(K.Key_Down)
    assert person.view.caret() == 19 + 9


@pytest.mark.parametrize(
    ("start", "keys", "expected"),
    [
        (9, [(K.Key_Right, SHIFT)], "Lê"),
        (9, [(K.Key_Right, SHIFT)] * 3, "Lê Thị Thủy"),
        (9, [(K.Key_Right, SHIFT)] * 3 + [(K.Key_Left, SHIFT)], "Lê Thị"),
        (9, [(K.Key_Right, SHIFT), (K.Key_Left, SHIFT), (K.Key_Left, SHIFT)], "chí"),
        (20, [(K.Key_Left, SHIFT)] * 2, "Thị Thủy"),
        (10, [(K.Key_Right, SHIFT)], "Lê"),
        (9, [(K.Key_Right, CTRL | SHIFT)], "Lê Thị Thủy"),
        (9, [(K.Key_Right, SHIFT), (K.Key_Right, ALT | SHIFT)], "Lê "),
        (9, [(K.Key_Right, ALT | SHIFT)], "L"),
        (9, [(K.Key_End, SHIFT)], "Lê Thị Thủy, Bí thư Tỉnh ủy, phát biểu."),
        (9, [(K.Key_Home, SHIFT)], "Đồng chí"),
        (38, [(K.Key_Down, SHIFT), (K.Key_Down, SHIFT), (K.Key_Up, SHIFT), (K.Key_Up, SHIFT)], ""),
        (5, [(K.Key_End, CTRL | SHIFT), (K.Key_Left, SHIFT)], TEXT[5:-1]),
    ],
)
def test_shift_extends(read: Read, start: Any, keys: Any, expected: Any) -> None:
    person = read(TEXT)
    person.view.set_caret(start)
    for key, mods in keys:
        person.key(key, mods)
    assert person.words() == expected


def test_left_and_right_leave_a_selection_at_its_edges(read: Read) -> None:
    person = read(TEXT)
    person.view.select(9, 20)
    person.key(K.Key_Left)
    assert person.view.selection() == (9, 9)
    person.view.select(9, 20)
    person.key(K.Key_Right)
    assert person.view.selection() == (20, 20)


@pytest.mark.parametrize(
    ("entity", "key", "mods", "expected"),
    [
        ("name", K.Key_Right, (SHIFT,), (9, 24)),
        ("name", K.Key_Left, (SHIFT,), (9, 15)),
        ("name", K.Key_Right, (CTRL, SHIFT), (12, 20)),
        ("name", K.Key_Left, (CTRL, SHIFT), (5, 20)),
        ("name", K.Key_Right, (SHIFT, ALT), (9, 21)),
        ("name", K.Key_Left, (CTRL, SHIFT, ALT), (8, 20)),
    ],
)
def test_edges_of_the_selected_entity_move(read: Read, entity: Any, key: Any, mods: Any, expected: Any) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities((entity,))
    person.key(key, *mods)
    assert person.told == [("edge", entity, *expected, False)]
    assert person.view.selected_entities() == (entity,)


def test_an_edge_never_passes_the_other_one(read: Read) -> None:
    person = read(TEXT, (Entity("one", "ORG", 9, 11),))
    person.view.select_entities(("one",))
    person.key(K.Key_Left, SHIFT)
    person.key(K.Key_Right, CTRL, SHIFT)
    assert person.told == []


def test_alt_up_and_down_step_through_the_stack(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.set_caret(30)
    seen = []
    for key in (K.Key_Up, K.Key_Up, K.Key_Up, K.Key_Down):
        person.key(key, ALT)
        seen.append(person.view.selected_entities())
    assert seen == [("org",), ("title",), ("title",), ("org",)]


def test_tab_asks_to_walk_and_keeps_the_focus(read: Read) -> None:
    person = read(TEXT, ALL)
    person.key(K.Key_Tab)
    person.key(K.Key_Backtab, SHIFT)
    assert person.told == [("walked", 1), ("walked", -1)]
    assert person.view.hasFocus()


def test_entities_are_walked_in_text_order_and_round(read: Read) -> None:
    person = read(TEXT, ALL)
    seen = []
    for step in (1, 1, 1, 1, -1):
        person.view.walk_entities(step)
        seen.append(person.view.selected_entities()[0])
    assert seen == ["name", "title", "org", "name", "org"]
    person.view.set_caret(23)
    person.view.walk_entities(-1)
    assert person.view.selected_entities() == ("title",)


def test_walking_without_entities_does_nothing(read: Read) -> None:
    person = read(TEXT)
    person.view.walk_entities(1)
    assert person.view.selected_entities() == ()


def test_enter_and_space(read: Read) -> None:
    person = read(TEXT, ALL)
    person.key(K.Key_Return)
    person.view.select_entities(("org",))
    person.key(K.Key_Enter)
    person.key(K.Key_Space)
    assert person.told == [("activated", "org"), ("candidate",)]


def test_escape_steps_back(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("org",))
    person.key(K.Key_Escape)
    assert person.view.selected_entities() == ()
    person.view.select(3, 9)
    person.key(K.Key_Escape)
    assert person.view.selection() == (9, 9)
    assert not person.view.escape()


def test_copy_and_select_all(read: Read) -> None:
    person = read(TEXT, ALL)
    QGuiApplication.clipboard().setText("before")
    person.key(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "before"
    person.view.select_entities(("org",))
    person.key(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Tỉnh ủy"
    person.key(K.Key_A, CTRL)
    person.key(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == TEXT


STREAMS = {
    "telex": "Nguowfi [ddaijj bieeur] w r s f x j",
    "vni": "d9a5i5 bie63u 1234567890",
    "brackets": "[]{}();'./,-=\\",
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS.keys())
@pytest.mark.parametrize("entity", [True, False], ids=["entity selected", "text selected"])
def test_typing_never_changes_anything(read: Read, stream: str, entity: bool) -> None:
    person = read(TEXT, ALL)
    if entity:
        person.view.select_entities(("title",))
    else:
        person.view.select(9, 20)
    before = (person.view.selection(), person.view.selected_entities(), person.view.caret())
    for letter in stream.replace(" ", ""):
        QTest.keyClick(person.view, letter)
        QTest.keyClick(person.view, K.Key_Backspace)  # as Unikey sends it before the composed letter
        packet = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "ườ")
        QApplication.sendEvent(person.view, packet)
    for event in (QInputMethodEvent("ươ", []), QInputMethodEvent()):
        event.setCommitString("người" if not event.preeditString() else "")
        QApplication.sendEvent(person.view, event)
        QApplication.sendEvent(person.view.viewport(), event)
    assert (person.view.selection(), person.view.selected_entities(), person.view.caret()) == before
    assert person.told == []
    assert person.view.text == TEXT


def test_input_methods_are_told_that_there_is_nothing_to_write_in(read: Read) -> None:
    person = read(TEXT)
    assert person.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
    assert not person.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_keys_of_the_window_are_left_to_it(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("org",))
    for key in (K.Key_1, K.Key_Delete, K.Key_F3, K.Key_F6, K.Key_Backspace, K.Key_A):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        person.view.keyPressEvent(event)
        assert not event.isAccepted()


def test_nothing_happens_on_an_empty_page(read: Read, qtbot: QtBot) -> None:
    person = read("")
    person.view.set_report(None, None, None)
    for key in (K.Key_Right, K.Key_Left, K.Key_Down, K.Key_Up, K.Key_End, K.Key_Home, K.Key_PageDown):
        person.key(key)
        person.key(key, SHIFT)
    person.click(person.view.viewport().rect().center())
    person.view.grab()
    assert person.view.selection() == (0, 0)
