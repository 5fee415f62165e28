"""The first page of the import dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialogs.parts import button, heading, quiet, row
from ui.theme import GRID
from ui.words import tr


class EmptyPage(QWidget):
    """Says what can be imported and how to choose it. Signals: ``files_wanted()``, ``folder_wanted()``."""

    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files_button = button(tr("&Choose files…"), "import_choose_files", self, main=True)
        self.files_button.clicked.connect(self.files_wanted)
        folder = button(tr("Choose f&older…"), "import_choose_folder", self)
        folder.clicked.connect(self.folder_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addStretch(1)
        layout.addWidget(heading(tr("Choose reports, or drop files and folders here"), self))
        layout.addWidget(
            quiet(
                tr(
                    "Text, web pages, Word documents and spreadsheets; labelled files of brat, doccano, Label Studio, Prodigy, "
                    "INCEpTION, spaCy, CoNLL and others. "
                    "Title, date, source and locality are recognised and shown before anything is imported."
                ),
                self,
            )
        )
        layout.addLayout(row(self.files_button, folder, None))
        layout.addStretch(2)
