"""Asks for the address of a database that a team works in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from annotations.errors import ChuGiaiError
from model.address import Address, is_address, place
from ui.theme import GRID
from ui.words import explain, tr


class DatabaseDialog(QDialog):
    """An address and a password. Signal: ``wanted(Address, bool)``, true when a new project is to be made there."""

    wanted = Signal(object, bool)

    def __init__(self, known: Address | None = None, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("database_dialog")
        self.setWindowTitle(tr("Team database"))
        self.setMinimumWidth(68 * GRID)
        self.address = QLineEdit(str(known) if known else "", self)
        self.address.setObjectName("database_address")
        self.address.setPlaceholderText("postgresql://lan@server/reports")
        self.password = QLineEdit(self)
        self.password.setObjectName("database_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(tr("when the server asks for one; it is not remembered"))
        self.new = QCheckBox(tr("Make a &new project there"), self)
        self.new.setObjectName("database_new")
        self.said = QLabel(said, self)
        self.said.setObjectName("database_said")
        self.said.setProperty("role", "warning")
        self.said.setWordWrap(True)
        self.said.setVisible(bool(said))
        self._lay_out()
        (self.password if known else self.address).setFocus()

    def _lay_out(self) -> None:
        words = QLabel(
            tr(
                "A project in a PostgreSQL database is worked on by several people at once; each sees within seconds "
                "what the others do. Whoever looks after the database gives you the address."
            ),
            self,
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow(tr("&Address"), self.address)
        form.addRow(tr("&Password"), self.password)
        form.addRow("", self.new)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._open = buttons.button(QDialogButtonBox.StandardButton.Open)
        self._open.setObjectName("database_open")
        self.address.textChanged.connect(lambda _: self._enable())
        self._enable()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(self.said)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Close when the address can be understood; else say what is wrong with it."""
        try:
            found = place(self.address.text().strip())
        except ChuGiaiError as error:
            self.said.setText(explain(error))
            self.said.show()
            self.adjustSize()
            return
        if not isinstance(found, Address):
            return
        if self.password.text():
            found = found.with_password(self.password.text())
        super().accept()
        self.wanted.emit(found, self.new.isChecked())

    def _enable(self) -> None:
        self._open.setEnabled(is_address(self.address.text().strip()))
