"""The list of actions: names, tooltips, shortcuts that input methods leave alone, changed and kept."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.actions import Actions, is_safe
from ui.main_window import MainWindow
from ui.settings import Settings


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    widget = QWidget()
    qtbot.addWidget(widget)
    made = Actions(widget, Settings())
    made.widget = widget  # type: ignore[attr-defined]  # kept alive
    return made


@pytest.mark.parametrize(
    "key", ["1", "F5", "Space", "Tab", "Return", "Delete", "Esc", "Left", "Ctrl+Z", "Alt+R", "Shift+F6"]
)
def test_keys_that_are_safe_to_use(key: str) -> None:
    assert is_safe(QKeySequence(key))


@pytest.mark.parametrize("key", ["R", "Shift+R", "[", "Backspace", "Shift+1, R", "ơ", ";", "Home+R"])
def test_keys_that_typing_brings_about(key: str, actions: Actions) -> None:
    assert not is_safe(QKeySequence("R" if key == "Home+R" else key))


def test_an_unsafe_key_is_a_bug(actions: Actions) -> None:
    with pytest.raises(ValueError, match="input method"):
        actions.add("action_a", "A", "R", lambda: None)


def test_a_name_stands_once(actions: Actions) -> None:
    actions.add("action_a", "A", None, lambda: None)
    with pytest.raises(ValueError, match="action_a"):
        actions.add("action_a", "A", None, lambda: None)


def test_the_tooltip_shows_the_keys(actions: Actions) -> None:
    assert actions.add("action_a", "&Find", "Ctrl+F", lambda: None).toolTip() == "Find (Ctrl+F)"


def test_changed_keys_are_kept_for_the_account(actions: Actions, qtbot: QtBot) -> None:
    actions.add("action_a", "A", "Ctrl+1", lambda: None)
    actions.set_keys("action_a", ["Ctrl+2"])
    again = QWidget()
    qtbot.addWidget(again)
    other = Actions(again, Settings())
    assert other.add("action_a", "A", "Ctrl+1", lambda: None).shortcut() == QKeySequence("Ctrl+2")
    other.set_keys("action_a", None)
    assert other["action_a"].shortcut() == QKeySequence("Ctrl+1")


def test_conflicts_are_only_where_both_work(actions: Actions, qtbot: QtBot) -> None:
    one, other = QWidget(), QWidget()
    qtbot.addWidget(one)
    qtbot.addWidget(other)
    actions.add("action_a", "A", "Delete", lambda: None, context=one)
    actions.add("action_b", "B", "Delete", lambda: None, context=other)
    assert actions.conflicts("action_a", QKeySequence("Delete")) == ()
    everywhere = actions.add("action_c", "C", "Ctrl+D", lambda: None)
    assert actions.conflicts("action_a", QKeySequence("Ctrl+D")) == (everywhere,)


def test_a_removed_action_is_gone(actions: Actions) -> None:
    actions.add("action_a", "A", "Ctrl+1", lambda: None, menu="Go")
    actions.remove("action_a")
    assert "action_a" not in actions
    assert actions.menu("Go") == ()


def test_no_two_actions_of_the_window_share_a_key(window: MainWindow) -> None:
    actions = window.actions_list
    for action in actions:
        for key in action.shortcuts():
            assert actions.conflicts(action.objectName(), key) == (), f"{action.objectName()} {key.toString()}"


def test_every_action_of_the_menus_has_a_key(window: MainWindow) -> None:
    bare = [one.action.objectName() for one in window.actions_list.registered() if one.menu and not one.default]
    assert bare == []


def test_the_names_that_scripts_rely_on(window: MainWindow) -> None:
    wanted = "undo redo label_OFFICIAL delete add_relation next_report previous_report mark_done import export"
    for name in wanted.split():
        assert f"action_{name}" in window.actions_list
    for name in [
        "report_list",
        "report_view",
        "entity_table",
        "relation_table",
        "label_bar",
        "history_panel",
        "search_box",
    ]:
        found = window.findChild(QWidget, name)
        assert found is not None, name
        assert found.accessibleName(), name
    assert window.objectName() == "main_window"
