"""The preview as a table that is edited in place; an edit with several rows selected is made in all of them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from ui.dialogs.preview_model import FIELD_OF, Column, Index, PreviewModel
from ui.icons import SIZE
from ui.theme import GRID
from ui.words import tr

_WIDTHS = {
    Column.CHECK: 23,
    Column.NAME: 20,
    Column.TITLE: 40,
    Column.DATE: 14,
    Column.SOURCE: 16,
    Column.LOCALITY: 14,
    Column.LABELS: 13,
    Column.ENCODING: 10,
}
"""Widths at first, in units of the grid."""


class PreviewTable(QTableView):
    """F2, Enter, typing or a double click edits a cell; Ctrl+A selects all rows."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = model
        self.setObjectName("import_preview")
        self.setAccessibleName(tr("Reports to import"))
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(SIZE, SIZE))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + GRID + 2)
        self._set_header()

    def _set_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width * GRID)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(8 * GRID)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(False)
        header.sortIndicatorChanged.connect(self._on_sort)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)

    def chosen_rows(self) -> list[int]:
        """The numbers of the selected rows, top to bottom."""
        # by ranges: selectedRows() takes a second for 10,000 rows
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(number) for number in range(chosen.count()))
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def sort_doubtful_first(self) -> None:
        """What is refused or to be checked comes to the top."""
        self.horizontalHeader().setSortIndicator(Column.CHECK, Qt.SortOrder.DescendingOrder)
        self._preview.sort(Column.CHECK, Qt.SortOrder.DescendingOrder)
        self.scrollToTop()

    def sort_read(self) -> None:
        """Everything is read: as the person has ordered it, else what needs a look first."""
        header = self.horizontalHeader()
        if header.sortIndicatorSection() < 0:
            self.sort_doubtful_first()
        else:
            self._preview.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def commit(self, index: Index, value: str) -> None:
        """Put an edited value into its cell, and into the same column of the other selected rows."""
        numbers = self.chosen_rows()
        if index.row() not in numbers:
            numbers = [index.row()]
        self._preview.set_values(numbers, FIELD_OF[Column(index.column())], [value] * len(numbers))

    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._preview.sort(column, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits; it does not press the dialog's button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.state() != QAbstractItemView.State.EditingState:
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


class _Cells(QStyledItemDelegate):
    """A line to type in; dates say how they are written."""

    def __init__(self, table: PreviewTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, option: object, index: Index) -> QWidget:
        """A plain line."""
        editor = QLineEdit(parent)
        if index.column() == Column.DATE:
            editor.setPlaceholderText("2021-04-29")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what is there, without the word for “missing”."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Only what was really typed is taken: leaving a cell must not spread its value."""
        assert isinstance(editor, QLineEdit)
        if editor.isModified():
            self._table.commit(index, editor.text())
