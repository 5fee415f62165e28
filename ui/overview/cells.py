"""A table of finished cells: text, what it sorts by, a tooltip, and what stands behind it, if anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from ui.theme import GRID

_EITHER = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KEY_ROLE = Qt.ItemDataRole.UserRole
"""Role of what stands behind a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``order`` is what it sorts by (its text when None); ``behind`` is given when it is opened.

    ``share`` (0 to 1) paints the ground behind the text, the stronger the larger.
    """

    text: str
    order: float | str | None = None
    tip: str = ""
    behind: object = None
    share: float | None = None

    @property
    def sorts_by(self) -> tuple[bool, float, str]:
        """Numbers first, in order, then texts; a cell without a number where others have one comes last."""
        if isinstance(self.order, int | float):
            return False, float(self.order), ""
        return True, 0.0, (self.text if self.order is None else str(self.order)).casefold()


Row = Sequence[Cell]


class CellModel(QAbstractTableModel):
    """Rows of cells below titles. Cells whose ``order`` is a number stand at the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles: tuple[str, ...] = ()
        self.rows: list[Row] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def show(self, titles: Sequence[str], rows: Sequence[Row]) -> None:
        """Show other rows; they keep the order that was chosen by a click on a title."""
        self.beginResetModel()
        if tuple(titles) != self.titles:
            self._sorted = None
        self.titles, self.rows = tuple(titles), list(rows)
        self._sort()
        self.endResetModel()

    def cell(self, index: _EITHER) -> Cell:
        """The cell at an index."""
        return self.rows[index.row()][index.column()]

    def rowCount(self, parent: _EITHER = _TOP) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _EITHER = _TOP) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = bool(self.rows) and isinstance(self.rows[0][section].order, int | float)
            return _side(number)
        return None

    def data(self, index: _EITHER, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What Qt asks of a cell."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or cell.text
        if role == KEY_ROLE:
            return cell.behind
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(isinstance(cell.order, int | float))
        if role == Qt.ItemDataRole.BackgroundRole and cell.share is not None:
            colour = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
            colour.setAlphaF(0.04 + 0.3 * max(0.0, min(1.0, cell.share)))
            return colour
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; below 0: as it came."""
        if column < 0:
            return
        self.beginResetModel()
        self._sorted = (column, order)
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        if self._sorted is None or self._sorted[0] >= len(self.titles):
            return
        column, order = self._sorted
        self.rows.sort(key=lambda row: row[column].sorts_by, reverse=order is Qt.SortOrder.DescendingOrder)


def _side(number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class CellTable(QTableView):
    """Shows a :class:`CellModel`. Signal: ``opened(behind)`` when a cell with something behind it is clicked or Enter pressed."""

    opened = Signal(object)

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.cells = CellModel(self)
        self.setModel(self.cells)
        self.setProperty("role", "cells")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(3 * GRID, self.fontMetrics().height() + GRID))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.clicked.connect(self._open)
        self.entered.connect(self._show_hand)

    def show_rows(self, titles: Sequence[str], rows: Sequence[Row], widest: int = 34) -> None:
        """Show these rows; columns are as wide as their texts, the last one as there is room, others up to ``widest``."""
        self.cells.show(titles, rows)
        self.resizeColumnsToContents()
        header = self.horizontalHeader()
        for column in range(len(titles) - 1):
            header.resizeSection(column, min(header.sectionSize(column) + GRID, widest * GRID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what is behind; copying gives text for a spreadsheet."""
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)

    def copied(self) -> str:
        """The selected cells, with their titles, as lines with tabs; everything when at most one cell is selected."""
        chosen = self.selectionModel().selectedIndexes()
        if len(chosen) > 1:
            rows = sorted({index.row() for index in chosen})
            columns = sorted({index.column() for index in chosen})
        else:
            rows, columns = list(range(self.cells.rowCount())), list(range(self.cells.columnCount()))
        lines = [[self.cells.titles[column] for column in columns]]
        lines += [[self.cells.rows[row][column].text for column in columns] for row in rows]
        return "\n".join("\t".join(line) for line in lines)

    def _open(self, index: QModelIndex) -> None:
        behind = index.data(KEY_ROLE) if index.isValid() else None
        if behind is not None:
            self.opened.emit(behind)

    def _show_hand(self, index: QModelIndex) -> None:
        openable = index.data(KEY_ROLE) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if openable else Qt.CursorShape.ArrowCursor)
