"""Suggestions of a whole window: they come by themselves from a process of their own; training, figures, choices, lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from annotations.report import Origin, Status
from model.project import Project
from model.queries.reports import Sort
from model.suggestion_cache import kept_model, measures
from ui.annotate.suggestions.actions import open_confirm
from ui.annotate.suggestions.choosing import Scope
from ui.annotate.suggestions.service import SuggestionService
from ui.jobs.demo import make_demo
from ui.jobs.suggestion_feed import MEASURE
from ui.jobs.training import MODEL
from ui.main_window import MainWindow
from ui.overview.page import OverviewPage

OpenWindow = Callable[..., MainWindow]
LONG = 60_000  # milliseconds: other programs may be at work


@pytest.fixture
def window(tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The demo project, at a report that nobody labelled."""
    make_demo(tmp_path / "demo.chugiai")
    made = open_window(tmp_path / "demo.chugiai", "lan")
    while made.desk.annotation_set.entities:
        assert made.desk.open_next(1, True)
    _wait(made, qtbot)
    return made


def _wait(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(window.page.suggesting.offered.in_order), timeout=LONG)


def _service(window: MainWindow) -> SuggestionService:
    return window._suggestions


def _figures(project: Project) -> list[object]:
    with project.reading() as connection:
        return list(measures(connection, MEASURE))


def _confirm_all(window: MainWindow) -> None:
    dialog = open_confirm(window.page, Scope.REPORT)
    assert dialog is not None
    dialog.accept()


def test_they_come_by_themselves_for_each_report_that_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    first = set(window.page.suggesting.offered.entities)
    assert window.desk.open_next(1, True)
    assert not window.page.suggesting.offered.entities
    _wait(window, qtbot)
    assert set(window.page.suggesting.offered.entities) != first


def test_training_is_a_command_whose_model_is_used_and_kept(window: MainWindow, qtbot: QtBot) -> None:
    pytest.importorskip("pycrfsuite")
    training = _service(window).training
    with qtbot.waitSignal(training.trained, timeout=LONG):
        window.actions_list["action_train"].trigger()
        assert window.actions_list["action_train"].text() == "Stop training"
    with window.desk.project.reading() as connection:
        kept = kept_model(connection, MODEL)
    assert kept is not None
    assert kept.about["reports"] == 9
    qtbot.waitUntil(lambda: not training.running, timeout=LONG)
    assert window.actions_list["action_train"].text() == "Train on confirmed labels"


def test_training_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    training = _service(window).training
    said: list[str] = []
    window.desk.notice.connect(lambda text, _undo: said.append(text))
    window.actions_list["action_train"].trigger()
    window.actions_list["action_train"].trigger()
    qtbot.waitUntil(lambda: not training.running, timeout=LONG)
    assert said[-1] == "Training was stopped. What was learned before stays."
    with window.desk.project.reading() as connection:
        assert kept_model(connection, MODEL) is None


def test_a_report_that_is_done_is_measured_and_shown_in_the_overview(window: MainWindow, qtbot: QtBot) -> None:
    report = window.desk.report
    assert report is not None
    _confirm_all(window)
    assert {one.origin for one in window.desk.annotation_set.entities} == {Origin.SUGGESTED}
    window.page.header.done.click()
    assert window.desk.report_status is Status.DONE
    qtbot.waitUntil(lambda: len(_figures(window.desk.project)) == 1, timeout=LONG)
    page = window.workspaces.show("overview")
    assert isinstance(page, OverviewPage)
    page.tabs.setCurrentWidget(page.suggestions)
    rows = page.suggestions.tables["labels"].cells.rows
    assert rows[-1][0].text == "all"
    assert [cell.text for cell in rows[-1][1:4]] == ["1.000"] * 3
    assert len(page.suggestions.tables["time"].cells.rows) == 1
    assert {row[0].text for row in page.suggestions.tables["sources"].cells.rows} >= {"rules"}


def test_a_label_is_switched_off_for_the_project_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    def labels() -> set[str]:
        return {one.label for one in window.page.suggesting.offered.entities.values()}

    page = window.workspaces.show("overview")
    assert isinstance(page, OverviewPage)
    page.tabs.setCurrentWidget(page.suggestions)
    used = page.suggestions.findChild(QCheckBox, "use_ORG")
    least = page.suggestions.findChild(QDoubleSpinBox, "least_DATE")
    assert used is not None
    assert least is not None
    assert {"ORG", "DATE"} <= labels()
    used.click()
    qtbot.waitUntil(lambda: "ORG" not in labels() and bool(labels()), timeout=LONG)
    least.setValue(1.0)
    least.editingFinished.emit()
    qtbot.waitUntil(lambda: "DATE" not in labels() and bool(labels()), timeout=LONG)
    window.desk.undo()
    window.desk.undo()
    qtbot.waitUntil(lambda: {"ORG", "DATE"} <= labels(), timeout=LONG)
    assert used.isChecked()
    assert least.value() == 0


def test_an_own_list_is_suggested_from(window: MainWindow, qtbot: QtBot) -> None:
    page = window.workspaces.show("overview")
    assert isinstance(page, OverviewPage)
    words = " ".join(window.view.text.split()[5:8])
    dialog = page.suggestions.open_lists()
    dialog.label.setCurrentIndex(dialog.label.findData("MEETING"))
    dialog.names.setPlainText(words)
    dialog.label.setCurrentIndex(0)
    assert dialog.names.toPlainText() == ""
    dialog.accept()
    assert window.desk.undo_name() == "Set the project's list of MEETING"
    again = page.suggestions.open_lists()
    again.label.setCurrentIndex(again.label.findData("MEETING"))
    assert again.names.toPlainText() == words
    again.reject()


def test_the_list_is_ordered_by_expected_benefit(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.reports
    panel._sort.setCurrentIndex(panel._sort.findData(Sort.BENEFIT))
    rows = panel.model._rows

    def known() -> bool:
        nonlocal rows
        rows = panel.model._rows
        return sum(row.benefit > 0 for row in rows) == sum(row.status is not Status.DONE for row in rows)

    qtbot.waitUntil(known, timeout=LONG)
    assert [row.benefit for row in rows] == sorted((row.benefit for row in rows), reverse=True)
    assert panel.model.order.descending


def test_closing_the_window_ends_all_of_it(window: MainWindow) -> None:
    service = _service(window)
    window.close()
    assert not service.source._thread.is_alive()
    assert not service.source.feed._aside.is_running


def test_a_box_of_the_preview_can_be_left(window: MainWindow) -> None:
    dialog = open_confirm(window.page, Scope.REPORT)
    assert dialog is not None
    for row in dialog.tree.rows():
        row.setCheckState(0, Qt.CheckState.Unchecked)
    dialog.accept()
    assert window.desk.annotation_set.entities == ()
