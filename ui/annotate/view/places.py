"""Where entities, chips, grips and handles of the report view are, in viewport pixels."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QRect

from annotations.report import Entity
from ui.annotate.view import geometry
from ui.annotate.view.names import entity_words
from ui.annotate.view.selecting import Selecting

_TIP_LINES = 12
"""Relations that a tooltip lists at most."""


class Places(Selecting):
    """The selectable surface, asked what is at a point."""

    def entities_at(self, point: QPoint) -> list[Entity]:
        """The entities painted at a point of the viewport: inner ones first, but first of all the one whose underline is there.

        A chip belongs to its entity alone.
        """
        self.settle()
        place = self._place(point)
        _block, line, top = self.column.line_at(place.y())
        if not top <= place.y() < top + line.height:
            return []
        text_top = top + line.above
        for chip in line.chips:
            if geometry.chip_box(chip, text_top).contains(place):
                return [chip.entity]
        metrics = self.column.metrics
        if place.y() < text_top - metrics.above:
            return []
        pieces = [one for one in line.pieces if one.left <= place.x() < one.right and not one.join]
        found: list[Entity] = []
        for piece in sorted(pieces, key=lambda one: one.lane):
            strip = text_top + metrics.text + metrics.underline(piece.lane)
            found.insert(0 if strip - 1 <= place.y() <= strip + metrics.stroke else len(found), piece.entity)
        return found

    def chip_at(self, point: QPoint) -> str | None:
        """Id of the entity whose chip is at a point of the viewport."""
        self.settle()
        place = self._place(point)
        _block, line, top = self.column.line_at(place.y())
        boxes = ((chip.entity.id, geometry.chip_box(chip, top + line.above)) for chip in line.chips)
        return next((entity_id for entity_id, rect in boxes if rect.contains(place)), None)

    def entities_in_sight(self) -> list[Entity]:
        """The entities of the lines that are seen, in text order."""
        self.settle()
        top, bottom = self._visible_range()
        return self.column.index.touching(self.column.line_at(top)[1].start, self.column.line_at(bottom)[1].end)

    def handle_points(self, entity_id: str) -> tuple[QPoint, QPoint] | None:
        """Centres of the two handles that move an entity's edges, in viewport pixels."""
        found = geometry.handles(self.column, self.column.index.by_id[entity_id])
        return ((found[0] + self.origin()).toPoint(), (found[1] + self.origin()).toPoint()) if found else None

    def grip_rect(self, entity_id: str) -> QRect | None:
        """The grip from which a relation is dragged, in viewport pixels."""
        found = geometry.grip(self.column, self.column.index.by_id[entity_id])
        return found.translated(self.origin()).toRect() if found else None

    def tip_at(self, point: QPoint) -> str:
        """Rich text that names the innermost entity at a point of the viewport, its relations and its note."""
        found = self.entities_at(point)
        if not found:
            return ""
        entity = found[0]
        lines = [entity_words(self.schema, self.text, entity, self.is_pending(entity.id))]
        lines += self.relations_in_words(entity.id)[:_TIP_LINES]
        if entity.note:
            lines.append(entity.note)
        return "<p style='white-space:pre-wrap'>" + "<br>".join(map(escape, lines)) + "</p>"
