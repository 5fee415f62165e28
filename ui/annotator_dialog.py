"""Asks once who is labelling at this account of the computer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.jobs.account import account_name
from ui.theme import GRID
from ui.words import tr


class AnnotatorDialog(QDialog):
    """A name; those who already label in the project are offered while typing."""

    def __init__(self, known: Sequence[str] = (), name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annotator_dialog")
        self.setWindowTitle(tr("Who is labelling?"))
        self.setMinimumWidth(48 * GRID)
        self.edit = QLineEdit(name or account_name(), self)
        self.edit.setObjectName("annotator_name")
        self.edit.setAccessibleName(tr("Your name"))
        self.edit.selectAll()
        if known:
            completer = QCompleter(list(known), self.edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.edit.setCompleter(completer)
        said = [tr("Your name stands beside every label you make. It is remembered for this account of the computer.")]
        if known:
            said.append(tr("In this project: {names}.", names=", ".join(known[:20])))
        words = QLabel("\n\n".join(said), self)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.edit.textChanged.connect(lambda text: ok.setEnabled(bool(text.strip())))
        ok.setEnabled(bool(self.name))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.edit)
        layout.addWidget(words)
        layout.addWidget(buttons)

    @property
    def name(self) -> str:
        """What was typed."""
        return self.edit.text().strip()
