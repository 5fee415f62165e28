"""The three things that can be dragged: a text selection, an edge of an entity, a relation."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from annotations.offsets import snap
from annotations.report import Entity
from ui.annotate.view.steps import TextSelection

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_ALT = Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class Drag(Protocol):
    """Something being dragged; points are viewport pixels. ``begun``: it was moved farther than a click's jitter."""

    begun: bool

    def move(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Follow the mouse."""

    def drop(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """End here."""

    def cancel(self) -> None:
        """Go back to how it was before."""

    def preview(self) -> Entity | None:
        """An entity to be shown in another extent."""

    def paint(self, painter: QPainter) -> None:
        """Paint what follows the mouse."""

    def stands(self, shown: Container[str]) -> bool:
        """Whether what is dragged is still there among the shown entities."""


class TextDrag:
    """Selects text, by syllables, with Alt by characters; adds a fragment when ``add``."""

    def __init__(self, view: ReportView, point: QPoint, add: bool) -> None:
        self._view, self.begun = view, False
        self._anchor = view.boundary_at(point)
        self._before = (view.text_selection(), view.selections(), view.selected_entities())
        self._more = view.selections() if add else ()

    def move(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Select from where the drag began to here."""
        head = self._view.boundary_at(point)
        if mods & _ALT:
            selection = TextSelection.exact(self._anchor, head)
        else:
            selection = TextSelection.snapped(self._view.text, self._anchor, head)
        self._view.set_selection(selection, self._more, scroll=False)

    def drop(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """The selection stays."""
        self.move(point, mods)

    def cancel(self) -> None:
        """Select again what was selected before."""
        if self.begun:
            selection, spans, entities = self._before
            self._view.set_selection(selection, tuple(one for one in spans if one != selection.span), scroll=False)
            if entities:
                self._view.select_entities(entities, scroll=False)

    def preview(self) -> Entity | None:
        """Nothing."""
        return None

    def paint(self, painter: QPainter) -> None:
        """Nothing beside the selection."""

    def stands(self, shown: Container[str]) -> bool:
        """A text selection needs no entity."""
        return True


class EdgeDrag:
    """Moves one edge of an entity, by syllables, with Alt by characters, with Ctrl without nested ones."""

    def __init__(self, view: ReportView, entity: Entity, left: bool) -> None:
        self._view, self._entity, self._left = view, entity, left
        self.begun = False
        self._edges = (entity.start, entity.end)

    def move(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Bring the edge here, as far as its fragment stays non-empty."""
        entity, offset = self._entity, self._view.boundary_at(point)
        first, last = entity.spans[0], entity.spans[-1]
        if self._left:
            start, end = min(offset, first[1] - 1), first[1]
        else:
            start, end = last[0], max(offset, last[0] + 1)
        snapped = (start, end) if mods & _ALT else snap(self._view.text, start, end)
        if snapped[0] < snapped[1]:
            self._edges = (snapped[0], entity.end) if self._left else (entity.start, snapped[1])

    def drop(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Say where the edges are to be."""
        self.move(point, mods)
        if self._edges != (self._entity.start, self._entity.end):
            alone = bool(mods & _CTRL) or self._view.edge_alone()
            self._view.edge_moved.emit(self._entity.id, *self._edges, alone)

    def cancel(self) -> None:
        """The entity was not changed."""

    def preview(self) -> Entity | None:
        """The entity with its edge at the mouse."""
        start, end = self._edges
        fragments = self._entity.fragments
        if fragments:
            fragments = ((start, fragments[0][1]), *fragments[1:-1], (fragments[-1][0], end))
        return replace(self._entity, start=start, end=end, fragments=fragments)

    def paint(self, painter: QPainter) -> None:
        """Nothing beside the preview."""

    def stands(self, shown: Container[str]) -> bool:
        """Whether the entity is still there."""
        return self._entity.id in shown


class RelationDrag:
    """Draws a rubber line from an entity's chip or grip; dropped on another entity it is a relation."""

    def __init__(self, view: ReportView, source: str) -> None:
        self._view, self._source, self.begun = view, source, False
        self._point = QPoint()
        self._target: str | None = None

    def move(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Find the entity below the mouse: the innermost that is not the source."""
        self._point = point
        found = (entity.id for entity in self._view.entities_at(point) if entity.id != self._source)
        self._target = next(found, None)

    def drop(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Say which two are to be related; beside an entity nothing happens."""
        self.move(point, mods)
        if self._target is not None:
            self._view.relation_dragged.emit(self._source, self._target)

    def cancel(self) -> None:
        """Nothing was changed."""

    def preview(self) -> Entity | None:
        """Nothing."""
        return None

    def paint(self, painter: QPainter) -> None:
        """The rubber line, solid over a target, and the target's frame."""
        rect = self._view.grip_rect(self._source)
        if rect is None:
            return
        pen = QPen(self._view.theme.accent_line, 2)
        if self._target is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(QPointF(rect.center()), QPointF(self._point))
        target = self._view.column.index.by_id.get(self._target) if self._target else None
        for start, end in target.spans if target else ():
            for part in self._view.rects_of(start, end):
                painter.drawRoundedRect(part.adjusted(-2, -2, 2, 3), 3, 3)

    def stands(self, shown: Container[str]) -> bool:
        """Whether the source is still there."""
        return self._source in shown
