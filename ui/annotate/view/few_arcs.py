"""Arcs of few relations, in the room that is there above the lines anyway: nothing moves when they come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from annotations.report import Entity, Relation
from ui.annotate.view import routes
from ui.annotate.view.canvas import Canvas, FarChip
from ui.annotate.view.geometry import box, chip_of, pieces_of
from ui.annotate.view.lines import own_stretch
from ui.annotate.view.names import far_words, relation_name
from ui.words import tr

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_CHIPS = 5
"""Chips at each edge of the viewport; the others are counted."""
_BESIDE = 90.0
"""Pixels beside the column for which a chip's words are cut rather than lie on the text."""


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
        self._hidden = {True: 0, False: 0}
        self._named: list[tuple[list[QPointF], str]] = []

    def paint(self, relations: Iterable[Relation]) -> None:
        """Paint them."""
        for relation in relations:
            self._arc(relation)
        for points, name in self._named:
            self._name(points, name)
        self._paint_hidden()

    def _arc(self, relation: Relation) -> None:
        by_id = self._view.column.index.by_id
        source, target = by_id[relation.source], by_id[relation.target]
        start, end = self._end(source), self._end(target)
        colour, dashed = self._view.theme.relation(relation.type), self._view.is_pending(relation.id)
        if start is not None and end is not None:
            points = self._route(start, end)
            self._canvas.line(points, colour, dashed=dashed)
            self._canvas.head(points[-1], colour)
            self._named.append((points, relation_name(self._view.schema, relation)))
        elif start is not None:
            self._leave(relation, start, target, True)
        elif end is not None:
            self._leave(relation, end, source, False)

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

    def _leave(self, relation: Relation, seen: _End, far: Entity, outwards: bool) -> None:
        """An arc to an entity out of sight: it ends in a chip at the viewport's edge."""
        canvas, colour = self._canvas, self._view.theme.relation(relation.type)
        up = far.start < self._view.boundary_at(QPoint(0, 0)) or self._is_above(far)
        row = sum((chip.rect.center().y() < canvas.height / 2) == up for chip in canvas.chips)
        if row >= _CHIPS:
            self._hidden[up] += 1
            return
        tall = canvas.font.height() + 8
        y = 6 + row * (tall + 4) if up else canvas.height - 6 - (row + 1) * (tall + 4) + 4
        gutter = self._gutter(seen.point.x())
        points = routes.out_of_sight(seen.point, self._track(seen), gutter, y + tall / 2)
        canvas.line(points, colour, dashed=self._view.is_pending(relation.id))
        if not outwards:
            canvas.head(seen.point, colour)
        words = ("↑ " if up else "↓ ") + far_words(self._view.schema, self._view.text, relation, far, outwards)
        left, width = self._chip_place(gutter, canvas.font.horizontalAdvance(words) + 16)
        canvas.chip(FarChip(QRectF(left, y, width, tall), words, far.id, colour))

    def _chip_place(self, gutter: float, wanted: float) -> tuple[float, float]:
        """Left edge and width of a chip: beside the column when there is some room, else over the text's edge."""
        column_left = self._view.origin().x()
        is_left = gutter < self._canvas.width / 2
        room = column_left - 10 if is_left else self._canvas.width - column_left - self._view.column.width - 10
        width = min(wanted, room)
        if width >= min(wanted, _BESIDE):
            return (column_left - 6 - width if is_left else column_left + self._view.column.width + 6), width
        left = gutter - 8 if is_left else gutter + 8 - wanted
        return max(4.0, min(left, self._canvas.width - wanted - 4)), wanted

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
                line_y + column.metrics.above * 0.3,
                line_y,
            )
        return None

    def _track(self, end: _End) -> float:
        """The next free height above the end's line."""
        used = self._used.get(end.line_y, 0)
        self._used[end.line_y] = used + 1
        return end.track - 3 * (used % 4)

    def _gutter(self, x: float) -> float:
        """The next free x in the gutter that is nearer to ``x``."""
        column, left = self._view.column, self._view.origin().x()
        is_left = x < left + column.width / 2
        used = self._gutters[is_left]
        self._gutters[is_left] = used + 1
        away = 12 + 5 * (used % 5)
        return left - away if is_left else left + column.width + away

    def _name(self, points: list[QPointF], name: str) -> None:
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
        rect = routes.free_place(wanted, self._canvas.taken, 4, self._canvas.width - 4)
        if rect is not None:
            self._canvas.name(rect, name)

    def _paint_hidden(self) -> None:
        """Say how many more relations leave the viewport than there are chips for."""
        canvas = self._canvas
        for up, count in self._hidden.items():
            chips = [chip for chip in canvas.chips if (chip.rect.center().y() < canvas.height / 2) == up]
            if count and chips:
                last = chips[-1].rect
                canvas.painter.setPen(canvas.theme.muted)
                room = QRectF(last.right() + 8, last.top(), 200, last.height())
                canvas.painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tr("and {count} more", count=count))
