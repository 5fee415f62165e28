"""Small parts that all dialogs are made of."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.icons import pixmap
from ui.theme import GRID, warning
from ui.words import tr

Some = TypeVar("Some", bound=QBoxLayout)


class Said(QLabel):
    """One sentence for the person inside a dialog; takes no room while there is nothing to say."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(tr("Message"))
        self.hide()

    def say(self, sentence: str) -> None:
        """A quiet sentence; an empty one clears."""
        self._show(sentence, "muted")

    def warn(self, sentence: str) -> None:
        """A sentence about what went wrong or needs attention."""
        self._show(sentence, "warning")

    def _show(self, sentence: str, role: str) -> None:
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setText(sentence)
        self.setVisible(bool(sentence))


class ProgressRow(QWidget):
    """What is being done, how far it is, and a way to stop it. Signal: ``cancel_wanted()``."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.words.setMinimumWidth(24 * GRID)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("progress_bar")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("&Stop"), self)
        self.cancel.setObjectName("stop_button")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    def begin(self, what: str) -> None:
        """Show that something began."""
        self.cancel.setEnabled(True)
        self.show_progress(0, 0, what)
        self.show()

    def show_progress(self, done: int, total: int, what: str) -> None:
        """``total`` 0: nobody knows how much there is."""
        if not self.cancel.isEnabled():
            return
        sentence = tr("{what}: {done} of {total}", what=what, done=done, total=total) if total else f"{what}…"
        self.words.setText(sentence)
        self.bar.setRange(0, min(total, 1_000_000) if total else 0)
        self.bar.setValue(done * self.bar.maximum() // total if total else 0)

    def stopping(self) -> None:
        """Show that stopping was asked for."""
        self.cancel.setEnabled(False)
        self.words.setText(tr("Stopping…"))
        self.bar.setRange(0, 0)


def heading(words: str, parent: QWidget | None = None) -> QLabel:
    """A heading in a dialog."""
    label = QLabel(words, parent)
    label.setProperty("role", "heading")
    return label


def named(words: str, buddy: QWidget) -> QLabel:
    """The name of a field in a form; its letter after ``&`` leads there."""
    label = QLabel(words)
    label.setBuddy(buddy)
    label.setMinimumHeight(3 * GRID)
    buddy.setAccessibleName(words.replace("&", ""))
    return label


def quiet(words: str, parent: QWidget | None = None) -> QLabel:
    """Words that stand back."""
    label = QLabel(words, parent)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def button(words: str, name: str, parent: QWidget | None = None, main: bool = False) -> QPushButton:
    """A button; the ``main`` one is what Enter presses."""
    made = QPushButton(words, parent)
    made.setObjectName(name)
    made.setAutoDefault(main)
    made.setDefault(main)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def row(*parts: QWidget | None, spacing: int = GRID) -> QHBoxLayout:
    """Widgets side by side; None takes the room that is left."""
    return _line(QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | None, spacing: int = GRID) -> QVBoxLayout:
    """Widgets below each other; None takes the room that is left."""
    return _line(QVBoxLayout(), parts, spacing)


def _line(layout: Some, parts: tuple[QWidget | None, ...], spacing: int) -> Some:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return layout


def dialog_layout(dialog: QDialog) -> QVBoxLayout:
    """The outer layout of every dialog."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    layout.setSpacing(2 * GRID)
    return layout


def reading_box(name: str, accessible: str, parent: QWidget | None = None) -> QPlainTextEdit:
    """Text to read, select and copy."""
    box = QPlainTextEdit(parent)
    box.setObjectName(name)
    box.setAccessibleName(accessible)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setFrameShape(QPlainTextEdit.Shape.NoFrame)
    box.document().setDocumentMargin(GRID)
    return box


def copy(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def attention_icon() -> QIcon:
    """The sign for what needs attention, in the colours of now, also on a selected row."""
    palette = QGuiApplication.palette()
    return _attention(warning(palette).name(), palette.color(QPalette.ColorRole.HighlightedText).name())


@cache
def _attention(colour: str, selected: str) -> QIcon:
    sign = QIcon(pixmap("warning", colour))
    sign.addPixmap(pixmap("warning", selected), QIcon.Mode.Selected)
    return sign
