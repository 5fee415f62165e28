"""One label of the schema as a form; every edit becomes a change at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotations.changes import Change, EditLabel, RenameLabel, Together
from annotations.schema import RelationType, Schema
from ui.dialogs.parts import button, column, named, quiet, row
from ui.dialogs.schema_attributes import AttributeTable
from ui.dialogs.schema_colours import ColourRow
from ui.dialogs.schema_ends import EndsList
from ui.dialogs.schema_list import Label
from ui.theme import GRID
from ui.words import tr

KEYS = ("", *"1234567890")


class LabelForm(QScrollArea):
    """Signals: ``change_wanted(Change)``, ``refused(sentence)``."""

    change_wanted = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schema_form")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._label: Label | None = None
        self._schema = Schema("")
        inner = QWidget(self)
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(2 * GRID, 0, GRID, 0)
        self.form = QFormLayout()
        outer.addLayout(self.form)
        outer.addStretch(1)
        self.form.setHorizontalSpacing(2 * GRID)
        self.form.setVerticalSpacing(GRID)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._make_names()
        self._make_key()
        self._make_look()
        self._make_ends()
        self.attributes = AttributeTable(inner)
        self.attributes.edited.connect(lambda attributes: self._edit(attributes=attributes))
        self.attributes.refused.connect(self.refused)
        self.form.addRow(named(tr("&Attributes"), self.attributes.table), self.attributes)
        self.setWidget(inner)

    def _make_names(self) -> None:
        self.name = self._line("schema_name", tr("La&bel"))
        self.name.setToolTip(tr("One word. Labels in all reports are renamed with it."))
        self.name.editingFinished.connect(self._on_name)
        self.vietnamese = self._line("schema_vietnamese", tr("Vi&etnamese name"))
        self.vietnamese.editingFinished.connect(lambda: self._on_shown("vi", self.vietnamese))
        self.english = self._line("schema_english", tr("En&glish name"))
        self.english.editingFinished.connect(lambda: self._on_shown("en", self.english))

    def _make_key(self) -> None:
        self.key = QComboBox(self)
        self.key.setObjectName("schema_key")
        self.key.activated.connect(lambda _: self._on_key())
        self.take_key = button("", "schema_take_key", self)
        self.take_key.clicked.connect(self._on_take_key)
        self._key_row = QWidget(self)
        self._key_row.setLayout(row(self.key, self.take_key, None))
        self.form.addRow(named(tr("&Key"), self.key), self._key_row)

    def _make_look(self) -> None:
        self.colours = ColourRow(self)
        self.colours.chosen.connect(lambda colour: self._edit(colour=colour))
        self.form.addRow(tr("Colour"), self.colours)
        self.description = _Description(self)
        self.description.left.connect(self._on_description)
        self.form.addRow(named(tr("Descr&iption"), self.description), self.description)

    def _make_ends(self) -> None:
        self.sources = EndsList("schema_sources", tr("Sources"), self)
        self.targets = EndsList("schema_targets", tr("Targets"), self)
        for ends in (self.sources, self.targets):
            ends.refused.connect(self.refused)
        self.sources.edited.connect(lambda ends: self._edit(sources=ends))
        self.targets.edited.connect(lambda ends: self._edit(targets=ends))
        self.same_label = QCheckBox(tr("Both ends have the sa&me label"), self)
        self.same_label.setObjectName("schema_same_label")
        self.same_label.clicked.connect(lambda ticked: self._edit(same_label=ticked))
        self._ends = QWidget(self)
        box = row(spacing=2 * GRID)
        box.addLayout(column(quiet(tr("from"), self), self.sources, spacing=GRID // 2))
        box.addLayout(column(quiet(tr("to"), self), self.targets, spacing=GRID // 2))
        self._ends.setLayout(box)
        self.form.addRow(named(tr("&Joins"), self.sources), self._ends)
        self.form.addRow("", self.same_label)
        self.sources.setAccessibleName(tr("Sources"))

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        self.form.addRow(named(words, line), line)
        return line

    # showing

    def show_label(self, label: Label, schema: Schema, afresh: bool = True) -> None:
        """Show a label; without ``afresh`` a line that is just being typed in is left alone."""
        self._label, self._schema = label, schema
        for line, text in (
            (self.name, label.name),
            (self.vietnamese, label.names.get("vi", "")),
            (self.english, label.names.get("en", "")),
        ):
            if afresh or not (line.hasFocus() and line.isModified()):
                line.setText(text)
        if afresh or not (self.description.hasFocus() and self.description.document().isModified()):
            self.description.setPlainText(label.description)
        self._show_keys(label, schema)
        self.colours.show_colour(label.colour, _users(label, schema))
        relation = isinstance(label, RelationType)
        self.form.setRowVisible(self._key_row, not relation)
        self.form.setRowVisible(self._ends, relation)
        self.form.setRowVisible(self.same_label, relation)
        if isinstance(label, RelationType):
            self.sources.show_ends(label.sources, schema.entity_types)
            self.targets.show_ends(label.targets, schema.entity_types)
            self.same_label.setChecked(label.same_label)
        self.attributes.show_attributes(label.attributes)

    def begin_name(self) -> None:
        """Let the person type the name of a new label."""
        self.name.setFocus()
        self.name.selectAll()

    def _show_keys(self, label: Label, schema: Schema) -> None:
        owners = {kind.key: kind.name for kind in schema.entity_types if kind.key and kind.name != label.name}
        self.key.clear()
        for key in KEYS:
            words = key or tr("none")
            self.key.addItem(tr("{key} (now {label})", key=key, label=owners[key]) if key in owners else words, key)
        self.key.setCurrentIndex(max(0, self.key.findData(label.key)))
        self.take_key.hide()

    # edits

    def _edit(self, **values: Any) -> None:
        """Want the label with these fields; their types are those of the schema's dataclasses."""
        if self._label is None:
            return
        edited = replace(self._label, **values)
        if edited != self._label:
            self.change_wanted.emit(EditLabel(edited))

    def _on_name(self) -> None:
        name = self.name.text().strip()
        if self._label is None or name == self._label.name:
            return
        self.change_wanted.emit(RenameLabel(self._label.name, name, isinstance(self._label, RelationType)))

    def _on_shown(self, language: str, line: QLineEdit) -> None:
        if self._label is None:
            return
        names = {**self._label.names, language: " ".join(line.text().split())}
        self._edit(names={each: words for each, words in names.items() if words})

    def _on_description(self) -> None:
        self._edit(description=" ".join(self.description.toPlainText().split()))

    def _key_owner(self) -> Label | None:
        key = self.key.currentData()
        others = (kind for kind in self._schema.entity_types if self._label and kind.name != self._label.name)
        return next((kind for kind in others if key and kind.key == key), None)

    def _on_key(self) -> None:
        owner = self._key_owner()
        if owner is None:
            self.take_key.hide()
            self._edit(key=str(self.key.currentData()))
            return
        self.take_key.setText(tr("Take {key} from {label}", key=owner.key, label=owner.name))
        self.take_key.show()
        self.refused.emit(
            tr("Key {key} belongs to {label}. Nothing was changed; take it, or choose another.",
               key=owner.key, label=owner.name)
        )  # fmt: skip

    def _on_take_key(self) -> None:
        owner = self._key_owner()
        if owner is None or self._label is None:
            return
        given = replace(self._label, key=owner.key)
        change: Change = Together((EditLabel(replace(owner, key="")), EditLabel(given)), "Give a key to another label")
        self.change_wanted.emit(change)


class _Description(QPlainTextEdit):
    """Signal: ``left()`` when the person goes on to something else."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("schema_description")
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setFixedHeight(8 * GRID)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts now."""
        super().focusOutEvent(event)
        if self.document().isModified():
            self.left.emit()


def _users(label: Label, schema: Schema) -> dict[str, str]:
    kinds = schema.relation_types if isinstance(label, RelationType) else schema.entity_types
    return {kind.colour.lower(): kind.name for kind in kinds if kind.name != label.name}
