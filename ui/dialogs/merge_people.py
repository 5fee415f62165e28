"""Who an annotator of the other copies is here: a table in which the names here can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui.dialogs.parts import heading
from ui.theme import GRID
from ui.words import tr


class PeopleTable(QWidget):
    """One row for each annotator of the other copies. Signal: ``changed()`` when a person chose another name."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 2, self)
        self.table.setObjectName("merge_people")
        self.table.setProperty("role", "cells")
        self.table.setAccessibleName(tr("Annotators of the copies, and who they are here"))
        self.table.setHorizontalHeaderLabels([tr("In the copy"), tr("Here")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(4 * GRID)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.setShowGrid(False)
        self._given: dict[str, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading(tr("Who is who"), self))
        layout.addWidget(self.table)
        self.hide()

    def fill(self, people: Mapping[str, str], known: Iterable[str]) -> None:
        """Show who is who; ``known`` are the annotators here."""
        self._given = {there: here for there, here in self._given.items() if there in people}
        self.table.setRowCount(len(people))
        names = sorted({*known, *people.values()})
        for at, (there, here) in enumerate(sorted(people.items())):
            name = QTableWidgetItem(there)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(at, 0, name)
            choice = QComboBox(self.table)
            choice.setEditable(True)
            choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            choice.setAccessibleName(tr("{name} is here", name=there))
            choice.addItems(names)
            choice.setCurrentText(here)
            choice.activated.connect(lambda _index, there=there, choice=choice: self._on_chosen(there, choice))
            edit = choice.lineEdit()
            if edit is not None:
                edit.editingFinished.connect(lambda there=there, choice=choice: self._on_chosen(there, choice))
            self.table.setCellWidget(at, 1, choice)
        self.table.setFixedHeight((4 + 4 * min(3, len(people))) * GRID)
        self.setVisible(bool(people))

    def wanted(self) -> dict[str, str]:
        """Only what a person chose: names there → names here."""
        return dict(self._given)

    def _on_chosen(self, there: str, choice: QComboBox) -> None:
        name = choice.currentText().strip()
        if name and name != self._given.get(there, self._shown(there)):
            self._given[there] = name
            self.changed.emit()

    def _shown(self, there: str) -> str:
        return self._given.get(there, there)
