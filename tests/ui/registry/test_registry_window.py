"""The registry in the window: linking by key, what is sure, the page of entries and posts, merging, splitting, moving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from annotations.changes import AddEntity, AddRelations, SetFacts
from annotations.corpus import ImportedRecord
from annotations.report import Entity, Relation, Report
from annotations.work import Assignment, assign
from model.bulk import ImportBatch
from model.project import Project
from model.queries.entries import registry_entries
from model.workspace import Workspace
from ui.annotate.tables.entity_model import EntityColumn
from ui.app import open_project
from ui.main_window import MainWindow
from ui.registry.link_dialog import LinkDialog
from ui.registry.merge_dialog import MergeDialog
from ui.registry.page import RegistryPage

DATED = [("Lê Thị Thủy", "2020-10-01"), ("Lê Thị Thủy", "2021-04-29"), ("Trương Quốc Huy", "2021-06-01")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three reports in which Lan and Minh labelled a secretary."""
    made = tmp_path / "tin.chugiai"
    with Project.create(made) as project:
        reports = [
            Report(
                f"r{at}", f"{at}.txt", f"😀 Số {at}. Đồng chí {who}, Bí thư Tỉnh ủy, dự.", date=date, locality="Hà Nam"
            )
            for at, (who, date) in enumerate(DATED)
        ]
        with ImportBatch.open(project) as batch:
            for one in reports:
                batch.add(one.name, ImportedRecord(one, one.name))
            batch.publish()
        for who in ("minh", "lan"):
            workspace = Workspace(project, who)
            for one, (name, _) in zip(reports, DATED, strict=True):
                at, title = one.text.index(name), one.text.index("Bí thư")
                workspace.apply(AddEntity(one.id, Entity("e", "OFFICIAL", at, at + len(name))))
                workspace.apply(AddEntity(one.id, Entity("t", "TITLE", title, title + len("Bí thư Tỉnh ủy"))))
                workspace.apply(AddRelations(one.id, (Relation("r", "holds_title", "e", "t"),)))
    return made


@pytest.fixture
def window(path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """Lan's window on it."""
    opened = open_project(path, "lan")
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitExposed(opened)
    opened.desk.open_report("r0")
    yield opened
    opened.close()


def entries(window: MainWindow) -> dict[str, str]:
    """Names of the stored entries by id."""
    with window.desk.project.reading() as connection:
        return {entry.id: entry.name for entry in registry_entries(connection)}


def entry_of(window: MainWindow, report_id: str, who: str = "lan") -> str:
    """The entry that the official of a report bears."""
    labels = Workspace(window.desk.project, who).annotation_set(report_id)
    assert labels is not None
    return next(one.entry or "" for one in labels.entities if one.label == "OFFICIAL")


def in_dialog(qtbot: QtBot, kind: type[QDialog], do: Callable[[QDialog], None]) -> None:
    """Do something in the next dialog of this kind once it is there and has read the registry."""

    def look() -> None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        if not found:
            QTimer.singleShot(20, look)
            return
        dialog = found[0]
        try:
            if isinstance(dialog, LinkDialog):
                qtbot.waitUntil(dialog.take.isEnabled)
            do(dialog)
        finally:
            if dialog.isVisible():  # what was to close it did not: the test fails and does not hang
                dialog.reject()

    QTimer.singleShot(0, look)


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(window.view, key, modifiers)


def link_sure(window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+Alt+E, and wait for what comes of it."""
    with qtbot.waitSignal(window.desk.notice):
        press(window, qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)


def link_everything(window: MainWindow, qtbot: QtBot) -> RegistryPage:
    """Link all reports, and show the registry page once it knows."""
    for number in range(len(DATED)):
        window.desk.open_report(f"r{number}")
        link_sure(window, qtbot)
    page = cast(RegistryPage, window.show_workspace("registry"))
    qtbot.waitUntil(lambda: window.shelf.chronicle is not None and len(window.shelf.chronicle.registry.entries) == 2)
    held = "bí thư tỉnh ủy hà nam"
    qtbot.waitUntil(lambda: len(window.shelf.chronicle.holders(held)) == 2)  # type: ignore[union-attr]
    return page


def test_an_official_is_linked_to_a_new_entry_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.view.select_entities(("e",))
    in_dialog(qtbot, LinkDialog, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    press(window, qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (entry_id,) = entries(window)
    assert entries(window) == {entry_id: "Lê Thị Thủy"}
    assert entry_of(window, "r0") == entry_id
    assert entry_of(window, "r0", "minh") == "", "one's own labels only"
    row = window.page.entity_model.row_of("e")
    assert window.page.entity_model.index(row or 0, EntityColumn.ENTRY).data() == "Lê Thị Thủy"
    window.desk.undo()
    assert entries(window) == {}
    assert entry_of(window, "r0") == ""


def test_the_registry_is_searched_by_name_without_diacritics(window: MainWindow, qtbot: QtBot) -> None:
    link_sure(window, qtbot)
    window.desk.open_report("r2")
    window.view.select_entities(("e",))

    def search(dialog: QDialog) -> None:
        assert isinstance(dialog, LinkDialog)
        qtbot.keyClicks(dialog.search, "le thi")
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    in_dialog(qtbot, LinkDialog, search)
    press(window, qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert entry_of(window, "r2") == entry_of(window, "r0")


def test_a_known_name_is_written_into_the_cell(window: MainWindow, qtbot: QtBot) -> None:
    link_sure(window, qtbot)
    window.desk.open_report("r1")
    model = window.page.entity_model
    assert model.setData(model.index(model.row_of("e") or 0, EntityColumn.ENTRY), "lê thị thuỷ")
    assert entry_of(window, "r1") == entry_of(window, "r0")


def test_what_is_sure_is_linked_as_one_action(window: MainWindow, qtbot: QtBot) -> None:
    link_sure(window, qtbot)
    window.desk.open_report("r1")
    link_sure(window, qtbot)
    assert entry_of(window, "r0") == entry_of(window, "r1") != ""
    window.desk.undo()
    assert entry_of(window, "r1") == ""
    window.desk.undo()
    assert entries(window) == {}


def test_a_selection_that_can_have_no_entry_is_told(window: MainWindow, qtbot: QtBot) -> None:
    window.view.select(0, 0)
    with qtbot.waitSignal(window.desk.notice) as told:
        press(window, qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert "Select an official" in told.args[0]


def test_the_page_shows_entries_and_posts_and_leads_to_the_text(window: MainWindow, qtbot: QtBot) -> None:
    page = link_everything(window, qtbot)
    qtbot.waitUntil(lambda: page.entry_view.entry is not None)
    assert page.entry_view.name.text() == "Lê Thị Thủy"
    assert page.entry_view.timeline.cells.row(0)[:3] == ("Bí thư Tỉnh ủy Hà Nam", "2020-10-01 – 2021-04-29", "2")
    page.show_post("bí thư tỉnh ủy hà nam")
    rows = [page.post_view.holders.cells.row(row) for row in range(page.post_view.holders.cells.rowCount())]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("Lê Thị Thủy", "first", "2020-10-01"),
        ("", "last", "2021-04-29"),
        ("Trương Quốc Huy", "first", "2021-06-01"),
    ]
    assert (
        "Nobody is named between Lê Thị Thủy (2021-04-29) and Trương Quốc Huy (2021-06-01)"
        in page.post_view.between.text()
    )
    copy = page.findChild(QPushButton, "post_copy")
    assert copy is not None
    copy.click()
    assert "“Đồng chí Trương Quốc Huy, Bí thư Tỉnh ủy, dự.” (2021-06-01, 2.txt)" in QApplication.clipboard().text()
    page.post_view.holders.selectRow(2)
    qtbot.keyClick(page.post_view.holders, Qt.Key.Key_Return)
    assert window.workspaces.current == "annotate"
    assert window.desk.report is not None
    assert window.desk.report.id == "r2"
    start, end = window.view.selection()
    assert window.desk.report.text[start:end] == "Trương Quốc Huy"


def test_merging_and_splitting_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    page = link_everything(window, qtbot)
    before = (entry_of(window, "r0"), entry_of(window, "r2"))

    def choose(dialog: QDialog) -> None:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    in_dialog(qtbot, MergeDialog, choose)
    page.entry_view.merge.click()
    chronicle = lambda: window.shelf.chronicle  # noqa: E731
    qtbot.waitUntil(lambda: len(chronicle().registry.entries) == 1)  # type: ignore[union-attr]
    assert (entry_of(window, "r0"), entry_of(window, "r2")) == before, "entities keep the ids they bear"
    assert len(chronicle().registry.mentions(before[0])) == 3  # type: ignore[union-attr]
    window.desk.undo()
    qtbot.waitUntil(lambda: len(chronicle().registry.entries) == 2)  # type: ignore[union-attr]


def test_mentions_are_moved_to_another_entry(window: MainWindow, qtbot: QtBot) -> None:
    page = link_everything(window, qtbot)
    kept = entry_of(window, "r0")
    page.entry_view.mentions.selectRow(1)

    def new(dialog: QDialog) -> None:
        assert isinstance(dialog, LinkDialog)
        dialog.list.setCurrentRow(dialog.list.count() - 1)
        dialog.accept()

    in_dialog(qtbot, LinkDialog, new)
    page.entry_view.move_away.click()
    assert (entry_of(window, "r0"), entry_of(window, "r1") != kept) == (kept, True)
    assert sorted(entries(window).values()) == ["Lê Thị Thủy", "Lê Thị Thủy", "Trương Quốc Huy"], (
        "two of one name are two"
    )


def test_an_entry_is_renamed_in_place(window: MainWindow, qtbot: QtBot) -> None:
    page = link_everything(window, qtbot)
    name = page.entry_view.name
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Le Thi Thuy")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert "Le Thi Thuy" in entries(window).values()
    window.desk.undo()
    assert "Le Thi Thuy" not in entries(window).values()


def test_on_a_blind_report_nothing_is_proposed_that_only_others_know(window: MainWindow, qtbot: QtBot) -> None:
    with Project.open(window.desk.project.path) as project:
        minh = Workspace(project, "minh")
        minh.apply(assign([Assignment("r0", "lan", blind=True)]))
        from annotations.entries import RegistryEntry

        minh.apply(SetFacts((RegistryEntry("x", "OFFICIAL", "Lê Thị Thủy").fact(),), "Add"))
    window.desk.bus.poll()
    window.shelf.want()
    qtbot.waitUntil(lambda: window.shelf.chronicle is not None)
    assert [one.id for one in window.shelf.chronicle.registry.entries] == ["x"]  # type: ignore[union-attr]
    blind, other = window.shelf.chronicle_for("r0"), window.shelf.chronicle_for("r1")
    assert blind is not None
    assert other is not None
    assert (blind.registry.entries, len(other.registry.entries)) == ((), 1)
