"""A window on a project with conflicts, its review page shown and filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reviewed_projects import put_brief
from several_annotators import TEXT
from shiboken6 import isValid

from annotations.report import Entity
from model.project import Project
from ui.app import open_project
from ui.main_window import MainWindow
from ui.review.page import ReviewPage

OpenReview = Callable[..., ReviewPage]


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """Two reports: on both the title's end is disputed; on the first also a level, and only lan has the date."""
    path = tmp_path / "p.chugiai"
    with Project.create(path) as project:
        put_brief(
            project,
            "r1",
            lan=[
                ("OFFICIAL", 9, 20),
                ("TITLE", 22, 43),
                ("DATE", 66, 70),
                Entity("p", "PLACE", 75, 89, (), {"kind": "admin"}),
            ],
            minh=[("OFFICIAL", 9, 20), ("TITLE", 22, 36), Entity("p", "PLACE", 81, 89, (), {"kind": "zone"})],
        )
        put_brief(project, "r2", TEXT + " 2", lan=[("TITLE", 22, 43)], minh=[("TITLE", 22, 36)])
    return path


@pytest.fixture
def open_review(qtbot: QtBot) -> Iterator[OpenReview]:
    """A function that opens a project and shows the review page, all conflicts read."""
    windows: list[MainWindow] = []

    def open_one(path: Path, annotator: str = "hoa") -> ReviewPage:
        window = open_project(path, annotator)
        windows.append(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page = window.show_workspace("review")
        assert isinstance(page, ReviewPage)
        qtbot.waitUntil(lambda: page.isVisible() and not page.reading.running)
        qtbot.waitUntil(page.list.hasFocus)
        return page

    yield open_one
    for window in filter(isValid, windows):
        window.desk.saving.stop()
        window.close()
        window.deleteLater()
    QApplication.processEvents()
