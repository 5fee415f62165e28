"""Arcs of all relations in sight, each in the track that is kept for it above its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from annotations.report import Entity, Relation
from ui.annotate.view import routes
from ui.annotate.view.canvas import Canvas, FarChip
from ui.annotate.view.geometry import box, chip_of, pieces_of
from ui.annotate.view.lines import Run
from ui.annotate.view.names import far_words, relation_name

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView


@dataclass(frozen=True, slots=True)
class _End:
    """An end in sight: its run, the entity's top below the leg, the height of the track, the track's left."""

    run: Run
    leg: QPointF
    track: float
    left: float

    def label(self, height: float) -> QRectF:
        """The room for what is written on the run."""
        width = self.run.label_right - self.run.label_left
        return QRectF(self.left + self.run.label_left, self.track - height / 2, width, height)

    def name(self, width: float, height: float) -> QRectF:
        """The room for the type's name alone: in the middle between two legs, else beside the one leg."""
        room = self.label(height)
        width = min(width, room.width())
        x = room.center().x() - width / 2
        if self.run.other is None:
            x = room.left() if room.left() >= self.leg.x() else room.right() - width
        return QRectF(x, room.top(), width, height)


class AllArcs:
    """Paints the arcs of one painting."""

    def __init__(self, view: ReportView, canvas: Canvas) -> None:
        self._view, self._canvas = view, canvas
        self._gutters = {True: 0, False: 0}

    def paint(self, relations: Iterable[Relation]) -> None:
        """Paint them; those of selected and hovered entities stronger and last."""
        strong = {*self._view.selected_entities(), self._view.hovered_entity(), self._view.selected_relation()}
        for relation in sorted(relations, key=lambda one: not strong.isdisjoint((one.id, one.source, one.target))):
            self._arc(relation, not strong.isdisjoint((relation.id, relation.source, relation.target)))

    def _arc(self, relation: Relation, strong: bool) -> None:
        by_id = self._view.column.index.by_id
        source, target = by_id[relation.source], by_id[relation.target]
        start, end = self._end(relation, source, True), self._end(relation, target, False)
        colour, width = QColor(self._view.theme.relation(relation.type)), 2.4 if strong else 1.4
        dashed = self._view.is_pending(relation.id)
        height = self._canvas.font.height()
        if start is not None and end is not None:
            self._canvas.line(relation.id, self._route(start, end), colour, width, dashed)
            self._canvas.head(end.leg, colour)
            name = relation_name(self._view.schema, relation)
            self._canvas.name(relation.id, end.name(self._canvas.font.horizontalAdvance(name) + 4, height), name)
            return
        seen, far = (start, target) if start is not None else (end, source)
        if seen is None:
            return
        label = seen.label(height + 1)
        near = label.left() if label.left() > seen.leg.x() else min(label.right(), seen.leg.x() + routes.HEAD)
        points = [seen.leg, QPointF(seen.leg.x(), seen.track), QPointF(near, seen.track)]
        self._canvas.line(relation.id, points, colour, width, dashed)
        if start is None:
            self._canvas.head(seen.leg, colour)
        sign = "↑ " if far.start < (target if far is source else source).start else "↓ "
        words = sign + far_words(self._view.schema, self._view.text, relation, far, start is not None)
        self._canvas.chip(FarChip(label, words, far.id, colour))

    def _route(self, start: _End, end: _End) -> list[QPointF]:
        if start.run is end.run:
            return routes.same_line(start.leg, end.leg, start.track)
        gutter = self._gutter(end.run.to_left, end.left)
        return routes.by_gutter(start.leg, start.track, gutter, end.track, end.leg)

    def _end(self, relation: Relation, entity: Entity, is_source: bool) -> _End | None:
        column, origin = self._view.column, self._view.origin()
        if not column.is_laid(column.number_of(entity.start)):
            return None
        for piece, line, text_top in pieces_of(column, entity):
            run = line.runs.get((relation.id, is_source))
            top = text_top - line.above + origin.y()
            if run is None or not -line.height < top < self._view.viewport().height():
                return None
            x = run.other if run.other is not None and not is_source else run.leg
            rect = chip_of(column, entity) or box(piece, text_top, column.metrics)
            leg = QPointF(origin.x() + x, rect.top() + origin.y())
            return _End(run, leg, top + column.track_of(line, run), origin.x())
        return None

    def _gutter(self, to_left: bool, left: float) -> float:
        """The next free x in a gutter."""
        used = self._gutters[to_left]
        self._gutters[to_left] = used + 1
        away = 10 + 4 * (used % 7)
        return left - away if to_left else left + self._view.column.width + away
