"""Which labels a relation type may join: one list of ticks for its sources, one for its targets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotations.schema import ANY, EntityType
from ui.annotate.swatch import swatch
from ui.dialogs.schema_list import SWATCH_SIZE
from ui.theme import GRID
from ui.words import tr

_NAME = Qt.ItemDataRole.UserRole


class EndsList(QListWidget):
    """Ticked labels; “any label” stands alone. Signals: ``edited(tuple of labels)``, ``refused(sentence)``."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMinimumHeight(22 * GRID)
        self.setIconSize(SWATCH_SIZE)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._shown: tuple[str, ...] = ()
        self._labels: tuple[str, ...] = ()
        self.itemChanged.connect(self._on_ticked)

    def show_ends(self, ends: Sequence[str], labels: Sequence[EntityType]) -> None:
        """Tick ``ends`` among all labels; the row that is current stays."""
        current = self.currentRow()
        self._shown, self._labels = tuple(ends), tuple(label.name for label in labels)
        self.blockSignals(True)
        self.clear()
        self._append(ANY, tr("any label"))
        for label in labels:
            self._append(label.name, label.name).setIcon(swatch(label.colour))
        self.setCurrentRow(max(0, current))
        self.blockSignals(False)

    def ticked(self) -> tuple[str, ...]:
        """The ticked labels, in the order of the schema."""
        items = [self.item(number) for number in range(self.count())]
        return tuple(str(item.data(_NAME)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _append(self, name: str, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words, self)
        item.setData(_NAME, name)
        item.setSizeHint(QSize(0, 3 * GRID))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if name in self._shown else Qt.CheckState.Unchecked)
        return item

    def _on_ticked(self, item: QListWidgetItem) -> None:
        ticked = self.ticked()
        alone = item.data(_NAME) == ANY and ANY in ticked
        ticked = (ANY,) if alone else tuple(name for name in ticked if name != ANY)
        if not ticked:
            self.refused.emit(tr("A relation joins at least one label; tick another one first."))
            ticked = self._shown
        self._tick(ticked)
        if ticked != self._shown:
            self._shown = ticked
            self.edited.emit(ticked)

    def _tick(self, names: Sequence[str]) -> None:
        self.blockSignals(True)
        for number in range(self.count()):
            item = self.item(number)
            item.setCheckState(Qt.CheckState.Checked if item.data(_NAME) in names else Qt.CheckState.Unchecked)
        self.blockSignals(False)
