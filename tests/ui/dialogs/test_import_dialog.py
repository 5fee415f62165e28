"""The import dialog, used as a person uses it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotations.errors import Cancelled
from annotations.report import Report
from model.queries.reports import page_of_reports
from ui.desk import Desk
from ui.dialogs import import_dialog as module
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.preview_model import Column
from ui.jobs import importing

Show = Callable[[Any], None]


@pytest.fixture
def opened(desk: Desk, folder: Path, qtbot: QtBot, show: Show) -> Iterator[ImportDialog]:
    dialog = open_dialog(desk, [folder], qtbot, show)
    yield dialog
    close(dialog, qtbot)


def open_dialog(desk: Desk, paths: list[Path], qtbot: QtBot, show: Show) -> ImportDialog:
    dialog = ImportDialog(desk, paths)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    if paths:
        wait_read(dialog, qtbot)
    return dialog


def close(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.close()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def wait_read(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog._reading is None and not dialog.preview_page._count_soon.isActive(), timeout=20_000)


def wait_imported(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=20_000)


def row_of(dialog: ImportDialog, name: str) -> int:
    return next(number for number, row in enumerate(dialog.preview_page.model.rows()) if row.name == name)


def cell(dialog: ImportDialog, name: str, column: Column) -> str:
    model = dialog.preview_page.model
    return str(model.index(row_of(dialog, name), column).data())


def stored(desk: Desk) -> dict[str, Report]:
    with desk.project.reading() as connection:
        rows = page_of_reports(connection, "lan", limit=1000).rows
    found = [desk.workspace.report(row.report_id) for row in rows]
    return {report.name: report for report in found if report}


def press(dialog: Any, name: str, qtbot: QtBot) -> None:
    made = dialog.findChild(QPushButton, name)
    assert made is not None
    assert made.isVisible(), name
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def type_in_cell(dialog: ImportDialog, name: str, column: Column, text: str, qtbot: QtBot) -> None:
    table = dialog.preview_page.table
    chosen = table.chosen_rows()
    index = table.model().index(row_of(dialog, name), column)
    if index.row() in chosen:
        table.selectionModel().setCurrentIndex(index, table.selectionModel().SelectionFlag.NoUpdate)
    else:
        table.setCurrentIndex(index)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.indexWidget(index)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    write(editor, text)
    finish_cell(dialog, editor, qtbot)


def write(widget: QWidget, text: str) -> None:
    """Text as an input method gives it; Qt's own test keys know ASCII only."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def finish_cell(dialog: ImportDialog, editor: QLineEdit, qtbot: QtBot) -> None:
    table = dialog.preview_page.table
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.state() != table.State.EditingState)


def test_empty_dialog_says_what_to_do(desk: Desk, folder: Path, qtbot: QtBot, show: Show, monkeypatch: Any) -> None:
    dialog = open_dialog(desk, [], qtbot, show)
    assert dialog.pages.currentWidget() is dialog.empty_page
    monkeypatch.setattr(module, "ask_folder", lambda *_: folder)
    press(dialog, "import_choose_folder", qtbot)
    wait_read(dialog, qtbot)
    assert dialog.preview_page.reports == 4
    close(dialog, qtbot)


def test_preview_shows_metadata_doubts_and_refusals(opened: ImportDialog) -> None:
    page = opened.preview_page
    assert (page.reports, page.refused) == (4, 1)
    assert cell(opened, "1.txt", Column.DATE) == "2021-04-29"
    assert cell(opened, "1.txt", Column.TITLE) == "Tỉnh ủy họp phiên thứ 1"
    assert cell(opened, "bare.txt", Column.DATE) == "missing"
    assert "date" in cell(opened, "bare.txt", Column.CHECK)
    assert cell(opened, "broken.docx", Column.CHECK) == "refused"
    assert "broken.docx" in cell(opened, "broken.docx", Column.TITLE)


def test_a_doubt_is_marked_with_a_sign_and_words(opened: ImportDialog) -> None:
    index = opened.preview_page.model.index(row_of(opened, "bare.txt"), Column.DATE)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "date: missing"
    sure = opened.preview_page.model.index(row_of(opened, "1.txt"), Column.DATE)
    assert sure.data(Qt.ItemDataRole.DecorationRole) is None


@pytest.mark.parametrize("asked", [False, True])
def test_doubtful_rows_come_to_the_top(opened: ImportDialog, qtbot: QtBot, asked: bool) -> None:
    if asked:
        opened.preview_page.table.horizontalHeader().setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        press(opened, "doubtful_first", qtbot)
    names = [row.name for row in opened.preview_page.model.rows()]
    assert names[:2] == ["broken.docx", "bare.txt"]
    assert set(names[-2:]) == {"1.txt", "2.txt"}


def test_edited_values_are_imported(opened: ImportDialog, desk: Desk, qtbot: QtBot) -> None:
    type_in_cell(opened, "bare.txt", Column.DATE, "5/3/2024", qtbot)
    assert cell(opened, "bare.txt", Column.DATE) == "2024-03-05"
    assert "date" not in cell(opened, "bare.txt", Column.CHECK).split(", ")
    type_in_cell(opened, "bare.txt", Column.TITLE, "Việc chung", qtbot)
    press(opened, "import_start", qtbot)
    wait_imported(opened, qtbot)
    report = stored(desk)["bare.txt"]
    assert (report.date, report.title) == ("2024-03-05", "Việc chung")
    assert report.text == "Sáng nay họp bàn việc chung của xã.\n"


def test_what_is_no_date_is_refused_in_the_dialog(opened: ImportDialog, qtbot: QtBot) -> None:
    type_in_cell(opened, "1.txt", Column.DATE, "hôm qua", qtbot)
    assert cell(opened, "1.txt", Column.DATE) == "2021-04-29"
    assert opened.said.isVisible()
    assert "hôm qua" in opened.said.text()


def test_an_edit_with_several_rows_selected_is_made_in_all(opened: ImportDialog, qtbot: QtBot) -> None:
    opened.preview_page.table.selectAll()
    type_in_cell(opened, "2.txt", Column.SOURCE, "Báo Nam Hà", qtbot)
    assert {row.source for row in opened.preview_page.model.rows() if not row.refused} == {"Báo Nam Hà"}


def test_leaving_a_cell_untouched_spreads_nothing(opened: ImportDialog, qtbot: QtBot) -> None:
    table = opened.preview_page.table
    table.selectAll()
    index = table.model().index(row_of(opened, "1.txt"), Column.TITLE)
    table.selectionModel().setCurrentIndex(index, table.selectionModel().SelectionFlag.NoUpdate)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.indexWidget(index)
    assert isinstance(editor, QLineEdit)
    finish_cell(opened, editor, qtbot)
    assert cell(opened, "2.txt", Column.TITLE) == "Tỉnh ủy họp phiên thứ 2"
    assert opened.pages.currentWidget() is opened.preview_page


def test_enter_in_the_line_for_selected_rows_sets_and_does_not_import(opened: ImportDialog, qtbot: QtBot) -> None:
    page = opened.preview_page
    assert not page.bulk.set_button.isEnabled()
    page.table.selectAll()
    write(page.bulk.value, "Báo Ninh Bình")
    qtbot.keyClick(page.bulk.value, Qt.Key.Key_Return)
    assert cell(opened, "bare.txt", Column.SOURCE) == "Báo Ninh Bình"
    assert opened._job is None


def test_locality_from_the_folder_name(opened: ImportDialog) -> None:
    page = opened.preview_page
    page.table.selectAll()
    page.bulk.field.setCurrentIndex(page.bulk.field.findData("locality"))
    nearest, above = page.bulk.folder_menu.actions()[:2]
    assert "ha-nam" in nearest.text()
    nearest.trigger()
    assert cell(opened, "bare.txt", Column.LOCALITY) == "Hà Nam"
    page.bulk.field.setCurrentIndex(page.bulk.field.findData("source"))
    above.trigger()
    assert cell(opened, "bare.txt", Column.SOURCE) == "in"


def test_good_files_come_in_and_the_refused_one_is_named(opened: ImportDialog, desk: Desk, qtbot: QtBot) -> None:
    press(opened, "import_start", qtbot)
    wait_imported(opened, qtbot)
    assert set(stored(desk)) == {"1.txt", "2.txt", "bare.txt", "page.html"}
    text = opened.result_page.text.toPlainText()
    assert "Reports added: 4" in text
    assert "Files refused: 1" in text
    assert "broken.docx" in text
    press(opened, "import_result_copy", qtbot)
    assert QGuiApplication.clipboard().text() == text


def test_the_first_new_report_is_opened(opened: ImportDialog, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.reports_changed, timeout=20_000):
        press(opened, "import_start", qtbot)
    wait_imported(opened, qtbot)
    press(opened, "import_open_first", qtbot)
    assert desk.report is not None
    assert desk.report.name == "1.txt"
    assert not opened.isVisible()


def test_the_same_again_is_said_and_not_doubled(
    opened: ImportDialog, desk: Desk, folder: Path, qtbot: QtBot, show: Show
) -> None:
    press(opened, "import_start", qtbot)
    wait_imported(opened, qtbot)
    again = open_dialog(desk, [folder / "1.txt"], qtbot, show)
    press(again, "import_start", qtbot)
    wait_imported(again, qtbot)
    assert "Texts known already, not doubled: 1" in again.result_page.text.toPlainText()
    assert not again.result_page.open.isVisible()
    assert len(stored(desk)) == 4
    close(again, qtbot)


def test_stopping_leaves_the_project_as_it_was(
    opened: ImportDialog, desk: Desk, qtbot: QtBot, monkeypatch: Any
) -> None:
    read_source = importing.read_source

    def read_then_stop(source: Any, mapping: Any) -> Iterator[Any]:
        yield from read_source(source, mapping)
        if source.name == "2.txt":  # the person presses Stop after some files were read
            opened._job.cancel()  # type: ignore[union-attr]

    monkeypatch.setattr(importing, "read_source", read_then_stop)
    press(opened, "import_start", qtbot)
    qtbot.waitUntil(lambda: opened._job is None, timeout=20_000)
    assert stored(desk) == {}
    assert opened.said.text() == str(Cancelled())
    assert opened.pages.currentWidget() is opened.preview_page
    monkeypatch.undo()
    press(opened, "import_start", qtbot)
    wait_imported(opened, qtbot)
    assert len(stored(desk)) == 4


def test_closing_the_window_stops_and_waits(opened: ImportDialog, desk: Desk, qtbot: QtBot, monkeypatch: Any) -> None:
    read_source = importing.read_source

    def read_until_stopped(source: Any, mapping: Any) -> Iterator[Any]:
        opened._job._stop.wait(20)  # type: ignore[union-attr]
        yield from read_source(source, mapping)

    monkeypatch.setattr(importing, "read_source", read_until_stopped)
    press(opened, "import_start", qtbot)
    opened.close()
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=20_000)
    assert opened._job is None
    assert stored(desk) == {}


def test_escape_while_importing_only_stops(opened: ImportDialog, desk: Desk, qtbot: QtBot, monkeypatch: Any) -> None:
    read_source = importing.read_source

    def read_until_stopped(source: Any, mapping: Any) -> Iterator[Any]:
        opened._job._stop.wait(20)  # type: ignore[union-attr]
        yield from read_source(source, mapping)

    monkeypatch.setattr(importing, "read_source", read_until_stopped)
    press(opened, "import_start", qtbot)
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened._job is None, timeout=20_000)
    assert opened.isVisible()
    assert stored(desk) == {}


def test_a_refused_job_is_a_sentence_in_the_dialog(
    opened: ImportDialog, desk: Desk, qtbot: QtBot, monkeypatch: Any
) -> None:
    from model.bulk import ImportBatch

    with ImportBatch.open(desk.project):
        press(opened, "import_start", qtbot)
        qtbot.waitUntil(lambda: opened._job is None, timeout=20_000)
    assert "Another import" in opened.said.text()
    assert opened.import_button.isEnabled()


def test_preview_is_saved_with_the_corrections(
    opened: ImportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    type_in_cell(opened, "bare.txt", Column.TITLE, "=Việc chung", qtbot)
    out = tmp_path / "preview.xlsx"
    monkeypatch.setattr(module, "ask_target", lambda *_args, **_more: out)
    press(opened, "import_save_preview", qtbot)
    qtbot.waitUntil(lambda: opened._job is None, timeout=20_000)
    rows = list(load_workbook(out).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 6
    assert any("=Việc chung" in row for row in rows)
    assert str(out) in opened.said.text()


def test_columns_of_a_spreadsheet_are_chosen(desk: Desk, tmp_path: Path, qtbot: QtBot, show: Show) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["cột a", "cột b", "cột c"])
    sheet.append(["Hội đồng họp phiên thứ nhất.", "Họp phiên", "2022-01-02"])
    sheet.append(["Hội đồng họp phiên thứ hai.", "Họp nữa", "2022-02-03"])
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    dialog = open_dialog(desk, [path], qtbot, show)
    assert dialog.preview_page.refused == 1
    assert not dialog.import_button.isEnabled()
    press(dialog, "import_columns", qtbot)
    columns = dialog.column_page
    qtbot.waitUntil(lambda: columns.fields["text"].isEnabled())
    assert not columns.use.isEnabled()
    for field, heading in (("text", "cột a"), ("title", "cột b"), ("date", "cột b")):
        columns.fields[field].setCurrentIndex(columns.fields[field].findData(heading))
    assert not columns.use.isEnabled()
    assert columns.said.isVisible()
    columns.fields["date"].setCurrentIndex(columns.fields["date"].findData("cột c"))
    press(dialog, "column_use", qtbot)
    wait_read(dialog, qtbot)
    assert [(row.title, row.date) for row in dialog.preview_page.model.rows()] == [
        ("Họp phiên", "2022-01-02"),
        ("Họp nữa", "2022-02-03"),
    ]
    press(dialog, "import_start", qtbot)
    wait_imported(dialog, qtbot)
    assert {report.title for report in stored(desk).values()} == {"Họp phiên", "Họp nữa"}
    close(dialog, qtbot)


def test_labels_that_name_nobody_get_an_annotator(desk: Desk, tmp_path: Path, qtbot: QtBot, show: Show) -> None:
    record = {"id": "r1", "name": "a.txt", "text": "Tỉnh ủy họp.", "relations": [],
              "entities": [{"id": "e1", "label": "ORG", "start": 0, "end": 7, "text": "Tỉnh ủy"}]}  # fmt: skip
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    dialog = open_dialog(desk, [path], qtbot, show)
    annotator = dialog.preview_page.annotator
    assert annotator.isVisible()
    assert annotator.text() == "lan"
    annotator.clear()
    press(dialog, "import_start", qtbot)
    assert dialog._job is None
    assert "nobody" in dialog.said.text()
    qtbot.keyClicks(annotator, "mai")
    press(dialog, "import_start", qtbot)
    wait_imported(dialog, qtbot)
    from model.queries.corpus import Selection, corpus

    (labelled,) = corpus(desk.project, Selection(everything=True))
    assert [(one.annotator, len(one.entities)) for one in labelled.sets] == [("mai", 1)]
    close(dialog, qtbot)


def test_dropped_files_are_added(desk: Desk, folder: Path, qtbot: QtBot, show: Show) -> None:
    dialog = open_dialog(desk, [folder / "1.txt"], qtbot, show)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "2.txt"))])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, key))
    wait_read(dialog, qtbot)
    assert dialog.preview_page.reports == 2
    close(dialog, qtbot)


def test_corrections_outlive_reading_again(opened: ImportDialog, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    type_in_cell(opened, "1.txt", Column.TITLE, "Tên khác", qtbot)
    other = tmp_path / "other.txt"
    other.write_text("Một tin khác nữa của báo.", encoding="utf-8")
    opened.add_paths([other])
    wait_read(opened, qtbot)
    assert cell(opened, "1.txt", Column.TITLE) == "Tên khác"
    assert opened.preview_page.reports == 5


@pytest.mark.skipif(os.name == "nt", reason="a folder's permissions are other ones there")
def test_a_path_that_is_gone_is_a_refused_row(desk: Desk, tmp_path: Path, qtbot: QtBot, show: Show) -> None:
    dialog = open_dialog(desk, [tmp_path / "gone.txt"], qtbot, show)
    assert dialog.preview_page.refused == 1
    assert not dialog.import_button.isEnabled()
    close(dialog, qtbot)


def test_the_real_reports(desk: Desk, real_reports: list[Path], qtbot: QtBot, show: Show) -> None:
    dialog = open_dialog(desk, real_reports, qtbot, show)
    first, second = real_reports
    assert cell(dialog, first.name, Column.DATE) == "2021-04-29"
    assert cell(dialog, first.name, Column.SOURCE) == "Báo Hà Nam"
    assert cell(dialog, second.name, Column.DATE) == "2020-10"
    assert cell(dialog, second.name, Column.SOURCE) == "missing"
    press(dialog, "import_start", qtbot)
    wait_imported(dialog, qtbot)
    assert len(stored(desk)) == 2
    close(dialog, qtbot)
