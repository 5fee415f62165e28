"""How far one annotator is, painted in a cell: done, in progress, and what is still new."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from model.queries.assignments import PersonProgress
from ui.overview.cells import KEY_ROLE
from ui.theme import GRID

_HEIGHT = 6


class ProgressDelegate(QStyledItemDelegate):
    """Paints a :class:`PersonProgress` that stands behind the cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A line: done in the accent colour, in progress in half of it, the rest faint."""
        person = index.data(KEY_ROLE)
        if not isinstance(person, PersonProgress):
            super().paint(painter, option, index)
            return
        whole = person.assigned or person.in_progress + person.done
        box = QRectF(option.rect).adjusted(GRID, 0, -GRID, 0)
        line = QRectF(box.left(), box.center().y() - _HEIGHT / 2, box.width(), _HEIGHT)
        accent = option.palette.color(QPalette.ColorRole.Accent)
        half = option.palette.color(QPalette.ColorRole.Accent)
        half.setAlphaF(0.4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(line, 3, 3)
        for colour, count in ((half, person.in_progress + person.done), (accent, person.done)):
            if count and whole:
                painter.setBrush(colour)
                part = QRectF(line.topLeft(), line.bottomRight())
                part.setWidth(max(_HEIGHT, line.width() * min(1.0, count / whole)))
                painter.drawRoundedRect(part, 3, 3)
        painter.restore()
