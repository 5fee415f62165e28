"""Handing out reports as a person does it: by keys and mouse, with a preview, undone at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QTableWidget
from pytestqt.qtbot import QtBot
from small_projects import add_reports

from annotations.assigning import Way
from annotations.changes import AddEntity
from annotations.report import Entity
from annotations.work import Assignment, assign, lead
from model.queries.assignments import assignments, lead_of
from model.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.export_choices import choices
from ui.dialogs.hand_out_dialog import HandOutDialog
from ui.queue.assign_menu import AssignMenu

Show = Callable[[Any], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ids(desk: Desk) -> list[str]:
    """Six reports of growing length; lan and minh are known."""
    made = add_reports(desk.project, *(f"Họp {number}. " * (number + 1) for number in range(6)))
    Workspace(desk.project, "minh")
    desk.bus.poll()
    return made


def opened(desk: Desk, qtbot: QtBot, show: Show, chosen: tuple[str, ...] = ()) -> HandOutDialog:
    dialog = HandOutDialog(desk, chosen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    qtbot.waitUntil(lambda: dialog._job is None and dialog._stock is not None)
    return dialog


def settle(qtbot: QtBot, dialog: HandOutDialog) -> None:
    qtbot.waitUntil(lambda: dialog._job is None)


def shown(dialog: HandOutDialog) -> list[list[str]]:
    table: QTableWidget = dialog.preview.table
    cells = ((table.item(row, column) for column in range(table.columnCount())) for row in range(table.rowCount()))
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def standing(desk: Desk) -> set[tuple[str, str, bool]]:
    with desk.project.reading() as connection:
        return {(one.report_id, one.annotator, one.blind) for one in assignments(connection)}


def test_everything_to_everybody_blind_and_taken_back_with_one_undo(
    desk: Desk, ids: list[str], qtbot: QtBot, show: Show
) -> None:
    dialog = opened(desk, qtbot, show)
    assert [row[:3] for row in shown(dialog)] == [["lan", "6", "6"], ["minh", "6", "6"]]
    assert [row[4:] for row in shown(dialog)] == [["–", "6"], ["6", "–"]]
    assert standing(desk) == set(), "a preview hands out nothing"
    with qtbot.waitSignals([desk.notice, dialog.accepted]):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert standing(desk) == {(one, name, True) for one in ids for name in ("lan", "minh")}
    assert desk.work.work.own == 6
    with desk.project.reading() as connection:
        assert lead_of(connection) == "lan"
    desk.undo()
    assert standing(desk) == set()
    with desk.project.reading() as connection:
        assert lead_of(connection) == ""


def test_a_share_to_two_by_keys(desk: Desk, ids: list[str], qtbot: QtBot, show: Show) -> None:
    dialog = opened(desk, qtbot, show)
    dialog.way.setFocus()
    assert not dialog.share.isVisible()
    qtbot.keyClick(dialog.way, Qt.Key.Key_End)
    assert dialog.way.currentData() == Way.OVERLAP
    assert dialog.share.isVisible()
    dialog.share.setFocus()
    dialog.share.selectAll()
    qtbot.keyClicks(dialog.share, "33")
    settle(qtbot, dialog)
    assert [row[1:3] for row in shown(dialog)] == [["4", "4"], ["4", "4"]]
    assert shown(dialog)[0][5] == "2"
    qtbot.mouseClick(dialog.blind, LEFT, pos=dialog.blind.rect().center() * 0.1)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.start, LEFT)
    assert len(standing(desk)) == 8
    assert not any(blind for *_, blind in standing(desk))


def test_what_cannot_be_planned_is_said_and_not_offered(desk: Desk, ids: list[str], qtbot: QtBot, show: Show) -> None:
    dialog = opened(desk, qtbot, show)
    for row in range(dialog.people.list.count()):
        dialog.people.list.setCurrentRow(row)
        qtbot.keyClick(dialog.people.list, Qt.Key.Key_Space)
    settle(qtbot, dialog)
    assert "Choose at least one annotator" in dialog.said.text()
    assert not dialog.start.isEnabled()
    assert shown(dialog) == []
    qtbot.keyClicks(dialog.people.name, "Thu")
    qtbot.keyClick(dialog.people.name, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert dialog.isVisible(), "Enter in the line of names hands out nothing"
    assert [row[0] for row in shown(dialog)] == ["Thu"]
    dialog.way.setCurrentIndex(1)
    dialog.number.setValue(7)
    settle(qtbot, dialog)
    assert "There are not 7 reports" in dialog.said.text()
    assert not dialog.start.isEnabled()
    dialog.number.setValue(6)
    settle(qtbot, dialog)
    assert dialog.said.text() == ""
    assert dialog.start.isEnabled()


def test_selected_reports_only(desk: Desk, ids: list[str], qtbot: QtBot, show: Show) -> None:
    dialog = opened(desk, qtbot, show, (ids[1], ids[4]))
    assert dialog.which.currentText() == "the selected reports (2)"
    assert [row[1] for row in shown(dialog)] == ["2", "2"]
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.start, LEFT)
    assert {report for report, *_ in standing(desk)} == {ids[1], ids[4]}
    again = opened(desk, qtbot, show)
    again.which.setCurrentIndex(1)
    settle(qtbot, again)
    assert [row[1] for row in shown(again)] == ["4", "4"], "those that nobody has"


def test_who_does_not_lead_is_told_who_does_and_may_take_the_lead(
    desk: Desk, ids: list[str], qtbot: QtBot, show: Show
) -> None:
    Workspace(desk.project, "minh").apply(lead("minh"))
    desk.bus.poll()
    dialog = opened(desk, qtbot, show)
    assert dialog.said.text() == "minh leads the work and hands out reports."
    assert not dialog.start.isEnabled()
    qtbot.mouseClick(dialog.take_lead, LEFT)
    qtbot.waitUntil(dialog.start.isEnabled)
    assert not dialog.take_lead.isVisible()


def test_somebody_takes_the_lead_while_the_dialog_is_open(desk: Desk, ids: list[str], qtbot: QtBot, show: Show) -> None:
    dialog = opened(desk, qtbot, show)
    Workspace(desk.project, "minh").apply(lead("minh"))
    qtbot.mouseClick(dialog.start, LEFT)
    qtbot.waitUntil(lambda: "minh leads the work" in dialog.said.text())
    assert standing(desk) == set()
    assert dialog.isVisible()


def test_who_works_blind_exports_her_own_labels_only(desk: Desk, ids: list[str]) -> None:
    minh = Workspace(desk.project, "minh")
    for space in (desk.workspace, minh):
        space.apply(AddEntity(ids[0], Entity("e1", "ORG", 0, 3)))
    assert len(choices(desk.project, "minh")) == 3
    desk.apply(assign([Assignment(ids[0], "minh", blind=True)], "lan"))
    ((_words, selection, count),) = choices(desk.project, "minh")
    assert (selection.annotator, selection.everything, count) == ("minh", False, 1)
    assert len(choices(desk.project, "lan")) == 3, "who leads exports everything"


def test_by_hand_from_the_menu_of_the_list(desk: Desk, ids: list[str], qtbot: QtBot) -> None:
    above = QMenu()
    qtbot.addWidget(above)

    def menu() -> AssignMenu:
        return AssignMenu(desk, ids[:2], above)

    def act(text: str) -> None:
        made = menu()
        next(action for action in made.actions() if action.text() == text).trigger()

    assert desk.apply(assign([Assignment(ids[0], "minh")], "lan")) is not None
    assert [(one.text(), one.isChecked()) for one in menu().actions()[:2]] == [
        ("lan", False),
        ("minh (has 1 of 2)", False),
    ]
    act("minh (has 1 of 2)")
    assert {report for report, *_ in standing(desk)} == set(ids[:2])
    act("Lock for everybody")
    with desk.project.reading() as connection:
        assert all(one.locked for one in assignments(connection))
    assert [one.isEnabled() for one in menu().actions()[-4:]] == [False, True, False, True]
    act("Reopen for everybody")
    act("minh")
    assert standing(desk) == set()
    for _ in range(5):
        desk.undo()
    assert standing(desk) == set()
    with desk.project.reading() as connection:
        assert lead_of(connection) == "", "the five actions are taken back one by one"
