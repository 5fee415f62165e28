"""A page on a project with two small reports, shown in a window so that keys and shortcuts reach it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from annotations.changes import EditReports
from model.project import Project
from model.workspace import Workspace
from tests.ui.annotate.annotate_bench import OTHER, TEXT, Bench
from ui.actions import Actions
from ui.annotate.page import AnnotatePage
from ui.desk import Desk
from ui.jobs.importing import import_files
from ui.settings import Settings


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    made = Project.create(tmp_path / "p.chugiai")
    import_files(made, [folder])
    yield made
    made.close()


@pytest.fixture
def desk(project: Project, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(project, Workspace(project, "lan"), Settings())
    made.open_next(1)
    assert made.report is not None
    made.apply(EditReports({made.report.id: {"date": "2021-04-29", "locality": "Hà Nam", "source": "Báo Thử"}}))
    yield made
    made.close()


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Bench:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window, desk.settings)
    actions.add("action_undo", "Undo", "Ctrl+Z", desk.undo)
    actions.add("action_redo", "Redo", "Ctrl+Y", desk.redo)
    page = AnnotatePage(desk, actions, window)
    window.setCentralWidget(page)
    window.resize(1300, 800)
    said: list[str] = []
    with_undo: list[bool] = []
    desk.notice.connect(lambda text, _undo: said.append(text))
    desk.notice.connect(lambda _text, undo: with_undo.append(undo))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    return Bench(page, window, actions, said, with_undo)
