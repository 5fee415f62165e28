"""Painting of the rows of the report list and of search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from annotations.report import Status
from model.queries.reports import ListedReport
from model.queries.search import Hit
from ui.list_row import ListRow, text_line
from ui.offsets16 import Utf16
from ui.theme import GRID, muted
from ui.words import tr

_EITHER = QModelIndex | QPersistentModelIndex
_MARK = 12  # side of a status mark, in pixels


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
        locked = tr("locked") if row.locked else ""
        rest = [locked, row.date, row.source if row.title else "", row.name if row.title else row.locality]
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
