"""The ways arcs take: up from an entity, along the room above its line, and down to the other one.

An arc between lines runs in the gutter beside the column, so that none covers text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, inf

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

_BEND = 6.0
HEAD = 4.5
"""Pixels of an arrowhead."""


def same_line(source: QPointF, target: QPointF, track: float) -> list[QPointF]:
    """From the top of one entity to that of another in the same line, along height ``track``."""
    return [source, QPointF(source.x(), track), QPointF(target.x(), track), target]


def by_gutter(source: QPointF, track: float, gutter: float, other_track: float, target: QPointF) -> list[QPointF]:
    """From one line to another through the gutter at x ``gutter``."""
    return [
        source,
        QPointF(source.x(), track),
        QPointF(gutter, track),
        QPointF(gutter, other_track),
        QPointF(target.x(), other_track),
        target,
    ]


def out_of_sight(source: QPointF, track: float, gutter: float, edge: float) -> list[QPointF]:
    """From an entity through the gutter to the viewport's edge."""
    return [source, QPointF(source.x(), track), QPointF(gutter, track), QPointF(gutter, edge)]


def rounded(points: Sequence[QPointF]) -> QPainterPath:
    """A line through ``points`` with rounded bends."""
    path = QPainterPath(points[0])
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        entering, leaving = _towards(here, before), _towards(here, after)
        path.lineTo(entering)
        path.quadTo(here, leaving)
    path.lineTo(points[-1])
    return path


def _towards(here: QPointF, there: QPointF) -> QPointF:
    """The place at which a bend at ``here`` begins, at most half-way to ``there``."""
    length = hypot(there.x() - here.x(), there.y() - here.y())
    if length == 0:
        return here
    return here + (there - here) * (min(_BEND, length / 2) / length)


def arrow(tip: QPointF, down: bool) -> QPolygonF:
    """An arrowhead whose tip is at ``tip``."""
    back = tip.y() + (-HEAD if down else HEAD) * 1.3
    return QPolygonF([tip, QPointF(tip.x() - HEAD * 0.75, back), QPointF(tip.x() + HEAD * 0.75, back)])


def free_place(wanted: QRectF, taken: Sequence[QRectF], left: float, right: float) -> QRectF | None:
    """``wanted``, moved sideways within ``left`` to ``right`` until it covers none of ``taken``; None when that cannot be."""
    for step in range(0, 400, 8):
        for moved in (wanted.translated(step, 0), wanted.translated(-step, 0)):
            if moved.left() >= left and moved.right() <= right and not any(moved.intersects(one) for one in taken):
                return moved
    return None


def distance(points: Sequence[QPointF], place: QPointF) -> float:
    """How far ``place`` is from the way through ``points``, whose stretches are level or upright."""
    found = (
        hypot(
            max(min(one.x(), other.x()) - place.x(), 0.0, place.x() - max(one.x(), other.x())),
            max(min(one.y(), other.y()) - place.y(), 0.0, place.y() - max(one.y(), other.y())),
        )
        for one, other in pairwise(points)
    )
    return min(found, default=inf)
