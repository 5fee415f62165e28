"""The scroll bar that shows where entities, notices and find hits are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from ui.annotate.view.layout import Column
from ui.annotate.view.marks import MarkKind, Marks
from ui.annotate.view.theme import Theme

Ticks = Sequence[tuple[float, QColor]]
"""From where in the text (0 top to 1 bottom) to colour; later ones lie on top."""
_SIDES = {MarkKind.NOTICE: 1, MarkKind.FIND: 2, MarkKind.CURRENT: 2}
"""The third of the bar's width in which marks stand; entities stand in the first."""


class MarkedScrollBar(QScrollBar):
    """A scroll bar with coloured ticks where something stands in the text, in three columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: Mapping[int, Ticks] = {}
        self._rows: dict[tuple[int, int], QColor] = {}
        self._measured = QRect()

    def set_ticks(self, ticks: Mapping[int, Ticks]) -> None:
        """Show ``ticks`` by column: 0 entities, 1 notices, 2 find hits."""
        self._ticks, self._measured = ticks, QRect()
        self.update()

    def ticks(self, side: int) -> Ticks:
        """The ticks of a column."""
        return self._ticks.get(side, ())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, then a tick for each row of pixels that has one."""
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, self
        )
        if groove != self._measured:
            self._measured, height = groove, groove.height() - 2
            found = ((side, part, colour) for side, ticks in self._ticks.items() for part, colour in ticks)
            self._rows = {(side, groove.top() + int(part * height)): colour for side, part, colour in found}
        painter = QPainter(self)
        painter.setOpacity(0.8)
        width = max(3, groove.width() // 3 - 1)
        for (side, row), colour in self._rows.items():
            painter.fillRect(QRect(groove.left() + 1 + side * (width + 1), row, width, 2), colour)
        painter.end()


def ticks_of(column: Column, marks: Mapping[MarkKind, Marks], theme: Theme) -> dict[int, Ticks]:
    """Where on the scroll bar the entities of ``column`` and the ``marks`` are."""
    entities = column.index.in_order
    lines = {label: theme.label(label).line for label in {one.label for one in entities}}
    ticks: dict[int, Ticks] = {0: list(_ticks(column, ((one.start, lines[one.label]) for one in entities)))}
    colours = {MarkKind.NOTICE: theme.notice, MarkKind.FIND: theme.hit, MarkKind.CURRENT: theme.text}
    for kind, side in _SIDES.items():
        found = ((mark.start, colours[kind]) for mark in marks.get(kind, ()))
        ticks[side] = [*ticks.get(side, ()), *_ticks(column, found)]
    return ticks


def _ticks(column: Column, places: Iterable[tuple[int, QColor]]) -> Iterable[tuple[float, QColor]]:
    """Offsets in text order as parts of the column's height."""
    heights, starts, ends = column.heights, column.starts, column.ends
    total = max(1, heights.total)
    top, number, last = 0, 0, len(starts) - 1
    for offset, colour in places:
        while number < last and starts[number + 1] <= offset:
            top += heights[number]
            number += 1
        part = (offset - starts[number]) / max(1, ends[number] - starts[number])
        yield (top + part * heights[number]) / total, colour
