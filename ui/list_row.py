"""Painting of list rows: a delegate paints the value that the model gives through ``ROW_ROLE`` and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import GRID

ROW_ROLE = Qt.ItemDataRole.UserRole
"""Role of the value that a row shows."""
_EITHER = QModelIndex | QPersistentModelIndex


class ListRow(QStyledItemDelegate):
    """A row of two or more lines on the list's own ground, soft when the pointer is over it."""

    lines = 2

    def sizeHint(self, option: QStyleOptionViewItem, index: _EITHER) -> QSize:
        """The same for all rows."""
        return QSize(100, self.lines * (option.fontMetrics.height() + 2) + 2 * GRID - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _EITHER) -> None:
        """Ground, then the row itself."""
        row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = option.palette
        inner = option.rect.adjusted(GRID // 2, 1, -GRID // 2, -1)
        ground = _ground(option)
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(inner), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1))
            painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self.paint_row(painter, option, inner.adjusted(GRID, GRID - 1, -GRID, -GRID + 1), row)
        painter.restore()

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: object) -> None:
        """Paint the row's content."""
        raise NotImplementedError


def _ground(option: QStyleOptionViewItem) -> QColor | None:
    if option.state & QStyle.StateFlag.State_Selected:
        colour = option.palette.color(QPalette.ColorRole.Accent)
        colour.setAlphaF(0.16)
        return colour
    if option.state & QStyle.StateFlag.State_MouseOver:
        return option.palette.color(QPalette.ColorRole.Button)
    return None


def text_line(painter: QPainter, box: QRect, number: int, height: int, text: str) -> None:
    """Paint the line of this number, counted from 0, in a box; too long a text is cut with an ellipsis."""
    place = QRect(box.left(), box.top() + number * height, box.width(), height)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
