"""Before a project is open; and who is labelling, asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from ui.annotator_dialog import AnnotatorDialog
from ui.app import Program, program
from ui.settings import Settings
from ui.welcome import Welcome


@pytest.fixture
def running(qapp: QApplication) -> Iterator[Program]:
    made = program()
    yield made
    for window in (made.window, made.welcome):
        if window is not None:
            window.close()
    made.window = made.welcome = None


@pytest.fixture
def page(running: Program) -> Welcome:
    running.settings.annotator = "Lan"
    return running.show_welcome()


def button(page: Welcome, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def test_the_buttons_ask(page: Welcome, qtbot: QtBot) -> None:
    for signal in (page.new_wanted, page.choose_wanted, page.demo_wanted):
        signal.disconnect()
    for name, signal in (
        ("welcome_new", page.new_wanted),
        ("welcome_open", page.choose_wanted),
        ("welcome_demo", page.demo_wanted),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button(page, name), Qt.MouseButton.LeftButton)


def test_a_new_project_opens_and_is_recent(running: Program, page: Welcome, tmp_path: Path) -> None:
    running.make_new(tmp_path / "mới")
    path = tmp_path / "mới.chugiai"
    assert path.exists()
    assert running.window is not None
    assert running.window.desk.annotator == "Lan"
    assert Settings().recent == (path,)
    assert not page.isVisible()


def test_an_existing_project_is_never_overwritten(
    running: Program, page: Welcome, make_project: Callable[..., Path]
) -> None:
    path = make_project()
    before = path.read_bytes()
    running.make_new(path)
    assert path.read_bytes() == before
    assert "exists already" in page.said.text()


def test_a_recent_project_opens_by_click(running: Program, make_project: Callable[..., Path], qtbot: QtBot) -> None:
    path = make_project()
    running.settings.annotator = "Lan"
    running.settings.opened(path)
    page = running.show_welcome()
    recent = page.findChild(QListWidget, "recent_list")
    assert recent is not None
    place = recent.visualItemRect(recent.item(0)).center()
    qtbot.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert running.window is not None
    assert running.window.desk.project.path == path


def test_what_cannot_be_opened_is_told_and_the_page_stays(running: Program, page: Welcome, tmp_path: Path) -> None:
    bad = tmp_path / "bad.chugiai"
    bad.write_text("no project", "utf-8")
    running.switch_to(bad)
    assert page.isVisible()
    assert "not a Chú Giải project" in page.said.text()
    running.switch_to(tmp_path / "none.chugiai")
    assert "There is no project" in page.said.text()


def test_a_dropped_project_opens(running: Program, page: Welcome, make_project: Callable[..., Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(make_project()))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(page, enter)
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(page, event)
    assert running.window is not None


def test_a_project_that_is_gone_is_forgotten_by_key(running: Program, tmp_path: Path, qtbot: QtBot) -> None:
    running.settings.opened(tmp_path / "gone.chugiai")
    page = running.show_welcome()
    page.recent.setCurrentRow(0)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.recent.setFocus()
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert Settings().recent == ()


def test_the_demo_opens(
    running: Program, page: Welcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from PySide6.QtCore import QStandardPaths

    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    qtbot.mouseClick(button(page, "welcome_demo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: running.window is not None, timeout=60_000)
    assert running.window is not None
    assert running.window.reports.model.rowCount() >= 12


def test_who_is_labelling_is_asked_once(running: Program, make_project: Callable[..., Path]) -> None:
    path = make_project(done=1)
    asked = []

    def answer() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, AnnotatorDialog))
        asked.append(dialog.edit.completer().completionCount())
        dialog.edit.setText("  Hoa ")
        dialog.accept()

    QTimer.singleShot(0, answer)
    assert running.annotator_for(path) == "Hoa"
    assert running.annotator_for(path) == "Hoa"
    assert asked == [1]
    assert Settings().annotator == "Hoa"
    assert b"Hoa" not in path.read_bytes()


def test_no_answer_opens_nothing(running: Program, make_project: Callable[..., Path]) -> None:
    def refuse() -> None:
        next(one for one in QApplication.topLevelWidgets() if isinstance(one, AnnotatorDialog)).reject()

    QTimer.singleShot(0, refuse)
    assert running.annotator_for(make_project()) is None
    assert Settings().annotator == ""


def test_a_name_is_needed(qtbot: QtBot) -> None:
    dialog = AnnotatorDialog()
    qtbot.addWidget(dialog)
    dialog.edit.setText("   ")
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    assert not buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
