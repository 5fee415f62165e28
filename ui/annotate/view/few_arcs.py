"""Arcs of few relations, in the room that is there above the lines anyway: nothing moves when they come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF

from annotations.report import Entity, Relation
from ui.annotate.view import routes
from ui.annotate.view.canvas import Canvas
from ui.annotate.view.far_strip import Leaving, paint_strip, strip_height
from ui.annotate.view.geometry import box, chip_box, chip_of, pieces_of
from ui.annotate.view.lines import own_stretch
from ui.annotate.view.names import far_words, relation_name

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_ABOVE = 0.8
"""Part of the room above a line at which arcs run."""
_SOME = 4
"""Chips of a strip that may come under the mouse."""


@dataclass(slots=True)
class _End:
    """Where an entity is seen: the middle of its chip or of what it has for itself in its first line; the track above."""

    point: QPointF
    half: float
    track: float
    line_y: float


class FewArcs:
    """Routes the arcs of one painting."""

    def __init__(self, view: ReportView, canvas: Canvas) -> None:
        self._view, self._canvas = view, canvas
        self._used: dict[float, int] = {}
        self._gutters = {True: 0, False: 0}
        self._leaving: dict[bool, list[Leaving]] = {True: [], False: []}
        self._named: list[tuple[str, list[QPointF], str]] = []
        self._strong = {*view.selected_entities(), view.selected_relation()}

    def paint(self, relations: Iterable[Relation]) -> list[QRectF]:
        """Paint them; returns the strips with the chips of far ends."""
        for relation in relations:
            self._arc(relation)
        for relation_id, points, name in self._named:
            self._name(relation_id, points, name)
        strips = []
        for up, leaving in self._leaving.items():
            chips = [one for one in leaving if self._has_chip(one, up)]
            for one in leaving:
                if one not in chips:
                    edge = QPointF(one.way[-1].x(), 0 if up else self._canvas.height)
                    self._canvas.line(one.relation_id, [*one.way, edge], one.colour, one.width, one.dashed)
            if chips:
                strips.append(paint_strip(self._canvas, chips, up))
        return strips

    def _has_chip(self, one: Leaving, up: bool) -> bool:
        """A strip that comes only because the mouse rests on an entity does not come where the mouse is."""
        relation = self._view.relation(one.relation_id)
        if relation and not self._strong.isdisjoint((relation.id, relation.source, relation.target)):
            return True
        y, height = self._view.mouse_place().y(), strip_height(self._canvas, _SOME)
        return y > height if up else y < self._canvas.height - height

    def _arc(self, relation: Relation) -> None:
        by_id = self._view.column.index.by_id
        source, target = by_id[relation.source], by_id[relation.target]
        start, end = self._end(source), self._end(target)
        colour, dashed = self._view.theme.relation(relation.type), self._view.is_pending(relation.id)
        width = 2.6 if relation.id in self._strong else 1.6
        if start is not None and end is not None:
            points = self._route(start, end)
            self._canvas.line(relation.id, points, colour, width, dashed)
            self._canvas.head(points[-1], colour)
            self._named.append((relation.id, points, relation_name(self._view.schema, relation)))
        elif start is not None:
            self._leave(relation, start, target, width)
        elif end is not None:
            self._leave(relation, end, source, width)

    def _route(self, start: _End, end: _End) -> list[QPointF]:
        if start.line_y == end.line_y:
            track = self._track(start)
            step = max(3.0, min(5.0, start.half, end.half))
            shift = step if end.point.x() >= start.point.x() else -step
            return routes.same_line(start.point + QPointF(shift, 0), end.point - QPointF(shift, 0), track)
        gutter = self._gutter((start.point.x() + end.point.x()) / 2)
        spread = 3.0 * (self._gutters[True] + self._gutters[False])
        first = start.point + QPointF(min(spread, start.half), 0)
        last = end.point - QPointF(min(spread, end.half), 0)
        return routes.by_gutter(first, self._track(start), gutter, self._track(end), last)

    def _leave(self, relation: Relation, seen: _End, far: Entity, width: float) -> None:
        """An arc to an entity out of sight: it ends in a chip at the viewport's edge."""
        outwards = far.id == relation.target
        colour, track = self._view.theme.relation(relation.type), self._track(seen)
        gutter = self._gutter(seen.point.x())
        way = [seen.point, QPointF(seen.point.x(), track), QPointF(gutter, track)]
        if not outwards:
            self._canvas.head(seen.point, colour)
        up = far.start < self._view.boundary_at(QPoint(0, 0)) or self._is_above(far)
        words = ("↑ " if up else "↓ ") + far_words(self._view.schema, self._view.text, relation, far, outwards)
        dashed = self._view.is_pending(relation.id)
        self._leaving[up].append(Leaving(relation.id, way, far, words, colour, width, dashed))

    def _is_above(self, far: Entity) -> bool:
        column = self._view.column
        _block, _line, top = column.line_of(far.start) if column.is_laid(column.number_of(far.start)) else (0, 0, None)
        return top is not None and top + self._view.origin().y() < 0

    # places

    def _end(self, entity: Entity) -> _End | None:
        """Where the entity's first line is; None when it is out of sight."""
        column, origin = self._view.column, self._view.origin()
        if not column.is_laid(column.number_of(entity.start)):
            return None
        for piece, line, text_top in pieces_of(column, entity):
            rect, chip = box(piece, text_top, column.metrics), chip_of(column, entity)
            if chip is not None:
                rect = chip
            else:
                left, right = own_stretch(piece, line)
                rect.setLeft(left)
                rect.setRight(right)
            rect.translate(origin)
            if not 0 <= rect.bottom() <= self._view.viewport().height() + column.metrics.below:
                return None
            line_y = text_top - line.above + origin.y()
            half = max(0.0, min(rect.width() / 2 - 4, 30.0))
            return _End(
                QPointF(rect.center().x(), rect.top()),
                half,
                (rect.top() if chip is not None else text_top + origin.y()) - _ABOVE * column.metrics.above,
                line_y,
            )
        return None

    def _track(self, end: _End) -> float:
        """The next height above the end's line: around the middle between the lines, above the entity."""
        used = self._used.get(end.line_y, 0)
        self._used[end.line_y] = used + 1
        return min(end.track + (0, -3, 3, -5)[used % 4], end.point.y() - 3)

    def _gutter(self, x: float) -> float:
        """The next free x in the gutter that is nearer to ``x``."""
        column, left = self._view.column, self._view.origin().x()
        is_left = x < left + column.width / 2
        used = self._gutters[is_left]
        self._gutters[is_left] = used + 1
        away = 12 + 5 * (used % 5)
        return left - away if is_left else left + column.width + away

    def _name(self, relation_id: str, points: list[QPointF], name: str) -> None:
        """A name on the stretch above the target's line, near the target; none where there is no room for it."""
        before, bend = points[-3], points[-2]
        width, height = self._canvas.font.horizontalAdvance(name) + 8, self._canvas.font.height()
        if len(points) == 4:
            x, room = (before.x() + bend.x()) / 2, abs(bend.x() - before.x())
            if room < width + 4 * routes.HEAD:  # a short arc: beside its target, so that the arrow is seen
                x = bend.x() + (1 if bend.x() > before.x() else -1) * (width / 2 + 2 * routes.HEAD)
        else:
            x = bend.x() + (-1 if before.x() < bend.x() else 1) * min(abs(bend.x() - before.x()) / 2, width / 2 + 14)
        wanted = QRectF(x - width / 2, bend.y() - height / 2, width, height)
        lowest, highest = self._between_lines(points[-1])
        wanted.moveTop(max(highest, min(wanted.top(), lowest - height)))
        rect = routes.free_place(wanted, self._canvas.taken, 4, self._canvas.width - 4)
        if rect is not None:
            self._canvas.name(relation_id, rect, name)

    def _between_lines(self, tip: QPointF) -> tuple[float, float]:
        """Where the text below an arc's name begins, and where that above it ends; chips there are kept free."""
        column, origin = self._view.column, self._view.origin()
        _block, line, top = column.line_at(tip.y() - origin.y() + 1)
        text_top = top + line.above + origin.y()
        chips = [chip_box(chip, text_top).translated(origin.x(), 0) for chip in line.chips]
        self._canvas.taken.extend(rect for rect in chips if rect not in self._canvas.taken)
        return text_top, top + origin.y() - column.metrics.below
