"""Search over all reports: the box at the top, and what it found in place of the report list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from model.queries.search import Hit
from ui.desk import Desk
from ui.icons import icon
from ui.queue.delegates import HitRow
from ui.queue.hit_model import HitListModel
from ui.theme import GRID, muted
from ui.words import tr

_PAUSE_MS = 120  # a pause in typing after which we look


class SearchBox(QLineEdit):
    """Where words are typed.

    Signals: ``wanted(words)`` after a pause in typing, empty when there are none; ``entered()`` Enter;
    ``left(down)`` Esc (False) or the down arrow (True).
    """

    wanted = Signal(str)
    entered = Signal()
    left = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search_box")
        self.setAccessibleName(tr("Search reports"))
        self.setPlaceholderText(tr("Search reports…"))
        self.setClearButtonEnabled(True)
        self.setFixedWidth(32 * GRID)
        colour = muted(self.palette()).name()
        self.addAction(icon("search", colour), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Esc and the down arrow mean something here; the rest is typing."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._tell()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit(False)
        elif key == Qt.Key.Key_Down and self.text().strip():
            self.left.emit(True)
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self.wanted.emit(self.text().strip())


class SearchResults(QWidget):
    """The reports that hold the words. Signals: ``opened()``; ``left()`` on Esc."""

    opened = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = HitListModel(desk.project, self)
        self._said = QLabel(self, wordWrap=True)
        self._said.setProperty("role", "muted")
        self._said.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        self.list = _Hits(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitRow(self.list))
        self.list.clicked.connect(self.open_hit)
        self.list.activated.connect(self.open_hit)
        self.list.escaped.connect(self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._said)
        layout.addWidget(self.list, 1)

    def look_for(self, words: str) -> None:
        """Look for words, whatever their case, diacritics and tone style."""
        self.model.find(words)
        found = self.model.rowCount()
        more = self.model.canFetchMore(QModelIndex())
        if not found:
            self._said.setText(tr("No report holds “{words}”. Esc goes back to the list.", words=words))
        elif more:
            self._said.setText(tr("More than {count} reports hold “{words}”", count=found, words=words))
        else:
            self._said.setText(tr("{count} reports hold “{words}”", count=found, words=words))
        if found:
            self.list.setCurrentIndex(self.model.index(0))

    def open_current(self) -> None:
        """Open the chosen hit, the first one when none is chosen."""
        index = self.list.currentIndex()
        self.open_hit(index if index.isValid() else self.model.index(0))

    def open_hit(self, index: QModelIndex) -> None:
        """Open a report at the place that was found."""
        if not index.isValid():
            return
        hit: Hit = self.model.hit_at(index)
        place = (hit.start, hit.end) if hit.end > hit.start else None
        if self._desk.open_report(hit.report_id, place=place):
            self.opened.emit()


class _Hits(QListView):
    """A list that tells when Esc is pressed."""

    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search_results")
        self.setAccessibleName(tr("Reports that were found"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the results."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
