"""The report list as a view: opens on a click or Enter, follows the open report, loads what stands above."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from ui.desk import Desk
from ui.queue.delegates import ReportRow
from ui.queue.report_model import ReportListModel
from ui.words import tr


class ReportList(QListView):
    """The list. Signals: ``opened(report id)`` when one is clicked or Enter is pressed on it; ``painted()`` at first."""

    opened = Signal(str)
    painted = Signal()

    def __init__(self, model: ReportListModel, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_list")
        self.setAccessibleName(tr("Reports"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self._model = model
        self._is_painted = False
        self.setModel(model)
        self.setItemDelegate(ReportRow(self, lambda report_id: desk.report is not None and desk.report.id == report_id))
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def selected_ids(self) -> tuple[str, ...]:
        """Ids of the selected reports, in list order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self._model.report_at(self._model.index(row)).report_id for row in rows)

    def follow(self, report_id: str) -> None:
        """Select the row of a report and scroll it into view, when it is loaded; opens nothing."""
        row = self._model.row_of(report_id)
        if row is None:
            self.clearSelection()
            return
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and tell when that is done for the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def _on_clicked(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.report_at(index).report_id)

    def _on_scrolled(self, value: int) -> None:
        """Near the top of what is loaded, load what stands above, and stay in place."""
        if value > self.viewport().height() // 2 or not self._model.can_fetch_earlier():
            return
        added = self._model.fetch_earlier()
        if added:
            self.verticalScrollBar().setValue(value + added * self.sizeHintForRow(0))
