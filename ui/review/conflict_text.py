"""The report beside the list: each annotator's entities in lanes under the lines, the adjudicated ones above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotations.report import Span
from annotations.schema import Schema
from ui.annotate.view.theme import Theme
from ui.review.lanes import ADJUDICATED, Bar
from ui.review.text_lines import ABOVE, LANE, Line, TextLines
from ui.theme import GRID, muted

_GUTTER = 4 * GRID
_WIDEST = 90
"""Characters of a line at most."""


class ConflictText(QAbstractScrollArea):
    """Shows a text with bars. Signal: ``text_selected(start, end)`` after a stretch was marked with the mouse."""

    text_selected = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict_text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = ""
        self._bars: list[Bar] = []
        self._letters: tuple[str, ...] = ()
        self._busy: list[Span] = []
        self._focus: Span = (0, 0)
        self._own: tuple[Span, ...] = ()
        self._pressed: int | None = None
        self._dragged: Span | None = None
        self._theme = Theme(self.palette(), None)
        self._lines: TextLines | None = None

    def show_conflict(
        self, text: str, bars: Iterable[Bar], letters: Sequence[str], focus: Span, schema: Schema
    ) -> None:
        """Show a text with the bars of all lanes; ``focus`` (code points) is brought into sight."""
        bars = list(bars)
        busy = [span for bar in bars if bar.lane != ADJUDICATED for span in bar.spans]
        same = text == self._text and len(letters) == len(self._letters) and busy == self._busy
        self._text, self._bars, self._letters, self._busy = text, bars, tuple(letters), busy
        self._focus, self._own = focus, ()
        self._theme = Theme(self.palette(), schema)
        if not same:
            self._lines = None
        self.setAccessibleName(text[focus[0] : focus[1]])
        self.reveal(focus)
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self._text, self._bars, self._letters, self._lines = "", [], (), None
        self._focus, self._own = (0, 0), ()
        self._set_range()
        self.viewport().update()

    @property
    def own(self) -> tuple[Span, ...]:
        """The spans of an own answer that is being made; empty when none is."""
        return self._own

    def set_own(self, spans: tuple[Span, ...]) -> None:
        """Frame the spans of an own answer."""
        self._own = spans
        if spans:
            self.reveal((spans[0][0], spans[-1][1]))
        self.viewport().update()

    def reveal(self, span: Span) -> None:
        """Scroll so that a span is seen, with what stands before it."""
        lines = self._laid_out()
        self._set_range()
        first, last = lines.line_at(span[0]), lines.line_at(max(span[0], span[1] - 1))
        if first is None or last is None:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bottom = last.lanes_top + len(self._letters) * LANE
        if first.top < bar.value() or bottom > bar.value() + height:
            bar.setValue(int(max(0.0, (first.top + bottom - height) / 2)))

    def offset_at(self, place: QPointF) -> int:
        """The offset nearest to a place of the viewport."""
        return self._laid_out().offset_at(place.x() - self._left(), place.y() + self.verticalScrollBar().value())

    def place_of(self, offset: int) -> QPointF:
        """Where a character begins, in the viewport, at half the height of its line."""
        lines = self._laid_out()
        line = lines.line_at(offset)
        if line is None:
            return QPointF()
        y = line.text_top + line.height / 2 - self.verticalScrollBar().value()
        return QPointF(self._left() + lines.x_of(line, offset), y)

    # layout

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.15)
        return font

    def _left(self) -> float:
        return _GUTTER + 2 * GRID

    def _laid_out(self) -> TextLines:
        if self._lines is None:
            widest = self.fontMetrics().averageCharWidth() * _WIDEST * 1.15
            width = min(self.viewport().width() - self._left() - 3 * GRID, widest)
            self._lines = TextLines(self._text, self._font(), width, len(self._letters), self._busy)
        return self._lines

    def _set_range(self) -> None:
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(self._laid_out().height) - height))
        bar.setPageStep(height)
        bar.setSingleStep(3 * GRID)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out anew."""
        super().resizeEvent(event)
        self._lines = None
        self._set_range()
        self.reveal(self._focus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark a stretch."""
        if event.button() == Qt.MouseButton.LeftButton and self._text:
            self._pressed = self.offset_at(event.position())
            self._dragged = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark up to here."""
        if self._pressed is not None:
            here = self.offset_at(event.position())
            self._dragged = (min(here, self._pressed), max(here, self._pressed))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was marked."""
        dragged, self._pressed, self._dragged = self._dragged, None, None
        self.viewport().update()
        if dragged is not None and dragged[0] < dragged[1]:
            self.text_selected.emit(*dragged)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are seen."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self.palette().color(QPalette.ColorRole.Base))
        if not self._text:
            return
        lines = self._laid_out()
        offset = self.verticalScrollBar().value()
        painter.translate(self._left(), -offset)
        for line in lines.between(offset, offset + self.viewport().height()):
            self._paint_line(painter, lines, line)

    def _paint_line(self, painter: QPainter, lines: TextLines, line: Line) -> None:
        self._paint_ground(painter, lines, line)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        line.layout.lineAt(line.number).draw(painter, QPointF(0, line.text_top))
        here = [bar for bar in self._bars if any(a < line.end and b > line.start for a, b in bar.spans)]
        for bar in sorted(here, key=lambda bar: (bar.is_meant, bar.depth)):
            self._paint_bar(painter, lines, line, bar)
        if self._focus[0] < line.end and self._focus[1] > line.start:
            self._paint_letters(painter, line)

    def _paint_ground(self, painter: QPainter, lines: TextLines, line: Line) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        box = lines.boxes(line, self._focus)
        if box is not None:
            ground = QColor(self._theme.accent)
            ground.setAlphaF(0.13)
            painter.setBrush(ground)
            painter.drawRoundedRect(box.adjusted(-2, 0, 2, 0), 3, 3)
        if self._dragged is not None and (box := lines.boxes(line, self._dragged)) is not None:
            painter.setBrush(self._theme.selection)
            painter.drawRect(box)
        for span in self._own:
            if (box := lines.boxes(line, span)) is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.accent_line, 2))
                painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0), 3, 3)

    def _paint_bar(self, painter: QPainter, lines: TextLines, line: Line, bar: Bar) -> None:
        colour = QColor(self._theme.label(bar.label).line)
        thick = 5.0 if bar.is_meant else 2.0
        if not bar.is_meant:
            colour.setAlphaF(0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for span in bar.spans:
            box = lines.boxes(line, span)
            if box is None:
                continue
            lane = line.text_top - 1 - thick if bar.lane == ADJUDICATED else line.lanes_top + bar.lane * LANE
            inset = min(bar.depth, 2) * (0.0 if bar.is_meant else 1.6)
            y = lane - inset if bar.lane == ADJUDICATED else lane + inset
            painter.drawRoundedRect(QRectF(box.left() + 0.5, y, box.width() - 1, thick), 1.5, 1.5)

    def _paint_letters(self, painter: QPainter, line: Line) -> None:
        """Whose lane is whose, left of the line."""
        font = QFont(self.font())
        font.setPixelSize(9)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(muted(self.palette()))
        for lane, letter in enumerate(self._letters):
            box = QRectF(-_GUTTER, line.lanes_top + lane * LANE - 3, _GUTTER - GRID, LANE + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, letter)
        if any(bar.lane == ADJUDICATED and bar.is_meant for bar in self._bars):
            box = QRectF(-_GUTTER, line.text_top - ABOVE, _GUTTER - GRID, ABOVE)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "✓")
