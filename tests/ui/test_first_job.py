"""The main job end to end, by the names that scripts rely on: import, open, label, relate, undo, reopen, export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotations.report import AnnotationSet
from ui.app import open_project
from ui.cli import run
from ui.main_window import MainWindow

TEXT = "😀 Sáng ngày 26/4, Tỉnh ủy họp.\n\nĐồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, chủ trì hội nghị.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with two reports, made on the command line."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Thứ 5 Ngày 29/04/2021\n\nTỉnh ủy họp\n\n" + TEXT, encoding="utf-8")
    (folder / "b.txt").write_text("Báo cáo khác\n\n" + TEXT, encoding="utf-8")
    project = tmp_path / "p.chugiai"
    assert run(["new", str(project)]) == 0
    assert run(["import", str(project), str(folder)]) == 0
    return project


def shown(qtbot: QtBot, path: Path) -> MainWindow:
    """The window on the project, on screen."""
    window = open_project(path, "lan")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def labels(window: MainWindow) -> AnnotationSet:
    """What the database holds for the open report."""
    report = window.desk.report
    assert report is not None
    found = window.desk.workspace.annotation_set(report.id)
    return found or AnnotationSet("lan")


def trigger(window: MainWindow, name: str) -> None:
    """Trigger an action by its object name."""
    action = window.findChild(QAction, name)
    assert action is not None, name
    action.trigger()


@pytest.mark.parametrize(
    "name",
    [
        "report_list",
        "report_view",
        "entity_table",
        "relation_table",
        "label_bar",
        "history_panel",
        "search_box",
    ],
)
def test_widgets_are_found_by_name_and_have_an_accessible_name(qtbot: QtBot, path: Path, name: str) -> None:
    window = shown(qtbot, path)
    assert window.objectName() == "main_window"
    widget = window.findChild(QWidget, name)
    assert widget is not None
    assert widget.accessibleName()


@pytest.mark.parametrize(
    "name",
    [
        "action_undo",
        "action_redo",
        "action_label_OFFICIAL",
        "action_label_TERM",
        "action_delete",
        "action_add_relation",
        "action_next_report",
        "action_previous_report",
        "action_mark_done",
        "action_import",
        "action_export",
    ],
)
def test_actions_are_found_by_name(qtbot: QtBot, path: Path, name: str) -> None:
    window = shown(qtbot, path)
    assert window.findChild(QAction, name) is not None


def test_label_relate_undo_close_reopen_export(qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    window = shown(qtbot, path)
    report = window.desk.report
    assert report is not None
    assert report.name == "a.txt"
    view = window.findChild(QWidget, "report_view")
    start = report.text.index("Lê Thị Thủy")
    view.select(start, start + 11)
    assert view.selection() == (start, start + 11)
    qtbot.keyClick(view.viewport(), Qt.Key.Key_1)
    post = report.text.index("Bí thư Tỉnh ủy")
    view.select(post, post + 14)
    qtbot.keyClick(view.viewport(), Qt.Key.Key_2)
    day = report.text.index("Sáng ngày 26/4")
    view.select(day, day + 14)
    trigger(window, "action_label_DATE")
    by_label = {entity.label: entity for entity in labels(window).entities}
    assert by_label["OFFICIAL"].surface(report.text) == "Lê Thị Thủy"
    assert by_label["DATE"].attributes["value"] == "2021-04-26"

    view.select_entities((by_label["OFFICIAL"].id,))
    trigger(window, "action_add_relation")
    qtbot.keyClick(view.viewport(), Qt.Key.Key_1)
    qtbot.keyClick(view.viewport(), Qt.Key.Key_Escape)
    (relation,) = labels(window).relations
    assert (relation.type, relation.source, relation.target) == (
        "holds_title",
        by_label["OFFICIAL"].id,
        by_label["TITLE"].id,
    )

    trigger(window, "action_undo")
    assert labels(window).relations == ()
    window.close()
    again = shown(qtbot, path)
    assert len(labels(again).entities) == 3
    trigger(again, "action_redo")
    assert len(labels(again).relations) == 1
    trigger(again, "action_mark_done")
    assert again.desk.report is not None
    assert again.desk.report.name == "b.txt"
    again.close()

    out = tmp_path / "out.jsonl"
    assert run(["export", str(path), str(out), "--format", "jsonl"]) == 0
    (record,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (record["annotator"], record["status"]) == ("lan", "done")
    assert {entity["text"] for entity in record["entities"]} == {"Lê Thị Thủy", "Bí thư Tỉnh ủy", "Sáng ngày 26/4"}
    assert len(record["relations"]) == 1


def test_places_and_offsets_are_each_others_way_back(qtbot: QtBot, path: Path) -> None:
    window = shown(qtbot, path)
    assert window.desk.report is not None
    text = window.desk.report.text
    view = window.findChild(QWidget, "report_view")
    for word in ("Lê", "hội nghị", "😀"):
        start = text.index(word)
        view.select(start, start + len(word))
        first = view.rects_of(start, start + 1)[0]
        assert view.offset_at(first.center() - QPoint(0, 0)) == start
        assert view.viewport().rect().intersects(first)
