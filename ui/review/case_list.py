"""The list of conflicts: one row each, the same phrase side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from annotations.review import State
from annotations.review.cases import Case
from annotations.schema import Schema
from ui.list_row import ROW_ROLE, ListRow, text_line
from ui.review.words import kind_words, label_words, state_words
from ui.review.worklist import Worklist
from ui.theme import muted

_EITHER = QModelIndex | QPersistentModelIndex
_MARKS = {State.OPEN: "○", State.SET_ASIDE: "◐", State.DECIDED: "●", State.RETURNED: "↺"}
_NOWHERE = QModelIndex()


class CaseModel(QAbstractListModel):
    """The shown cases of a worklist; reads them as they are."""

    def __init__(self, worklist: Worklist) -> None:
        super().__init__()
        self._worklist = worklist

    def rowCount(self, parent: _EITHER = _NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._worklist.shown)

    def data(self, index: _EITHER, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The case, or its words for screen readers."""
        if not 0 <= index.row() < len(self._worklist.shown):
            return None
        case = self._worklist.shown[index.row()]
        if role == ROW_ROLE:
            return case
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            state = state_words(case.settled.state)
            return f"{case.phrase}\n{kind_words(case.kind)} · {case.report_name} · {state}"
        return None

    def begin(self) -> None:
        """The worklist is about to change."""
        self.beginResetModel()

    def end(self) -> None:
        """The worklist has changed."""
        self.endResetModel()


class CaseRow(ListRow):
    """State and phrase, how often it occurs; below it kind, labels and report."""

    def __init__(self, parent: QWidget, count: Callable[[Case], int], schema: Callable[[], Schema]) -> None:
        super().__init__(parent)
        self._count, self._schema = count, schema

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: object) -> None:
        """Two lines right of the mark."""
        assert isinstance(row, Case)
        line = option.fontMetrics.height() + 2
        painter.setFont(option.font)
        painter.setPen(muted(option.palette))
        text_line(painter, box, 0, line, _MARKS[row.settled.state])
        count = self._count(row)
        room = 0
        if count > 1:
            often = f"×{count}"
            room = painter.fontMetrics().horizontalAdvance(often) + 6
            painter.drawText(
                QRect(box.right() - room, box.top(), room, line),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                often,
            )
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if row.is_open else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text) if row.is_open else muted(option.palette))
        words = box.adjusted(20, 0, 0, 0)
        text_line(painter, words.adjusted(0, 0, -room, 0), 0, line, row.phrase)
        painter.setFont(option.font)
        painter.setPen(muted(option.palette))
        labels = ", ".join(label_words(self._schema(), label) for label in row.labels)
        text_line(painter, words, 1, line, f"{kind_words(row.kind)} · {labels} · {row.report_name}")


class CaseList(QListView):
    """Plain letters do nothing here: input methods type them. Signal: ``current_changed(row)``."""

    current_changed = Signal(int)

    def __init__(self, model: CaseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict_list")
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: a letter is no command."""

    def currentChanged(self, current: _EITHER, previous: _EITHER) -> None:
        """Tell which row is the current one."""
        super().currentChanged(current, previous)
        self.current_changed.emit(current.row())

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QListView.ScrollHint.EnsureVisible)
