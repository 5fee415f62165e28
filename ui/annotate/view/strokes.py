"""Strokes that tell how a label came to be, without its colour; and shapes of several strokes."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from annotations.report import Entity, Origin


class Stroke(Enum):
    """How an entity is underlined and its chip framed."""

    SOLID = "made or imported by a person"
    DASHED = "suggested, confirmed"
    PENDING = "suggested, not confirmed"
    DOTTED = "propagated"
    DOUBLE = "adjudicated"


UNDERLINES: dict[Stroke, tuple[float, ...]] = {
    Stroke.SOLID: (),
    Stroke.DASHED: (3, 2),
    Stroke.PENDING: (1.5, 3),
    Stroke.DOTTED: (1, 1.2),
    Stroke.DOUBLE: (),
}
"""Dashes and gaps, in widths of the line."""

_ORIGINS = {Origin.SUGGESTED: Stroke.DASHED, Origin.PROPAGATED: Stroke.DOTTED, Origin.ADJUDICATED: Stroke.DOUBLE}


def stroke_of(entity: Entity, pending: bool) -> Stroke:
    """The stroke of an entity; ``pending``: a suggestion that nobody has confirmed."""
    return Stroke.PENDING if pending else _ORIGINS.get(entity.origin, Stroke.SOLID)


def frame_path(rect: QRectF, opens: bool, closes: bool, corner: float) -> QPainterPath:
    """A rounded frame; open at a side where the entity goes on in another line."""
    if opens and closes:
        path = QPainterPath()
        path.addRoundedRect(rect, corner, corner)
        return path
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    path = QPainterPath(QPointF(right, top))
    path.lineTo(left, top)
    path.lineTo(left, bottom) if opens else path.moveTo(left, bottom)
    path.lineTo(right, bottom)
    if closes:
        path.lineTo(right, top)
    return path


def wave(left: float, right: float, y: float) -> QPainterPath:
    """A wavy line below something that is to be looked at."""
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        path.quadTo(x + 2, y - 2 if up else y + 2, x + 4, y)
        x, up = x + 4, not up
    return path
