"""All keys on one sheet; changed there, conflicts shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from ui.annotate.view.key_list import mouse_words, view_keys
from ui.key_sheet import NAME_ROLE, KeySheet
from ui.main_window import MainWindow
from ui.settings import Settings


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> KeySheet:
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_F1)
    found = window.findChild(KeySheet)
    assert found is not None
    return found


def rows(sheet: KeySheet) -> dict[str, str]:
    return {item.data(0, NAME_ROLE): item.text(1) for item in sheet.rows()}


def test_every_action_stands_there(sheet: KeySheet, window: MainWindow) -> None:
    assert {action.objectName() for action in window.actions_list} <= set(rows(sheet))
    assert rows(sheet)["action_redo"] == "Ctrl+Shift+Z, Ctrl+Y"


def test_a_key_is_changed_and_kept(sheet: KeySheet, window: MainWindow) -> None:
    sheet.choose("action_history")
    sheet.editor.setKeySequence(QKeySequence("Ctrl+Alt+H"))
    sheet.set_button.click()
    assert window.actions_list["action_history"].shortcut() == QKeySequence("Ctrl+Alt+H")
    assert Settings().get("shortcuts") == {"action_history": ["Ctrl+Alt+H"]}
    assert rows(sheet)["action_history"] == "Ctrl+Alt+H"
    sheet.reset_button.click()
    assert window.actions_list["action_history"].shortcut() == QKeySequence("Ctrl+H")


def test_a_conflict_is_named_and_then_taken(sheet: KeySheet, window: MainWindow) -> None:
    sheet.choose("action_history")
    sheet.editor.setKeySequence(QKeySequence("Ctrl+Y"))
    assert sheet.said.text().startswith("These keys now mean: Redo")
    sheet.set_button.click()
    assert window.actions_list["action_redo"].shortcuts() == [QKeySequence("Ctrl+Shift+Z")]
    assert window.actions_list["action_history"].shortcuts() == [QKeySequence("Ctrl+Y")]


def test_keys_that_can_be_typed_are_not_taken(sheet: KeySheet, window: MainWindow) -> None:
    sheet.choose("action_history")
    sheet.editor.setKeySequence(QKeySequence("H"))
    assert not sheet.set_button.isEnabled()
    assert "Input methods" in sheet.said.text()


def test_the_filter_leaves_what_fits(sheet: KeySheet) -> None:
    sheet.filter.setText("redo")
    left = [item.data(0, NAME_ROLE) for item in sheet.rows() if not item.isHidden()]
    assert "action_redo" in left
    assert "action_history" not in left


def test_the_keys_and_gestures_of_the_text_stand_there(sheet: KeySheet) -> None:
    shown = {(item.text(0), item.text(1)) for item in sheet.rows() if item.data(0, NAME_ROLE) is None}
    for key in view_keys():
        assert ((key.words, key.shown) in shown) is not key.of_action
    assert {(words, gesture) for gesture, words in mouse_words()} <= shown


def test_every_key_of_an_action_in_the_text_is_an_action_s(window: MainWindow) -> None:
    """What the sheet leaves out of the text's list because an action has it."""
    taken = {key.toString() for action in window.actions_list for key in action.shortcuts()}
    assert {"Space", "Return", "F4", "Ctrl+C"} <= taken


def test_keys_of_the_text_cannot_be_taken(sheet: KeySheet) -> None:
    sheet.choose("action_history")
    sheet.editor.setKeySequence(QKeySequence("Ctrl+Right"))
    assert "always mean: Caret to the next name" in sheet.said.text()
    assert not sheet.set_button.isEnabled()


def test_no_keys_are_doubled_at_first(sheet: KeySheet) -> None:
    assert [keys for keys in rows(sheet).values() if "also" in keys] == []


def test_doubled_keys_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_list.set_keys("action_chips", ["Ctrl+H"])
    window.commands.show_keys()
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    assert rows(sheet)["action_history"] == "Ctrl+H — also: Names above the text"
    assert rows(sheet)["action_chips"] == "Ctrl+H — also: History"
