"""Arcs of relations: of selected and hovered entities, or of all in sight. Here is which, and how they are clicked.

An arc that leaves the viewport ends in a chip that names its far end and jumps there.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QFontMetricsF, QPainter

from annotations.report import Relation
from ui.annotate.view.all_arcs import AllArcs
from ui.annotate.view.canvas import Canvas, FarChip
from ui.annotate.view.chips import small_font
from ui.annotate.view.few_arcs import FewArcs
from ui.annotate.view.looks import ArcMode

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_SELECTED = 28
"""Selected entities whose arcs are painted at most."""


class Arcs:
    """The arcs of one view, in viewport pixels."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._chips: list[FarChip] = []

    def chip_at(self, point: QPoint) -> str | None:
        """Id of the far entity whose chip is at ``point``."""
        return next((chip.entity_id for chip in self._chips if chip.rect.contains(QPointF(point))), None)

    def tip_at(self, point: QPoint) -> str:
        """The whole words of the chip at ``point``."""
        return next((escape(chip.words) for chip in self._chips if chip.rect.contains(QPointF(point))), "")

    def click(self, point: QPoint) -> bool:
        """Jump to the far end when a chip is clicked; False when there is none at ``point``."""
        found = self.chip_at(point)
        if found is not None:
            self._view.select_entities((found,))
        return found is not None

    def shown(self) -> list[Relation]:
        """The relations whose arcs are painted; of all entities in sight by the order of these."""
        view, mode = self._view, self._view.arc_mode()
        if mode is ArcMode.NONE:
            return []
        ids: list[str | None] = [*view.selected_entities()[:_SELECTED]]
        if mode is not ArcMode.SELECTED:
            ids.append(view.hovered_entity())
        if mode is ArcMode.ALL:
            ids = [entity.id for entity in view.entities_in_sight()]
        index, hidden = view.column.index, view.hidden_relations()
        relations: dict[str, Relation] = {}
        for entity_id in ids:
            for relation in index.relations_of(entity_id) if entity_id else ():
                if relation.source in index.by_id and relation.target in index.by_id and relation.type not in hidden:
                    relations[relation.id] = relation
        return list(relations.values())

    def paint(self, painter: QPainter) -> None:
        """Paint the arcs, then their names and chips above them."""
        relations, view = self.shown(), self._view
        self._chips = []
        if not relations:
            return
        font = small_font(view.column.font)
        painter.setFont(font)
        viewport = view.viewport()
        canvas = Canvas(painter, view.theme, QFontMetricsF(font), viewport.width(), viewport.height(), view.grips())
        if view.arc_mode() is ArcMode.ALL:
            AllArcs(view, canvas).paint(relations)
        else:
            FewArcs(view, canvas).paint(relations)
        canvas.finish()
        self._chips = canvas.chips
