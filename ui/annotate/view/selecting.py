"""What is selected in the report view: text, with a caret, or entities, or a relation; never two of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotations.report import Entity, Relation, Span, make_fragments
from ui.annotate.view.looks import Looks
from ui.annotate.view.names import entity_words, relation_lines
from ui.annotate.view.steps import TextSelection

_SAID = 10
"""Selected entities that are said at most."""


class Selecting(Looks):
    """The surface with a selection. Signals: ``selection_changed(start, end)``, ``entities_selected(ids)``.

    ``relation_selected(id)`` (empty: none any more), ``edge_alone_changed(alone)``.
    """

    selection_changed = Signal(int, int)
    entities_selected = Signal(object)
    relation_selected = Signal(str)
    edge_alone_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = TextSelection.exact(0, 0)
        self._more: tuple[Span, ...] = ()
        self._selected: tuple[str, ...] = ()
        self._relation = ""
        self._alone = False

    # text

    def select(self, start: int, end: int) -> None:
        """Select exactly a span, without an entity selection, and scroll it into view."""
        start, end = self.within(start), self.within(end)
        self._become(TextSelection.exact(start, end), (), ())
        self.show_span(*self._selection.span)

    def selection(self) -> Span:
        """The selected span; empty, at the caret, when nothing is selected."""
        return self._selection.span

    def selections(self) -> tuple[Span, ...]:
        """All selected spans in text order, for a discontinuous entity; empty when nothing is selected."""
        spans = tuple(span for span in (*self._more, self._selection.span) if span[0] < span[1])
        if len(spans) < 2:
            return spans
        start, end, fragments = make_fragments(spans)
        return fragments or ((start, end),)

    def selected_text(self) -> str:
        """The selected text, or that of the selected entities; pieces are joined by one space."""
        if self.selections():
            return " ".join(self.text[start:end] for start, end in self.selections())
        return " ".join(entity.surface(self.text) for entity in self._selected_values())

    def caret(self) -> int:
        """Where the caret is."""
        return self._selection.caret

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere, selecting nothing."""
        self.set_selection(TextSelection.exact(self.within(offset), self.within(offset)))

    def text_selection(self) -> TextSelection:
        """The selection with its direction."""
        return self._selection

    def set_selection(self, selection: TextSelection, more: tuple[Span, ...] = (), scroll: bool = True) -> None:
        """Select text, with the fragments ``more`` beside; clears an entity selection."""
        self._become(selection, more, ())
        if scroll:
            self.show_span(selection.caret, selection.caret)

    def copy(self) -> None:
        """Put the selected text on the clipboard; nothing selected leaves it alone."""
        if self.selected_text():
            QGuiApplication.clipboard().setText(self.selected_text())

    # entities

    def selected_entities(self) -> tuple[str, ...]:
        """Ids of the selected entities."""
        return self._selected

    def select_entities(self, ids: Iterable[str], scroll: bool = True) -> None:
        """Select entities, which clears a text selection; ids that are not shown are left out."""
        found = tuple(dict.fromkeys(one for one in ids if one in self.column.index.by_id))
        caret = self._selection.caret
        if found and not self._covers(found, caret):
            caret = self.column.index.by_id[found[0]].start
        self._become(TextSelection.exact(caret, caret), (), found)
        if found and scroll:
            entity = self.column.index.by_id[found[0]]
            self.show_span(entity.start, entity.end)

    def set_caret_inside(self, offset: int, entity_id: str) -> None:
        """Select one entity with the caret at an offset of it, from where the stack is stepped through."""
        self._become(TextSelection.exact(offset, offset), (), (entity_id,))

    # one relation

    def relation(self, relation_id: str) -> Relation | None:
        """The relation of this id that is shown."""
        found = (one for one in self.column.index.relations if one.id == relation_id)
        return next(found, None) if relation_id else None

    def selected_relation(self) -> str:
        """Id of the selected relation; empty when none is selected."""
        return self._relation

    def select_relation(self, relation_id: str) -> None:
        """Select a relation alone: neither text nor entities; one that is not shown is none."""
        caret = self._selection.caret
        self._become(TextSelection.exact(caret, caret), (), (), relation_id if self.relation(relation_id) else "")

    def relation_words(self, relation_id: str) -> str:
        """A relation in words: ``Lê Thị Thủy → holds title → Bí thư Tỉnh ủy``; empty when it is not shown."""
        found = self.relation(relation_id)
        words = relation_lines(self.schema, self.text, self.column.index, [found], found.source) if found else []
        return words[0] if words else ""

    # nested entities

    def stack(self) -> list[Entity]:
        """The nested entities at the caret, inner ones first."""
        return self.column.index.at(self.caret())

    def step_stack(self, step: int) -> None:
        """Select the next outer (+1) or inner (-1) entity at the caret; the innermost when none is selected."""
        ids = [entity.id for entity in self.stack()]
        if not ids:
            return
        here = next((ids.index(one) for one in self._selected if one in ids), None)
        wanted = 0 if here is None else max(0, min(here + step, len(ids) - 1))
        self.select_entities((ids[wanted],))

    def walk_entities(self, step: int) -> None:
        """Select the next (+1) or previous (-1) entity in text order, round the end."""
        labels = [entity for entity in self.column.index.in_order if entity.id not in self._pending]
        if not labels:
            return
        order = [entity.id for entity in labels]
        if self._selected and self._selected[0] in order:
            wanted = order.index(self._selected[0]) + step
        else:
            after = sum(entity.start < self.caret() for entity in labels)
            wanted = after if step > 0 else after - 1
        self.select_entities((order[wanted % len(order)],))

    def edge_alone(self) -> bool:
        """Whether edges of the selected entity move without those of nested ones that share them."""
        return self._alone

    def set_edge_alone(self, alone: bool) -> bool:
        """Let edges move alone, until another entity is selected; False when not exactly one is."""
        if len(self._selected) != 1:
            return False
        if alone != self._alone:
            self._alone = alone
            self.edge_alone_changed.emit(alone)
            self.viewport().update()
        return True

    def accessible_description(self) -> str:
        """The selected entities, else those at the caret, in words."""
        found = self._selected_values()[:_SAID] or self.stack()
        return "; ".join(entity_words(self.schema, self.text, one, self.is_pending(one.id)) for one in found)

    # own

    def _become(
        self, selection: TextSelection, more: tuple[Span, ...], selected: tuple[str, ...], relation: str = ""
    ) -> None:
        """Take over a state and tell what changed of it."""
        before, related = (self._selection.span, self._more, self._selected), self._relation
        self._selection, self._more, self._selected, self._relation = selection, more, selected, relation
        if selected != before[2] and self._alone:
            self._alone = False
            self.edge_alone_changed.emit(False)
        if (selection.span, more) != before[:2]:
            self.selection_changed.emit(*selection.span)
        if selected != before[2]:
            self.entities_selected.emit(selected)
        if relation != related:
            self.relation_selected.emit(relation)
        if (selection.span, more, selected) != before:
            words = self.accessible_description()
            self._selection_told(words if words != self.accessibleDescription() else "")
            self.setAccessibleDescription(words)
        self.viewport().update()

    def _selection_told(self, words: str) -> None:
        """The selection is another one; ``words`` describe what is at the caret when that is something else."""

    def _selected_values(self) -> list[Entity]:
        return [self.column.index.by_id[one] for one in self._selected if one in self.column.index.by_id]

    def _covers(self, ids: tuple[str, ...], offset: int) -> bool:
        values = (self.column.index.by_id[one] for one in ids)
        return any(start <= offset < end for entity in values for start, end in entity.spans)
