"""Paints the visible lines: colours behind the text, the text, underlines, marks, caret.

Everything is painted in pixels of the column; the view moves the painter there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from annotations.report import Entity, Origin, Span
from ui.annotate.view.block import Block, Line, Piece
from ui.annotate.view.geometry import box, extent, grip, handles, knob
from ui.annotate.view.layout import Column
from ui.annotate.view.marks import Mark, MarkKind, Marks
from ui.annotate.view.theme import Theme, mix

_CORNER = 3.0


@dataclass(slots=True)
class Shown:
    """What is to be painted beside text and labels. ``caret`` is None when it is hidden.

    ``preview`` is the selected entity as its edge is being dragged.
    """

    theme: Theme
    selections: Sequence[Span] = ()
    selected: frozenset[str] = frozenset()
    hovered: str | None = None
    caret: int | None = None
    focused: bool = True
    preview: Entity | None = None
    marks: Mapping[MarkKind, Marks] = field(default_factory=dict)


class Painter:
    """Paints one column with what is shown in it."""

    def __init__(self, painter: QPainter, column: Column, shown: Shown) -> None:
        self._painter, self._column, self._shown = painter, column, shown
        self._theme, self._metrics = shown.theme, column.metrics

    def paint(self, top: float, bottom: float) -> None:
        """Paint the lines between two heights of the column, and what belongs to them."""
        heights = self._column.heights
        number, last = heights.at(top), heights.at(bottom)
        y = heights.top(number)
        while number <= last:
            block = self._column.block(number)
            for line in block.lines:
                if y + line.top + line.height >= top and y + line.top <= bottom:
                    self._line(block, line, y + line.top)
            y += heights[number]
            number += 1

    def _line(self, block: Block, line: Line, y: int) -> None:
        text_top = y + self._metrics.above if line.height >= self._metrics.line else y
        for piece in line.pieces:
            if not piece.join:
                self._fill(piece, text_top)
        for kind, colour in ((MarkKind.FIND, self._theme.find), (MarkKind.CURRENT, self._theme.current)):
            for mark in self._marks_in(kind, line):
                self._wash(block, line, (mark.start, mark.end), text_top, colour)
        for span in self._shown.selections:
            self._wash(block, line, span, text_top, self._theme.selection)
            self._selected_newline(block, line, span, text_top)
        self._painter.setPen(self._theme.text)
        line.drawn.draw(self._painter, QPointF(0, text_top))
        for piece in line.pieces:
            self._underline(piece, text_top)
        self._notices(block, line, text_top)
        self._frames(block, line, text_top)
        self._numbers(block, line, text_top)
        self._caret(block, line, text_top)

    def _fill(self, piece: Piece, text_top: int) -> None:
        colours = self._theme.label(piece.entity.label)
        colour = colours.pale if piece.entity.origin is Origin.SUGGESTED else colours.soft
        rect = box(piece, text_top, self._metrics)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(rect, _CORNER, _CORNER)
        if not piece.opens:
            self._painter.drawRect(rect.adjusted(0, 0, -rect.width() / 2, 0))
        if not piece.closes:
            self._painter.drawRect(rect.adjusted(rect.width() / 2, 0, 0, 0))

    def _underline(self, piece: Piece, text_top: int) -> None:
        """Solid when confirmed, dashed when suggested, dotted when propagated; thin dashes join fragments."""
        stroke = self._metrics.stroke
        y = text_top + self._metrics.text + self._metrics.underline(piece.lane) + stroke / 2
        left, right = piece.left + 1, piece.right - 1
        pen = QPen(self._theme.label(piece.entity.label).line, stroke)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if piece.join:
            pen.setWidthF(1.2)
            pen.setDashPattern([4, 3])
            left, right = piece.left, piece.right
        elif piece.entity.origin is Origin.SUGGESTED:
            pen.setDashPattern([3, 2])
        elif piece.entity.origin is Origin.PROPAGATED:
            pen.setDashPattern([1, 1.2])
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _wash(self, block: Block, line: Line, span: Span, text_top: int, colour: QColor) -> None:
        found = extent(block, line, span)
        if found:
            height = self._text_height(line)
            self._painter.fillRect(QRectF(found[0], text_top, found[1] - found[0], height), colour)

    def _selected_newline(self, block: Block, line: Line, span: Span, text_top: int) -> None:
        if line is block.lines[-1] and span[0] <= block.end < span[1]:
            rect = QRectF(line.right, text_top, self._metrics.space, self._text_height(line))
            self._painter.fillRect(rect, self._theme.selection)

    def _frames(self, block: Block, line: Line, text_top: int) -> None:
        """A frame around selected entities, a thin one around the hovered one; around the preview while dragging."""
        preview = self._shown.preview
        for piece in line.pieces:
            if piece.join or (preview is not None and piece.entity.id == preview.id):
                continue
            if piece.entity.id in self._shown.selected:
                self._frame(piece, text_top, 2.0)
            elif piece.entity.id == self._shown.hovered:
                self._frame(piece, text_top, 1.0)
        for start, end in preview.spans if preview else ():
            found = extent(block, line, (start, end))
            if preview and found:
                opens, closes = start >= line.start, end <= line.end
                self._frame(Piece(preview, 0, *found, opens, closes), text_top, 2.0)

    def _frame(self, piece: Piece, text_top: int, width: float) -> None:
        line = self._theme.label(piece.entity.label).line
        colour = mix(line, self._theme.text, 0.35) if width > 1 else line
        rect = box(piece, text_top, self._metrics).adjusted(-0.5, -0.5, 0.5, 0.5)
        self._painter.setPen(QPen(colour, width))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(_frame_path(rect, piece.opens, piece.closes))

    def _notices(self, block: Block, line: Line, text_top: int) -> None:
        self._painter.setPen(QPen(self._theme.notice, 1.4))
        y = text_top + self._metrics.text - 1.5
        for mark in self._marks_in(MarkKind.NOTICE, line):
            found = extent(block, line, (mark.start, mark.end))
            if found:
                self._painter.drawPath(_wave(found[0], found[1], y))

    def _numbers(self, block: Block, line: Line, text_top: int) -> None:
        font = QFont(self._column.font)
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 0.78)
        for mark in self._marks_in(MarkKind.NUMBER, line):
            if mark.start < line.start:
                continue
            self._painter.setFont(font)
            width = self._painter.fontMetrics().horizontalAdvance(mark.text) + 8
            height = self._painter.fontMetrics().height()
            x = block.x_of(line, mark.start)
            rect = QRectF(x - 6, text_top - height * 0.8, width, height)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._theme.text)
            self._painter.drawRoundedRect(rect, 4, 4)
            self._painter.setPen(self._theme.base)
            self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _caret(self, block: Block, line: Line, text_top: int) -> None:
        caret = self._shown.caret
        if caret is None or not block.start <= caret <= block.end:
            return
        if block.lines[block.line_number(caret)] is not line:
            return
        x = round(block.x_of(line, caret))
        colour = self._theme.text if self._shown.focused else self._theme.muted
        self._painter.fillRect(QRectF(x - 1, text_top, 2, self._text_height(line)), colour)

    def paint_edges(self) -> None:
        """Grips of the hovered and the selected entity, handles of the selected one."""
        by_id = self._column.index.by_id
        for entity_id in {self._shown.hovered, *self._shown.selected}:
            entity = by_id.get(entity_id) if entity_id else None
            if entity and len(self._shown.selected) <= 1 and self._shown.preview is None:
                self._grip(entity)
        selected = [by_id[one] for one in self._shown.selected if one in by_id]
        if len(selected) == 1 and self._shown.preview is None:
            for centre in handles(self._column, selected[0]) or ():
                radius = knob(self._metrics)
                line = self._theme.label(selected[0].label).line
                self._painter.setPen(QPen(self._theme.base, 1.5))
                self._painter.setBrush(mix(line, self._theme.text, 0.35))
                self._painter.drawEllipse(centre, radius, radius)

    def _grip(self, entity: Entity) -> None:
        """A small tab with an arrow."""
        rect = grip(self._column, entity)
        if rect is None:
            return
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(mix(self._theme.label(entity.label).line, self._theme.text, 0.35))
        self._painter.drawRoundedRect(rect, 3, 3)
        self._painter.setPen(QPen(self._theme.base, 1.4, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        left, right, y, tip = rect.left() + 4, rect.right() - 4, rect.center().y(), rect.height() / 4
        self._painter.drawLine(QPointF(left, y), QPointF(right, y))
        self._painter.drawPolyline([QPointF(right - tip, y - tip), QPointF(right, y), QPointF(right - tip, y + tip)])

    def _marks_in(self, kind: MarkKind, line: Line) -> Iterator[Mark]:
        """The marks of a kind that touch ``line``."""
        marks = self._shown.marks.get(kind)
        return marks.touching(line.start, line.end) if marks else iter(())

    def _text_height(self, line: Line) -> int:
        return self._metrics.text if line.height >= self._metrics.line else line.height


def _frame_path(rect: QRectF, opens: bool, closes: bool) -> QPainterPath:
    """A rounded frame; open at a side where the entity goes on in another line."""
    if opens and closes:
        path = QPainterPath()
        path.addRoundedRect(rect, _CORNER, _CORNER)
        return path
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    path = QPainterPath(QPointF(right, top))
    path.lineTo(left, top)
    path.lineTo(left, bottom) if opens else path.moveTo(left, bottom)
    path.lineTo(right, bottom)
    if closes:
        path.lineTo(right, top)
    return path


def _wave(left: float, right: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        path.quadTo(x + 2, y - 2 if up else y + 2, x + 4, y)
        x, up = x + 4, not up
    return path
