"""What copies bring, in a table, and below it what has to be said in sentences."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui.dialogs.parts import reading_box
from ui.jobs.merging import MergedCopy
from ui.merge_words import how, notes_of, things
from ui.theme import GRID
from ui.words import tr


class MergePreview(QWidget):
    """Counts of all copies together; each copy alone as if it were merged first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 1 + len(how()), self)
        self.table.setObjectName("merge_preview")
        self.table.setProperty("role", "cells")
        self.table.setAccessibleName(tr("What will come"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(3 * GRID)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.notes = reading_box("merge_notes", tr("What else there is to know"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.table, 1)
        self.notes.setFixedHeight(12 * GRID)
        layout.addWidget(self.notes)
        layout.addStretch(0)

    def show_copies(self, copies: tuple[MergedCopy, ...]) -> None:
        """Show what these copies bring; none: nothing."""
        counts: Counter[tuple[str, str]] = Counter()
        for copy in copies:
            counts.update(copy.result.counts)
        rows = [(what, title) for what, title in things() if any(counts[what, came] for came, _ in how())]
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels(["", *(title for _, title in how())])
        for at, (what, title) in enumerate(rows):
            self.table.setItem(at, 0, QTableWidgetItem(title))
            for column, (came, _) in enumerate(how(), 1):
                number = counts[what, came]
                item = QTableWidgetItem(f"{number:n}" if number else "–")
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(at, column, item)
        self.table.setVisible(bool(rows))
        several = len(copies) > 1
        lines = []
        for copy in copies:
            notes = notes_of(copy.result, would=True)
            lines += [f"{copy.path.name}: {note}" if several else note for note in notes]
        self.notes.setPlainText("\n".join(lines))
        self.notes.setVisible(bool(lines))
