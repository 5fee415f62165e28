"""Painting of list rows. A delegate paints what the model gives through ``REPORT_ROLE`` and decides nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotations.report import Status
from model.queries.reports import ListedReport
from model.queries.search import Hit
from ui.offsets16 import Utf16
from ui.queue.report_model import REPORT_ROLE
from ui.theme import GRID, muted

_EITHER = QModelIndex | QPersistentModelIndex
_MARK = 12  # side of a status mark, in pixels


class ListRow(QStyledItemDelegate):
    """A row of two or more lines on the list's own ground, soft when the pointer is over it."""

    lines = 2

    def sizeHint(self, option: QStyleOptionViewItem, index: _EITHER) -> QSize:
        """The same for all rows."""
        return QSize(100, self.lines * (option.fontMetrics.height() + 2) + 2 * GRID - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _EITHER) -> None:
        """Ground, then the row itself."""
        row = index.data(REPORT_ROLE)
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


class ReportRow(ListRow):
    """Status mark, title or name; below it the date and the name or source."""

    def __init__(self, parent: QWidget, is_open: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._is_open = is_open

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: object) -> None:
        """Two lines right of the mark; the open report stands in bold."""
        assert isinstance(row, ListedReport)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if self._is_open(row.report_id) else QFont.Weight.Normal)
        line = option.fontMetrics.height() + 2
        paint_status(painter, QPointF(box.left() + _MARK / 2, box.top() + line / 2), row.status, option.palette)
        text = box.adjusted(_MARK + GRID, 0, 0, 0)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text_line(painter, text.adjusted(0, 0, 0, 0), 0, line, row.title or row.name)
        painter.setFont(option.font)
        painter.setPen(muted(option.palette))
        rest = [row.date, row.source if row.title else "", row.name if row.title else row.locality]
        text_line(painter, text, 1, line, " · ".join(part for part in rest if part))


class HitRow(ListRow):
    """Title or name; below it the text around the first place, the words found in bold."""

    lines = 3

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: object) -> None:
        """One line of title, two of the text."""
        assert isinstance(row, Hit)
        line = option.fontMetrics.height() + 2
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text_line(painter, box, 0, line, row.title or row.name)
        painter.setPen(muted(option.palette))
        below = QRectF(box.adjusted(0, line, 0, 0))
        _snippet(painter, below, option, row)


def paint_status(painter: QPainter, centre: QPointF, status: Status, palette: QPalette) -> None:
    """○ new, ◐ in progress, ● done; told apart by shape, not by colour."""
    colour = palette.color(QPalette.ColorRole.Accent) if status is not Status.NEW else muted(palette)
    circle = QRectF(centre.x() - _MARK / 2 + 1, centre.y() - _MARK / 2 + 1, _MARK - 2, _MARK - 2)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if status is Status.DONE else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
    if status is Status.IN_PROGRESS:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(circle, 90 * 16, 180 * 16)


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


def _snippet(painter: QPainter, box: QRectF, option: QStyleOptionViewItem, hit: Hit) -> None:
    """The snippet in two lines, begun so that the place that was found is among them."""
    start, end = hit.marked
    cut = hit.snippet.rfind(" ", 0, max(0, start - 24)) + 1 if start > 24 else 0
    text = ("… " if cut else "") + hit.snippet[cut:]
    moved = (2 if cut else 0) - cut
    units = Utf16(text)
    layout = QTextLayout(text, option.font)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setForeground(option.palette.color(QPalette.ColorRole.Text))
    found = QTextLayout.FormatRange()
    found.start, found.length = (
        units.to_units(start + moved),
        units.to_units(end + moved) - units.to_units(start + moved),
    )
    found.format = bold
    layout.setFormats([found] if end > start else [])
    layout.beginLayout()
    top = 0.0
    for _number in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, top))
        top += line.height() + 2
    layout.endLayout()
    layout.draw(painter, box.topLeft())
