"""The scrolled surface below the report view: which part of the column is seen, in viewport pixels."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotations.report import Report
from annotations.schema import Schema
from ui.annotate.view import geometry
from ui.annotate.view.layout import Column, Look
from ui.annotate.view.scroll_bar import MarkedScrollBar

MARGIN = 24
"""Pixels above and below the text."""
GUTTER = 40
"""Least pixels left and right of the column; arcs run there."""


class Surface(QAbstractScrollArea):
    """Shows one report's text; lays out what is seen and keeps it in its place when estimates are corrected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width depends on the height
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = MarkedScrollBar(self)
        self.setVerticalScrollBar(self._bar)
        self._report: Report | None = None
        self._schema: Schema | None = None
        self._column = Column("", Look(self.font(), 400))

    @property
    def column(self) -> Column:
        """The laid-out text."""
        return self._column

    @property
    def text(self) -> str:
        """The report's text; empty when there is no report."""
        return self._column.text

    @property
    def report(self) -> Report | None:
        """The report that is shown."""
        return self._report

    @property
    def schema(self) -> Schema | None:
        """The schema that names and colours the labels."""
        return self._schema

    # where things are, in viewport pixels

    def origin(self) -> QPointF:
        """Where the column's left edge and the text's top are."""
        left = max(self._gutter(), (self.viewport().width() - self._column.width) // 2)
        return QPointF(left, MARGIN - self._bar.value())

    def offset_at(self, point: QPoint) -> int:
        """Offset of the character at a point of the viewport; of the nearest one beyond the text."""
        self.settle()
        place = self._place(point)
        block, line, _top = self._column.line_at(place.y())
        return block.character_at(line, place.x())

    def boundary_at(self, point: QPoint) -> int:
        """The offset between two characters that is nearest to a point of the viewport."""
        self.settle()
        place = self._place(point)
        block, line, _top = self._column.line_at(place.y())
        return block.boundary_at(line, place.x())

    def _place(self, point: QPoint) -> QPointF:
        """The middle of a viewport's pixel, in pixels of the column."""
        return QPointF(point) + QPointF(0.5, 0.5) - self.origin()

    def rects_of(self, start: int, end: int) -> list[QRect]:
        """Boxes of a span in viewport pixels, one for each line fragment, also where it is scrolled out of sight."""
        start, end = self.within(start), self.within(end)
        self.settle()
        rects = geometry.span_rects(self._column, (min(start, end), max(start, end)))
        self._fit_bar()
        return [_pixels(rect.translated(self.origin())) for rect in rects]

    def within(self, offset: int) -> int:
        """``offset``, or the nearest end of the text."""
        return max(0, min(offset, len(self.text)))

    # scrolling

    def settle(self) -> None:
        """Lay out the blocks that are seen; what was already seen of them stays where it is."""
        column = self._column
        for _round in range(10):
            shown = self._shown_blocks()
            missing = [number for number in shown if not column.is_laid(number)]
            if not missing:
                column.let_go(shown)
                return
            anchor = next((number for number in shown if column.is_laid(number)), shown.start)
            before = column.heights.top(anchor) - self._bar.value()
            for number in missing:
                column.block(number)
            self._fit_bar()
            self._bar.setValue(column.heights.top(anchor) - before)

    def show_span(self, start: int, end: int) -> None:
        """Scroll as little as needed to show a span, its start when it is too long; from far, to the upper third."""
        rects = geometry.span_rects(self._column, (start, min(end, start + 2_000)))
        self._fit_bar()
        height, room = self.viewport().height(), self._column.metrics.line
        top = rects[0].top() + MARGIN - room
        bottom = rects[-1].bottom() + MARGIN + room
        value = self._bar.value()
        if value <= top and bottom <= value + height:
            return
        if bottom < value or top > value + height:
            self._bar.setValue(int(top - height / 3))
        elif top < value or bottom - top > height:
            self._bar.setValue(int(top))
        else:
            self._bar.setValue(int(bottom - height) + 1)
        self.settle()

    def scroll_position(self) -> tuple[int, int]:
        """Offset at which the first visible line begins, and by how many pixels that line is scrolled out."""
        self.settle()
        y = self._bar.value() - MARGIN
        _block, line, top = self._column.line_at(y)
        return line.start, y - top

    def set_scroll_position(self, position: tuple[int, int]) -> None:
        """Go back to what :meth:`scroll_position` gave, also at another width or zoom."""
        offset, pixels = position
        _block, _line, top = self._column.line_of(self.within(offset))
        self._fit_bar()
        self._bar.setValue(top + MARGIN + pixels)
        self.settle()
        self.viewport().update()

    # own

    def _gutter(self) -> int:
        """Least room left and right of the column."""
        return GUTTER

    def _shown_blocks(self) -> range:
        y, heights = self._bar.value() - MARGIN, self._column.heights
        return range(heights.at(y), heights.at(y + self.viewport().height()) + 1)

    def _fit_bar(self) -> None:
        height = self.viewport().height()
        self._bar.setRange(0, max(0, self._column.heights.total + 2 * MARGIN - height))
        self._bar.setPageStep(height)
        self._bar.setSingleStep(self._column.metrics.line)

    def _visible_range(self) -> Iterator[float]:
        """Heights of the column at the viewport's top and bottom."""
        yield self._bar.value() - MARGIN
        yield self._bar.value() - MARGIN + self.viewport().height()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew where the text is now."""
        self.viewport().update()


def _pixels(rect: QRectF) -> QRect:
    """Whole pixels whose centre lies within ``rect``; at least one wide."""
    left, top = round(rect.left()), round(rect.top())
    return QRect(left, top, max(1, round(rect.right()) - left), max(1, round(rect.bottom()) - top))
