"""The scroll bar that shows where entities, notices and find hits are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from ui.annotate.view.layout import Column
from ui.annotate.view.marks import MarkKind, Marks
from ui.annotate.view.theme import Theme

Ticks = Sequence[tuple[float, QColor]]
"""From where in the text (0 top to 1 bottom) to colour; later ones lie on top."""
_MOST = 1_200
"""Ticks of a kind: a bar has hardly more pixels."""
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
    shown = _apart(column, [one.start for one in entities])
    ticks: dict[int, Ticks] = {0: [(part, theme.label(entities[at].label).line) for at, part in shown]}
    colours = {MarkKind.NOTICE: theme.notice, MarkKind.FIND: theme.hit, MarkKind.CURRENT: theme.text}
    for kind, side in _SIDES.items():
        found = _apart(column, [mark.start for mark in marks.get(kind, ())])
        ticks[side] = [*ticks.get(side, ()), *((part, colours[kind]) for _at, part in found)]
    return ticks


def _apart(column: Column, offsets: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Which of the ascending ``offsets`` get a tick, and where; of more than a bar has pixels for, the last at each place."""
    if len(offsets) <= _MOST:
        yield from ((at, _part(column, offset)) for at, offset in enumerate(offsets))
        return
    total, before = column.heights.total, 0
    for place in range(1, _MOST + 1):
        number = column.heights.at(place * total / _MOST)
        inside = (place * total / _MOST - column.heights.top(number)) / max(1, column.heights[number])
        start, end = column.starts[number], column.ends[number]
        until = len(offsets) if place == _MOST else bisect_left(offsets, start + inside * (end - start), before)
        if until > before:
            yield until - 1, _part(column, offsets[until - 1])
        before = until


def _part(column: Column, offset: int) -> float:
    """An offset as a part of the column's height."""
    number = column.number_of(offset)
    start, end = column.starts[number], column.ends[number]
    inside = (offset - start) / max(1, end - start)
    return (column.heights.top(number) + inside * column.heights[number]) / max(1, column.heights.total)
