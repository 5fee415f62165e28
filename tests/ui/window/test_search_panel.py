"""Search in the window: typed words, hits with their place, Enter, Esc."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from model.queries.search import index_next
from ui.main_window import MainWindow
from ui.queue.search import SearchResults


@pytest.fixture
def box(window: MainWindow) -> QLineEdit:
    with window.desk.project.writing() as connection:
        index_next(connection, 100)
    found = window.findChild(QLineEdit, "search_box")
    assert found is not None
    found.setFocus()
    return found


def results(window: MainWindow) -> SearchResults:
    return window.results


def test_words_without_diacritics_find_the_place(
    window: MainWindow, box: QLineEdit, qtbot: QtBot, watch: Callable[..., object]
) -> None:
    watch(results(window).model)
    qtbot.keyClicks(box, "le thi thuy chu tri")
    qtbot.waitUntil(lambda: results(window).model.rowCount() == 3)
    assert results(window).isVisible()
    assert not window.reports.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    start, end = window.view.selection()
    assert window.view.text[start:end] == "Lê Thị Thủy chủ trì"


def test_enter_does_not_wait_for_the_pause(window: MainWindow, box: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "phien thu 2")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.desk.report is not None
    assert window.desk.report.id == "r002"


def test_down_and_enter_open_another_hit(window: MainWindow, box: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "hoi nghi")
    qtbot.waitUntil(lambda: results(window).model.rowCount() == 3)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(results(window).list, Qt.Key.Key_Down)
    qtbot.keyClick(results(window).list, Qt.Key.Key_Return)
    assert window.desk.report is not None
    assert window.desk.report.id == "r001"


def test_escape_returns_to_the_list(window: MainWindow, box: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "hoi nghi")
    qtbot.waitUntil(lambda: results(window).isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.reports.isVisible()
    assert box.text() == ""


def test_escape_in_the_results_returns_too(window: MainWindow, box: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "hoi nghi")
    qtbot.waitUntil(lambda: results(window).isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(results(window).list, Qt.Key.Key_Escape)
    assert window.reports.isVisible()


def test_nothing_found_is_said(window: MainWindow, box: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "khongcogi")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert any("khongcogi" in label.text() for label in results(window).findChildren(QLabel))


def test_texts_are_indexed_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window._indexing.start()
    qtbot.waitUntil(lambda: window._indexing._thread is not None and not window._indexing._thread.is_alive())
    results(window).look_for("chu tri hoi nghi")
    assert results(window).model.rowCount() == 3
