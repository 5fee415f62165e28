"""The dialogs as the main window opens them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from model.project import Project
from ui.app import open_project
from ui.dialogs import files
from ui.dialogs.import_dialog import ImportDialog
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path = tmp_path / "p.chugiai"
    Project.create(path).close()
    made = open_project(path, "lan")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("name", ["import", "export"])
def test_an_action_opens_its_dialog_and_escape_closes_it(window: MainWindow, qtbot: QtBot, name: str) -> None:
    _trigger(window, f"action_{name}")
    dialog = window.findChild(QDialog, f"{name}_dialog")
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    assert window.findChild(QDialog, f"{name}_dialog") is None


def test_an_import_is_in_the_report_list(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    report = tmp_path / "one.txt"
    report.write_text("Thứ 5 Ngày 29/04/2021\nTỉnh ủy họp\nSáng nay, Tỉnh ủy họp.\n", "utf-8")
    _trigger(window, "action_import")
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    dialog.add_paths([report])
    qtbot.waitUntil(lambda: dialog._reading is None and dialog.import_button.isEnabled(), timeout=20_000)
    qtbot.keyClick(dialog, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=20_000)
    dialog.result_page.open.click()
    assert window.desk.report is not None
    assert window.desk.report.title == "Tỉnh ủy họp"


def _trigger(window: MainWindow, name: str) -> None:
    from PySide6.QtGui import QAction

    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()


@pytest.mark.parametrize(
    ("chosen", "suffix", "target"),
    [("x", ".xlsx", "x.xlsx"), ("x.XLSX", ".xlsx", "x.XLSX"), ("x.v2", ".xlsx", "x.v2.xlsx"), ("x", "", "x"), ("", ".xlsx", None)],
)  # fmt: skip
def test_a_chosen_target_gets_its_suffix(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, suffix: str, target: str | None
) -> None:
    answer = str(tmp_path / chosen) if chosen else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (answer, ""))
    found = files.ask_target(window, "Save", tmp_path / "proposed", suffix)
    assert found == (tmp_path / target if target else None)


def test_a_suffix_never_overwrites_unasked(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.xlsx").write_text("mine", "utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(tmp_path / "x"), ""))
    assert files.ask_target(window, "Save", tmp_path / "proposed", ".xlsx") is None
