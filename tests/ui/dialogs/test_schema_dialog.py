"""The schema editor, used as a person uses it; what it does is read back from the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity, EditLabel
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Entity
from annotations.schema import ANY, EntityType, Schema
from exports.schema_yaml import read_schema, write_schema
from model.project import Project
from model.workspace import Workspace
from ui.desk import Desk
from ui.dialogs import schema_colours
from ui.dialogs import schema_dialog as module
from ui.dialogs.schema_dialog import SchemaDialog
from ui.dialogs.schema_list import LabelKey

Show = Callable[[Any], None]


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot, show: Show) -> Iterator[SchemaDialog]:
    dialog = SchemaDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    yield dialog
    dialog.close()


def stored(desk: Desk) -> Schema:
    """The schema as another window reads it."""
    return Workspace(desk.project, "other").schema


def choose(dialog: SchemaDialog, name: str, relation: bool = False) -> None:
    dialog.list.choose(LabelKey(name, relation))


def press(dialog: QWidget, name: str, qtbot: QtBot) -> None:
    made = dialog.findChild(QPushButton, name)
    assert made is not None
    assert made.isVisible(), name
    assert made.isEnabled(), name
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def write(line: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def fill(line: QLineEdit, text: str, qtbot: QtBot) -> None:
    line.setFocus()
    line.selectAll()
    write(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def label_a_place(desk: Desk, label: str) -> str:
    (report_id,) = add_reports(desk.project, TEXT)
    assert desk.apply(AddEntity(report_id, Entity("e1", label, 0, 1))) is not None
    return report_id


def test_labels_are_listed_with_names_and_keys(opened: SchemaDialog) -> None:
    words = [opened.list.item(number).text() for number in range(opened.list.count())]
    assert "ORG – Organisation  [3]" in words
    assert "holds_title – holds title" in words
    assert opened.form.name.text() == "OFFICIAL"


def test_a_new_label_is_there_at_once_and_is_named(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    press(opened, "schema_add_entity", qtbot)
    added = stored(desk).entities_by_name["NEW_LABEL"]
    assert added.key == "9"
    assert added.colour not in {kind.colour for kind in DEFAULT_SCHEMA.entity_types}
    assert opened.form.name.selectedText() == "NEW_LABEL"
    fill(opened.form.name, "LAW", qtbot)
    assert "LAW" in stored(desk).entities_by_name
    fill(opened.form.vietnamese, "Luật", qtbot)
    assert stored(desk).entities_by_name["LAW"].names == {"vi": "Luật"}
    assert opened.isVisible()


def test_renaming_takes_labels_along(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    report_id = label_a_place(desk, "ORG")
    choose(opened, "ORG")
    fill(opened.form.name, "BODY", qtbot)
    labels = desk.workspace.annotation_set(report_id)
    assert labels is not None
    assert [entity.label for entity in labels.entities] == ["BODY"]
    assert "BODY" in stored(desk).relations_by_name["title_at"].targets
    assert opened.list.current() == LabelKey("BODY")


@pytest.mark.parametrize("name", ["two words", "", "TITLE", ANY])
def test_a_bad_name_is_refused_with_a_sentence(opened: SchemaDialog, desk: Desk, qtbot: QtBot, name: str) -> None:
    choose(opened, "ORG")
    opened.form.name.setFocus()
    opened.form.name.setText(name)
    qtbot.keyClick(opened.form.name, Qt.Key.Key_Return)
    assert opened.said.isVisible()
    assert "Nothing was changed" in opened.said.text()
    assert opened.form.name.text() == "ORG"
    assert stored(desk).entity_types == DEFAULT_SCHEMA.entity_types


def test_a_swatch_recolours(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    choose(opened, "ORG")
    swatch = opened.form.colours._group.button(15)
    qtbot.mouseClick(swatch, Qt.MouseButton.LeftButton)
    assert stored(desk).entities_by_name["ORG"].colour == "#AA4499"


def test_any_other_colour(opened: SchemaDialog, desk: Desk, qtbot: QtBot, monkeypatch: Any) -> None:
    monkeypatch.setattr(schema_colours, "ask_colour", lambda *_: "#123456")
    press(opened, "schema_other_colour", qtbot)
    assert stored(desk).entities_by_name["OFFICIAL"].colour == "#123456"
    monkeypatch.setattr(schema_colours, "ask_colour", lambda *_: None)
    press(opened, "schema_other_colour", qtbot)
    assert stored(desk).entities_by_name["OFFICIAL"].colour == "#123456"


def test_a_key_that_is_taken_is_shown_and_can_be_taken_over(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    choose(opened, "DATE")
    key = opened.form.key
    assert "3 (now ORG)" in [key.itemText(number) for number in range(key.count())]
    key.setCurrentIndex(key.findData("3"))
    key.activated.emit(key.currentIndex())
    assert "belongs to ORG" in opened.said.text()
    assert stored(desk).entities_by_name["DATE"].key == "5"
    press(opened, "schema_take_key", qtbot)
    schema = stored(desk)
    assert (schema.entities_by_name["DATE"].key, schema.entities_by_name["ORG"].key) == ("3", "")
    assert not opened.form.take_key.isVisible()
    opened.undo()
    schema = stored(desk)
    assert (schema.entities_by_name["DATE"].key, schema.entities_by_name["ORG"].key) == ("5", "3")


def test_a_free_key_is_given(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    key = opened.form.key
    key.setFocus()
    qtbot.keyClick(key, Qt.Key.Key_End)  # 0, which no label has
    assert stored(desk).entities_by_name["OFFICIAL"].key == "0"


def test_deleting_a_label_in_use_is_refused(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    press(opened, "schema_add_entity", qtbot)
    label_a_place(desk, "NEW_LABEL")
    choose(opened, "NEW_LABEL")
    press(opened, "schema_delete", qtbot)
    assert "is used 1 time." in opened.said.text()
    assert "NEW_LABEL" in stored(desk).entities_by_name


def test_delete_key_deletes_an_unused_label(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    choose(opened, "alias_of", relation=True)
    opened.list.setFocus()
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    assert "alias_of" not in stored(desk).relations_by_name
    assert opened.list.current() == LabelKey("OFFICIAL")


def test_undo_and_redo_reach_back_to_the_opening(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    assert not opened.undo_button.isEnabled()
    press(opened, "schema_add_entity", qtbot)
    fill(opened.form.name, "LAW", qtbot)
    opened.list.setFocus()
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "NEW_LABEL" in stored(desk).entities_by_name
    press(opened, "schema_undo", qtbot)
    assert stored(desk).entity_types == DEFAULT_SCHEMA.entity_types
    assert not opened.undo_button.isEnabled()
    press(opened, "schema_redo", qtbot)
    press(opened, "schema_redo", qtbot)
    assert "LAW" in stored(desk).entities_by_name


def test_undo_leaves_earlier_work_alone(desk: Desk, opened: SchemaDialog) -> None:
    report_id = label_a_place(desk, "ORG")
    opened.undo()
    labels = desk.workspace.annotation_set(report_id)
    assert labels is not None
    assert len(labels.entities) == 1


def test_description_counts_when_it_is_left(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    opened.form.description.setFocus()
    opened.form.description.selectAll()
    write(opened.form.description, "Tên người.")
    qtbot.keyClick(opened.form.description, Qt.Key.Key_Tab)
    assert stored(desk).entities_by_name["OFFICIAL"].description == "Tên người."


def test_what_was_typed_last_counts_when_the_window_closes(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    opened.form.english.setFocus()
    opened.form.english.selectAll()
    write(opened.form.english, "Leader")
    qtbot.keyClick(opened.form.english, Qt.Key.Key_Escape)
    assert stored(desk).entities_by_name["OFFICIAL"].names["en"] == "Leader"
    assert not opened.isVisible()


def test_attributes_are_added_edited_and_removed(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    table = opened.form.attributes.table
    count = table.rowCount()
    press(opened, "schema_add_attribute", qtbot)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    write(editor, "gender")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(stored(desk).entities_by_name["OFFICIAL"].attributes) == count + 1)
    table.item(count, 3).setText("nam; nữ ;")
    table.item(count, 1).setText("Giới tính")
    gender = stored(desk).entities_by_name["OFFICIAL"].attributes[count]
    assert (gender.name, gender.choices, gender.names) == ("gender", ("nam", "nữ"), {"vi": "Giới tính"})
    table.setCurrentCell(count, 0)
    press(opened, "schema_remove_attribute", qtbot)
    assert stored(desk).entities_by_name["OFFICIAL"] == DEFAULT_SCHEMA.entities_by_name["OFFICIAL"]


@pytest.mark.parametrize(("column", "text"), [(0, "two words"), (0, "person_id"), (4, "roman")])
def test_a_bad_attribute_is_refused(opened: SchemaDialog, desk: Desk, column: int, text: str) -> None:
    opened.form.attributes.table.item(0, column).setText(text)
    assert opened.said.isVisible()
    assert text in opened.said.text()
    assert stored(desk).entity_types == DEFAULT_SCHEMA.entity_types


def test_sources_and_targets_are_ticked(opened: SchemaDialog, desk: Desk) -> None:
    choose(opened, "part_of", relation=True)
    sources = opened.form.sources
    names = [sources.item(number).text() for number in range(sources.count())]
    sources.item(names.index("PLACE")).setCheckState(Qt.CheckState.Checked)
    assert stored(desk).relations_by_name["part_of"].sources == ("ORG", "PLACE")
    sources.item(0).setCheckState(Qt.CheckState.Checked)
    assert stored(desk).relations_by_name["part_of"].sources == (ANY,)
    sources.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "at least one" in opened.said.text()
    assert stored(desk).relations_by_name["part_of"].sources == (ANY,)
    assert sources.ticked() == (ANY,)


def test_same_label(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    choose(opened, "part_of", relation=True)
    box: QAbstractButton = opened.form.same_label
    box.click()
    assert stored(desk).relations_by_name["part_of"].same_label


def test_relation_and_entity_show_their_own_fields(opened: SchemaDialog) -> None:
    assert opened.form._key_row.isVisible()
    assert not opened.form.sources.isVisible()
    choose(opened, "chairs", relation=True)
    assert not opened.form._key_row.isVisible()
    assert opened.form.sources.isVisible()
    assert opened.form.sources.ticked() == ("OFFICIAL", "TITLE", "ORG")


def test_yaml_out_and_in(opened: SchemaDialog, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: Any) -> None:
    out = tmp_path / "s.yaml"
    monkeypatch.setattr(module, "ask_target", lambda *_args: out)
    press(opened, "schema_export", qtbot)
    assert read_schema(out) == stored(desk)
    small = tmp_path / "small.yaml"
    write_schema(Schema("mine/1", (EntityType("ONE", colour="#112233"),)), small)
    monkeypatch.setattr(module, "ask_file", lambda *_args: small)
    press(opened, "schema_import", qtbot)
    assert list(stored(desk).entities_by_name) == ["ONE"]
    assert opened.form.name.text() == "ONE"
    press(opened, "schema_undo", qtbot)
    assert stored(desk).entity_types == DEFAULT_SCHEMA.entity_types


def test_a_bad_yaml_file_is_a_sentence(
    opened: SchemaDialog, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("entity_types: {", "utf-8")
    monkeypatch.setattr(module, "ask_file", lambda *_args: bad)
    press(opened, "schema_import", qtbot)
    assert "not valid YAML" in opened.said.text()
    assert stored(desk) == desk.schema


def test_a_schema_that_lacks_a_label_in_use_is_refused(
    opened: SchemaDialog, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    label_a_place(desk, "ORG")
    small = tmp_path / "small.yaml"
    write_schema(Schema("mine/1", (EntityType("ONE", colour="#112233"),)), small)
    monkeypatch.setattr(module, "ask_file", lambda *_args: small)
    press(opened, "schema_import", qtbot)
    assert "ORG is used" in opened.said.text()
    assert "ORG" in stored(desk).entities_by_name


def test_anothers_change_shows_and_leaves_typing_alone(opened: SchemaDialog, desk: Desk, qtbot: QtBot) -> None:
    opened.form.english.setFocus()
    opened.form.english.selectAll()
    write(opened.form.english, "Lead")
    with Project.open(desk.project.path) as project:
        other = Workspace(project, "mai")
        changed = EntityType("OFFICIAL", {"vi": "Lãnh đạo"}, key="1", colour="#000001")
        other.apply(EditLabel(changed))
    desk.bus.poll()
    assert opened.form.english.text() == "Lead"
    assert opened.form.vietnamese.text() == "Lãnh đạo"
    qtbot.keyClick(opened.form.english, Qt.Key.Key_Return)
    edited = stored(desk).entities_by_name["OFFICIAL"]
    assert (edited.names, edited.colour) == ({"vi": "Lãnh đạo", "en": "Lead"}, "#000001")


def test_an_empty_schema_says_what_to_do(tmp_path: Path, qtbot: QtBot, show: Show, desk: Desk) -> None:
    from annotations.changes import ReplaceSchema

    desk.apply(ReplaceSchema(Schema("empty/1")))
    dialog = SchemaDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    assert "no labels yet" in dialog.said.text()
    press(dialog, "schema_add_entity", qtbot)
    assert dialog.form.isVisible()
    dialog.close()
