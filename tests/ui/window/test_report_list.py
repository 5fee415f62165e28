"""The report list: pages, filters, order, the open report followed, rows kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotations.changes import DeleteReports, EditReports, SetStatus
from annotations.report import Status
from model.project import Project
from model.queries.reports import ListedReport, Sort
from model.workspace import Workspace
from ui.main_window import MainWindow
from ui.queue.report_list import ReportList
from ui.queue.report_model import PAGE, Order, ReportListModel

TOP = QModelIndex()


@pytest.fixture
def project(make_project: Callable[..., Path]) -> Iterator[Project]:
    with Project.open(make_project(count=350, done=10)) as opened:
        yield opened


@pytest.fixture
def model(project: Project, watch: Callable[..., object]) -> ReportListModel:
    made = ReportListModel(project, "Lan")
    watch(made)
    made.show(Order())
    return made


def rows(model: ReportListModel) -> list[ListedReport]:
    return [model.report_at(model.index(row)) for row in range(model.rowCount())]


def names(model: ReportListModel) -> list[str]:
    return [row.name for row in rows(model)]


def reports(window: MainWindow) -> ReportList:
    found = window.findChild(ReportList, "report_list")
    assert found is not None
    return found


def click_row(
    qtbot: QtBot, view: ReportList, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_only_a_page_is_loaded(model: ReportListModel) -> None:
    assert model.rowCount() == PAGE
    assert model.canFetchMore(TOP)


def test_all_pages_follow_each_other(model: ReportListModel) -> None:
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert names(model) == [f"{number:03}.txt" for number in range(350)]


def test_it_begins_in_the_middle_at_the_open_report(model: ReportListModel) -> None:
    model.show(Order(), around="r200")
    assert model.row_of("r200") == 50
    assert model.can_fetch_earlier()
    while model.can_fetch_earlier():
        assert model.fetch_earlier()
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert names(model) == [f"{number:03}.txt" for number in range(350)]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_gives_every_report_once(model: ReportListModel, sort: Sort, descending: bool) -> None:
    model.show(Order(None, sort, descending), around="r100")
    while model.can_fetch_earlier():
        model.fetch_earlier()
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    keys = [(getattr(row, sort.value), row.name) for row in rows(model)]
    assert keys == sorted(keys, reverse=descending)
    assert len(set(keys)) == 350


def test_the_filter_shows_one_status(model: ReportListModel) -> None:
    model.show(Order(Status.DONE))
    assert names(model) == [f"{number:03}.txt" for number in range(10)]


def test_a_report_that_the_filter_hides_is_no_place_to_begin(model: ReportListModel) -> None:
    model.show(Order(Status.DONE), around="r100")
    assert model.rowCount() == 10


def test_rows_are_refreshed_in_place(model: ReportListModel, project: Project) -> None:
    model.show(Order(Status.NEW))
    Workspace(project, "Lan").apply(SetStatus(("r010",), Status.DONE))
    model.refresh(["r010", "r999"])
    assert rows(model)[0].status is Status.DONE


def test_reload_keeps_what_is_loaded(model: ReportListModel, project: Project) -> None:
    model.fetchMore(TOP)
    Workspace(project, "Lan").apply(DeleteReports(("r000",)))
    model.reload()
    assert model.rowCount() == 2 * PAGE
    assert names(model)[0] == "001.txt"


def test_screen_readers_hear_the_status(model: ReportListModel) -> None:
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("done")


def test_the_next_unfinished_report_is_open_and_selected(
    make_project: Callable[..., Path], open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(make_project(count=5, done=2))
    assert window.desk.report is not None
    assert window.desk.report.id == "r002"
    assert reports(window).selected_ids() == ("r002",)


def test_a_click_opens(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.report_opened):
        click_row(qtbot, reports(window), 2)
    assert window.view.report is not None
    assert window.view.report.id == "r002"


def test_enter_opens_the_row_that_the_arrows_chose(window: MainWindow, qtbot: QtBot) -> None:
    view = reports(window)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert window.desk.report is not None
    assert window.desk.report.id == "r000"
    with qtbot.waitSignal(window.desk.report_opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.desk.report.id == "r001"


def test_several_rows_are_marked_at_once(window: MainWindow, qtbot: QtBot) -> None:
    view = reports(window)
    click_row(qtbot, view, 0)
    click_row(qtbot, view, 2, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_ids() == ("r000", "r001", "r002")
    window.actions_list["action_set_done"].trigger()
    model = window.reports.model
    assert [row.status for row in rows(model)] == [Status.DONE] * 3
    assert window.desk.report_status is Status.DONE


def test_removed_reports_come_back_with_the_notice(window: MainWindow, qtbot: QtBot) -> None:
    view = reports(window)
    click_row(qtbot, view, 0)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert names(window.reports.model) == ["001.txt", "002.txt"]
    qtbot.waitUntil(lambda: window.desk.report is not None and window.desk.report.id == "r001")
    undo = window.findChild(QPushButton, "notice_undo")
    assert undo is not None
    assert undo.isVisible()
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert names(window.reports.model) == ["000.txt", "001.txt", "002.txt"]


def test_the_filter_is_chosen_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.apply(SetStatus(("r001",), Status.DONE))
    box = next(found for found in window.reports.findChildren(QComboBox) if found.findData(Status.DONE) >= 0)
    box.setCurrentIndex(box.findData(Status.DONE))
    assert names(window.reports.model) == ["001.txt"]


def test_progress_is_counted_after_the_window_is_there(
    make_project: Callable[..., Path], open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(make_project(count=4, done=1))
    qtbot.waitUntil(lambda: any(label.text() == "25 % done" for label in window.findChildren(QLabel)))
    assert any(label.text() == "4 reports" for label in window.findChildren(QLabel))


def test_edited_titles_show_in_the_list(window: MainWindow) -> None:
    window.desk.apply(EditReports({"r001": {"title": "Tin khác"}}))
    assert window.reports.model.data(window.reports.model.index(1)) == "Tin khác"


def test_scrolling_up_loads_what_stands_above_and_stays(
    make_project: Callable[..., Path], open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(make_project(count=300, done=200))
    view = reports(window)
    model = window.reports.model
    before = model.rowCount()
    first = model.report_at(model.index(0)).name
    view.verticalScrollBar().setValue(0)
    assert model.rowCount() > before
    row = next(at for at, report in enumerate(rows(model)) if report.name == first)
    qtbot.waitUntil(lambda: view.indexAt(QPoint(20, 5)).row() in (row - 1, row, row + 1))


def test_an_empty_project_says_how_reports_come(
    make_project: Callable[..., Path], open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(make_project(count=0))
    said = [label.text() for label in window.reports.findChildren(QLabel) if label.isVisible()]
    assert "No reports yet. Import… or drop files here." in said
    assert window.desk.report is None
