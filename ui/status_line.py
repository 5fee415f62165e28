"""The line at the bottom: what is selected, or a quiet notice with Undo; and whether everything is saved."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.icons import SIZE, icon
from ui.saving import SavingState
from ui.theme import GRID
from ui.words import tr

NOTICE_MS = 8_000
"""How long a quiet notice stays."""


class StatusLine(QWidget):
    """Shows one thing at a time: an error until it is dismissed, a notice for a while, else the hint.

    Signal: ``undo_wanted()``.
    """

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._hint = self._trouble = self._notice = ""
        self._text = QLabel(self)
        self._text.setObjectName("notice_text")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = QPushButton(tr("Undo"), self)
        self._undo.setObjectName("notice_undo")
        self._undo.setFlat(True)
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.clicked.connect(self._on_undo)
        self._close = QToolButton(self)
        self._close.setObjectName("notice_close")
        self._close.setProperty("flat", True)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setIconSize(QSize(SIZE - 4, SIZE - 4))
        self._close.setToolTip(tr("Dismiss (Esc)"))
        self._close.setAccessibleName(tr("Dismiss"))
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 0, GRID, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._undo)
        layout.addWidget(self._close)
        self.setFixedHeight(max(4 * GRID, self._undo.sizeHint().height() + 4))
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self._end_notice)
        self._show()

    def set_hint(self, text: str) -> None:
        """Say what is selected, what Tab walks."""
        self._hint = text
        self._show()

    def say(self, text: str, undo: bool = False) -> None:
        """Show a notice for a while."""
        self._notice = text
        self._undo.setVisible(undo)
        self._timer.start()
        self._show()

    def warn(self, text: str) -> None:
        """Show an error until it is dismissed."""
        self._trouble = text
        self._end_notice()

    def dismiss(self) -> bool:
        """Take away the notice or the error that is shown; False when there was none."""
        there = bool(self._notice or self._trouble)
        if self._notice:
            self._end_notice()
        else:
            self._trouble = ""
            self._show()
        return there

    def text(self) -> str:
        """What is shown."""
        return self._notice or self._trouble or self._hint

    def _end_notice(self) -> None:
        self._timer.stop()
        self._notice = ""
        self._undo.hide()
        self._show()

    def _on_undo(self) -> None:
        self._end_notice()
        self.undo_wanted.emit()

    def _show(self) -> None:
        text = self.text()
        warns = bool(self._trouble and not self._notice)
        self._text.setText(text)
        self._text.setToolTip(text if self._notice or self._trouble else "")
        self._text.setAccessibleName(text)
        self._close.setVisible(bool(self._notice or self._trouble))
        self._close.setIcon(icon("close", self.palette().windowText().color().name()))
        if not self._notice:
            self._undo.hide()
        _set_role(self._text, "warning" if warns else "" if self._notice else "muted")


class SavedState(QLabel):
    """“● saved”, or in words what is not saved yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saved_state")
        self.show_state(SavingState())

    def show_state(self, state: SavingState) -> None:
        """Say how things stand."""
        if state.saved:
            self.setText("● " + tr("saved"))
            self.setToolTip(tr("Every change is in the project file. There is no need to save."))
        else:
            self.setText("▲ " + tr("{count} unsaved, retrying", count=state.waiting))
            self.setToolTip(state.problem)
        self.setAccessibleName(self.text())
        _set_role(self, "muted" if state.saved else "warning")


def _set_role(label: QLabel, role: str) -> None:
    """Give a label one of the style sheet's roles."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
