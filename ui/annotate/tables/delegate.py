"""Edits cells: a list where the model names choices, a number field for boundaries, else a line of text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.annotate.tables.rows import CHOICES_ROLE

Index = QModelIndex | QPersistentModelIndex
_ROW_PADDING = 8


class CellDelegate(QStyledItemDelegate):
    """Takes what can be chosen from the model's ``CHOICES_ROLE``; decides nothing itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list of choices, or a line."""
        choices = index.data(CHOICES_ROLE)
        if not choices:
            line = QLineEdit(parent)
            line.setFrame(False)
            return line
        combo = QComboBox(parent)
        for value, name in choices:
            combo.addItem(name, value)
        combo.activated.connect(lambda _at: self._done(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what the cell holds."""
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand the edit to the model."""
        if isinstance(editor, QComboBox):
            if editor.currentIndex() >= 0:
                model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Some air above and below the text."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + _ROW_PADDING))

    def _done(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)
