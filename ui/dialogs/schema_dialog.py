"""The schema editor: every change goes through the desk at once, and can be undone; refusals are said below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from annotations.changes import AddLabel, Change, DeleteLabel, EditLabel, RenameLabel, ReplaceSchema, Together
from annotations.errors import ChuGiaiError
from annotations.schema import ANY, EntityType, RelationType
from ui.desk import Desk
from ui.dialogs.files import ask_file, ask_target
from ui.dialogs.parts import Said, button, column, dialog_layout, row
from ui.dialogs.schema_colours import free_colour
from ui.dialogs.schema_form import KEYS, LabelForm
from ui.dialogs.schema_list import LabelKey, LabelList
from ui.theme import GRID
from ui.words import explain, tr

KINDS = "YAML, brat (*.yaml *.yml *.conf)"


class SchemaDialog(QDialog):
    """Labels at the left, the chosen one at the right. Undo and Redo here reach no further back than the dialog."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schema_dialog")
        self.setWindowTitle(tr("Label schema"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(136 * GRID, 88 * GRID)
        self._desk = desk
        self._key: LabelKey | None = None
        self._done = self._undone = 0
        self._applying = False
        self.list = LabelList(self)
        self.list.chosen.connect(self._on_chosen)
        self.form = LabelForm(self)
        self.form.change_wanted.connect(self.apply)
        self.said = Said("schema_said", self)
        self.form.refused.connect(lambda sentence: self.said.warn(sentence))
        self._make_buttons()
        self._lay_out()
        desk.schema_changed.connect(self._on_schema_changed)
        desk.notice.connect(self._on_notice)
        desk.trouble.connect(self._on_trouble)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), self, self.redo)
        first = desk.schema.entity_types or desk.schema.relation_types
        self._show(LabelKey.of(first[0]) if first else None)
        self.list.setFocus()

    def _make_buttons(self) -> None:
        self.add_entity = self._button(tr("&New entity type"), "schema_add_entity", self.add_entity_type)
        self.add_relation = self._button(tr("New &relation type"), "schema_add_relation", self.add_relation_type)
        self.delete = self._button(tr("&Delete"), "schema_delete", self.delete_label)
        self.delete.setToolTip(tr("Delete the chosen label; one that is in use stays (Delete)"))
        self.undo_button = self._button(tr("&Undo"), "schema_undo", self.undo)
        self.undo_button.setToolTip("Ctrl+Z")
        self.redo_button = self._button(tr("Red&o"), "schema_redo", self.redo)
        self.redo_button.setToolTip("Ctrl+Shift+Z")
        self.import_yaml = self._button(tr("Im&port YAML…"), "schema_import", self.take_file)
        self.export_yaml = self._button(tr("E&xport YAML…"), "schema_export", self.save_file)
        self.close_button = self._button(tr("&Close"), "schema_close", self.close)

    def _button(self, words: str, name: str, slot: object) -> QPushButton:
        made = button(words, name, self)
        made.clicked.connect(slot)
        return made

    def _lay_out(self) -> None:
        left = column(self.list, spacing=GRID)
        left.addLayout(row(self.add_entity, self.add_relation, None))
        left.addLayout(row(self.delete, None))
        middle = row(spacing=2 * GRID)
        middle.addLayout(left)
        middle.addWidget(self.form, 1)
        layout = dialog_layout(self)
        layout.addLayout(middle, 1)
        layout.addWidget(self.said)
        layout.addLayout(
            row(self.undo_button, self.redo_button, self.import_yaml, self.export_yaml, None, self.close_button)
        )

    # changes

    def apply(self, change: Change) -> bool:
        """Carry out a change; False, with a sentence, when it was refused or waits to be saved."""
        if isinstance(change, RenameLabel) and change.new_name == ANY:
            self.said.warn(tr("“*” stands for every label and cannot be one. Nothing was changed."))
            self._show(self._key)
            return False
        self.said.say("")
        before, key = self._key, _key_after(change)
        if key is not None:
            self._key = key
        self._applying = True
        outcome = self._desk.apply(change)
        self._applying = False
        if outcome is None:
            self._key = before
            if not self._desk.saving_state.saved:
                self.said.warn(tr("This is not saved yet; it is being tried again."))
            self._show(before)
            return False
        self._done += not outcome.nothing
        self._undone = 0 if not outcome.nothing else self._undone
        self._show(self._key, afresh=False)
        return True

    def add_entity_type(self) -> None:
        """Add an entity type with a free key and colour, and let it be named."""
        schema = self._desk.schema
        used = {kind.key for kind in schema.entity_types}
        name = _free_name("NEW_LABEL", set(schema.entities_by_name))
        colour = free_colour({kind.colour for kind in schema.entity_types})
        key = next((key for key in KEYS[1:] if key not in used), "")
        if self.apply(AddLabel(EntityType(name, key=key, colour=colour))):
            self.form.begin_name()

    def add_relation_type(self) -> None:
        """Add a relation type between any labels, and let it be named."""
        schema = self._desk.schema
        name = _free_name("new_relation", set(schema.relations_by_name))
        colour = free_colour({kind.colour for kind in schema.relation_types})
        if self.apply(AddLabel(RelationType(name, colour=colour))):
            self.form.begin_name()

    def delete_label(self) -> None:
        """Delete the chosen label; one that is in use is refused with the reason."""
        key = self.list.current()
        if key is not None:
            self.apply(DeleteLabel(key.name, key.relation))

    def undo(self) -> None:
        """Take back the latest change made here."""
        if self._done and self._desk.undo() is not None:
            self._done, self._undone = self._done - 1, self._undone + 1
        self._show(self._key)

    def redo(self) -> None:
        """Do again what was undone here."""
        if self._undone and self._desk.redo() is not None:
            self._done, self._undone = self._done + 1, self._undone - 1
        self._show(self._key)

    # files

    def take_file(self) -> None:
        """Ask for a YAML file and take its schema."""
        path = ask_file(self, tr("Schema to import"), self._desk.project.path.parent, KINDS)
        if path is None:
            return
        from exports.schema_files import read_schema_file

        try:
            schema = read_schema_file(path, self._desk.workspace.schema)
        except ChuGiaiError as error:
            self.said.warn(explain(error))
            return
        if self.apply(ReplaceSchema(schema)):
            self.said.say(tr("The schema of {path} was taken.", path=path))

    def save_file(self) -> None:
        """Ask where, and write the schema as YAML."""
        proposed = self._desk.project.path.with_suffix(".yaml")
        path = ask_target(self, tr("Export schema"), proposed, ".yaml")
        if path is None:
            return
        from exports.schema_yaml import write_schema

        try:
            write_schema(self._desk.schema, path, force=True)
        except ChuGiaiError as error:
            self.said.warn(explain(error))
        else:
            self.said.say(tr("The schema was saved as {path}.", path=path))

    # showing

    def _show(self, key: LabelKey | None, afresh: bool = True) -> None:
        """Show the schema with this label chosen, or the first when it is gone."""
        schema = self._desk.schema
        label = key.find(schema) if key is not None else None
        if label is None:
            first = schema.entity_types or schema.relation_types
            label, afresh = (first[0] if first else None), True
        self._key = LabelKey.of(label) if label is not None else None
        self.list.show_schema(schema, self._key)
        self.form.setVisible(label is not None)
        self.delete.setEnabled(label is not None)
        if label is not None:
            self.form.show_label(label, schema, afresh)
        else:
            self.said.say(tr("This schema has no labels yet. Add an entity type, or import a YAML file."))
        self.undo_button.setEnabled(self._done > 0)
        self.redo_button.setEnabled(self._undone > 0)

    def _on_chosen(self, key: LabelKey) -> None:
        """What was typed for the former label has counted already: its field lost the focus."""
        label = key.find(self._desk.schema)
        if key != self._key and label is not None:
            self._key = key
            self.said.say("")
            self.form.show_label(label, self._desk.schema)

    def _on_schema_changed(self) -> None:
        if not self._applying:
            self._show(self._key, afresh=False)

    def _on_notice(self, sentence: str, _with_undo: bool) -> None:
        self.said.warn(sentence) if self._applying else self.said.say(sentence)

    def _on_trouble(self, sentence: str) -> None:
        self.said.warn(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete in the list deletes the label."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.delete_label()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc closes; what was typed last counts."""
        self._finish_typing()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed last counts."""
        self._finish_typing()
        super().closeEvent(event)

    def _finish_typing(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()


def _key_after(change: Change) -> LabelKey | None:
    """The label that a change leaves chosen; None: the same as before."""
    match change:
        case RenameLabel():
            return LabelKey(change.new_name, change.relation)
        case AddLabel() | EditLabel():
            return LabelKey.of(change.label)
        case Together():
            return _key_after(change.changes[-1])
    return None


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name
