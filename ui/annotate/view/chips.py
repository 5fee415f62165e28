"""Chips above a line: the name of each entity that begins there, none above another or above text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFont, QFontMetricsF

from annotations.report import Entity
from ui.annotate.view.lines import Chip, Line, Metrics

_PAD = 4.0
_GAP = 3.0


def small_font(font: QFont) -> QFont:
    """The font of chips and of the names of arcs beside text in ``font``."""
    small = QFont(font)
    small.setPointSizeF(max(7.5, font.pointSizeF() * 0.62))
    return small


class ChipMaker:
    """Places chips; ``name`` gives the words of one."""

    def __init__(self, font: QFont, name: Callable[[Entity], str]) -> None:
        self.font = small_font(font)
        self._measured = QFontMetricsF(self.font)
        self._name = name
        self._height = round(self._measured.height()) + 1
        self._widths: dict[str, float] = {}

    def place(self, line: Line, column: float, metrics: Metrics) -> int:
        """Give ``line`` its chips; returns the room above the text that they need."""
        openings = [one for one in line.pieces if not one.join and line.start <= one.entity.start < line.end]
        first = {piece.entity.id: piece for piece in reversed(openings)}
        base = metrics.rim(line.lanes) + 2
        rows: list[list[tuple[float, float]]] = []
        for piece in sorted(first.values(), key=lambda one: (one.lane, one.left)):
            words = self._name(piece.entity)
            width = min(self._width(words), column)
            left = max(0.0, min(piece.left, column - width))
            row = _free_row(rows, left - _GAP, left + width + _GAP)
            rows[row].append((left, left + width))
            up = base + (row + 1) * (self._height + 2) - 2
            line.chips.append(Chip(piece.entity, words, left, -up, width, self._height, piece.left))
        return base + len(rows) * (self._height + 2) + 2 if rows else 0

    def _width(self, words: str) -> float:
        width = self._widths.get(words)
        if width is None:
            width = self._widths[words] = self._measured.horizontalAdvance(words) + 2 * _PAD
        return width


def _free_row(rows: list[list[tuple[float, float]]], left: float, right: float) -> int:
    """The lowest row without anything between ``left`` and ``right``; a new one when there is none."""
    for number, row in enumerate(rows):
        if all(end <= left or right <= start for start, end in row):
            return number
    rows.append([])
    return len(rows) - 1
