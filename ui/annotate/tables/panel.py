"""A table with its title, its number of rows and a filter box."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.annotate.tables.rows import RowModel
from ui.annotate.tables.table import RowTable
from ui.words import tr


class TablePanel(QWidget):
    """One table of the annotate page."""

    def __init__(self, title: str, model: RowModel[Any], name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._model, self._empty = title, model, empty
        self.heading = QLabel(title)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.filter_box = QLineEdit()
        self.filter_box.setObjectName(f"{name}_filter")
        self.filter_box.setPlaceholderText(tr("Filter…"))
        self.filter_box.setAccessibleName(tr("Filter the table {title}", title=title))
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMaximumWidth(200)
        self.table = RowTable(model)
        self.table.setObjectName(name)
        self.table.setAccessibleName(title)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 4)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.filter_box, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.table)
        self.filter_box.textChanged.connect(self._on_filter)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._count)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the filter box empties it; Enter and ↓ go to the rows."""
        if self.filter_box.hasFocus():
            if event.key() == Qt.Key.Key_Escape and self.filter_box.text():
                self.filter_box.clear()
                return
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.setFocus()
                return
        super().keyPressEvent(event)

    def _on_filter(self, words: str) -> None:
        kept = self.table.selected_ids()
        self.table.quiet(True)
        self._model.set_filter(words)
        self.table.select_ids(kept)
        self._count()

    def _count(self) -> None:
        shown, total = self._model.rowCount(), self._model.total
        number = str(total) if shown == total else tr("{shown} of {total}", shown=shown, total=total)
        self.heading.setText(f"{self._title}  {number}" if total else self._title)
        words = self.filter_box.text()
        self.table.empty_words = tr("Nothing matches “{words}”.", words=words) if total and words else self._empty
        self.table.viewport().update()
