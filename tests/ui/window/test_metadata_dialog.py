"""Metadata of one or several reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from annotations.changes import EditReports
from annotations.report import Report
from ui.main_window import MainWindow
from ui.queue.metadata import MetadataDialog

ONE = Report("a", "a.txt", "text", "Tin", "2021-04-29", "Báo Hà Nam", "Hà Nam")
OTHER = replace(ONE, id="b", name="b.txt", source="Báo Nam Định")


def ok(dialog: MetadataDialog) -> bool:
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    return buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_only_what_changed_is_changed(qtbot: QtBot) -> None:
    dialog = MetadataDialog([ONE])
    qtbot.addWidget(dialog)
    assert dialog.change() is None
    dialog.edits["title"].setText(" Tin mới ")
    assert dialog.change() == EditReports({"a": {"title": "Tin mới"}})


@pytest.mark.parametrize("date", ["2021-04-29", "2020-10", "2020", "", "2021-04-01/2021-04-30"])
def test_dates_that_are_taken(qtbot: QtBot, date: str) -> None:
    dialog = MetadataDialog([replace(ONE, date="1999")])
    qtbot.addWidget(dialog)
    dialog.edits["date"].setText(date)
    assert ok(dialog)
    assert dialog.change() == EditReports({"a": {"date": date}})


@pytest.mark.parametrize("date", ["29/4/2021", "2021-13", "hôm qua"])
def test_dates_that_are_not(qtbot: QtBot, date: str) -> None:
    dialog = MetadataDialog([ONE])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.edits["date"].setText(date)
    assert not ok(dialog)
    said = dialog.findChild(QLabel, "metadata_problem")
    assert said is not None
    assert date in said.text()
    dialog.edits["date"].setText(ONE.date)
    assert ok(dialog)
    assert not said.isVisible()


def test_several_share_what_is_typed_and_keep_the_rest(qtbot: QtBot) -> None:
    dialog = MetadataDialog([ONE, OTHER])
    qtbot.addWidget(dialog)
    assert dialog.edits["source"].text() == ""
    assert dialog.edits["title"].text() == "Tin"
    assert dialog.change() is None
    dialog.edits["source"].setText("Báo mới")
    assert dialog.change() == EditReports({"a": {"source": "Báo mới"}, "b": {"source": "Báo mới"}})


def test_the_open_report_is_edited_by_key(window: MainWindow, qtbot: QtBot) -> None:
    def fill() -> None:
        dialog = window.findChild(MetadataDialog)
        assert dialog is not None
        dialog.edits["title"].setText("Tin mới")
        dialog.accept()

    QTimer.singleShot(0, fill)
    window.actions_list["action_edit_metadata"].trigger()
    assert window.desk.report is not None
    assert window.desk.report.title == "Tin mới"
    assert window.reports.model.data(window.reports.model.index(0)) == "Tin mới"


def test_a_name_that_is_taken_is_refused(window: MainWindow) -> None:
    assert window.desk.apply(EditReports({"r000": {"name": "001.txt"}})) is None
    assert window.desk.report is not None
    assert window.desk.report.name == "000.txt"
