"""The window: opens where it was left, names undo, goes through the queue, hears of other windows."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotations.changes import AddEntity, DeleteReports, EditReports, Relabel, SetStatus
from annotations.corpus import ImportedRecord
from annotations.report import Entity, Report, Status
from model.bulk import ImportBatch
from model.project import Project
from model.workspace import Workspace
from ui.main_window import MainWindow
from ui.settings import Settings

SECONDS = 2_000
OpenWindow = Callable[..., MainWindow]
MakeProject = Callable[..., Path]


def label(window: MainWindow, entity_id: str = "e1", report_id: str = "r000") -> None:
    assert window.desk.apply(AddEntity(report_id, Entity(entity_id, "DATE", 5, 9))) is not None


def ids(window: MainWindow) -> list[str]:
    return [one.id for one in window.desk.annotation_set.entities]


def open_id(window: MainWindow) -> str:
    return window.desk.report.id if window.desk.report else ""


def notice(window: MainWindow) -> str:
    found = window.findChild(QLabel, "notice_text")
    assert found is not None
    return found.text()


def drop(window: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, event)


def test_the_edit_menu_names_what_undo_takes_back(window: MainWindow, qtbot: QtBot) -> None:
    label(window)
    menu = window.findChild(QWidget, "menu_edit")
    qtbot.waitUntil(lambda: window.actions_list["action_undo"].text() != "Undo")
    menu.aboutToShow.emit()  # type: ignore[union-attr]
    assert menu.actions()[0].text() == "Undo: Label “26/4” as DATE"  # type: ignore[union-attr]


def test_undo_and_redo_by_key(window: MainWindow, qtbot: QtBot) -> None:
    label(window)
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ids(window) == []
    redo = window.actions_list["action_redo"]
    qtbot.waitUntil(lambda: redo.text() == "Redo: Label “26/4” as DATE")
    shifted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.view, Qt.Key.Key_Z, shifted)
    assert ids(window) == ["e1"]
    qtbot.waitUntil(lambda: not redo.isEnabled())


def test_undo_goes_on_after_closing(window: MainWindow, open_window: OpenWindow) -> None:
    label(window)
    path = window.desk.project.path
    window.close()
    again = open_window(path)
    again.actions_list["action_undo"].trigger()
    assert ids(again) == []


def test_undo_on_another_report_opens_it(window: MainWindow) -> None:
    label(window)
    window.desk.open_report("r002")
    window.actions_list["action_undo"].trigger()
    assert open_id(window) == "r000"


def test_undo_in_one_window_takes_back_what_the_other_did(window: MainWindow) -> None:
    label(window)
    with Project.open(window.desk.project.path) as project:
        Workspace(project, "Lan").apply(Relabel("r000", ("e1",), "TERM"))
    window.desk.bus.poll()
    window.actions_list["action_undo"].trigger()
    assert [one.label for one in window.desk.annotation_set.entities] == ["DATE"]


def test_undo_names_what_it_left(window: MainWindow) -> None:
    window.desk.apply(EditReports({"r000": {"title": "Của Lan"}}))
    with Project.open(window.desk.project.path) as project:
        Workspace(project, "Minh").apply(EditReports({"r000": {"title": "Của Minh"}}))
    told: list[str] = []
    window.desk.trouble.connect(told.append)
    window.actions_list["action_undo"].trigger()
    assert told == ["Left as they are, because they were changed since: 000.txt."]
    window.desk.bus.poll()
    assert window.desk.report is not None
    assert window.desk.report.title == "Của Minh"


def test_a_collision_is_told_and_the_newer_label_shown(window: MainWindow) -> None:
    label(window)
    seen = {"e1": 1}
    with Project.open(window.desk.project.path) as project:
        Workspace(project, "Lan").apply(Relabel("r000", ("e1",), "TERM"))
    assert window.desk.apply(Relabel("r000", ("e1",), "ORG", seen)) is None
    assert "changed meanwhile" in notice(window)
    assert [one.label for one in window.desk.annotation_set.entities] == ["TERM"]


def test_the_size_is_kept(open_window: OpenWindow, make_project: MakeProject) -> None:
    path = make_project()
    first = open_window(path)
    first.resize(1500, 700)  # larger than the screen of the tests
    first.close()
    again = open_window(path)
    assert (again.width(), again.height()) == (1500, 700)


def test_the_queue_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.view.setFocus()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.view, Qt.Key.Key_Return, control)
    assert open_id(window) == "r001"
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown, control)
    assert open_id(window) == "r002"
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown, control)
    assert open_id(window) == "r001"  # r000 is done
    qtbot.keyClick(window.view, Qt.Key.Key_PageUp, control)
    assert open_id(window) == "r002"
    qtbot.keyClick(window.view, Qt.Key.Key_PageDown, control | shift)
    assert open_id(window) == "r000"
    qtbot.keyClick(window.view, Qt.Key.Key_PageUp, control | shift)
    assert open_id(window) == "r002"


def test_the_last_one_done_says_so(window: MainWindow) -> None:
    for _report in range(3):
        window.actions_list["action_mark_done"].trigger()
    assert notice(window) == "No other report is unfinished."
    assert window.desk.report_status is Status.DONE
    window.actions_list["action_mark_in_progress"].trigger()
    assert window.desk.report_status is Status.IN_PROGRESS


def test_it_opens_where_it_was_left(make_project: MakeProject, open_window: OpenWindow, qtbot: QtBot) -> None:
    path = make_project(count=6)
    first = open_window(path)
    first.resize(900, 400)
    first.desk.open_report("r004")
    first.view.set_caret(700)
    qtbot.waitUntil(lambda: first.view.verticalScrollBar().value() > 0)
    box = next(found for found in first.reports.findChildren(QComboBox) if found.findData(Status.NEW) >= 0)
    box.setCurrentIndex(box.findData(Status.NEW))
    scrolled = first.view.scroll_position()[0]
    first.close()
    again = open_window(path)
    assert open_id(again) == "r004"
    assert again.view.caret() == 700
    assert again.reports.model.order.status is Status.NEW
    qtbot.waitUntil(lambda: again.view.scroll_position()[0] == scrolled)


def test_a_remembered_report_that_is_gone_is_passed_over(make_project: MakeProject, open_window: OpenWindow) -> None:
    path = make_project()
    first = open_window(path)
    first.desk.open_report("r002")
    first.close()
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(DeleteReports(("r002",)))
    assert open_id(open_window(path)) == "r000"


@pytest.mark.parametrize("value", [None, "x", {"a": 1}, -5, [1, "x"]])
def test_nonsense_in_the_settings_does_no_harm(value: Any, make_project: MakeProject, open_window: OpenWindow) -> None:
    path = make_project()
    with Project.open(path) as project:
        known = {"report": "r001", "caret": value, "scroll": value, "geometry": value, "size": value, "splitter": value}
        Settings().set_project(project.project_id, **known, filters={"status": value, "sort": value})
    assert open_id(open_window(path)) == "r001"


def test_another_window_is_noticed_within_two_seconds(window: MainWindow, qtbot: QtBot) -> None:
    with Project.open(window.desk.project.path) as project:
        other = Workspace(project, "Lan")
        other.apply(AddEntity("r000", Entity("theirs", "DATE", 5, 9)))
        other.apply(SetStatus(("r001",), Status.DONE))
    qtbot.waitUntil(lambda: ids(window) == ["theirs"], timeout=SECONDS)
    model = window.reports.model
    qtbot.waitUntil(lambda: model.report_at(model.index(1)).status is Status.DONE, timeout=SECONDS)


def test_two_windows_of_one_annotator(make_project: MakeProject, open_window: OpenWindow, qtbot: QtBot) -> None:
    path = make_project()
    one, other = open_window(path), open_window(path)
    label(one, "mine")
    label(other, "also")
    qtbot.waitUntil(lambda: ids(one) == ids(other) == ["also", "mine"], timeout=SECONDS)


def test_labels_of_another_annotator_do_not_show(window: MainWindow) -> None:
    with Project.open(window.desk.project.path) as project:
        Workspace(project, "Minh").apply(AddEntity("r000", Entity("theirs", "DATE", 5, 9)))
    window.desk.bus.poll()
    assert ids(window) == []


def test_an_import_elsewhere_fills_an_empty_window(
    make_project: MakeProject, open_window: OpenWindow, qtbot: QtBot
) -> None:
    path = make_project(count=0)
    window = open_window(path)
    with Project.open(path) as project, ImportBatch.open(project) as batch:
        batch.add("a", ImportedRecord(Report("new", "a.txt", "Một tin ngắn."), "a.txt"))
        batch.publish()
    qtbot.waitUntil(lambda: open_id(window) == "new", timeout=SECONDS)
    assert window.reports.model.rowCount() == 1


def test_a_report_that_goes_while_it_is_open(window: MainWindow, qtbot: QtBot) -> None:
    with Project.open(window.desk.project.path) as project:
        Workspace(project, "Minh").apply(DeleteReports(("r000",)))
    window.desk.bus.poll()
    qtbot.waitUntil(lambda: open_id(window) == "r001")


def test_a_refused_change_is_told_in_one_sentence(window: MainWindow) -> None:
    assert window.desk.apply(AddEntity("r000", Entity("e1", "NO_SUCH", 5, 9))) is None
    assert "NO_SUCH" in notice(window)
    assert window.desk.saving_state.saved
    assert ids(window) == []


def test_escape_dismisses_an_error(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.trouble.emit("Something is wrong.")
    window.desk.say("A quiet notice.")
    assert notice(window) == "A quiet notice."
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert notice(window) == "Something is wrong."
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert "wrong" not in notice(window)


def test_f6_goes_round_the_panels(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.view.setFocus()
    seen = []
    for _step in range(4):
        window.actions_list["action_next_panel"].trigger()
        focus = QApplication.focusWidget() or window.focusWidget()
        seen.append(focus.objectName() if focus else "")
    assert seen == ["entity_table", "relation_table", "report_list", "report_view"]


def test_a_dropped_project_opens(window: MainWindow, make_project: MakeProject) -> None:
    asked: list[Path] = []
    window.open_wanted.disconnect()
    window.open_wanted.connect(asked.append)
    other = make_project(name="other.chugiai")
    drop(window, [other])
    assert asked == [other]


def test_dropped_reports_are_imported(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(window.commands, "import_files", asked.append)
    drop(window, [tmp_path])
    assert asked == [(tmp_path,)]


def test_a_copy_is_one_file_with_everything(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    label(window)
    out = tmp_path / "copy.chugiai"
    window.commands.write_copy(out)
    qtbot.waitUntil(lambda: notice(window) == f"The copy is in {out}.", timeout=10_000)
    with Project.open(out) as project:
        assert [one.id for one in Workspace(project, "Lan").annotation_set("r000").entities] == ["e1"]  # type: ignore[union-attr]


def test_a_copy_that_takes_long_is_seen_and_can_be_stopped(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, pause = threading.Event(), threading.Event()

    def endless(_project: Path, out: Path, progress: Callable[[int, int, str], None]) -> Path:
        begun.set()
        for done in itertools.count():
            progress(min(done, 99), 100, "")
            pause.wait(0.001)
        return out

    monkeypatch.setattr("ui.jobs.keeping.send_copy", endless)
    told: list[str] = []
    window.desk.trouble.connect(told.append)
    window.commands.write_copy(tmp_path / "copy.chugiai")
    qtbot.waitUntil(begun.is_set)
    shown = window.findChild(QProgressDialog, "waiting")
    assert shown is not None
    qtbot.waitUntil(lambda: shown.value() == 99)
    shown.findChild(QPushButton).click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: window.findChild(QProgressDialog, "waiting") is None)
    assert not (tmp_path / "copy.chugiai").exists()


def test_a_copy_that_cannot_be_written_is_told(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    told: list[str] = []
    window.desk.trouble.connect(told.append)
    window.commands.write_copy(tmp_path / "no" / "copy.chugiai")
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert str(tmp_path / "no") in told[0]


@pytest.mark.parametrize(
    ("action", "dialog"),
    [("action_import", "import_dialog"), ("action_export", "export_dialog"), ("action_schema", "schema_dialog")],
)
def test_an_action_opens_its_dialog(window: MainWindow, qtbot: QtBot, action: str, dialog: str) -> None:
    window.actions_list[action].trigger()
    found = window.findChild(QDialog, dialog)
    assert found is not None
    assert found.isVisible()
    found.close()
