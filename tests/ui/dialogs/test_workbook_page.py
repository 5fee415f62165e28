"""An edited workbook in the import dialog: shown by id, then taken over as one action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity
from annotations.report import Entity
from model.queries.corpus import Selection
from ui.desk import Desk
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.workbook_page import Column
from ui.jobs.exporting import export_corpus


def test_what_was_edited_is_shown_and_taken_over(
    desk: Desk, tmp_path: Path, qtbot: QtBot, show: Callable[[Any], None]
) -> None:
    (report,) = add_reports(desk.project, TEXT)
    desk.workspace.apply(AddEntity(report, Entity("body", "ORG", 13, 34)))
    desk.workspace.apply(AddEntity(report, Entity("post", "TITLE", 62, 76)))
    book = tmp_path / "book.xlsx"
    export_corpus(desk.project, book, "xlsx", Selection(everything=True))
    edited = load_workbook(book)
    rows = {row[3].value: row for row in edited["Entities"].iter_rows(min_row=2)}
    rows["ORG"][8].value = "một ghi chú"
    rows["TITLE"][3].value = "NOBODY"
    edited.save(book)

    said: list[tuple[str, bool]] = []
    desk.notice.connect(lambda text, undo: said.append((text, undo)))
    dialog = ImportDialog(desk, [book])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    page = dialog.workbook_page
    assert dialog.pages.currentWidget() is page
    qtbot.waitUntil(lambda: page.apply_button.isEnabled(), timeout=20_000)
    shown = [[page.model.index(row, column).data() for column in Column] for row in range(page.model.rowCount())]
    assert [(row[Column.LABEL], row[Column.BEFORE], row[Column.AFTER]) for row in shown[1:]] == [
        ("body", "", "một ghi chú")
    ]
    assert "NOBODY" in shown[0][Column.AFTER]
    page.apply_button.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[-1][1]
    labels = desk.workspace.annotation_set(report)
    assert labels is not None
    assert {entity.id: entity.note for entity in labels.entities} == {"body": "một ghi chú", "post": None}
    desk.undo()
    labels = desk.workspace.annotation_set(report)
    assert labels is not None
    assert [entity.note for entity in labels.entities] == [None, None]


def test_an_untouched_workbook_has_nothing_to_take_over(
    desk: Desk, tmp_path: Path, qtbot: QtBot, show: Callable[[Any], None]
) -> None:
    add_reports(desk.project, TEXT)
    book = tmp_path / "book.xlsx"
    export_corpus(desk.project, book, "xlsx", Selection(everything=True))
    dialog = ImportDialog(desk, [book])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    qtbot.waitUntil(lambda: "Nothing new" in dialog.workbook_page.words.text(), timeout=20_000)
    assert not dialog.workbook_page.apply_button.isEnabled()
