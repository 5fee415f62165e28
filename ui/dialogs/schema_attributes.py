"""The attributes of a label as a small table: name, shown names, usual values, normalisation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotations.schema import Attribute
from ui.dialogs.parts import button, row
from ui.theme import GRID
from ui.words import tr

KINDS = ("", "edtf", "resolution")
"""The normalisations that there are; the first is none."""


class AttributeTable(QWidget):
    """Signals: ``edited(tuple of Attribute)``; ``refused(sentence)``."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Attribute, ...] = ()
        self.table = _Table(0, 5, self)
        self.table.setObjectName("schema_attributes")
        self.table.setAccessibleName(tr("Attributes"))
        self.table.setHorizontalHeaderLabels(
            [tr("Name"), tr("Vietnamese"), tr("English"), tr("Usual values (;)"), tr("Normalised as")]
        )
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((13, 15, 13, 20, 13)):
            self.table.setColumnWidth(column, width * GRID)
        self.table.cellChanged.connect(lambda *_: self._collect())
        self.table.currentCellChanged.connect(lambda *_: self._update())
        self.add_button = button(tr("Add a&ttribute"), "schema_add_attribute", self)
        self.add_button.clicked.connect(self.add)
        self.remove_button = button(tr("Remo&ve attribute"), "schema_remove_attribute", self)
        self.remove_button.clicked.connect(self.remove)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.table)
        layout.addLayout(row(self.add_button, self.remove_button, None))

    def show_attributes(self, attributes: Sequence[Attribute]) -> None:
        """Show these; a table that shows them already is left alone, with its cursor."""
        if tuple(attributes) == self._shown and self.table.rowCount() == len(attributes):
            return
        self._shown = tuple(attributes)
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for attribute in attributes:
            self._append(attribute)
        self.table.blockSignals(False)
        rows = min(max(len(attributes), 2), 5)
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * line + GRID)
        self._update()

    def add(self) -> None:
        """A new row to fill in; it counts as soon as it has a name."""
        self.table.blockSignals(True)
        self._append(Attribute(""))
        self.table.blockSignals(False)
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())

    def remove(self) -> None:
        """Take the current attribute away; values that labels have stay with them."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self._collect()

    def _append(self, attribute: Attribute) -> None:
        number = self.table.rowCount()
        self.table.insertRow(number)
        values = (
            attribute.name,
            attribute.names.get("vi", ""),
            attribute.names.get("en", ""),
            ";".join(attribute.choices),
            attribute.kind,
        )
        for column, value in enumerate(values):
            self.table.setItem(number, column, QTableWidgetItem(value))

    def _collect(self) -> None:
        """Tell what the table says now, unless it makes no sense."""
        found = [self._attribute(number) for number in range(self.table.rowCount())]
        named = [attribute for attribute in found if attribute.name]
        names = [attribute.name for attribute in named]
        wrong = next((one for one in named if any(map(str.isspace, one.name)) or names.count(one.name) > 1), None)
        unknown = next((one.kind for one in named if one.kind not in KINDS), None)
        self._update()
        if wrong is not None:
            self.refused.emit(
                tr("“{name}” cannot be an attribute: it is one word, and stands there once.", name=wrong.name)
            )
        elif unknown is not None:
            self.refused.emit(
                tr("There is no normalisation {kind}; there are edtf (dates) and resolution.", kind=unknown)
            )
        elif tuple(named) != self._shown:
            self._shown = tuple(named)
            self.edited.emit(self._shown)

    def _attribute(self, number: int) -> Attribute:
        name, vietnamese, english, choices, kind = (self._text(number, column) for column in range(5))
        old = next((one for one in self._shown if one.name == name), Attribute(name))
        names = {**old.names, "vi": vietnamese, "en": english}
        return Attribute(
            name,
            {language: words for language, words in names.items() if words},
            tuple(choice.strip() for choice in choices.split(";") if choice.strip()),
            kind,
        )

    def _text(self, number: int, column: int) -> str:
        item = self.table.item(number, column)
        return " ".join(item.text().split()) if item is not None else ""

    def _update(self) -> None:
        self.remove_button.setEnabled(self.table.currentRow() >= 0)


class _Table(QTableWidget):
    """Enter edits a cell, Tab leaves the table."""

    def __init__(self, rows: int, columns: int, parent: QWidget) -> None:
        super().__init__(rows, columns, parent)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.state() != QAbstractItemView.State.EditingState and self.currentItem() is not None:
            self.edit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)
