"""Reports that are handed out: each sees the own queue, the lead all when wanted; what is locked and blind is shown so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from annotations.changes import AddEntity, SetFacts, SetStatus
from annotations.facts import Fact, Kind
from annotations.report import Entity, Status
from annotations.work import Assignment, assign, lead, lock, set_blind, take_back
from model.project import Project
from model.workspace import Workspace
from ui.main_window import MainWindow

MakeProject = Callable[..., Path]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def path(make_project: MakeProject) -> Path:
    """Five reports: Lan leads and has the first two, Minh the second to the fourth."""
    path = make_project(5)
    wanted = [Assignment(f"r00{number}", "Lan") for number in (0, 1)]
    wanted += [Assignment(f"r00{number}", "Minh") for number in (1, 2, 3)]
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(assign(wanted, "Lan"))
    return path


def names(window: MainWindow) -> list[str]:
    model = window.reports.model
    return [model.report_at(model.index(row)).report_id for row in range(model.rowCount())]


def switch(window: MainWindow) -> QCheckBox:
    found = window.findChild(QCheckBox, "all_reports_switch")
    assert found is not None
    return found


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window.view, key, Qt.KeyboardModifier.ControlModifier)


def test_each_sees_the_own_queue_and_goes_through_it(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    window = open_window(path, "Minh")
    assert names(window) == ["r001", "r002", "r003"]
    assert not switch(window).isVisible()
    seen = [window.desk.report.id if window.desk.report else ""]
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_PageDown)
        seen.append(window.desk.report.id if window.desk.report else "")
    assert seen == ["r001", "r002", "r003", "r001"]
    qtbot.waitUntil(lambda: any("3 reports for you" in label.text() for label in window.reports.findChildren(QLabel)))


def test_the_lead_sees_all_when_wanted_and_that_is_remembered(
    qtbot: QtBot, path: Path, open_window: OpenWindow
) -> None:
    window = open_window(path)
    assert names(window) == ["r000", "r001"]
    qtbot.mouseClick(switch(window), Qt.MouseButton.LeftButton, pos=switch(window).rect().center() * 0.2)
    assert names(window) == [f"r00{number}" for number in range(5)]
    window.close()
    again = open_window(path)
    assert len(names(again)) == 5
    assert switch(again).isChecked()


def test_who_was_given_nothing_is_told_so(path: Path, open_window: OpenWindow) -> None:
    window = open_window(path, "Thu")
    assert names(window) == []
    said = [label.text() for label in window.reports.findChildren(QLabel) if label.isVisible()]
    assert any("No report is handed out to you yet. Lan hands out" in text for text in said)


def test_without_assignments_everybody_sees_everything(make_project: MakeProject, open_window: OpenWindow) -> None:
    window = open_window(make_project(3), "Thu")
    assert len(names(window)) == 3
    assert not switch(window).isVisible()


def test_the_queue_follows_what_another_window_hands_out(path: Path, open_window: OpenWindow) -> None:
    window = open_window(path, "Minh")
    with Project.open(path) as project:
        lan = Workspace(project, "Lan")
        lan.apply(assign([Assignment("r004", "Minh")]))
        lan.apply(take_back([Assignment("r002", "Minh")]))
    window.desk.bus.poll()
    assert names(window) == ["r001", "r003", "r004"]


def test_other_settings_and_imports_leave_the_list_alone(path: Path, open_window: OpenWindow) -> None:
    window = open_window(path, "Minh")
    told: list[bool] = []
    window.desk.work.changed.connect(lambda: told.append(True))
    window.desk.apply(SetFacts((Fact(Kind.SETTING, "colour", {"of": "x"}),), "Set"))
    assert told == []
    window.desk.apply(lead("Minh"))
    assert told == [True]


def test_a_locked_report_says_so_and_refuses_keys(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    window = open_window(path, "Minh")
    note, done = window.findChild(QLabel, "locked_note"), window.findChild(QCheckBox, "done_toggle")
    assert note is not None
    assert done is not None
    assert not note.isVisible()
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(lock([Assignment("r001", "Minh")], True))
    window.desk.bus.poll()
    assert note.isVisible()
    assert not done.isEnabled()
    window.view.select(5, 9)
    with qtbot.waitSignal(window.desk.notice) as said:
        qtbot.keyClick(window.view, Qt.Key.Key_5)
    assert said.args[0] == "001.txt is locked for Minh by the lead. Nothing was changed; ask Lan to reopen it."
    assert window.desk.annotation_set.entities == ()
    window.desk.open_report("r002")
    assert not note.isVisible()


def test_blind_work_closes_the_review_until_the_lead_ends_it(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    window = open_window(path, "Minh")
    window.show_workspace("review")

    def blind(on: bool) -> None:
        with Project.open(path) as project:
            Workspace(project, "Lan").apply(set_blind([Assignment("r001", "Minh")], on))
        window.desk.bus.poll()

    blind(True)
    assert window.workspaces.current == "annotate"
    press(qtbot, window, Qt.Key.Key_2)
    assert window.workspaces.current == "annotate"
    tips = [window.workspaces.bar.tabToolTip(at) for at in range(window.workspaces.bar.count())]
    assert any("Your work is blind" in tip for tip in tips)
    blind(False)
    press(qtbot, window, Qt.Key.Key_2)
    assert window.workspaces.current == "review"
    lead_window = open_window(path, "Lan")
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(set_blind([Assignment("r000", "Lan")], True))
    lead_window.desk.bus.poll()
    press(qtbot, lead_window, Qt.Key.Key_2)
    assert lead_window.workspaces.current == "review", "who leads may look"


def test_blind_work_hides_what_others_did_to_the_report(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(AddEntity("r001", Entity("e1", "DATE", 5, 9)))
        Workspace(project, "Lan").apply(set_blind([Assignment("r001", "Minh")], True))
        Workspace(project, "Minh").apply(SetStatus(("r001",), Status.IN_PROGRESS))
    window = open_window(path, "Minh")
    window.show_history()
    history = window.history.model

    def who() -> set[str]:
        return {history.entry_at(history.index(row)).annotator for row in range(history.rowCount())}

    qtbot.waitUntil(lambda: who() == {"Minh"})
    with Project.open(path) as project:
        Workspace(project, "Lan").apply(set_blind([Assignment("r001", "Minh")], False))
    window.desk.bus.poll()
    qtbot.waitUntil(lambda: who() >= {"Minh", "Lan"})
