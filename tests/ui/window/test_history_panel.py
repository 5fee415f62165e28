"""The history of a report: who, when, what; and back to where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from annotations.changes import AddEntity, SetEntityNote
from annotations.report import Entity
from model.project import Project
from model.queries.history import HistoryEntry
from model.workspace import Workspace
from ui.history_model import PAGE, HistoryModel, what, when
from ui.main_window import MainWindow


def label(window: MainWindow, *entity_ids: str, report_id: str = "r000") -> None:
    for entity_id in entity_ids:
        window.desk.apply(AddEntity(report_id, Entity(entity_id, "DATE", 5, 9)))


def ids(window: MainWindow) -> list[str]:
    return [one.id for one in window.desk.annotation_set.entities]


def lines(model: HistoryModel) -> list[str]:
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def entry(at: datetime, **values: object) -> HistoryEntry:
    kept = {
        "kind": "do",
        "undone": False,
        "title": "Label “{text}” as {label}",
        "values": {"text": "x", "label": "DATE"},
    }
    kept |= values
    return HistoryEntry("a", "Lan", at.isoformat(), number=1, **kept)  # type: ignore[arg-type]


def choose(window: MainWindow, row: int) -> None:
    window.show_history()
    window.history.reload()
    window.history.list.setCurrentIndex(window.history.model.index(row))


def test_what_is_done_stands_on_top(window: MainWindow, qtbot: QtBot) -> None:
    window.show_history()
    label(window, "e1")
    qtbot.waitUntil(lambda: lines(window.history.model)[:1] == ["Label “26/4” as DATE"])
    window.desk.undo()
    qtbot.waitUntil(lambda: lines(window.history.model)[0] == "Undone: Label “26/4” as DATE")
    assert lines(window.history.model)[1] == "Label “26/4” as DATE (undone)"


def test_it_is_there_also_when_it_was_not_seen(window: MainWindow, qtbot: QtBot) -> None:
    label(window, "e1")
    qtbot.waitUntil(lambda: "Label “26/4” as DATE" in lines(window.history.model))


def test_another_report_has_its_own(window: MainWindow, qtbot: QtBot) -> None:
    label(window, "e1")
    window.desk.open_report("r001")
    window.history.reload()
    assert "Label “26/4” as DATE" not in lines(window.history.model)


def test_times_are_local_and_today_is_short() -> None:
    now = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    local = now.astimezone()
    assert when(entry(now), today=local) == f"{local:%H:%M}"
    assert when(entry(now), today=local + timedelta(days=2)) == f"{local:%Y-%m-%d %H:%M}"


def test_redo_is_named() -> None:
    assert what(entry(datetime.now(UTC), kind="redo")) == "Done again: Label “x” as DATE"


def test_long_histories_come_in_pages(make_project: Callable[..., Path], watch: Callable[..., object]) -> None:
    with Project.open(make_project()) as project:
        workspace = Workspace(project, "Lan")
        workspace.apply(AddEntity("r000", Entity("e", "DATE", 5, 9)))
        for number in range(PAGE + 20):
            workspace.apply(SetEntityNote("r000", ("e",), str(number)))
        model = HistoryModel(project)
        watch(model)
        model.show("r000")
        assert model.rowCount() == PAGE
        model.fetchMore(QModelIndex())
        assert model.rowCount() == PAGE + 22  # with the label and the import
        assert not model.canFetchMore(QModelIndex())


def test_restore_takes_back_what_came_after(window: MainWindow, qtbot: QtBot) -> None:
    label(window, "e1", "e2", "e3")
    choose(window, 2)
    qtbot.mouseClick(window.history.restore_button, Qt.MouseButton.LeftButton)
    assert ids(window) == ["e1"]
    window.desk.redo()
    assert ids(window) == ["e1", "e2"]


def test_restore_leaves_other_annotators_alone(window: MainWindow) -> None:
    label(window, "e1")
    with Project.open(window.desk.project.path) as project:
        Workspace(project, "Minh").apply(AddEntity("r000", Entity("theirs", "DATE", 5, 9)))
    window.desk.bus.poll()
    label(window, "e2")
    choose(window, 2)
    window.history.restore()
    assert ids(window) == ["e1"]
    theirs = Workspace(window.desk.project, "Minh").annotation_set("r000")
    assert theirs is not None
    assert len(theirs.entities) == 1


@pytest.mark.parametrize(("answer", "left"), [("Ok", ["e1"]), ("Cancel", ["e1", "e2"])])
def test_restore_asks_when_it_reaches_other_reports(window: MainWindow, answer: str, left: list[str]) -> None:
    label(window, "e1", "e2")
    label(window, "o1", report_id="r001")
    choose(window, 1)

    def press() -> None:
        box = window.findChild(QMessageBox)
        assert box is not None
        assert "1 of them in other reports" in box.text()
        box.button(QMessageBox.StandardButton[answer]).click()

    QTimer.singleShot(0, press)
    window.history.restore()
    assert window.desk.open_report("r000")
    assert ids(window) == left


def test_nothing_to_restore_is_said(window: MainWindow, qtbot: QtBot) -> None:
    label(window, "e1")
    choose(window, 0)
    with qtbot.waitSignal(window.desk.notice) as said:
        window.history.restore()
    assert said.args is not None
    assert "nothing after this" in said.args[0]
