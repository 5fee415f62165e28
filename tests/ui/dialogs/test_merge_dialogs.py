"""Merging copies, settling what was edited in two, making a package: as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from copies import copy_of, do
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity, SetEntityNote
from annotations.report import Entity
from annotations.work import Assignment, assign
from ui.desk import Desk
from ui.dialogs.merge_collisions import CollisionsDialog
from ui.dialogs.merge_dialog import MergeDialog
from ui.dialogs.package_dialog import PackageDialog

Show = Callable[[Any], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def report(desk: Desk) -> str:
    """A report on which lan labelled something."""
    (made,) = add_reports(desk.project, TEXT)
    desk.bus.poll()
    desk.open_report(made)
    desk.apply(AddEntity(made, Entity("e1", "ORG", 13, 34)))
    return made


@pytest.fixture
def copy(desk: Desk, report: str) -> Path:
    """A copy in which she went on, and somebody else began."""
    path = copy_of(desk.project.path, "copy")
    do(path, "lan", SetEntityNote(report, ("e1",), "there"), AddEntity(report, Entity("e2", "DATE", 7, 11)))
    do(path, "Hà", AddEntity(report, Entity("e3", "DATE", 7, 11)))
    return path


def opened(dialog: Any, qtbot: QtBot, show: Show) -> Any:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    return dialog


def labels(desk: Desk) -> dict[str, str | None]:
    """Ids and notes of lan's entities, as the desk shows them."""
    desk.bus.poll()
    return {entity.id: entity.note for entity in desk.annotation_set.entities}


def test_a_look_first_then_the_merge(desk: Desk, copy: Path, qtbot: QtBot, show: Show) -> None:
    dialog = opened(MergeDialog(desk, (copy,)), qtbot, show)
    qtbot.waitUntil(lambda: dialog._job is None)
    table = dialog.preview.table
    rows = {table.item(at, 0).text(): table.item(at, 1).text() for at in range(table.rowCount())}
    assert rows["Entities"] == "2"
    assert dialog.people.table.item(0, 0).text() == "Hà"
    assert set(labels(desk)) == {"e1"}
    qtbot.mouseClick(dialog.start, LEFT)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert labels(desk) == {"e1": "there", "e2": None}
    again = opened(MergeDialog(desk, (copy,)), qtbot, show)
    qtbot.waitUntil(lambda: again._job is None)
    assert not again.start.isEnabled()
    assert "Nothing new." in again.preview.notes.toPlainText()


def test_an_annotator_is_given_another_name(desk: Desk, copy: Path, qtbot: QtBot, show: Show) -> None:
    dialog = opened(MergeDialog(desk, (copy,)), qtbot, show)
    qtbot.waitUntil(lambda: dialog._job is None)
    choice = dialog.people.table.cellWidget(0, 1)
    choice.setCurrentText("Thu Hà")
    choice.lineEdit().editingFinished.emit()
    qtbot.waitUntil(lambda: dialog._job is None and bool(dialog.found))
    assert dialog.found[0].result.people["Hà"] == "Thu Hà"
    assert dialog.people.table.cellWidget(0, 1).currentText() == "Thu Hà"


def test_what_is_no_project_is_said_and_nothing_can_be_merged(
    desk: Desk, report: str, tmp_path: Path, qtbot: QtBot, show: Show
) -> None:
    bad = tmp_path / "bad.chugiai"
    bad.write_text("no project")
    dialog = opened(MergeDialog(desk, (bad,)), qtbot, show)
    qtbot.waitUntil(lambda: dialog._job is None)
    assert "bad.chugiai is not a Chú Giải project" in dialog.said.text()
    assert not dialog.start.isEnabled()
    dialog.files.setCurrentRow(0)
    qtbot.mouseClick(dialog.remove, LEFT)
    assert dialog.said.text() == ""


@pytest.mark.parametrize(("take", "note"), [(False, "over there"), (True, "here")])
def test_what_was_edited_in_two_copies_is_settled_and_undone(
    desk: Desk, report: str, copy: Path, qtbot: QtBot, show: Show, take: bool, note: str
) -> None:
    do(desk.project.path, "lan", SetEntityNote(report, ("e1",), "here"))
    do(copy, "lan", SetEntityNote(report, ("e1",), "over there"))
    merging = opened(MergeDialog(desk, (copy,)), qtbot, show)
    qtbot.waitUntil(lambda: merging._job is None)
    merging.merge()
    qtbot.waitUntil(lambda: not merging.isVisible())
    dialog = opened(CollisionsDialog(desk), qtbot, show)
    table = dialog.table
    assert [table.item(0, column).text().split("\n")[-1] for column in (1, 3)] == ["lan", "note: over there"]
    assert "note: here" in table.item(0, 4).text()
    qtbot.mouseClick(dialog.take if take else dialog.keep, LEFT)
    assert table.rowCount() == 0
    assert labels(desk)["e1"] == note
    desk.undo()
    qtbot.waitUntil(lambda: table.rowCount() == 1)
    assert labels(desk)["e1"] == "over there"


def test_a_package_for_an_annotator(desk: Desk, report: str, tmp_path: Path, qtbot: QtBot, show: Show) -> None:
    dialog = opened(PackageDialog(desk), qtbot, show)
    assert not dialog.start.isEnabled()
    desk.apply(assign((Assignment(report, "lan", blind=True),)))
    dialog._show()
    assert "1 of them blind" in dialog.about.text()
    out = tmp_path / "for lan.chugiai"
    dialog.make(out)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert out.exists()
