"""What is handed out, the overview and the news show their words whole, in both languages; their models are sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cut_off import cut_off
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.hand_out_dialog import HandOutDialog
from ui.jobs.demo import make_demo
from ui.main_window import MainWindow
from ui.news_model import NewsModel, NewsRow
from ui.overview.cells import Cell, CellModel
from ui.overview.page import OverviewPage

OpenWindow = Callable[..., MainWindow]
Watch = Callable[[QAbstractItemModel], QAbstractItemModel]


@pytest.fixture(params=["en", "vi"])
def window(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_window: OpenWindow
) -> MainWindow:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", request.param)
    make_demo(tmp_path / "demo.chugiai")
    return open_window(tmp_path / "demo.chugiai", "lan")


def mnemonics_twice(window: QWidget) -> list[str]:
    texts = [one.text() for one in window.findChildren(QPushButton) if one.isVisibleTo(window)]
    texts += [one.text() for one in window.findChildren(QLabel) if one.isVisibleTo(window) and one.buddy()]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    return sorted({key for key in keys if keys.count(key) > 1})


def test_the_dialog_in_each_of_its_ways(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_list["action_hand_out"].trigger()
    dialog = window.findChild(HandOutDialog)
    assert dialog is not None
    for way in range(4):
        dialog.way.setCurrentIndex(way)
        qtbot.waitUntil(lambda: dialog._job is None and dialog.plan is not None)
        QApplication.processEvents()
        assert cut_off(dialog) == []
        assert mnemonics_twice(dialog) == []
    dialog.close()


def test_the_sections_of_the_overview(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    window.show_workspace("overview")
    page = window.workspaces.page("overview")
    assert isinstance(page, OverviewPage)
    for section in (page.progress, page.agreement, page.guidelines):
        page.tabs.setCurrentWidget(section)
        qtbot.waitUntil(lambda section=section: section._job is None)
        QApplication.processEvents()
        assert [text for text in cut_off(section) if "_table: " not in text] == []
        assert mnemonics_twice(section) == []


def test_the_news(window: MainWindow, qtbot: QtBot) -> None:
    window.show_news()
    qtbot.waitUntil(lambda: window.news._job is None)
    QApplication.processEvents()
    assert cut_off(window.news) == []


def test_cells_sort_numbers_as_numbers_and_keep_the_order_that_was_chosen(watch: Watch) -> None:
    model = CellModel()
    watch(model)
    rows = [[Cell(text), Cell(str(number), number)] for text, number in (("b", 2), ("A", 10), ("c", 1))]
    model.show(("Text", "Number"), rows)
    model.sort(1)
    assert [row[1].text for row in model.rows] == ["1", "2", "10"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert [row[0].text for row in model.rows] == ["c", "b", "A"]
    model.show(("Text", "Number"), rows[:2])
    assert [row[0].text for row in model.rows] == ["b", "A"], "the order stays"
    model.show(("Other",), [[Cell("z")], [Cell("a")]])
    assert [row[0].text for row in model.rows] == ["z", "a"], "other columns come as they are"
    model.sort(-1)
    model.show((), ())
    assert (model.rowCount(), model.columnCount()) == (0, 0)


def test_rows_of_news(watch: Watch) -> None:
    model = NewsModel()
    watch(model)
    model.show([NewsRow("a", "b", "", "r1"), NewsRow("c", "", "", "r2", (1, 2))])
    index = model.index(0)
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "a\nb"
    model.show([])
    assert model.rowCount() == 0
