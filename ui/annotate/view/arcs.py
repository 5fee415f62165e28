"""Arcs of relations: of the selected entities and of the hovered one, with the type's name.

An arc that leaves the viewport ends in a chip that names its far end and jumps there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotations.report import Entity, Relation
from annotations.schema import shown_name
from ui.annotate.view import routes
from ui.annotate.view.geometry import box, pieces_of
from ui.annotate.view.theme import mix
from ui.words import language, tr

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_CHIPS = 5
_FAR = 28


@dataclass(slots=True)
class _End:
    """Where an entity is seen: the middle of its first line's top, its edges there, and the track above that line."""

    left: float
    right: float

    point: QPointF
    half: float
    track: float
    line_y: float


@dataclass(slots=True)
class _Chip:
    rect: QRectF
    words: str
    entity_id: str
    colour: QColor


class Arcs:
    """Routes and paints the arcs of one view, in viewport pixels."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._chips: list[_Chip] = []
        self._names: list[QRectF] = []
        self._used: dict[float, int] = {}
        self._gutters = {True: 0, False: 0}
        self._hidden = {True: 0, False: 0}

    def chip_at(self, point: QPoint) -> str | None:
        """Id of the far entity whose chip is at ``point``."""
        return next((chip.entity_id for chip in self._chips if chip.rect.contains(QPointF(point))), None)

    def click(self, point: QPoint) -> bool:
        """Jump to the far end when a chip is clicked; False when there is none at ``point``."""
        found = self.chip_at(point)
        if found is not None:
            self._view.select_entities((found,))
        return found is not None

    def shown(self) -> list[Relation]:
        """The relations whose arcs are painted."""
        index = self._view.column.index
        relations: dict[str, Relation] = {}
        for entity_id in (*self._view.selected_entities()[:_FAR], self._view.hovered_entity()):
            for relation in index.relations_of(entity_id) if entity_id else ():
                if relation.source in index.by_id and relation.target in index.by_id:
                    relations[relation.id] = relation
        return list(relations.values())

    def paint(self, painter: QPainter) -> None:
        """Paint the arcs, then their names and chips above them."""
        self._chips, self._names, self._used = [], [], {}
        self._gutters, self._hidden = {True: 0, False: 0}, {True: 0, False: 0}
        relations = self.shown()
        if not relations:
            return
        font = QFont(self._view.column.font)
        font.setPointSizeF(max(7.5, font.pointSizeF() * 0.62))
        painter.setFont(font)
        self._names = self._view.grips()
        names = [self._arc(painter, relation, QFontMetricsF(font)) for relation in relations]
        for name in names:
            if name is not None:
                self._paint_name(painter, *name)
        for chip in self._chips:
            self._paint_chip(painter, chip)
        self._paint_hidden(painter)

    # one arc

    def _arc(self, painter: QPainter, relation: Relation, font: QFontMetricsF) -> tuple[QRectF, str] | None:
        by_id = self._view.column.index.by_id
        source, target = by_id[relation.source], by_id[relation.target]
        start, end = self._end(source), self._end(target)
        if start is None and end is None:
            return None
        colour = self._view.theme.relation(relation.type)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        name = self._name(relation)
        if start is None or end is None:
            self._leave(painter, start or end, source if start is None else target, name, end is None, font, colour)
            return None
        points = self._route(start, end)
        painter.drawPath(routes.rounded(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(routes.arrow(points[-1], down=True))
        return self._name_rect(points, name, font), name

    def _route(self, start: _End, end: _End) -> list[QPointF]:
        if start.line_y == end.line_y:
            track = self._track(start)
            start, end = _apart(start, end), _apart(end, start)
            step = max(3.0, min(5.0, start.half, end.half))
            shift = step if end.point.x() >= start.point.x() else -step
            return routes.same_line(start.point + QPointF(shift, 0), end.point - QPointF(shift, 0), track)
        gutter = self._gutter((start.point.x() + end.point.x()) / 2)
        spread = 3.0 * (self._gutters[True] + self._gutters[False])
        first = start.point + QPointF(min(spread, start.half), 0)
        last = end.point - QPointF(min(spread, end.half), 0)
        return routes.by_gutter(first, self._track(start), gutter, self._track(end), last)

    def _leave(
        self,
        painter: QPainter,
        seen: _End | None,
        far: Entity,
        name: str,
        outwards: bool,
        font: QFontMetricsF,
        colour: QColor,
    ) -> None:
        """An arc to an entity out of sight: it ends in a chip at the viewport's edge."""
        if seen is None:
            return
        height = self._view.viewport().height()
        up = far.start < self._view.boundary_at(QPoint(0, 0)) or self._is_above(far)
        row = sum((chip.rect.center().y() < height / 2) == up for chip in self._chips)
        if row >= _CHIPS:
            self._hidden[up] += 1
            return
        tall = font.height() + 8
        y = 6 + row * (tall + 4) if up else height - 6 - (row + 1) * (tall + 4) + 4
        gutter = self._gutter(seen.point.x())
        points = routes.out_of_sight(seen.point, self._track(seen), gutter, y + tall / 2)
        painter.drawPath(routes.rounded(points))
        if not outwards:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(routes.arrow(seen.point, down=True))
        surface = " ".join(far.surface(self._view.text).split())
        surface = surface if len(surface) <= _FAR else surface[: _FAR - 1] + "…"
        sign = "↑" if up else "↓"
        words = f"{sign} {name} → {surface}" if outwards else f"{sign} {surface} → {name}"
        width = font.horizontalAdvance(words) + 16
        left = gutter - 8 if gutter < self._view.viewport().width() / 2 else gutter + 8 - width
        left = max(4.0, min(left, self._view.viewport().width() - width - 4))
        self._chips.append(_Chip(QRectF(left, y, width, tall), words, far.id, colour))

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
        for piece, _line, text_top in pieces_of(column, entity):
            rect = box(piece, text_top, column.metrics).translated(origin)
            if not 0 <= rect.bottom() <= self._view.viewport().height() + column.metrics.below:
                return None
            line_y = text_top - column.metrics.above + origin.y()
            half = max(0.0, min(rect.width() / 2 - 4, 30.0))
            return _End(
                rect.left(),
                rect.right(),
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

    def _name(self, relation: Relation) -> str:
        kind = self._view.schema.relations_by_name.get(relation.type) if self._view.schema else None
        return shown_name(kind, language()) if kind else relation.type

    def _name_rect(self, points: list[QPointF], name: str, font: QFontMetricsF) -> QRectF:
        """On the stretch above the target's line, near the target."""
        before, bend = points[-3], points[-2]
        width, height = font.horizontalAdvance(name) + 8, font.height()
        if len(points) == 4:
            x, room = (before.x() + bend.x()) / 2, abs(bend.x() - before.x())
            if room < width + 4 * routes.HEAD:  # a short arc: beside its target, so that the arrow is seen
                x = bend.x() + (1 if bend.x() > before.x() else -1) * (width / 2 + 2 * routes.HEAD)
        else:
            x = bend.x() + (-1 if before.x() < bend.x() else 1) * min(abs(bend.x() - before.x()) / 2, width / 2 + 14)
        wanted = QRectF(x - width / 2, bend.y() - height / 2, width, height)
        rect = routes.free_place(wanted, self._names, 4, self._view.viewport().width() - 4)
        self._names.append(rect)
        return rect

    # paint

    def _paint_name(self, painter: QPainter, rect: QRectF, name: str) -> None:
        back = QColor(self._view.theme.base)
        back.setAlphaF(0.94)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(self._view.theme.text)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_chip(self, painter: QPainter, chip: _Chip) -> None:
        painter.setPen(QPen(chip.colour, 1.2))
        painter.setBrush(mix(self._view.theme.base, self._view.theme.text, 0.04))
        painter.drawRoundedRect(chip.rect, 6, 6)
        painter.setPen(self._view.theme.text)
        painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, chip.words)

    def _paint_hidden(self, painter: QPainter) -> None:
        """Say how many more relations leave the viewport than there are chips for."""
        for up, count in self._hidden.items():
            chips = [chip for chip in self._chips if (chip.rect.center().y() < self._view.height() / 2) == up]
            if count and chips:
                last = chips[-1].rect
                painter.setPen(self._view.theme.muted)
                room = QRectF(last.right() + 8, last.top(), 200, last.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tr("and {count} more", count=count))


def _apart(outer: _End, inner: _End) -> _End:
    """``outer`` with its point above what ``inner`` leaves of it, when it holds it: the arc gets room."""
    if (
        not (outer.left <= inner.left and inner.right <= outer.right)
        or outer.right - outer.left <= inner.right - inner.left
    ):
        return outer
    before, after = inner.left - outer.left, outer.right - inner.right
    x = outer.left + before / 2 if before >= after else outer.right - after / 2
    return replace(outer, point=QPointF(x, outer.point.y()), half=0.0)
