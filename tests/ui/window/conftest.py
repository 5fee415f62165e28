"""Projects with invented reports, and windows on them that are closed at the end of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotations.corpus import ImportedRecord
from annotations.report import Entity, Report, Status
from model.bulk import ImportBatch
from model.project import Project
from ui.app import open_project
from ui.main_window import MainWindow

TEXT = "Sáng 26/4, Ban Thường vụ Tỉnh ủy Hà Nam họp phiên thứ {number}.\nĐồng chí Lê Thị Thủy chủ trì hội nghị.\n" * 12
MakeProject = Callable[..., Path]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """A function that makes a project of ``count`` reports named 000, 001…; ``done`` of them are done by Lan."""

    def make(count: int = 3, done: int = 0, name: str = "tin.chugiai") -> Path:
        path = tmp_path / name
        with Project.create(path) as project, ImportBatch.open(project, title="Import {count} files") as batch:
            for number in range(count):
                batch.add("reports", record(number, Status.DONE if number < done else None))
            batch.publish({"count": count})
        return path

    return make


def record(number: int, status: Status | None = None) -> ImportedRecord:
    """One invented report, with one entity of Lan's when it has a status."""
    report = Report(
        id=f"r{number:03}",
        name=f"{number:03}.txt",
        text=TEXT.format(number=number),
        title=f"Hội nghị lần thứ {number}",
        date=f"2021-04-{number % 28 + 1:02}",
        source="Báo Hà Nam" if number % 2 else "Báo Nam Định",
        locality="Hà Nam",
    )
    entities = (Entity("e1", "DATE", 5, 9),) if status else ()
    return ImportedRecord(
        report, report.name, "Lan" if status else None, False, status, entities, (), status is not None
    )


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """``open_project``, whose windows are closed at the end; what they did not save is given up."""
    windows: list[MainWindow] = []

    def open_one(path: Path, annotator: str = "Lan") -> MainWindow:
        window = open_project(path, annotator)
        windows.append(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_one
    for window in filter(isValid, windows):
        window.desk.saving.stop()
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def watch() -> Callable[[QAbstractItemModel], QAbstractItemModel]:
    """A function that has Qt check an item model at every step; fetching more is left to the test."""

    def begin(model: QAbstractItemModel) -> QAbstractItemModel:
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        tester.setUseFetchMore(False)
        return model

    return begin


@pytest.fixture
def window(make_project: MakeProject, open_window: OpenWindow) -> MainWindow:
    """Lan's window on three reports."""
    return open_window(make_project())
