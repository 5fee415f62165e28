"""Progress in the overview: everybody's numbers, locking, reopening and the end of blind work, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotations.changes import SetStatus
from annotations.report import Status
from annotations.work import Assignment, assign
from model.project import Project
from model.queries.assignments import assignments
from model.workspace import Workspace
from ui.main_window import MainWindow
from ui.overview.cells import CellTable
from ui.overview.page import OverviewPage

MakeProject = Callable[..., Path]
OpenWindow = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(make_project: MakeProject) -> Path:
    """Four reports for Lan, who leads and has one done; two for Minh, blind."""
    path = make_project(4, done=1)
    wanted = [Assignment(f"r00{number}", "Lan") for number in range(4)]
    wanted += [Assignment(f"r00{number}", "Minh", blind=True) for number in range(2)]
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(assign(wanted, "Lan"))
        Workspace(project, "Thu").apply(SetStatus(("r003",), Status.IN_PROGRESS))
    return path


def page_of(qtbot: QtBot, window: MainWindow) -> OverviewPage:
    qtbot.keyClick(window.view, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.workspaces.page("overview")
    assert isinstance(page, OverviewPage)
    assert page.isVisible()
    qtbot.waitUntil(lambda: page.progress.table.cells.rowCount() > 0 and page.progress._job is None)
    return page


def shown(table: CellTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.cells.rows]


def chosen(page: OverviewPage, row: int) -> None:
    index = page.progress.table.model().index(row, 0)
    page.progress.table.selectionModel().select(
        index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    )


def press(qtbot: QtBot, page: OverviewPage, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled()
    qtbot.mouseClick(found, LEFT)
    qtbot.waitUntil(lambda: page.progress._job is None)


def test_everybody_s_numbers(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    page = page_of(qtbot, open_window(path))
    assert page.progress.table.objectName() == "progress_table"
    assert shown(page.progress.table) == [
        ["Lan", "4", "3", "0", "1", "25 %", "–", "–", "–", ""],
        ["Minh", "2", "2", "0", "0", "0 %", "–", "2", "–", ""],
        ["Thu", "0", "0", "1", "0", "0 %", "–", "–", "–", ""],
    ]
    assert page.progress.lead.text() == "Lan leads the work."


def test_they_follow_what_is_done_elsewhere(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    window = open_window(path)
    page = page_of(qtbot, window)
    with Project.open(path) as project:
        Workspace(project, "Minh").apply(SetStatus(("r000",), Status.DONE))
    window.desk.bus.poll()
    qtbot.waitUntil(lambda: shown(page.progress.table)[1][4] == "1")


def test_lock_reopen_and_end_blind_work_of_who_is_selected(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    window = open_window(path)
    page = page_of(qtbot, window)

    def of_minh() -> set[Assignment]:
        with window.desk.project.reading() as connection:
            return set(assignments(connection, annotator="Minh"))

    assert not any(page.findChild(QPushButton, f"progress_{name}").isEnabled() for name in ("lock", "reopen"))
    chosen(page, 1)
    press(qtbot, page, "progress_lock")
    assert all(one.locked for one in of_minh())
    qtbot.waitUntil(lambda: shown(page.progress.table)[1][8] == "2")
    chosen(page, 1)
    press(qtbot, page, "progress_reopen")
    press(qtbot, page, "progress_end_blind")
    assert of_minh() == {Assignment("r000", "Minh"), Assignment("r001", "Minh")}
    for _ in range(3):
        window.desk.undo()
    assert {(one.blind, one.locked) for one in of_minh()} == {(True, False)}


def test_who_does_not_lead_cannot_lock(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    page = page_of(qtbot, open_window(path, "Minh"))
    chosen(page, 0)
    assert not any(button.isEnabled() for button in page.findChildren(QPushButton) if "lock" in button.objectName())


def test_copying_gives_lines_for_a_spreadsheet(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    page = page_of(qtbot, open_window(path))
    chosen(page, 0)
    qtbot.keyClick(page.progress.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, second = QApplication.clipboard().text().split("\n")
    assert first.split("\t")[:3] == ["Annotator", "Assigned", "New"]
    assert second.split("\t")[:3] == ["Lan", "4", "3"]
