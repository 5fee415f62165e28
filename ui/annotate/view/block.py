"""One laid-out paragraph: its lines, and the way between offsets and pixels.

Offsets are code points of the report's text; x counts from the column's left
edge and y from the block's top, in pixels.
"""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

from ui.annotate.view.lines import Line, Metrics
from ui.offsets16 import Utf16


class Block:
    """A paragraph's text laid out at one width. ``start`` to ``end`` are its offsets, without the newline.

    ``cut`` says that its paragraph goes on in the next block.
    """

    def __init__(self, start: int, text: str, font: QFont, width: float, metrics: Metrics, cut: bool = False) -> None:
        self.start, self.end = start, start + len(text)
        self.metrics = metrics
        self._cut = cut
        self._units = Utf16(text)
        # Qt measures a tab by where it stood before the line was broken; an em space is the same everywhere
        self._layout = QTextLayout(text.replace("\t", "\u2003"), font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self.lines: list[Line] = []
        self._lay_out(text, width)
        self._starts = [line.start for line in self.lines]

    def _lay_out(self, text: str, width: float) -> None:
        self._layout.beginLayout()
        while (drawn := self._layout.createLine()).isValid():
            drawn.setLineWidth(width)
            start = self._units.from_units(drawn.textStart())
            end = self._units.from_units(drawn.textStart() + drawn.textLength())
            self.lines.append(Line(drawn, self.start + start, self.start + end, 0, 0.0))
        self._layout.endLayout()
        for line in self.lines:
            shown = text[line.start - self.start : line.end - self.start].rstrip()
            line.visible_end = line.start + len(shown)
            line.right = self._cursor_x(line, line.visible_end)

    def line_number(self, offset: int) -> int:
        """The line that shows the character at ``offset``; the last one for the block's end."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_at(self, y: float) -> int:
        """The line at height ``y``, the nearest one beyond the block's edges."""
        for number, line in enumerate(self.lines):
            if y < line.top + line.height:
                return number
        return len(self.lines) - 1

    def x_of(self, line: Line, offset: int) -> float:
        """Where ``offset`` stands in ``line``. Trailing white space and the newline get the width of a space each."""
        if offset > line.visible_end:
            return line.right + (offset - line.visible_end) * self.metrics.space
        return self._cursor_x(line, max(line.start, offset))

    def character_at(self, line: Line, x: float) -> int:
        """Offset of the character under ``x``; the block's end stands for its newline."""
        if x >= line.right:
            beyond = line.visible_end + int((x - line.right) / self.metrics.space)
            last = line.end if line is self.lines[-1] and not self._cut else line.end - 1
            return max(line.start, min(beyond, last))
        units = line.drawn.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        return self._grapheme(units)

    def boundary_at(self, line: Line, x: float) -> int:
        """The offset between two characters that is nearest to ``x``, within the line."""
        if x >= line.right:
            return self.line_end(line)
        return self._grapheme(line.drawn.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))

    def line_end(self, line: Line) -> int:
        """The last offset at which a caret still stands in ``line``."""
        if line is self.lines[-1] and not self._cut:
            return line.end
        return line.visible_end if line.visible_end < line.end else self.previous(line.end)

    def grapheme(self, offset: int) -> int:
        """``offset``, or the start of the letter whose marks it stands between."""
        return self._grapheme(self._units.to_units(offset - self.start))

    def whole(self, offset: int) -> int:
        """``offset``, or the end of the letter whose marks it stands between."""
        units = self._units.to_units(offset - self.start)
        return offset if self._layout.isValidCursorPosition(units) else self.next(offset)

    def next(self, offset: int) -> int:
        """The offset after the letter at ``offset`` with its marks."""
        units = self._units.to_units(offset - self.start)
        return self.start + self._units.from_units(self._layout.nextCursorPosition(units))

    def previous(self, offset: int) -> int:
        """The offset before the letter that ends at ``offset``."""
        units = self._units.to_units(offset - self.start)
        return self.start + self._units.from_units(self._layout.previousCursorPosition(units))

    def _grapheme(self, units: int) -> int:
        if not self._layout.isValidCursorPosition(units):
            units = self._layout.previousCursorPosition(units)
        return self.start + self._units.from_units(units)

    def _cursor_x(self, line: Line, offset: int) -> float:
        # PySide gives (x, offset) here, its type hints say something else
        place: object = line.drawn.cursorToX(self._units.to_units(offset - self.start))
        return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]
