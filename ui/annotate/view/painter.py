"""Paints the visible lines: colours behind the text, the text, underlines, marks, caret.

Everything is painted in pixels of the column; the view moves the painter there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from annotations.report import Entity, Span
from ui.annotate.view.block import Block
from ui.annotate.view.geometry import box, extent, grip, handles, knob
from ui.annotate.view.layout import Column
from ui.annotate.view.lines import Line, Piece
from ui.annotate.view.marks import Mark, MarkKind, Marks, joined
from ui.annotate.view.strokes import UNDERLINES, Stroke, frame_path, stroke_of, wave
from ui.annotate.view.theme import Theme, mix

_CORNER = 3.0


@dataclass(slots=True)
class Shown:
    """What is to be painted beside text and labels. ``caret`` is None when it is hidden.

    ``preview`` is the selected entity as its edge is being dragged. ``pending`` are ids of suggestions,
    ``small`` is the font of chips and numbers, ``numbers`` where paragraph numbers end, None without them,
    ``alone`` whether edges move without those of nested entities, ``ends`` the two entities of the selected relation.
    """

    theme: Theme
    selections: Sequence[Span] = ()
    selected: frozenset[str] = frozenset()
    hovered: str | None = None
    caret: int | None = None
    focused: bool = True
    preview: Entity | None = None
    marks: Mapping[MarkKind, Marks] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    small: QFont = field(default_factory=QFont)
    numbers: float | None = None
    alone: bool = False
    ends: frozenset[str] = frozenset()


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
            colour = self._theme.quiet if number in self._column.quiet else self._theme.text
            lines = [one for one in block.lines if y + one.top + one.height >= top and y + one.top <= bottom]
            for line in lines:
                self._line(block, line, y + line.top + line.above, colour)
            if number in self._column.quiet and lines:
                self._quiet_rule(y + lines[0].top, y + lines[-1].top + lines[-1].height)
            if self._shown.numbers is not None and lines and lines[0] is block.lines[0] and block.start < block.end:
                self._paragraph_number(number, y + lines[0].top + lines[0].above, self._shown.numbers)
            y += heights[number]
            number += 1

    def _quiet_rule(self, top: float, bottom: float) -> None:
        """A thin upright line beside a paragraph that is no running text."""
        self._painter.setPen(QPen(mix(self._theme.base, self._theme.text, 0.3), 2))
        self._painter.drawLine(QPointF(-9, top + 2), QPointF(-9, bottom - 2))

    def _paragraph_number(self, number: int, text_top: int, right: float) -> None:
        words = self._column.paragraph_number(number)
        if words:
            self._painter.setFont(self._shown.small)
            self._painter.setPen(self._theme.muted)
            rect = QRectF(right - 200, text_top, 200, self._metrics.text)
            self._painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _line(self, block: Block, line: Line, text_top: int, colour: QColor) -> None:
        for piece in line.pieces:
            if not piece.join:
                self._fill(piece, text_top)
        for kind, wash in ((MarkKind.FIND, self._theme.find), (MarkKind.CURRENT, self._theme.current)):
            for mark in self._marks_in(kind, line):
                self._wash(block, line, (mark.start, mark.end), text_top, wash)
        for span in self._shown.selections:
            self._wash(block, line, span, text_top, self._theme.selection)
            self._selected_newline(block, line, span, text_top)
        self._painter.setPen(colour)
        line.drawn.draw(self._painter, QPointF(0, text_top))
        for piece in line.pieces:
            self._underline(piece, text_top)
        self._notices(block, line, text_top)
        self._frames(block, line, text_top)
        self._caret(block, line, text_top)

    def _fill(self, piece: Piece, text_top: int) -> None:
        colours = self._theme.label(piece.entity.label)
        stroke = stroke_of(piece.entity, piece.entity.id in self._shown.pending)
        colour = colours.pale if stroke in (Stroke.DASHED, Stroke.PENDING) else colours.soft
        rect = box(piece, text_top, self._metrics)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(rect, _CORNER, _CORNER)
        if not piece.opens:
            self._painter.drawRect(rect.adjusted(0, 0, -rect.width() / 2, 0))
        if not piece.closes:
            self._painter.drawRect(rect.adjusted(rect.width() / 2, 0, 0, 0))

    def _underline(self, piece: Piece, text_top: int) -> None:
        """A line whose strokes say how the entity came to be; thin dashes join fragments."""
        stroke = stroke_of(piece.entity, piece.entity.id in self._shown.pending)
        width = self._metrics.stroke
        top = text_top + self._metrics.text + self._metrics.underline(piece.lane)
        colour = self._theme.label(piece.entity.label).line
        if piece.join:
            self._level(piece.left, piece.right, top + width / 2, QPen(colour, 1.2), (4, 3))
            return
        left, right = piece.left + 1, piece.right - 1
        if stroke is Stroke.DOUBLE:
            thin = max(1.0, width / 2)
            for y in (top + thin / 2, top + width + 1 - thin / 2):
                self._level(left, right, y, QPen(colour, thin))
            return
        self._level(left, right, top + width / 2, QPen(colour, width), UNDERLINES[stroke])
        if stroke is Stroke.PENDING:
            rect = box(piece, text_top, self._metrics).adjusted(0.5, 0.5, -0.5, -0.5)
            pen = QPen(colour, 1)
            pen.setDashPattern([3, 3])
            self._painter.setPen(pen)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawPath(frame_path(rect, piece.opens, piece.closes, _CORNER))

    def _level(self, left: float, right: float, y: float, pen: QPen, dashes: Sequence[float] = ()) -> None:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashes:
            pen.setDashPattern(list(dashes))
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _wash(self, block: Block, line: Line, span: Span, text_top: int, colour: QColor) -> None:
        found = extent(block, line, span)
        if found:
            self._painter.fillRect(QRectF(found[0], text_top, found[1] - found[0], line.text), colour)

    def _selected_newline(self, block: Block, line: Line, span: Span, text_top: int) -> None:
        if line is block.lines[-1] and span[0] <= block.end < span[1]:
            rect = QRectF(line.right, text_top, self._metrics.space, line.text)
            self._painter.fillRect(rect, self._theme.selection)

    def _frames(self, block: Block, line: Line, text_top: int) -> None:
        """A frame around selected entities, a thin one around the hovered one; around the preview while dragging."""
        preview = self._shown.preview
        for piece in line.pieces:
            if piece.join or (preview is not None and piece.entity.id == preview.id):
                continue
            if piece.entity.id in self._shown.selected:
                self._frame(piece, text_top, 2.0)
            elif piece.entity.id == self._shown.hovered or piece.entity.id in self._shown.ends:
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
        self._painter.drawPath(frame_path(rect, piece.opens, piece.closes, _CORNER))

    def _notices(self, block: Block, line: Line, text_top: int) -> None:
        """A wave below the underlines: in the text it would hide the dots below letters. Those that touch become one."""
        self._painter.setPen(QPen(self._theme.notice, 1.4))
        for span in joined((mark.start, mark.end) for mark in self._marks_in(MarkKind.NOTICE, line)):
            found = extent(block, line, span)
            if found:
                here = (piece.lane for piece in line.pieces if piece.left < found[1] and found[0] < piece.right)
                below = self._metrics.underline(max(here, default=0)) + self._metrics.stroke + 1.5
                self._painter.drawPath(wave(*found, text_top + self._metrics.text + below))

    def _caret(self, block: Block, line: Line, text_top: int) -> None:
        caret = self._shown.caret
        if caret is None or not block.start <= caret <= block.end:
            return
        if block.lines[block.line_number(caret)] is not line:
            return
        x = round(block.x_of(line, caret))
        colour = self._theme.text if self._shown.focused else self._theme.muted
        self._painter.fillRect(QRectF(x - 1, text_top, 2, line.text), colour)

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
                colour = mix(line, self._theme.text, 0.35)
                if self._shown.alone:  # hollow
                    self._painter.setPen(QPen(colour, 2))
                    colour = self._theme.base
                self._painter.setBrush(colour)
                self._painter.drawEllipse(centre, radius, radius)

    def _grip(self, entity: Entity) -> None:
        """A small tab with an arrow, where there is no chip."""
        rect = grip(self._column, entity)
        if rect is None or self._column.has_chips:
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
