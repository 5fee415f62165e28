"""The page of the import dialog that shows what an edited workbook would change, by id, and what of it would be left."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from exports.xlsx.columns import SHEETS
from exports.xlsx.columns import Column as SheetColumn
from exports.xlsx.edits import SheetEdits
from exports.xlsx_review.columns import conflict_columns
from ui.dialogs.parts import attention_icon, button, heading, quiet, row
from ui.theme import GRID
from ui.words import explain, language, tr

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns of the preview."""

    PLACE = 0
    REPORT = 1
    LABEL = 2
    CELL = 3
    BEFORE = 4
    AFTER = 5


_TITLES = ("Sheet and row", "Report", "Id", "Column", "Before", "After")


class WorkbookModel(QAbstractTableModel):
    """One row for each row that would be left, then one for each cell that would change. Reads a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, ...]] = []
        self._left = 0

    def show_found(self, found: SheetEdits) -> None:
        """Show this and nothing else."""
        self.beginResetModel()
        self._rows = [
            (_place(one.sheet, one.number), "", one.id, tr("left"), "", explain(one.why)) for one in found.problems
        ]
        self._left = len(self._rows)
        for edit in found.edits:
            whose = f"{edit.report_name} ({edit.annotator})" if edit.annotator else edit.report_name
            titles = {column.key: column.title(language()) for column in _columns(edit.table)}
            self._rows += [
                (_place(edit.sheet, edit.number), whose, edit.id, titles[cell.key], cell.before, cell.after)
                for cell in edit.cells
            ]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Rows of the table; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Columns of the table."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, in full as its tooltip; rows that are left have the sign for attention."""
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.DecorationRole and index.column() == Column.PLACE and index.row() < self._left:
            return attention_icon()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_TITLES[section])
        return None


def _columns(table: str) -> Sequence[SheetColumn]:
    return SHEETS[table] if table in SHEETS else conflict_columns({})


def _place(sheet: str, number: int) -> str:
    return tr("{sheet}, row {number}", sheet=sheet, number=number)


class WorkbookPage(QWidget):
    """Signals: ``apply_wanted()``, ``left()``. Attribute: ``path``, of the workbook that is shown."""

    apply_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workbook_page")
        self.path = Path()
        self.model = WorkbookModel(self)
        self.heading = heading("", self)
        self.words = quiet("", self)
        self.table = QTableView(self)
        self.table.setObjectName("workbook_table")
        self.table.setAccessibleName(tr("What the workbook changes"))
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(3 * GRID)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        for column, width in zip(Column, (18, 22, 18, 16, 22), strict=False):
            self.table.setColumnWidth(column, width * GRID)
        header.setSectionResizeMode(Column.AFTER, QHeaderView.ResizeMode.Stretch)
        self.close_button = button(tr("Cancel"), "workbook_close", self)
        self.close_button.clicked.connect(self.left)
        self.apply_button = button(tr("&Take over"), "workbook_apply", self, main=True)
        self.apply_button.clicked.connect(self.apply_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, self.close_button, self.apply_button))

    def begin(self, path: Path) -> None:
        """Get ready for another workbook."""
        self.path = path
        self.heading.setText(tr("Edited workbook: {name}", name=path.name))
        self.words.setText("")
        self.show_found(SheetEdits())
        self.words.setText("")

    def show_found(self, found: SheetEdits) -> None:
        """Show what the workbook would change."""
        self.model.show_found(found)
        if found.edits or found.problems:
            words = tr(
                "Rows that change: {changed}. Rows that are left, with the reason: {left}. As exported: {untouched}. "
                "All of it is one action that can be undone.",
                changed=len(found.edits),
                left=len(found.problems),
                untouched=found.untouched,
            )
        else:
            words = tr("Nothing new: nothing in it was edited, or all of it is in the project already.")
        self.words.setText(words)
        self.apply_button.setEnabled(bool(found.edits))
        self.table.setVisible(self.model.rowCount() > 0)
        (self.apply_button if found.edits else self.close_button).setDefault(True)
