"""What the mouse does in the report view: clicks, and one drag at a time."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from annotations.offsets import span_in
from annotations.report import Entity, Span
from annotations.sentences import sentence_spans
from ui.annotate.view.drags import Drag, EdgeDrag, RelationDrag, TextDrag
from ui.annotate.view.geometry import knob
from ui.annotate.view.steps import TextSelection, syllable_at
from ui.annotate.view.word_finder import WordFinder

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

JITTER = 3
"""Pixels that a click may move without being a drag."""
_AUTOSCROLL = 30


class Mouse:
    """Mouse presses, moves and releases of one view."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self.hovered: str | None = None
        self._drag: Drag | None = None
        self._pressed_at: QPoint | None = None
        self._last_click: QPoint | None = None
        self._before_click: tuple[str, ...] = ()
        self._word_at: QPoint | None = None
        self._word_time = 0
        self._words = WordFinder(view)
        self._scroll = QTimer(view, interval=_AUTOSCROLL)
        self._scroll.timeout.connect(self._autoscroll)
        self._point, self._mods = QPoint(), Qt.KeyboardModifier.NoModifier

    # what the view asks

    def place(self) -> QPoint:
        """Where the mouse was last."""
        return self._point

    def preview(self) -> Entity | None:
        """The entity as it would be if its dragged edge were dropped now."""
        return self._drag.preview() if self._drag and self._moved() else None

    def paint(self, painter: QPainter) -> None:
        """Paint what is being dragged, in viewport pixels."""
        if self._drag and self._moved():
            self._drag.paint(painter)

    def cancel(self) -> bool:
        """End a drag without a trace; False when there was none."""
        drag, self._drag = self._drag, None
        self._pressed_at = None
        self._scroll.stop()
        if drag is None:
            return False
        drag.cancel()
        self._view.viewport().update()
        return True

    def forget_gone(self, shown: Container[str]) -> None:
        """Let go of entities that are not shown any more."""
        if self.hovered not in shown:
            self.hovered = None
        if self._drag and not self._drag.stands(shown):
            self.cancel()

    # events

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._view.arcs.click(point):
            self._before_click = ()
            return
        if self._is_third(event, point):
            self._select_sentence(point)
            return
        self._pressed_at, self._point, self._mods = point, point, event.modifiers()
        self._drag = self._begin(point, event.modifiers())

    def move(self, event: QMouseEvent) -> None:
        """Hover, or go on with a drag."""
        self._point, self._mods = event.position().toPoint(), event.modifiers()
        if self._drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover_at(self._point)
        elif self._moved():
            self._go_on()
            outside = not self._view.viewport().rect().contains(self._point)
            if outside != self._scroll.isActive():
                self._scroll.start() if outside else self._scroll.stop()

    def release(self, event: QMouseEvent) -> None:
        """Drop what was dragged, or end a click."""
        if event.button() != Qt.MouseButton.LeftButton or self._drag is None:
            return
        self._point, self._mods = event.position().toPoint(), event.modifiers()
        drag, moved, pressed_at = self._drag, self._moved(), self._pressed_at
        self._drag, self._pressed_at = None, None
        self._scroll.stop()
        if moved:
            drag.drop(self._point, self._mods)
        elif pressed_at is not None and (isinstance(drag, TextDrag) or self._view.chip_at(pressed_at)):
            drag.cancel()
            self._click(pressed_at, self._mods)
        self._view.viewport().update()

    def double_click(self, event: QMouseEvent) -> None:
        """Open the entity if it was selected before the two clicks, else select the word."""
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or self._view.arcs.relation_at(point) is not None:
            return
        here = {entity.id for entity in self._view.entities_at(point)}
        if len(self._before_click) == 1 and self._before_click[0] in here:
            self._view.select_entities(self._before_click, scroll=False)
            self._view.entity_activated.emit(self._before_click[0])
            return
        self._select_word(point)
        self._word_at, self._word_time = point, event.timestamp()

    def hover(self, entity_id: str | None) -> None:
        """Mark the entity below the mouse."""
        if entity_id != self.hovered:
            self.hovered = entity_id
            self._view.viewport().update()
            self._view.entity_hovered.emit(entity_id or "")

    def point_at(self, point: QPoint) -> None:
        """Select what is at ``point`` for a menu, unless it is selected already."""
        relation = self._view.arcs.relation_at(point)
        if relation is not None and self._view.chip_at(point) is None:
            self._view.select_relation(relation)
            return
        offset = self._view.offset_at(point)
        if any(start <= offset < end for start, end in self._view.selections()):
            return
        ids = [entity.id for entity in self._view.entities_at(point)]
        if any(one in ids for one in self._view.selected_entities()):
            return
        if ids:
            self._view.set_caret_inside(offset, ids[0])
        else:
            self._view.set_caret(self._view.boundary_at(point))

    # own

    def _begin(self, point: QPoint, mods: Qt.KeyboardModifier) -> Drag:
        edge = self._edge_at(point)
        if edge is not None:
            return EdgeDrag(self._view, *edge)
        source = self._grip_at(point)
        if source is not None:
            return RelationDrag(self._view, source)
        return TextDrag(self._view, point, bool(mods & Qt.KeyboardModifier.ControlModifier))

    def _click(self, point: QPoint, mods: Qt.KeyboardModifier) -> None:
        """Select the innermost entity, at the same place again the next outer one; on plain text put the caret."""
        self._before_click = self._view.selected_entities()
        boundary = self._view.boundary_at(point)
        if mods & Qt.KeyboardModifier.ShiftModifier:
            anchor = self._view.text_selection().anchor
            self._view.set_selection(TextSelection.snapped(self._view.text, anchor, boundary), scroll=False)
            return
        if mods & Qt.KeyboardModifier.ControlModifier:
            return  # a drag with Ctrl that went nowhere takes no fragment away
        ids = [entity.id for entity in self._view.entities_at(point)]
        chip = self._view.chip_at(point)
        if chip is not None:  # what lies below a chip is another place of the text
            self._view.set_caret_inside(self._view.column.index.by_id[chip].start, chip)
            return
        relation = self._view.arcs.relation_at(point)
        if relation is not None:
            self._view.select_relation(relation)
            return
        again = self._last_click is not None and _near(self._last_click, point)
        self._last_click = point
        if not ids:
            self._view.set_selection(TextSelection.exact(boundary, boundary), scroll=False)
            return
        here = next((ids.index(one) for one in self._before_click if one in ids), None)
        wanted = ids[(here + 1) % len(ids)] if again and here is not None else ids[0]
        self._view.set_caret_inside(self._view.offset_at(point), wanted)

    def _is_third(self, event: QMouseEvent, point: QPoint) -> bool:
        soon = event.timestamp() - self._word_time <= QApplication.doubleClickInterval()
        return self._word_at is not None and soon and _near(self._word_at, point)

    def _select_word(self, point: QPoint) -> None:
        """Select the word; while the segmenter is not loaded its syllable, and the word as soon as it is."""
        text = self._view.text
        syllable, sentence = syllable_at(text, self._view.offset_at(point)), self._sentence_at(point)
        if syllable is None or sentence is None:
            return
        word = self._words.word_at(text, syllable, sentence) if WordFinder.is_ready else syllable
        chosen = TextSelection.exact(*word)
        self._view.set_selection(chosen, scroll=False)

        def widen() -> None:
            if self._view.text is text and self._view.text_selection() is chosen:
                found = self._words.word_at(text, syllable, sentence)
                self._view.set_selection(TextSelection.exact(*found), scroll=False)

        if not WordFinder.is_ready:
            self._words.load(widen)

    def _select_sentence(self, point: QPoint) -> None:
        self._word_at = None
        sentence = self._sentence_at(point)
        if sentence is not None:
            self._view.set_selection(TextSelection.exact(*sentence), scroll=False)

    def _sentence_at(self, point: QPoint) -> Span | None:
        offset = self._view.offset_at(point)
        column = self._view.column
        number = column.number_of(offset)
        start, end = column.starts[number], column.ends[number]
        spans = sentence_spans(self._view.text[start:end])
        if not spans:
            return None
        first, last = spans[span_in(spans, offset - start)]
        return start + first, start + last

    def _edge_at(self, point: QPoint) -> tuple[Entity, bool] | None:
        """The selected entity and whether it is its left edge whose handle is at ``point``."""
        selected = self._view.selected_entities()
        points = self._view.handle_points(selected[0]) if len(selected) == 1 else None
        reach = knob(self._view.column.metrics) + 2
        for left, handle in zip((True, False), points or (), strict=False):
            if (handle - point).manhattanLength() <= 2 * reach and abs(handle.y() - point.y()) <= reach:
                return self._view.column.index.by_id[selected[0]], left
        return None

    def _grip_at(self, point: QPoint) -> str | None:
        if self._view.column.has_chips:
            return self._view.chip_at(point)
        candidates = dict.fromkeys((*self._view.selected_entities(), self.hovered))
        for entity_id in candidates:
            rect = self._view.grip_rect(entity_id) if entity_id else None
            if rect and rect.adjusted(-2, -2, 2, 0).contains(point):
                return entity_id
        return None

    def _hover_at(self, point: QPoint) -> None:
        arrow = Qt.CursorShape.ArrowCursor
        if self._edge_at(point):
            self._view.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
        elif self._view.arcs.chip_at(point):
            self._view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._view.arcs.covers(point):
            self._view.viewport().setCursor(arrow)
        elif grip := self._grip_at(point):
            self.hover(grip)
            self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        elif self._view.arcs.relation_at(point):
            self._view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            found = self._view.entities_at(point)
            self.hover(found[0].id if found else None)
            self._view.viewport().setCursor(QCursor(Qt.CursorShape.IBeamCursor if self._view.text else arrow))

    def _moved(self) -> bool:
        if self._drag is not None and self._drag.begun:
            return True
        begun = self._pressed_at is not None and (self._point - self._pressed_at).manhattanLength() > JITTER
        if begun and self._drag is not None:
            self._drag.begun = True
        return begun

    def _go_on(self) -> None:
        if self._drag is not None:
            self._drag.move(self._point, self._mods)
            self._view.viewport().update()

    def _autoscroll(self) -> None:
        """Scroll while the mouse is dragged beyond the edge, faster farther out."""
        rect, y = self._view.viewport().rect(), self._point.y()
        beyond = y - rect.top() if y < rect.top() else max(0, y - rect.bottom())
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + beyond // 2 + (1 if beyond > 0 else 0))
        self._go_on()


def _near(first: QPoint, second: QPoint) -> bool:
    return (first - second).manhattanLength() <= 2 * JITTER
