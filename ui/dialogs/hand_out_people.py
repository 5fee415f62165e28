"""Whom reports are handed out to: the known annotators, each with a tick, and a line to add another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.dialogs.parts import button, row
from ui.theme import GRID
from ui.words import tr


class PeopleList(QWidget):
    """Signal: ``changed()`` after somebody was ticked, unticked or added."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(26 * GRID)
        self.list = QListWidget(self)
        self.list.setObjectName("hand_out_people")
        self.list.setAccessibleName(tr("To whom"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.name = QLineEdit(self)
        self.name.setObjectName("hand_out_name")
        self.name.setPlaceholderText(tr("another annotator"))
        self.name.setAccessibleName(tr("Name of another annotator"))
        self.name.returnPressed.connect(self.add)
        self.more = button(tr("&Add"), "hand_out_add", self)
        self.more.clicked.connect(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self.name, self.more))

    def fill(self, names: Iterable[str]) -> None:
        """Show these annotators, all ticked."""
        self.list.blockSignals(True)
        self.list.clear()
        for name in names:
            self._put(name)
        self.list.blockSignals(False)

    def names(self) -> tuple[str, ...]:
        """Who is ticked."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def add(self) -> None:
        """Add who was typed, ticked; somebody who is there already is ticked."""
        name = self.name.text().strip()
        if not name:
            return
        self.name.clear()
        there = self.list.findItems(name, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive)
        if there:
            there[0].setCheckState(Qt.CheckState.Checked)
        else:
            self._put(name)
            self.changed.emit()

    def _put(self, name: str) -> None:
        item = QListWidgetItem(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        item.setSizeHint(QSize(0, 3 * GRID))
        self.list.addItem(item)
