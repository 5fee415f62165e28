"""The export dialog offers what the command line offers, and what each format takes comes from the list of formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from small_projects import TEXT

import exports.needs as needs
from annotations.report import Status
from exports.formats import formats
from exports.label_map import LabelMap, read_map
from exports.selection import EVERYTHING, TRAINING
from model.bulk import ImportBatch
from model.project import Project
from tests.model.test_bulk import record
from ui.cli.commands.export_labels import EXPORT
from ui.cli.parser import Parser
from ui.desk import Desk
from ui.dialogs import label_map_page
from ui.dialogs.export_dialog import ExportDialog

Show = Callable[[Any], None]
WIDGETS = {
    "--format": "export_format",
    "--annotator": "export_whose",
    "--adjudicated": "export_whose",
    "--all": "export_whose",
    "--status": "export_status",
    "--from": "export_since",
    "--to": "export_until",
    "--map": "export_map",
    "--with-suggestions": "export_suggestions",
    "--keep-furniture": "export_furniture",
    "--split": "export_split",
    "--seed": "export_seed",
    "--word-level": "export_words",
    "--align": "export_alignment",
    "--tags": "export_tags",
    "--force": "export_replace",
    "--summary": "export_result_save",
}
"""What of the dialog does the same as an option of ``chugiai export``."""


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot, show: Show) -> Iterator[ExportDialog]:
    with ImportBatch.open(desk.project, "lan") as batch:
        for number in range(4):
            batch.add("f", record(f"{number}.txt", TEXT + f" Báo cáo thứ {number} về công tác xây dựng Đảng."))
        batch.publish()
    made = ExportDialog(desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    show(made)
    yield made
    made.close()


def choose(dialog: ExportDialog, key: str) -> None:
    dialog.format_list.setCurrentRow([info.key for info in dialog._infos].index(key))


def export(dialog: ExportDialog, qtbot: QtBot) -> str:
    dialog.start_export()
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)
    assert dialog.pages.currentWidget() is dialog.result_page, dialog.said.text()
    return dialog.result_page.text.toPlainText()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_option_of_the_command_is_in_the_dialog(dialog: ExportDialog) -> None:
    parser = Parser("export")
    EXPORT.add_arguments(parser)
    options = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
    assert options - {"--help", "--json"} == set(WIDGETS)
    for name in WIDGETS.values():
        assert dialog.findChild(QWidget, name) is not None, name


@pytest.mark.parametrize("info", [info for info in formats() if info.writes], ids=lambda info: info.key)
def test_a_format_is_asked_for_what_it_takes(dialog: ExportDialog, info: Any) -> None:
    choose(dialog, info.key)
    form = dialog.form
    shown = {
        name: form.findChild(QWidget, f"export_{name}").isVisibleTo(form) for name in ("words", "alignment", "tags")
    }
    assert shown == {"words": info.tokens, "alignment": info.tokens, "tags": info.tag_schemes}
    assert form.zipped.isVisibleTo(form) == info.zips
    assert form.furniture.isVisibleTo(form) == info.training
    assert form.split.isEnabled() != info.always_splits
    for part in (form.whose, form.status, form.since, form.suggestions, form.map_button, form.split):
        assert part.isVisibleTo(form) != info.review
    assert tr_holds(dialog) == info.holds


def tr_holds(dialog: ExportDialog) -> str:
    return dialog.holds.text().removeprefix("Holds: ")


def test_what_is_chosen_is_what_the_job_is_given(dialog: ExportDialog) -> None:
    form = dialog.form
    choose(dialog, "conll")
    assert form.choice()(TRAINING) == TRAINING
    assert form.options(False).split is None
    form.status.setCurrentIndex(form.status.findText("Done and in progress"))
    form.since.setText("2021-04")
    form.until.setText("2021-05")
    form.furniture.click()
    form.suggestions.click()
    form.set_labels(LabelMap({"ORG": "LOC"}))
    made = form.choice()(TRAINING)
    assert made.statuses == {Status.DONE, Status.IN_PROGRESS}
    assert (made.since, made.until, made.furniture, made.suggestions) == ("2021-04", "2021-05", True, True)
    assert made.labels == LabelMap({"ORG": "LOC"})
    form.alignment.setCurrentIndex(1)
    form.tags.setCurrentIndex(2)
    form.word_level.click()
    form.split.click()
    form.shares[0].setValue(60)
    form.seed.setValue(11)
    options = form.options(True)
    assert (options.force, options.word_level, options.alignment, options.tags) == (True, True, "expand", "bioes")
    assert (options.split, options.seed) == ((60, 10, 10), 11)
    choose(dialog, "jsonl")
    options = form.options(False)
    assert (options.word_level, options.alignment, options.tags) == (False, "strict", "iob2")
    assert form.choice()(EVERYTHING).statuses != EVERYTHING.statuses


def test_status_says_what_is_usual(dialog: ExportDialog) -> None:
    choose(dialog, "conll")
    assert dialog.form.status.currentText() == "Done (all, when nothing is done)"
    dialog.form.status.setCurrentIndex(1)
    assert dialog.form.choice()(TRAINING).statuses is None
    choose(dialog, "jsonl")
    assert dialog.form.status.currentText() == "All (usual)"


def test_labels_are_renamed_in_the_dialog_and_the_mapping_saved(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(dialog, "jsonl")
    dialog.form.map_button.click()
    page, table = dialog.map_page, dialog.map_page.table
    assert dialog.pages.currentWidget() is page
    rows = {table.item(row, 0).text(): row for row in range(table.rowCount())}
    table.item(rows["OFFICIAL"], 2).setText("two words")
    page.use.click()
    assert "one word" in page.said.text()
    assert dialog.pages.currentWidget() is page
    table.item(rows["OFFICIAL"], 2).setText("PER")
    table.item(rows["TITLE"], 0).setCheckState(Qt.CheckState.Unchecked)
    saved = tmp_path / "map.yaml"
    monkeypatch.setattr(label_map_page, "ask_target", lambda *_: saved)
    page.save_button.click()
    assert read_map(saved) == page.mapping() == LabelMap({"OFFICIAL": "PER", "TITLE": None})
    page.reset_button.click()
    assert not page.mapping()
    monkeypatch.setattr(label_map_page, "ask_file", lambda *_: saved)
    page.load_button.click()
    page.use.click()
    assert dialog.form.map_words.text() == "renamed: 1, left out: 1"
    text = export(dialog, qtbot)
    assert {one["label"] for line in lines(tmp_path / "project" / "p.jsonl") for one in line["entities"]} == {"PER"}
    assert "entities left out by the mapping: 4" in text
    assert "relations of entities left out: 4" in text


def test_a_mapping_of_other_labels_is_a_sentence(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "map.yaml").write_text("entities: {LAW: X}", "utf-8")
    dialog.form.map_button.click()
    monkeypatch.setattr(label_map_page, "ask_file", lambda *_: tmp_path / "map.yaml")
    dialog.map_page.load_button.click()
    assert "LAW" in dialog.map_page.said.text()
    dialog.reject()
    assert dialog.pages.currentWidget() is dialog.choice_page


def test_a_split_of_one_file_is_a_folder_or_a_zip(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(dialog, "jsonl")
    assert dialog.path.name == "p.jsonl"
    dialog.form.split.click()
    assert dialog.path.name == "p-jsonl"
    dialog.zipped.click()
    assert dialog.path.name == "p-jsonl.zip"
    dialog.zipped.click()
    text = export(dialog, qtbot)
    assert (tmp_path / "project" / "p-jsonl" / "train.jsonl").exists()
    assert "seed 7" in text


def test_a_format_that_always_splits_leaves_no_tick_behind(dialog: ExportDialog) -> None:
    for wanted in (False, True):
        choose(dialog, "jsonl")
        if dialog.form.split.isChecked() != wanted:
            dialog.form.split.click()
        choose(dialog, "hf")
        assert dialog.form.split.isChecked()
        choose(dialog, "conll")
        assert dialog.form.split.isChecked() == wanted


def test_suggestions_go_out_marked(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    choose(dialog, "jsonl")
    dialog.form.suggestions.click()
    assert "suggestions: " in export(dialog, qtbot)
    origins = {one["origin"] for line in lines(tmp_path / "project" / "p.jsonl") for one in line["entities"]}
    assert "suggested" in origins


def test_a_bad_date_is_a_sentence(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, "jsonl")
    dialog.form.since.setText("ngày mai")
    dialog.start_export()
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)
    assert "is no date" in dialog.said.text()
    assert not (tmp_path / "project" / "p.jsonl").exists()


def test_a_missing_library_is_one_sentence_and_the_rest_works(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "find_spec", lambda _name: None)
    for key in ("spacy", "hf"):
        choose(dialog, key)
        assert f"pip install 'chugiai[{key}]'" in dialog.said.text()
        assert not dialog.export_button.isEnabled()
    choose(dialog, "jsonl")
    assert not dialog.said.isVisible()
    assert "Entities: 8" in export(dialog, qtbot)


def test_no_relations_out_of_a_project_that_has_some_is_said(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, "conll")
    text = export(dialog, qtbot)
    assert "Relations: 0" in text
    assert "relations: 4" in text.split("Left out")[1]
    assert "Left out" in dialog.result_page.heading.text()


def test_every_field_has_a_name_for_screen_readers(dialog: ExportDialog) -> None:
    for part in (*dialog.form.findChildren(QComboBox), *dialog.form.findChildren(QLineEdit)):
        if part.objectName().startswith("export_"):
            assert part.accessibleName(), part.objectName()
    letters = [
        text[text.index("&") + 1].lower()
        for part in (*dialog.form.findChildren(QLabel), *dialog.choice_page.findChildren(QPushButton))
        if "&" in (text := part.text()) and part.isVisibleTo(dialog)
    ]
    assert len(letters) == len(set(letters)), letters


def test_the_manifest_of_an_earlier_export_is_asked_about_too(dialog: ExportDialog, qtbot: QtBot, desk: Desk) -> None:
    choose(dialog, "conll")
    export(dialog, qtbot)
    dialog.path.unlink()
    dialog._on_again()
    assert dialog.replace.isVisible()
    dialog.replace.click()
    export(dialog, qtbot)
    assert isinstance(desk.project, Project)
