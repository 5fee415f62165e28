"""Where things stand in the column: spans, and the grip and handles of an entity.

All in pixels of the column: x from its left edge, y from the text's top.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF

from annotations.report import Entity, Span
from ui.annotate.view.block import Block
from ui.annotate.view.layout import Column
from ui.annotate.view.lines import Chip, Line, Metrics, Piece


def extent(block: Block, line: Line, span: Span) -> tuple[float, float] | None:
    """Left and right edge of what ``line`` shows of ``span``; None when that is nothing."""
    start, end = max(span[0], line.start), min(span[1], line.end)
    if start >= end:
        return None
    return block.x_of(line, block.grapheme(start)), block.x_of(line, end)


def span_rects(column: Column, span: Span) -> list[QRectF]:
    """The text's boxes, one for each line fragment of ``span``; one without width for an empty span.

    A newline is as wide as a space. Lays out what it touches.
    """
    start, end = span
    if start >= end:
        block, line, top = column.line_of(start)
        return [QRectF(block.x_of(line, start), top + line.above, 0, line.text)]
    rects = []
    for number in range(column.number_of(start), column.number_of(end - 1) + 1):
        block, top = column.block(number), column.heights.top(number)
        first, last = max(start, block.start), min(end, block.end + 1)
        for line in block.lines[block.line_number(first) : block.line_number(last - 1) + 1]:
            left = block.x_of(line, block.grapheme(max(first, line.start)))
            stop = min(last, line.end) if line is not block.lines[-1] else last
            stop = stop if stop >= block.end else block.whole(stop)
            right = block.x_of(line, stop)
            rects.append(QRectF(left, top + line.top + line.above, right - left, line.text))
    return rects


def pieces_of(column: Column, entity: Entity) -> Iterator[tuple[Piece, Line, float]]:
    """The pieces of an entity (without joins) with their lines and the y of each line's text."""
    for number in range(column.number_of(entity.start), column.number_of(entity.end - 1) + 1):
        block, top = column.block(number), column.heights.top(number)
        first, last = max(entity.start, block.start), min(entity.end, block.end)
        for line in block.lines[block.line_number(first) : block.line_number(max(first, last - 1)) + 1]:
            for piece in line.pieces:
                if piece.entity.id == entity.id and not piece.join:
                    yield piece, line, top + line.top + line.above


def box(piece: Piece, text_top: float, metrics: Metrics) -> QRectF:
    """What is coloured for a piece: from its rim above the text to its underline."""
    top = text_top - metrics.rim(piece.lane)
    bottom = text_top + metrics.text + metrics.underline(piece.lane) + metrics.stroke
    return QRectF(piece.left, top, piece.right - piece.left, bottom - top)


def grip(column: Column, entity: Entity) -> QRectF | None:
    """The grip from which a relation is dragged: the entity's chip, else a tab above its first letters."""
    chip = chip_of(column, entity)
    if chip is not None:
        return chip
    for piece, _line, text_top in pieces_of(column, entity):
        height = column.metrics.above
        return QRectF(piece.left - 1, box(piece, text_top, column.metrics).top() - height, height * 1.8, height)
    return None


def handles(column: Column, entity: Entity) -> tuple[QPointF, QPointF] | None:
    """Centres of the two knobs that move an entity's edges: below its first and after its last letter."""
    found = list(pieces_of(column, entity))
    if not found:
        return None
    (first, _line, first_top), (last, _last_line, last_top) = found[0], found[-1]
    metrics = column.metrics
    return (
        QPointF(first.left, box(first, first_top, metrics).bottom() + metrics.stroke),
        QPointF(last.right, box(last, last_top, metrics).bottom() + metrics.stroke),
    )


def knob(metrics: Metrics) -> float:
    """Radius of a handle's knob."""
    return max(3.5, metrics.text / 5)


def chip_box(chip: Chip, text_top: float) -> QRectF:
    """Where a chip is, above a line's text."""
    return QRectF(chip.left, text_top + chip.top, chip.width, chip.height)


def chip_of(column: Column, entity: Entity) -> QRectF | None:
    """The chip of an entity; None when chips are not shown."""
    _block, line, top = column.line_of(entity.start)
    found = next((chip for chip in line.chips if chip.entity.id == entity.id), None)
    return chip_box(found, top + line.above) if found else None
