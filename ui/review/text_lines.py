"""The text of a report laid out in lines with room for lanes around each. Offsets are code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from annotations.report import Span
from ui.offsets16 import Utf16

LANE = 9.0
"""Height of a lane with the room below it, in pixels."""
ABOVE = 9.0
"""Room for the adjudicated lane above the text."""
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its offsets, the top of its box (with the lanes), the height of its text, and Qt's own line."""

    start: int
    end: int
    top: float
    text_top: float
    height: float
    layout: QTextLayout
    number: int
    paragraph: int

    @property
    def lanes_top(self) -> float:
        """Where the first lane below the text begins."""
        return self.text_top + self.height + 1


class TextLines:
    """All lines of a text for a font, a width and a number of lanes; those that hold nothing of ``busy`` have none."""

    def __init__(self, text: str, font: QFont, width: float, lanes: int, busy: Iterable[Span]) -> None:
        self.text = text
        self.units = Utf16(text)
        self.lines: list[Line] = []
        self.height = _GAP
        self._lanes = lanes
        self._busy = _joined(busy)
        self._lay_out(font, max(80.0, width))
        self._starts = [line.start for line in self.lines]
        self._tops = [line.top for line in self.lines]

    def _lay_out(self, font: QFont, width: float) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        leading = QFontMetricsF(font).height()
        start = 0
        for paragraph in self.text.split("\n"):
            layout = QTextLayout(paragraph, font)
            layout.setTextOption(option)
            layout.beginLayout()
            units = Utf16(paragraph)
            number = 0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, 0))
                first = start + units.from_units(line.textStart())
                last = start + units.from_units(line.textStart() + line.textLength())
                height = max(line.height(), leading)
                top = self.height
                self.lines.append(Line(first, last, top, top + ABOVE, height, layout, number, start))
                lanes = self._lanes if self._is_busy(first, last) else 0
                self.height += ABOVE + height + lanes * LANE + (4 if lanes else 0)
                number += 1
            layout.endLayout()
            self.height += _GAP
            start += len(paragraph) + 1

    def _is_busy(self, start: int, end: int) -> bool:
        at = bisect_right(self._busy, (start, len(self.text)))
        near = self._busy[max(0, at - 1) : at + 1]
        return any(first < end and last > start for first, last in near)

    def between(self, top: float, bottom: float) -> Iterator[Line]:
        """The lines that are seen between two heights."""
        for line in self.lines[max(0, bisect_right(self._tops, top) - 1) :]:
            if line.top > bottom:
                return
            yield line

    def line_at(self, offset: int) -> Line | None:
        """The line that holds an offset."""
        if not self.lines:
            return None
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    def line_below(self, y: float) -> Line | None:
        """The line at a height, or the nearest."""
        if not self.lines:
            return None
        return self.lines[max(0, bisect_right(self._tops, y) - 1)]

    def x_of(self, line: Line, offset: int) -> float:
        """How far from the left margin an offset of the line is."""
        before = self.units.to_units(min(max(offset, line.start), line.end)) - self.units.to_units(line.paragraph)
        found: Any = line.layout.lineAt(line.number).cursorToX(before)  # a pair, which its type stub does not know
        return float(found[0])

    def offset_at(self, x: float, y: float) -> int:
        """The offset nearest to a point."""
        line = self.line_below(y)
        if line is None:
            return 0
        units = line.layout.lineAt(line.number).xToCursor(x)
        return self.units.from_units(self.units.to_units(line.paragraph) + units)

    def boxes(self, line: Line, span: Span) -> QRectF | None:
        """The box of a span's part in a line, as high as the text; None when it has none there."""
        start, end = max(span[0], line.start), min(span[1], line.end)
        if start >= end:
            return None
        left, right = self.x_of(line, start), self.x_of(line, end)
        return QRectF(left, line.text_top, max(2.0, right - left), line.height)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
