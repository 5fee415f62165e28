"""The strip at the viewport's top or bottom edge in which arcs end whose other ends are out of sight.

Its chips name the far ends. The strip is opaque, so that no chip lies on text: the text goes on beyond it, as beyond
the viewport's edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from annotations.report import Entity
from ui.annotate.view.canvas import Canvas, FarChip
from ui.annotate.view.theme import mix
from ui.words import tr

_PAD, _GAP = 4.0, 8.0
_LANE = 3.0
_MORE = 90.0
"""Pixels kept for the words that count what has no room."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """An arc to an entity out of sight: its way from the end in sight as far as the gutter, and what its chip says."""

    relation_id: str
    way: Sequence[QPointF]
    far: Entity
    words: str
    colour: QColor
    width: float
    dashed: bool


def strip_height(canvas: Canvas, count: int) -> float:
    """Pixels of a strip with so many chips."""
    return canvas.font.height() + 8 + 2 * _PAD + _LANE * count


def paint_strip(canvas: Canvas, leaving: Sequence[Leaving], up: bool) -> QRectF:
    """Paint a strip with chips side by side, as many as have room, and the arcs to them; returns where it is."""
    widths = _widths(canvas, leaving)
    tall, height = canvas.font.height() + 8, strip_height(canvas, len(widths))
    strip = QRectF(0, 0 if up else canvas.height - height, canvas.width, height)
    top = strip.top() + _PAD if up else strip.bottom() - _PAD - tall
    painter = canvas.painter
    painter.fillRect(strip, canvas.theme.base)
    edge = strip.bottom() if up else strip.top()
    painter.setPen(mix(canvas.theme.base, canvas.theme.text, 0.2))
    painter.drawLine(QPointF(0, edge), QPointF(canvas.width, edge))
    more = len(leaving) - len(widths)
    x = _GAP
    if leaving[0].way[-1].x() > canvas.width / 2:  # the arcs come down at the right
        x = canvas.width - sum(widths) - len(widths) * _GAP - (_MORE if more else 0.0)
    for number, (one, width) in enumerate(zip(leaving, widths, strict=False)):
        rect = QRectF(x, top, width, tall)
        _paint_way(canvas, one, rect, number, up)
        canvas.chip(FarChip(rect, one.words, one.far.id, one.colour))
        x += width + _GAP
    if more:
        painter.setPen(canvas.theme.muted)
        painter.drawText(QRectF(x, top, _MORE, tall), Qt.AlignmentFlag.AlignVCenter, tr("and {count} more", count=more))
    return strip


def _widths(canvas: Canvas, leaving: Sequence[Leaving]) -> list[float]:
    """The widths of the chips that have room; of several none takes more than about half."""
    most = canvas.width - 2 * _GAP if len(leaving) == 1 else (canvas.width - 3 * _GAP - _MORE) / 2
    found: list[float] = []
    left = canvas.width - _GAP
    for number, one in enumerate(leaving):
        width = min(canvas.font.horizontalAdvance(one.words) + 16, most)
        rest = _MORE if number + 1 < len(leaving) else 0.0
        if found and width + _GAP + rest > left:
            break
        found.append(width)
        left -= width + _GAP
    return found


def _paint_way(canvas: Canvas, one: Leaving, chip: QRectF, number: int, up: bool) -> None:
    """From the gutter along a lane of the strip to the chip."""
    lane = _LANE * (number + 1)
    y = chip.bottom() + lane if up else chip.top() - lane
    gutter, end = one.way[-1].x(), chip.bottom() if up else chip.top()
    x = max(chip.left() + 8, min(gutter, chip.right() - 8))
    way = [*one.way, QPointF(gutter, y), QPointF(x, y), QPointF(x, end)]
    canvas.line(one.relation_id, way, one.colour, one.width, one.dashed)
