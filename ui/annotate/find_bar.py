"""Find in the report: as one types, without regard to case, diacritics and tone style."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from annotations.offsets import FoldedText
from annotations.report import Span
from ui.annotate.view.view import ReportView
from ui.words import tr

MOST = 10_000
"""So many hits are shown."""


class FindBar(QWidget):
    """A line below the text. Signals: ``closed()``, ``hits_changed()`` also when another hit is the current one."""

    closed = Signal()
    hits_changed = Signal()

    def __init__(self, view: ReportView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self._view = view
        self._folded: FoldedText | None = None
        self.hits: tuple[Span, ...] = ()
        self.current = -1
        self.box = QLineEdit()
        self.box.setObjectName("find_box")
        self.box.setPlaceholderText(tr("Find in this report"))
        self.box.setAccessibleName(tr("Find in this report"))
        self.box.setClearButtonEnabled(True)
        self.box.textChanged.connect(self._on_typed)
        self.box.installEventFilter(self)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.count)
        layout.addWidget(self._button("↑", tr("Previous (Shift+Enter)"), lambda: self.step(-1)))
        layout.addWidget(self._button("↓", tr("Next (Enter)"), lambda: self.step(1)))
        layout.addWidget(self._button("✕", tr("Close (Esc)"), self.close_bar))
        self.hide()

    def open_bar(self) -> None:
        """Show the bar; a short selected text is looked for at once."""
        start, end = self._view.selection()
        words = self._view.text[start:end]
        if words and "\n" not in words and len(words) < 100:
            self.box.setText(words)
        self.show()
        self.box.setFocus()
        self.box.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Hide the bar and its marks; the current hit stays selected."""
        if self.isHidden():
            return
        self.hide()
        self.hits, self.current = (), -1
        self._mark()
        self._view.setFocus()
        self.closed.emit()

    def report_changed(self) -> None:
        """Another text is shown."""
        self._folded = None
        if not self.isHidden():
            self._search(go=False)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) hit, round the end."""
        if not self.hits:
            return
        if self.current < 0:
            self.current = 0 if step > 0 else len(self.hits) - 1
        else:
            self.current = (self.current + step) % len(self.hits)
        self._go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc in the box; Tab stays for moving the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)

    # own

    def _button(self, text: str, tip: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("flat", True)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(slot)
        return button

    def _on_typed(self) -> None:
        self._search()

    def _search(self, go: bool = True) -> None:
        if self._folded is None or self._folded.text is not self._view.text:
            self._folded = FoldedText(self._view.text)
        self.hits = tuple(islice(self._folded.find_all(self.box.text()), MOST))
        self.current = -1
        if self.hits and go:
            here = self._view.selection()[0]
            self.current = bisect_left(self.hits, (here, 0)) % len(self.hits)
            self._go()
        else:
            self._mark()

    def _go(self) -> None:
        self._view.select(*self.hits[self.current])
        self._mark()

    def _mark(self) -> None:
        others = self.hits if self.current < 0 else (*self.hits[: self.current], *self.hits[self.current + 1 :])
        self._view.set_extra_marks("find", others)  # the current one is selected
        if self.hits:
            self.count.setText(tr("{at} of {count}", at=self.current + 1, count=len(self.hits)))
        else:
            self.count.setText(tr("Not found") if self.box.text().strip() else "")
        self.hits_changed.emit()
