"""The workspaces at the top of the window: switched by key and mouse, made when wanted, actions of the others put off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.actions import Actions
from ui.settings import Settings
from ui.workspaces import Workspaces


class Page(QWidget):
    """A page that writes down what it is told."""

    status_text_changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.told: list[str] = []

    def enter(self) -> None:
        self.told.append("enter")

    def leave(self) -> None:
        self.told.append("leave")

    def status_text(self) -> str:
        return f"this is {self.name}"


@pytest.fixture
def pages(qtbot: QtBot, tmp_path: Path) -> tuple[Workspaces, Actions, dict[str, Page], QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, Settings(tmp_path))
    found = Workspaces(actions, window)
    made: dict[str, Page] = {}
    for name, key in (("one", "Ctrl+1"), ("two", "Ctrl+2")):
        found.add(name, name.title(), lambda name=name: made.setdefault(name, Page(name)), key)
    window.show()
    return found, actions, made, window


Pages = tuple[Workspaces, Actions, dict[str, Page], QWidget]


def test_the_first_is_shown_and_others_are_made_when_wanted(pages: Pages) -> None:
    workspaces, _, made, _ = pages
    assert workspaces.current == "one"
    assert set(made) == {"one"}
    assert workspaces.show("two") is made["two"]
    assert made["one"].told == ["enter", "leave"]
    assert made["two"].told == ["enter"]
    workspaces.show("two")
    assert made["two"].told == ["enter"]


def test_keys_and_tabs_switch(pages: Pages, qtbot: QtBot) -> None:
    workspaces, actions, _, _ = pages
    with qtbot.waitSignal(workspaces.changed) as caught:
        actions["action_workspace_two"].trigger()
    assert caught.args == ["two"]
    qtbot.mouseClick(workspaces.bar, Qt.MouseButton.LeftButton, pos=workspaces.bar.tabRect(0).center())
    assert workspaces.current == "one"


def test_only_the_shown_page_says_something(pages: Pages) -> None:
    workspaces, _, made, _ = pages
    said: list[str] = []
    workspaces.hint.connect(said.append)
    workspaces.show("two")
    made["one"].status_text_changed.emit("hidden")
    made["two"].status_text_changed.emit("seen")
    assert said == ["this is two", "seen"]


def test_actions_of_another_workspace_are_put_off(pages: Pages) -> None:
    workspaces, actions, _, _ = pages
    called: list[Any] = []
    on = actions.add("action_on", "On", "F7", lambda: called.append(1))
    off = actions.add("action_off", "Off", "F8", lambda: called.append(2))
    off.setEnabled(False)
    workspaces.own("one", ["action_on", "action_off", "action_unknown"])
    workspaces.show("two")
    assert not on.isEnabled()
    workspaces.show("one")
    assert on.isEnabled()
    assert not off.isEnabled()
