"""The page before a project is open: recent projects, New, Open, Demo; or drop one here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from model.address import Address, place
from ui.dropped import is_project, local_paths
from ui.icons import SIZE, app_icon, icon
from ui.list_row import ROW_ROLE, ListRow, text_line
from ui.settings import Settings
from ui.theme import GRID, muted
from ui.words import tr


class Welcome(QWidget):
    """Signals: ``open_wanted(path)``, ``new_wanted()``, ``choose_wanted()``, ``database_wanted()``, ``demo_wanted()``."""

    open_wanted = Signal(object)
    new_wanted = Signal()
    choose_wanted = Signal()
    demo_wanted = Signal()
    database_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setWindowTitle(tr("Chú Giải"))
        self.setAcceptDrops(True)
        self.resize(96 * GRID, 64 * GRID)
        self._settings = settings
        self.said = QLabel(self)
        self.said.setObjectName("welcome_said")
        self.said.setProperty("role", "warning")
        self.said.setWordWrap(True)
        self.said.hide()
        inner = QVBoxLayout()
        inner.setSpacing(2 * GRID)
        inner.addLayout(self._make_heading())
        inner.addSpacing(GRID)
        inner.addLayout(self._make_buttons())
        inner.addWidget(self.said)
        inner.addSpacing(2 * GRID)
        inner.addWidget(_heading(tr("Recent projects")))
        inner.addWidget(self._make_recent(), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8 * GRID, 6 * GRID, 8 * GRID, 4 * GRID)
        layout.addLayout(inner)

    def refuse(self, sentence: str) -> None:
        """Say why a project was not opened."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self._fill()

    def _make_heading(self) -> QHBoxLayout:
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(QSize(6 * GRID, 6 * GRID)))
        name = QLabel(tr("Chú Giải"), self)
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        font.setWeight(font.Weight.DemiBold)
        name.setFont(font)
        subject = QLabel(tr("Label officials, titles, organisations and resolutions in news reports"), self)
        subject.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(subject)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        on_accent = self.palette().highlightedText().color().name()
        text = self.palette().windowText().color().name()
        for name, words, keys, picture, signal in (
            ("welcome_new", tr("New project…"), "Ctrl+N", "add", self.new_wanted),
            ("welcome_open", tr("Open…"), "Ctrl+O", "open", self.choose_wanted),
            ("welcome_database", tr("Open a team database…"), "Ctrl+Shift+O", "database", self.database_wanted),
            ("welcome_demo", tr("Demo"), "Ctrl+D", "demo", self.demo_wanted),
        ):
            main = name == "welcome_new"
            button = QPushButton(icon(picture, on_accent if main else text), words, self)
            button.setObjectName(name)
            button.setProperty("role", "main" if main else "side")
            button.setIconSize(QSize(SIZE, SIZE))
            button.setShortcut(keys)
            button.setToolTip(f"{words} ({keys})")
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch()
        return row

    def _make_recent(self) -> QWidget:
        self.recent = QListWidget(self)
        self.recent.setObjectName("recent_list")
        self.recent.setAccessibleName(tr("Recent projects"))
        self.recent.setFrameShape(QListWidget.Shape.NoFrame)
        self.recent.setItemDelegate(RecentRow(self.recent))
        self.recent.setMouseTracking(True)
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._on_chosen)
        self.recent.itemClicked.connect(self._on_chosen)
        forget = QAction(tr("Forget this project"), self.recent)
        forget.setShortcut("Delete")
        forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        forget.triggered.connect(self._forget)
        self.recent.addAction(forget)
        self.recent.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        empty = QLabel(tr("Projects you open will be listed here. You can also drop one on this window."), self)
        empty.setProperty("role", "muted")
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        empty.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.recent)
        self._stack.addWidget(empty)
        self._fill()
        return self._stack

    def _fill(self) -> None:
        self.recent.clear()
        for path in self._settings.recent:
            item = QListWidgetItem(path.stem)
            item.setData(ROW_ROLE, path)
            item.setToolTip(str(path))
            self.recent.addItem(item)
        self._stack.setCurrentIndex(0 if self._settings.recent else 1)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        path = item.data(ROW_ROLE)
        if path is not None:
            self.open_wanted.emit(place(path))

    def _forget(self) -> None:
        item = self.recent.currentItem()
        if item is not None and item.data(ROW_ROLE) is not None:
            self._settings.forget(place(item.data(ROW_ROLE)))
            self._fill()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A project can be dropped here."""
        if any(is_project(path) for path in local_paths(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project that was dropped."""
        for path in local_paths(event.mimeData()):
            if is_project(path):
                event.acceptProposedAction()
                self.open_wanted.emit(path)
                return


class RecentRow(ListRow):
    """The project's name; below it its folder and whether it is still there, or the address of its database."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: object) -> None:
        """Two lines."""
        path = row if isinstance(row, Address) else Path(str(row))
        height = option.fontMetrics.height() + 2
        there = isinstance(path, Address) or path.exists()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text) if there else muted(option.palette))
        text_line(painter, box, 0, height, path.stem)
        painter.setPen(muted(option.palette))
        below = str(path) if isinstance(path, Address) else str(path.parent)
        text_line(painter, box, 1, height, below if there else tr("no longer in {folder}", folder=path.parent))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
