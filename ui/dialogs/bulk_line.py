"""One line that puts a value into all selected rows, typed or taken from the folder they lie in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QWidget

from annotations.offsets import fold
from exports.plain.places import PROVINCES
from ui.dialogs.parts import button
from ui.theme import GRID
from ui.words import tr

LEVELS = 5
"""How many folders above a file are offered."""


def from_folder(field: str, folder: str) -> str:
    """What a folder's name says: as it is written; for the locality the province that ``ha-nam`` is."""
    name = unicodedata.normalize("NFC", folder)
    if field != "locality":
        return name
    return _provinces().get(_letters(name), name)


def _provinces() -> dict[str, str]:
    return {_letters(spelling): province for spelling, province in PROVINCES.items()}


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())


class BulkLine(QWidget):
    """Signals: ``value_wanted(field, value)``; ``folder_wanted(field, level)``, level 0 is the nearest folder."""

    value_wanted = Signal(str, str)
    folder_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.field = QComboBox(self)
        self.field.setObjectName("bulk_field")
        self.field.setAccessibleName(tr("What to set"))
        for key, words in (
            ("source", tr("Source")),
            ("locality", tr("Locality")),
            ("date", tr("Date")),
            ("title", tr("Title")),
        ):
            self.field.addItem(words, key)
        self.value = QLineEdit(self)
        self.value.setObjectName("bulk_value")
        self.value.setAccessibleName(tr("Value for the selected rows"))
        self.value.setPlaceholderText(tr("value for all of them"))
        self.value.returnPressed.connect(self._on_set)
        self.set_button = button(tr("S&et"), "bulk_set", self)
        self.set_button.clicked.connect(self._on_set)
        self.folder_button = button(tr("From &folder name"), "bulk_folder", self)
        self.folder_menu = QMenu(self.folder_button)
        self.folder_button.setMenu(self.folder_menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.words)
        line.addWidget(self.field)
        line.addWidget(self.value, 1)
        line.addWidget(self.set_button)
        line.addWidget(self.folder_button)
        self.show_chosen(0, ())

    def show_chosen(self, count: int, folders: Sequence[str]) -> None:
        """How many rows are selected, and the folders of the first one, the nearest first."""
        self.words.setText(
            tr("Set in {count} selected rows:", count=count)
            if count
            else tr("Select rows to set at once (Ctrl+A: all)")
        )
        for part in (self.field, self.value, self.set_button, self.folder_button):
            part.setEnabled(count > 0)
        self.folder_menu.clear()
        for level, folder in enumerate(folders[:LEVELS]):
            words = (
                tr("Folder of the file: {folder}", folder=folder)
                if level == 0
                else tr("{count} above: {folder}", count=level, folder=folder)
            )
            action = self.folder_menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, at=level: self._on_folder(at))
        self.folder_button.setEnabled(count > 0 and bool(folders))

    @property
    def chosen_field(self) -> str:
        """``title``, ``date``, ``source`` or ``locality``."""
        return str(self.field.currentData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sets the value; it does not press the dialog's button too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_set(self) -> None:
        if self.set_button.isEnabled():
            self.value_wanted.emit(self.chosen_field, self.value.text())

    def _on_folder(self, level: int) -> None:
        self.folder_wanted.emit(self.chosen_field, level)
