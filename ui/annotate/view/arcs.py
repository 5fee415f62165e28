"""Arcs of relations: of selected and hovered entities, or of all in sight. Here is which, and how they are clicked.

An arc that leaves the viewport ends in a chip that names its far end and jumps there.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from annotations.report import Relation
from ui.annotate.view import routes
from ui.annotate.view.all_arcs import AllArcs
from ui.annotate.view.canvas import Canvas, FarChip
from ui.annotate.view.chips import small_font
from ui.annotate.view.few_arcs import FewArcs
from ui.annotate.view.looks import ArcMode

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_SELECTED = 28
"""Selected entities whose arcs are painted at most."""
_REACH = 5.0
"""Pixels beside an arc at which a click still means it."""


class Arcs:
    """The arcs of one view, in viewport pixels."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._chips: list[FarChip] = []
        self._strips: list[QRectF] = []
        self._paths: list[tuple[str, Sequence[QPointF]]] = []
        self._named: list[tuple[str, QRectF]] = []

    def chip_at(self, point: QPoint) -> str | None:
        """Id of the far entity whose chip is at ``point``."""
        return next((chip.entity_id for chip in self._chips if chip.rect.contains(QPointF(point))), None)

    def relation_at(self, point: QPoint) -> str | None:
        """Id of the relation whose arc, or the name on it, is painted at ``point``; the nearest one."""
        place = QPointF(point) + QPointF(0.5, 0.5)
        named = next((one for one, rect in self._named if rect.contains(place)), None)
        if named is not None or self.covers(point):
            return named
        near = min(((routes.distance(way, place), one) for one, way in self._paths), default=(_REACH, None))
        return near[1] if near[0] < _REACH else None

    def covers(self, point: QPoint) -> bool:
        """Whether a strip with chips of far entities lies over the text at ``point``."""
        return any(strip.contains(QPointF(point)) for strip in self._strips)

    def tip_at(self, point: QPoint) -> str:
        """The whole words of the chip or the relation at ``point``, as rich text."""
        found = next((chip.words for chip in self._chips if chip.rect.contains(QPointF(point))), "")
        relation = "" if found else self.relation_at(point)
        return escape(self._view.relation_words(relation) if relation else found)

    def click(self, point: QPoint) -> bool:
        """Jump to the far end when a chip is clicked; True also on the rest of its strip, where nothing happens."""
        found = self.chip_at(point)
        if found is not None:
            self._view.select_entities((found,))
        return found is not None or self.covers(point)

    def shown(self) -> list[Relation]:
        """The relations whose arcs are painted: the selected one, and of all entities in sight by the order of these."""
        view, mode = self._view, self._view.arc_mode()
        chosen = view.relation(view.selected_relation())
        if mode is ArcMode.NONE:
            return [chosen] if chosen else []
        ids: list[str | None] = [*view.selected_entities()[:_SELECTED]]
        if mode is not ArcMode.SELECTED:
            ids.append(view.hovered_entity())
        if mode is ArcMode.ALL:
            ids = [entity.id for entity in view.entities_in_sight()]
        index, hidden = view.column.index, view.hidden_relations()
        relations = {chosen.id: chosen} if chosen else {}
        for entity_id in ids:
            for relation in index.relations_of(entity_id) if entity_id else ():
                if relation.source in index.by_id and relation.target in index.by_id and relation.type not in hidden:
                    relations[relation.id] = relation
        return list(relations.values())

    def paint(self, painter: QPainter) -> None:
        """Paint the arcs, then their names and chips above them."""
        relations, view = self.shown(), self._view
        self._chips, self._strips, self._paths, self._named = [], [], [], []
        if not relations:
            return
        font = small_font(view.column.font)
        painter.setFont(font)
        viewport = view.viewport()
        canvas = Canvas(painter, view.theme, QFontMetricsF(font), viewport.width(), viewport.height(), view.grips())
        if view.arc_mode() is ArcMode.ALL:
            AllArcs(view, canvas).paint(relations)
        else:
            self._strips = FewArcs(view, canvas).paint(relations)
        canvas.finish()
        self._chips, self._paths, self._named = canvas.chips, canvas.paths, canvas.named
