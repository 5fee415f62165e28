"""The scrolled surface below the report view: which part of the column is seen, in viewport pixels."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotations.report import AnnotationSet, Report
from annotations.schema import Schema
from ui.annotate.view import geometry
from ui.annotate.view.layout import Column
from ui.annotate.view.marks import MarkedScrollBar
from ui.annotate.view.theme import Theme

LETTERS = 80
"""Width of the reading column, in average letters."""
MARGIN = 24
"""Pixels above and below the text."""
GUTTER = 40
"""Least pixels left and right of the column; arcs run there."""
ZOOMS = (0.5, 4.0)
"""Least and greatest zoom factor."""


class Surface(QAbstractScrollArea):
    """Shows one report's text; lays out what is seen and keeps it in its place when estimates are corrected."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._built = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width depends on the height
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = MarkedScrollBar(self)
        self.setVerticalScrollBar(self._bar)
        self._ticks_timer = QTimer(self, singleShot=True, interval=60)
        self._ticks_timer.timeout.connect(self._set_ticks)
        self._report: Report | None = None
        self._schema: Schema | None = None
        self._zoom = 1.0
        self._column = Column("", None, self._reading_font(), 400)
        self.theme = Theme(self.palette(), None)
        self._built = True

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
        left = max(GUTTER, (self.viewport().width() - self._column.width) // 2)
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

    def zoom(self) -> float:
        """The zoom factor of the text, 1.0 at first."""
        return self._zoom

    def set_zoom(self, factor: float) -> None:
        """Zoom the text; the first visible line stays."""
        factor = max(ZOOMS[0], min(ZOOMS[1], factor))
        if factor != self._zoom:
            self._zoom = factor
            self._lay_out_again()
            self.zoom_changed.emit(factor)

    # own

    def _set_text(self, report: Report | None, annotation_set: AnnotationSet | None, schema: Schema | None) -> None:
        self._report, self._schema = report, schema
        self.theme = Theme(self.palette(), schema)
        font = self._reading_font()
        self._column = Column(report.text if report else "", annotation_set, font, self._column_width(font))
        self._fit_bar()
        self._bar.setValue(0)
        self._ticks_timer.start()

    def _reading_font(self) -> QFont:
        font = QFont(self.font())
        size = font.pointSizeF() if font.pointSizeF() > 0 else 10.0
        font.setPointSizeF(max(12.0, size * 1.2) * self._zoom)
        return font

    def _column_width(self, font: QFont) -> int:
        letter = Column("", None, font, 1).metrics.letter
        return int(max(letter * 8, min(letter * LETTERS, self.viewport().width() - 2 * GUTTER)))

    def _lay_out_again(self) -> None:
        position = self.scroll_position()
        font = self._reading_font()
        self._column.set_look(font, self._column_width(font))
        self.set_scroll_position(position if self._bar.value() else (0, -MARGIN))
        self._ticks_timer.start()

    def _follow(self, change: QEvent.Type) -> None:
        """Follow a change of the program's palette or font."""
        if not self._built:
            return
        if change in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self.theme = Theme(self.palette(), self._schema)
            self._ticks_timer.start()
            self.viewport().update()
        elif change in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lay_out_again()

    def _shown_blocks(self) -> range:
        y, heights = self._bar.value() - MARGIN, self._column.heights
        return range(heights.at(y), heights.at(y + self.viewport().height()) + 1)

    def _fit_bar(self) -> None:
        height = self.viewport().height()
        self._bar.setRange(0, max(0, self._column.heights.total + 2 * MARGIN - height))
        self._bar.setPageStep(height)
        self._bar.setSingleStep(self._column.metrics.line)

    def _set_ticks(self) -> None:
        """Colour the scroll bar where entities stand."""
        heights, starts, ends = self._column.heights, self._column.starts, self._column.ends
        total = max(1, heights.total)
        ticks, top, number = {}, 0, 0
        for entity in self._column.index.in_order:
            while number + 1 < len(starts) and starts[number + 1] <= entity.start:
                top += heights[number]
                number += 1
            part = (entity.start - starts[number]) / max(1, ends[number] - starts[number])
            ticks[(top + part * heights[number]) / total] = self.theme.label(entity.label).line
        self._bar.set_ticks(ticks)

    def _visible_range(self) -> Iterator[float]:
        """Heights of the column at the viewport's top and bottom."""
        yield self._bar.value() - MARGIN
        yield self._bar.value() - MARGIN + self.viewport().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew when the column's width changes; the first visible line stays."""
        super().resizeEvent(event)
        if self._column_width(self._column.font) != self._column.width:
            self._lay_out_again()
        self._fit_bar()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew where the text is now."""
        self.viewport().update()


def _pixels(rect: QRectF) -> QRect:
    """Whole pixels whose centre lies within ``rect``; at least one wide."""
    left, top = round(rect.left()), round(rect.top())
    return QRect(left, top, max(1, round(rect.right()) - left), max(1, round(rect.bottom()) - top))
