"""Who did what to the open report and when, newest first; and back to where it was."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from model.errors import ProjectError
from model.queries.history import HistoryEntry, history_page
from ui.desk import Desk
from ui.history_model import HistoryModel, what, when
from ui.list_row import ListRow, text_line
from ui.theme import GRID, muted
from ui.words import tr

_SEEN_MS, _HIDDEN_MS = 0, 400  # a hidden panel need not keep step with every label


class HistoryPanel(QWidget):
    """The history of the open report. Follows the desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_panel")
        self.setAccessibleName(tr("History"))
        self._desk = desk
        self.model = HistoryModel(desk.project, self)
        self.list = QListView(self)
        self.list.setObjectName("history_list")
        self.list.setAccessibleName(tr("History of the open report"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setTabKeyNavigation(False)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self.restore_button = QPushButton(tr("Restore to here"), self)
        self.restore_button.setToolTip(tr("Take back all your own later actions. Redo brings them back."))
        self.restore_button.clicked.connect(self.restore)
        empty = QLabel(tr("Nothing was done to this report yet. Every label and edit will be listed here."), self)
        empty.setProperty("role", "muted")
        empty.setWordWrap(True)
        empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        empty.setContentsMargins(2 * GRID, 4 * GRID, 2 * GRID, 0)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.reload)
        desk.report_opened.connect(lambda _report: self._later())
        desk.history_changed.connect(self._later)
        desk.work.changed.connect(self._later)
        self._later()

    def reload(self) -> None:
        """Read the history again; what is selected stays selected."""
        chosen = self._chosen()
        here = self._desk.report.id if self._desk.report else None
        blind = here is not None and self._desk.work.is_blind(here)
        self.model.show(here, self._desk.annotator if blind else "")
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        for row in range(self.model.rowCount() if chosen else 0):
            if self.model.entry_at(self.model.index(row)) == chosen:
                self.list.setCurrentIndex(self.model.index(row))
        self._enable()

    def restore(self) -> None:
        """Take back one's own actions that came after the chosen entry; asks when they reach beyond this report."""
        chosen = self._chosen()
        if chosen is None:
            return
        try:
            later, elsewhere = self._later_own(chosen)
        except ProjectError:
            return
        if not later:
            self._desk.say(tr("You did nothing after this that is still in force."))
        elif not elsewhere or self._agrees(len(later), elsewhere):
            self._desk.undo_until(later[-1].action_id)

    # own

    def _later(self) -> None:
        self._timer.start(_SEEN_MS if self.isVisible() else _HIDDEN_MS)

    def _chosen(self) -> HistoryEntry | None:
        index = self.list.currentIndex()
        return self.model.entry_at(index) if index.isValid() else None

    def _enable(self) -> None:
        self.restore_button.setVisible(self.model.rowCount() > 0)
        self.restore_button.setEnabled(self.list.currentIndex().isValid())

    def _later_own(self, chosen: HistoryEntry) -> tuple[list[HistoryEntry], int]:
        """One's own actions in force after ``chosen``, newest first, and how many of them are on other reports."""
        everywhere = self._after(chosen, None)
        here = {entry.action_id for entry in self._after(chosen, self._desk.report.id if self._desk.report else None)}
        return everywhere, sum(entry.action_id not in here for entry in everywhere)

    def _after(self, chosen: HistoryEntry, report_id: str | None) -> list[HistoryEntry]:
        found: list[HistoryEntry] = []
        before: int | None = None
        with self._desk.project.reading() as connection:
            while page := history_page(connection, report_id, before, 200):
                found.extend(entry for entry in page if entry.number > chosen.number)
                before = page[-1].number
                if before <= chosen.number:
                    break
        mine = self._desk.annotator
        standing = (entry for entry in found if entry.kind == "do" and not (entry.undone or entry.elsewhere))
        return [entry for entry in standing if entry.annotator == mine]

    def _agrees(self, count: int, elsewhere: int) -> bool:
        said = tr(
            "This takes back your {count} later actions, {elsewhere} of them in other reports. Redo brings them back.",
            count=count,
            elsewhere=elsewhere,
        )
        buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
        return QMessageBox.question(self, tr("Restore to here"), said, buttons) == QMessageBox.StandardButton.Ok

    def _show_menu(self, point: QPoint) -> None:
        index: QModelIndex = self.list.indexAt(point)
        if index.isValid():
            self.list.setCurrentIndex(index)
            menu = QMenu(self.list)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(tr("Restore to here"), self.restore)
            menu.popup(self.list.viewport().mapToGlobal(point))

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when seen."""
        super().showEvent(event)
        self._later()


class HistoryRow(ListRow):
    """What was done; below it who and when. What is no longer in force is struck through."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: object) -> None:
        """Two lines."""
        assert isinstance(row, HistoryEntry)
        height = option.fontMetrics.height() + 2
        font = painter.font()
        font.setStrikeOut(row.undone)
        painter.setFont(font)
        painter.setPen(muted(option.palette) if row.undone else option.palette.color(QPalette.ColorRole.Text))
        text_line(painter, box, 0, height, what(row))
        painter.setFont(option.font)
        painter.setPen(muted(option.palette))
        text_line(painter, box, 1, height, " · ".join(part for part in (row.annotator, when(row)) if part))
