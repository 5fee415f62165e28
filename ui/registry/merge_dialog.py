"""Which entry is the same as this one?"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotations.entries import RegistryEntry
from annotations.offsets import fold
from annotations.registry import Chronicle
from ui.words import tr

_MOST = 500


class MergeDialog(QDialog):
    """Chooses another entry of the same kind; ``into`` is its id. The ones whose names share the last word come first."""

    def __init__(self, chronicle: Chronicle, entry: RegistryEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("merge_dialog")
        self.setWindowTitle(tr("Merge with another entry"))
        self.into = ""
        last = fold(entry.name).split()[-1:]
        others = [one for one in chronicle.registry.entries if one.label == entry.label and one.id != entry.id]
        self._others = sorted(others, key=lambda one: fold(one.name).split()[-1:] != last)
        explained = QLabel(tr("“{name}” is the same as:", name=entry.name))
        explained.setTextFormat(Qt.TextFormat.PlainText)
        explained.setWordWrap(True)
        self.filter = QLineEdit()
        self.filter.setObjectName("merge_filter")
        self.filter.setPlaceholderText(tr("Filter by name"))
        self.list = QListWidget()
        self.list.setObjectName("merge_list")
        self.list.setAccessibleName(tr("Entries"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(tr("Merge"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for widget in (explained, self.filter, self.list, buttons):
            layout.addWidget(widget)
        self.resize(480, 420)
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(self.accept)
        self.list.itemActivated.connect(self.accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._fill()

    def accept(self) -> None:
        """Take the marked line."""
        item = self.list.currentItem()
        if item is not None:
            self.into = item.data(Qt.ItemDataRole.UserRole)
            super().accept()

    def _fill(self) -> None:
        self.list.clear()
        wanted = fold(self.filter.text()).split()
        for entry in self._others:
            if all(word in fold(entry.name) for word in wanted) and self.list.count() < _MOST:
                item = QListWidgetItem(entry.name)
                item.setData(Qt.ItemDataRole.UserRole, entry.id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
