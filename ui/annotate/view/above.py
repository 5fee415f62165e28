"""Paints what stands above the lines, over arcs: chips, and the numbers by which entities are chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from ui.annotate.view.block import Block
from ui.annotate.view.geometry import chip_box
from ui.annotate.view.layout import Column
from ui.annotate.view.lines import Chip, Line
from ui.annotate.view.marks import Mark, MarkKind
from ui.annotate.view.painter import Shown
from ui.annotate.view.strokes import UNDERLINES, Stroke, stroke_of
from ui.annotate.view.theme import mix

_CORNER = 3.0


class AbovePainter:
    """Paints chips and numbers of one column, in pixels of the column."""

    def __init__(self, painter: QPainter, column: Column, shown: Shown) -> None:
        self._painter, self._column, self._shown = painter, column, shown
        self._theme = shown.theme
        self._bold = QFont(column.font)
        self._bold.setBold(True)
        self._bold.setPointSizeF(self._bold.pointSizeF() * 0.78)

    def paint(self, top: float, bottom: float) -> None:
        """Paint what stands above the lines between two heights of the column."""
        heights = self._column.heights
        number, last = heights.at(top), heights.at(bottom)
        y = heights.top(number)
        while number <= last:
            block = self._column.block(number)
            for line in block.lines:
                if y + line.top + line.height >= top and y + line.top <= bottom:
                    self._chips(line, y + line.top + line.above)
                    self._numbers(block, line, y + line.top + line.above)
            y += heights[number]
            number += 1

    def _chips(self, line: Line, text_top: int) -> None:
        if line.chips:
            self._painter.setFont(self._shown.small)
        for chip in line.chips:
            self._stem(chip, text_top)
        for chip in line.chips:
            self._chip(chip, text_top)

    def _stem(self, chip: Chip, text_top: int) -> None:
        """A thin line from a chip down to where its entity begins."""
        rect = chip_box(chip, text_top)
        x = max(rect.left() + 1, min(chip.foot + 1, rect.right() - 1))
        self._painter.setPen(QPen(self._theme.label(chip.entity.label).line, 1))
        self._painter.drawLine(QPointF(x, rect.bottom()), QPointF(x, text_top))

    def _chip(self, chip: Chip, text_top: int) -> None:
        """A name in a frame of the same strokes as the underline."""
        rect = chip_box(chip, text_top).adjusted(0.5, 0.5, -0.5, -0.5)
        colours = self._theme.label(chip.entity.label)
        stroke = stroke_of(chip.entity, chip.entity.id in self._shown.pending)
        strong = chip.entity.id in self._shown.selected
        line = (
            mix(colours.line, self._theme.text, 0.35)
            if strong or chip.entity.id == self._shown.hovered
            else colours.line
        )
        pen = QPen(line, 2.0 if strong or stroke is Stroke.DOUBLE else 1.0)
        if UNDERLINES[stroke]:
            pen.setDashPattern(list(UNDERLINES[stroke]))
        self._painter.setPen(pen)
        self._painter.setBrush(self._theme.base if stroke is Stroke.PENDING else colours.soft)
        self._painter.drawRoundedRect(rect, _CORNER, _CORNER)
        self._painter.setPen(self._theme.text)
        words = self._painter.fontMetrics().elidedText(chip.words, Qt.TextElideMode.ElideRight, int(rect.width()) - 2)
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _numbers(self, block: Block, line: Line, text_top: int) -> None:
        """Numbers before chips, else at the entities' first letters; none on another."""
        marks = self._shown.marks.get(MarkKind.NUMBER)
        found = [one for one in marks.touching(line.start, line.end) if one.start >= line.start] if marks else []
        if not found:
            return
        measured, placed = QFontMetricsF(self._bold), list[QRectF]()
        self._painter.setFont(self._bold)
        for mark in found:
            rect = QRectF(0, 0, measured.horizontalAdvance(mark.text) + 8, measured.height())
            chip = _chip_of(line, mark)
            if chip is not None:
                rect.moveCenter(chip_box(chip, text_top).center())
                rect.moveRight(chip.left + 5)
            else:
                rect.moveTopLeft(QPointF(block.x_of(line, mark.start) - 6, text_top - rect.height() * 0.8))
            while any(rect.intersects(one) for one in placed):
                rect.translate(rect.width() + 1, 0)
            placed.append(rect)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._theme.text)
            self._painter.drawRoundedRect(rect, 4, 4)
            self._painter.setPen(self._theme.base)
            self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark.text)


def _chip_of(line: Line, mark: Mark) -> Chip | None:
    """The chip of the entity that a number is for."""
    return next((one for one in line.chips if (one.entity.start, one.entity.end) == (mark.start, mark.end)), None)
