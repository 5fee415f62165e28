"""A window that is not the active one: keys sent to it, and pictures of it, are its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]
MakeProject = Callable[..., Path]


@pytest.fixture
def two(make_project: MakeProject, open_window: OpenWindow) -> tuple[MainWindow, MainWindow]:
    """Lan's window, and Minh's on the same project, which is the active one."""
    path = make_project()
    return open_window(path, "Lan"), open_window(path, "Minh")


@pytest.mark.parametrize("to_viewport", [False, True])
def test_a_key_labels_in_the_window_that_gets_it(
    two: tuple[MainWindow, MainWindow], qtbot: QtBot, to_viewport: bool
) -> None:
    lan, minh = two
    assert minh.isActiveWindow()
    for window in two:
        window.view.select(5, 9)
    qtbot.keyClick(lan.view.viewport() if to_viewport else lan.view, Qt.Key.Key_5)
    assert [one.label for one in lan.desk.annotation_set.entities] == ["DATE"]
    assert minh.desk.annotation_set.entities == ()
    qtbot.keyClick(lan.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lan.desk.annotation_set.entities == ()


def test_a_picture_right_after_a_label_shows_the_tables(window: MainWindow, qtbot: QtBot) -> None:
    window.view.select(5, 9)
    qtbot.keyClick(window.view, Qt.Key.Key_5)
    table = window.findChild(QWidget, "entity_table")
    assert table is not None
    below = table.mapTo(window, QPoint(table.width() // 2, table.height() - 40))
    assert window.grab().toImage().pixelColor(below) == table.palette().base().color() != QColor("black")
