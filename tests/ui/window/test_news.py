"""On opening, each is told what others changed since last time and what review made of her labels; a click jumps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget
from pytestqt.qtbot import QtBot
from reviewed_projects import put_brief, say
from several_annotators import TEXT

from annotations.changes import EditReports
from annotations.review import Answer, Said
from annotations.work import Assignment, assign, set_blind
from model.project import Project
from model.workspace import Workspace
from ui.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
POST = TEXT.index("Bí thư")
TITLE, BODY = ("TITLE", POST, POST + 14), ("TITLE", POST + 7, POST + 14)


@pytest.fixture
def path(qtbot: QtBot, tmp_path: Path, open_window: OpenWindow) -> Path:
    """A report that lan and minh label differently; minh was here before anybody reviewed."""
    path = tmp_path / "tin.chugiai"
    with Project.create(path) as project:
        put_brief(project, lan=[TITLE], minh=[BODY])
        put_brief(project, "r2", TEXT + " 2", minh=[TITLE])
    visit(qtbot, open_window, path).close()
    return path


def visit(qtbot: QtBot, open_window: OpenWindow, path: Path, name: str = "minh") -> MainWindow:
    window = open_window(path, name)
    qtbot.waitUntil(lambda: window._news is not None and window.news._job is None)
    return window


def reviewed(path: Path) -> None:
    with Project.open(path) as project:
        chi = Workspace(project, "chi")
        say(project, chi, Said(Answer.TAKE, "lan", reason="guideline gap", note="với tên cơ quan"))
        chi.apply(EditReports({"r2": {"title": "Họp tổng kết"}}))


def lines(window: MainWindow) -> list[tuple[str, str, str]]:
    return [(row.first, row.second, row.third) for row in window.news.model.rows]


def tab_texts(window: MainWindow) -> list[str]:
    tabs = window.findChild(QTabWidget, "side_tabs")
    assert tabs is not None
    return [tabs.tabText(at) for at in range(tabs.count())]


def test_the_first_time_and_without_changes_nothing_is_told(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    window = visit(qtbot, open_window, path)
    assert lines(window) == []
    assert tab_texts(window)[-1] == "News"
    assert "Nothing that others did is new" in window.news.about.text()
    assert not window.news.noted.isVisible()


def test_what_review_and_others_changed_is_told_with_the_reason_and_leads_there(
    qtbot: QtBot, path: Path, open_window: OpenWindow
) -> None:
    reviewed(path)
    window = visit(qtbot, open_window, path)
    assert tab_texts(window)[-1] == "News 3"
    qtbot.keyClick(window.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.news.isVisible()
    told, *others = lines(window)
    assert told == (
        "Title “Tỉnh ủy” → “Bí thư Tỉnh ủy”",
        "Review moved the boundaries · guideline gap: với tên cơ quan",
        "r1.txt · by chi",
    )
    assert {(first, second) for first, second, _when in others} == {
        ("Họp tổng kết", "changed by chi 1"),
        ("r1.txt", "changed by chi 1"),
    }
    assert window.news.about.text() == "Review has 1 of your labels otherwise. Others changed 2 reports."
    window.desk.open_report("r2")
    index = window.news.model.index(0)
    qtbot.mouseClick(window.news.list.viewport(), LEFT, pos=window.news.list.visualRect(index).center())
    assert window.desk.report is not None
    assert window.desk.report.id == "r1"
    assert window.view.selection() == (POST + 7, POST + 14)


def test_what_was_not_looked_at_is_told_again_what_was_is_not(
    qtbot: QtBot, path: Path, open_window: OpenWindow
) -> None:
    reviewed(path)
    visit(qtbot, open_window, path).close()
    window = visit(qtbot, open_window, path)
    assert len(lines(window)) == 3
    window.show_news()
    window.close()
    assert lines(visit(qtbot, open_window, path)) == []


def test_noted_clears_it_and_all_of_review_can_still_be_seen(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    reviewed(path)
    window = visit(qtbot, open_window, path)
    window.show_news()
    qtbot.mouseClick(window.news.noted, LEFT)
    assert lines(window) == []
    assert tab_texts(window)[-1] == "News"
    qtbot.keyClick(window.news.which, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(lines(window)) == 1)
    assert not window.news.noted.isVisible()


def test_blind_work_is_told_nothing_of_it(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    reviewed(path)
    with Project.open(path) as project:
        chi = Workspace(project, "chi")
        chi.apply(assign([Assignment("r1", "minh"), Assignment("r2", "minh")], "chi"))
        chi.apply(set_blind([Assignment("r1", "minh"), Assignment("r2", "minh")], True))
    window = visit(qtbot, open_window, path)
    assert lines(window) == []
    assert window.news.about.text() == "2 reports were handed out to you."
