"""The project's own lists of names, one for each label: what stands in a report as it stands here is suggested."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotations.changes import Change, Together
from annotations.facts import Kind
from annotations.schema import shown_name
from annotations.suggestion_choices import Choices, set_list
from model.queries.facts import facts
from ui.desk import Desk
from ui.dialogs.parts import quiet
from ui.theme import GRID
from ui.words import language, tr


class OwnListsDialog(QDialog):
    """A label, and its names line by line. What was edited is taken over as one action."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_lists_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Own lists"))
        self.resize(560, 480)
        self._desk = desk
        with desk.project.reading() as connection:
            stored = Choices.of(facts(connection, Kind.SETTING, report_id="")).lists
        self._stored = {label: "\n".join(sorted(names)) for label, names in stored.items()}
        self._edited = dict(self._stored)
        self._shown = ""
        self.label = QComboBox()
        for kind in desk.schema.entity_types:
            self.label.addItem(shown_name(kind, language()), kind.name)
        self.names = QPlainTextEdit()
        self.names.setAccessibleName(tr("Names, one a line"))
        self.names.setPlaceholderText(tr("One name a line, e.g. the clubs and boards of your district."))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(
            quiet(tr("Names of these lists are suggested wherever they stand, for everybody in the project."), self)
        )
        layout.addWidget(self.label)
        layout.addWidget(self.names, 1)
        layout.addWidget(self.buttons)
        self.label.currentIndexChanged.connect(self._show)
        self._show()

    def accept(self) -> None:
        """Take over the lists that were edited."""
        self._keep()
        changes: list[Change] = [
            set_list(label, text.splitlines())
            for label, text in self._edited.items()
            if _names(text) != _names(self._stored.get(label, ""))
        ]
        if changes:
            self._desk.apply(changes[0] if len(changes) == 1 else Together(tuple(changes), "Set the project's lists"))
        super().accept()

    def _keep(self) -> None:
        if self._shown:
            self._edited[self._shown] = self.names.toPlainText()

    def _show(self) -> None:
        self._keep()
        self._shown = str(self.label.currentData())
        self.names.setPlainText(self._edited.get(self._shown, ""))


def _names(text: str) -> list[str]:
    return sorted({" ".join(line.split()) for line in text.splitlines() if line.strip()})
