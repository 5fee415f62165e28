"""The export dialog, used as a person uses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity, AddRelations, Together
from annotations.errors import Cancelled
from annotations.report import Entity, Relation
from ui.desk import Desk
from ui.dialogs import export_dialog as module
from ui.dialogs.export_dialog import ExportDialog
from ui.jobs import exporting

Show = Callable[[Any], None]


@pytest.fixture
def labelled(desk: Desk) -> Desk:
    """Two reports, one of them with two nested entities and a relation of lan's."""
    first, _second = add_reports(desk.project, TEXT, "Hội đồng nhân dân xã họp phiên thứ hai.")
    start = TEXT.index("Bí thư Tỉnh ủy")
    title = Entity("e1", "TITLE", start, start + len("Bí thư Tỉnh ủy"))
    org = Entity("e2", "ORG", start + len("Bí thư "), start + len("Bí thư Tỉnh ủy"))
    relation = Relation("r1", "title_at", "e1", "e2")
    changes = (AddEntity(first, title), AddEntity(first, org), AddRelations(first, (relation,)))
    assert desk.apply(Together(changes)) is not None
    return desk


@pytest.fixture
def opened(labelled: Desk, tmp_path: Path, qtbot: QtBot, show: Show) -> Iterator[ExportDialog]:
    dialog = open_dialog(labelled, qtbot, show)
    yield dialog
    dialog.close()


def open_dialog(desk: Desk, qtbot: QtBot, show: Show) -> ExportDialog:
    dialog = ExportDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    return dialog


def choose(dialog: ExportDialog, key: str) -> None:
    keys = [info.key for info in dialog._infos]
    dialog.format_list.setCurrentRow(keys.index(key))


def press(dialog: Any, name: str, qtbot: QtBot) -> None:
    made = dialog.findChild(QPushButton, name)
    assert made is not None
    assert made.isVisible(), name
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def export(dialog: ExportDialog, qtbot: QtBot) -> str:
    press(dialog, "export_start", qtbot)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)
    assert dialog.pages.currentWidget() is dialog.result_page, dialog.said.text()
    return dialog.result_page.text.toPlainText()


def test_json_lines_of_ones_own_labels(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(opened, "jsonl")
    assert opened.whose.currentText().startswith("Annotator lan")
    text = export(opened, qtbot)
    out = tmp_path / "project" / "p.jsonl"
    (record,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert record["annotator"] == "lan"
    assert [entity["label"] for entity in record["entities"]] == ["TITLE", "ORG"]
    assert "Entities: 2" in text
    assert "Nothing was left out." in text


def test_all_gives_every_report(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(opened, "jsonl")
    opened.whose.setCurrentIndex(opened.whose.count() - 1)
    export(opened, qtbot)
    assert len((tmp_path / "project" / "p.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_workbook(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(opened, "xlsx")
    export(opened, qtbot)
    book = load_workbook(tmp_path / "project" / "p.xlsx", read_only=True)
    assert "Entities" in book.sheetnames
    book.close()


def test_what_the_format_leaves_out_is_counted(opened: ExportDialog, qtbot: QtBot) -> None:
    choose(opened, "conll")
    assert opened.word_level.isVisible()
    text = export(opened, qtbot)
    assert "nested in another entity: 1" in text
    assert "Left out" in opened.result_page.heading.text()
    press(opened, "export_result_copy", qtbot)
    assert QGuiApplication.clipboard().text() == text


def test_the_target_gets_the_suffix_of_the_format(opened: ExportDialog) -> None:
    names = []
    for key in ("jsonl", "brat", "conll", "xlsx"):
        choose(opened, key)
        names.append(opened.path.name)
    assert names == ["p.jsonl", "p-brat", "p.conll", "p.xlsx"]
    opened.target.setText("other.v2.xlsx")
    choose(opened, "brat")
    assert opened.path.name == "other.v2"
    opened.zipped.click()
    assert opened.path.name == "other.v2.zip"
    choose(opened, "jsonl")
    assert opened.path.name == "other.v2.jsonl"


def test_brat_as_a_folder(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(opened, "brat")
    export(opened, qtbot)
    assert list((tmp_path / "project" / "p-brat").rglob("*.ann"))


def test_an_existing_target_is_asked_about_in_place(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "project" / "there.jsonl"
    out.write_text("mine", "utf-8")
    choose(opened, "jsonl")
    assert not opened.replace.isVisible()
    opened.target.setText(str(out))
    assert opened.replace.isVisible()
    assert not opened.export_button.isEnabled()
    opened.replace.click()
    export(opened, qtbot)
    assert out.read_text("utf-8") != "mine"


def test_a_missing_folder_is_a_sentence(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    opened.target.setText(str(tmp_path / "nowhere" / "x.jsonl"))
    press(opened, "export_start", qtbot)
    qtbot.waitUntil(lambda: opened._job is None, timeout=30_000)
    assert "does not exist" in opened.said.text()
    assert opened.export_button.isEnabled()


def test_stopping_leaves_no_file(opened: ExportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: Any) -> None:
    corpus = exporting.corpus

    def stop_first(*args: Any) -> Any:
        assert opened._job is not None
        opened._job.cancel()
        return corpus(*args)

    monkeypatch.setattr(exporting, "corpus", stop_first)
    choose(opened, "jsonl")
    press(opened, "export_start", qtbot)
    qtbot.waitUntil(lambda: opened._job is None, timeout=30_000)
    assert opened.said.text() == str(Cancelled())
    assert [path.name for path in (tmp_path / "project").glob("*jsonl*")] == []


def test_the_summary_is_saved(opened: ExportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: Any) -> None:
    choose(opened, "jsonl")
    text = export(opened, qtbot)
    out = tmp_path / "s.txt"
    monkeypatch.setattr(module, "ask_target", lambda *_args, **_more: out)
    press(opened, "export_result_save", qtbot)
    assert out.read_text("utf-8") == text + "\n"


def test_the_last_format_and_folder_are_remembered(
    opened: ExportDialog, labelled: Desk, tmp_path: Path, qtbot: QtBot, show: Show
) -> None:
    choose(opened, "conll")
    opened.target.setText(str(tmp_path / "x.conll"))
    export(opened, qtbot)
    again = open_dialog(labelled, qtbot, show)
    assert again.path == tmp_path / "p.conll"
    again.close()


def test_an_empty_project_says_so(desk: Desk, qtbot: QtBot, show: Show) -> None:
    dialog = open_dialog(desk, qtbot, show)
    assert "Import some first" in dialog.said.text()
    dialog.close()


def test_keys_alone_are_enough(opened: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(opened, "conll")
    qtbot.keyClick(opened.format_list, Qt.Key.Key_Home)
    assert opened.info.key == "jsonl"
    qtbot.keyClick(opened.format_list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.pages.currentWidget() is opened.result_page, timeout=30_000)
    assert (tmp_path / "project" / "p.jsonl").exists()
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    assert not opened.isVisible()
