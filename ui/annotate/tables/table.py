"""A table of rows with ids: selection by id, copy, keys, and a word for the empty table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from ui.annotate.tables.delegate import CellDelegate
from ui.annotate.tables.rows import RowModel

_DIGITS = {Qt.Key(Qt.Key.Key_0 + number): str(number) for number in range(10)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MARGIN = 24


class RowTable(QTableView):
    """Shows a :class:`RowModel`, ``rows``.

    Signals: ``ids_selected(ids)`` when a person selected rows; ``digit_typed(str)`` a digit outside an editor;
    ``cell_activated(id, column)`` Enter or double click on a cell that is not edited.
    """

    ids_selected = Signal(object)
    digit_typed = Signal(str)
    cell_activated = Signal(str, int)

    def __init__(self, model: RowModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._quiet = False
        self.empty_words = ""
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(10, 10))
        self._set_headers()
        self.setSortingEnabled(True)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.doubleClicked.connect(self._on_activated)

    # selection by id

    def selected_ids(self) -> tuple[str, ...]:
        """Ids of the selected rows, from top to bottom."""
        rows: set[int] = set()
        selection = self.selectionModel().selection()
        for at in range(selection.count()):
            rows.update(range(selection.at(at).top(), selection.at(at).bottom() + 1))
        return tuple(self.rows.id_at(row) for row in sorted(rows))

    def select_ids(self, ids: Iterable[str]) -> None:
        """Select these rows and scroll to the first, without telling anybody."""
        rows = sorted(row for one in ids if (row := self.rows.row_of(one)) is not None)
        last = self.rows.columnCount() - 1
        selection = QItemSelection()
        for first, end in _runs(rows):
            selection.select(self.rows.index(first, 0), self.rows.index(end, last))
        self._quiet = True
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if rows:
            here = self.currentIndex()
            if here.row() not in rows:
                wanted = self.rows.index(rows[0], max(0, here.column()))
                self.selectionModel().setCurrentIndex(wanted, flags.NoUpdate)
            self.scrollTo(self.rows.index(rows[0], max(0, self.currentIndex().column())))
        self._quiet = False

    def _on_selection_changed(self) -> None:
        if not self._quiet:
            self.ids_selected.emit(self.selected_ids())

    def quiet(self, quiet: bool) -> None:
        """While True, changes of the selection are nobody's doing and told to nobody."""
        self._quiet = quiet

    def is_editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    # copy and keys

    def copy(self) -> None:
        """The selected rows, as cells between tabs, onto the clipboard."""
        columns = [
            self.horizontalHeader().logicalIndex(at)
            for at in range(self.rows.columnCount())
            if not self.isColumnHidden(self.horizontalHeader().logicalIndex(at))
        ]
        rows = [self.rows.row_of(one) for one in self.selected_ids()]
        lines = [
            "\t".join(_one_cell(str(self.rows.index(row, column).data() or "")) for column in columns)
            for row in rows
            if row is not None
        ]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, Enter and digits mean something here; Esc is left to the page."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in _ENTER and not self.is_editing():
            self._on_activated(self.currentIndex(), by_key=True)
        elif key in _DIGITS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.digit_typed.emit(_DIGITS[key])
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_activated(self, index: QModelIndex, by_key: bool = False) -> None:
        if not index.isValid():
            return
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.cell_activated.emit(self.rows.id_at(index.row()), index.column())
        elif by_key:
            self.edit(index)

    # look

    def _set_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)

    def _choose_columns(self, point: QPoint) -> None:
        menu = self.column_menu()
        menu.exec(self.horizontalHeader().mapToGlobal(point))

    def column_menu(self) -> QMenu:
        """A menu that shows and hides columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column, title in enumerate(self.rows.titles()):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda shown, at=column: self.setColumnHidden(at, not shown))
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; where there are none, what will be here."""
        super().paintEvent(event)
        if self.rows.rowCount() or not self.empty_words:
            return
        painter = QPainter(self.viewport())
        colour = QColor(self.palette().text().color())
        colour.setAlphaF(0.6)
        painter.setPen(colour)
        room = self.viewport().rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRect(room), flags, self.empty_words)
        painter.end()


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as first and last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _one_cell(text: str) -> str:
    """``text`` without what would begin another cell."""
    return " ".join(text.split())
