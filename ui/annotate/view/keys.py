"""What keys do in the report view.

Only arrows, Home, End, Page keys, Space, Tab, Enter, Esc and a few Ctrl chords
mean something; letters, digits, brackets and Backspace do nothing, because
Vietnamese input methods turn one into the other. Shortcuts of the window
(labels, delete) come before and are not known here.

With one entity selected: Shift+Left/Right moves its right edge by a syllable,
Ctrl+Shift+Left/Right its left one, Alt with either by a character. Nested
entities that share the edge go with it; F4 lets this entity's edges move alone
until another is selected (Ctrl, which says so when dragging, is taken by keys).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotations.report import Entity
from ui.annotate.view import steps
from ui.annotate.view.key_list import combination, known
from ui.annotate.view.steps import TextSelection

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

Key = Qt.Key
_MOVES = {Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End}
_MOVES |= {Key.Key_PageUp, Key.Key_PageDown}
_TABS = {Key.Key_Tab, Key.Key_Backtab}


class Keys:
    """Turns key presses into moves of the caret, selections and signals of one view."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._wanted_x, self._left_at = 0.0, -1  # the x that up and down keep, while the caret is where they left it

    def knows(self, event: QKeyEvent) -> bool:
        """Whether the key must reach the view before shortcuts of the window."""
        return event.key() in _MOVES and combination(event) in known()

    def is_tab(self, event: QKeyEvent) -> bool:
        """Whether the key is Tab or Shift+Tab."""
        return event.key() in _TABS and combination(event) in known()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; False when it means nothing here."""
        if combination(event) not in known():
            return False
        shift, ctrl, alt = self._mods(event)
        key = Key(event.key())
        if key in (Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown):
            self._vertical(key, shift, alt)
        elif key in (Key.Key_Left, Key.Key_Right):
            self._sideways(1 if key == Key.Key_Right else -1, shift, ctrl, alt)
        elif key in (Key.Key_Home, Key.Key_End):
            self._to_end(key == Key.Key_End, shift, ctrl)
        elif key in _TABS:
            self._view.walked.emit(-1 if shift or key == Key.Key_Backtab else 1)
        elif ctrl:
            self._chord(key)
        else:
            return self._plain(key)
        return True

    def _plain(self, key: Qt.Key) -> bool:
        if key == Key.Key_Escape:
            return self._view.escape()
        if key == Key.Key_F4:
            return self._view.set_edge_alone(not self._view.edge_alone())
        if key == Key.Key_Space:
            self._view.candidate_wanted.emit()
            return True
        selected = self._view.selected_entities()
        if len(selected) == 1:
            self._view.entity_activated.emit(selected[0])
        return len(selected) == 1

    def _chord(self, key: Qt.Key) -> None:
        if key == Key.Key_C:
            self._view.copy()
        else:
            self._view.set_selection(TextSelection.exact(0, len(self._view.text)), scroll=False)

    def _sideways(self, step: int, shift: bool, ctrl: bool, alt: bool) -> None:
        selected = self._view.selected_entities()
        if shift and len(selected) == 1:
            self._move_edge(self._view.column.index.by_id[selected[0]], step, left=ctrl, by_character=alt)
        elif shift:
            self._extend_sideways(step, ctrl, alt)
        else:
            self._move_sideways(step, ctrl, alt)

    def _move_sideways(self, step: int, ctrl: bool, alt: bool) -> None:
        text, selection = self._view.text, self._view.text_selection()
        start, end = selection.span
        if start < end and not ctrl:
            self._view.set_caret(end if step > 0 else start)
        elif alt:
            self._view.set_caret(self._view.column.next_character(selection.caret, step))
        elif ctrl:
            self._view.set_caret((steps.next_run if step > 0 else steps.previous_run)(text, selection.caret))
        else:
            self._view.set_caret((steps.next_start if step > 0 else steps.previous_start)(text, selection.caret))

    def _extend_sideways(self, step: int, ctrl: bool, alt: bool) -> None:
        selection = self._view.text_selection()
        start, end = selection.span
        anchor = selection.anchor if start == end else (end if selection.caret == start else start)
        if alt:
            head = self._view.column.next_character(selection.caret, step)
            self._view.set_selection(TextSelection.exact(anchor, head))
            return
        head = steps.extended(self._view.text, anchor, selection.caret, step, by_run=ctrl)
        self._view.set_selection(TextSelection.snapped(self._view.text, anchor, head))

    def _move_edge(self, entity: Entity, step: int, left: bool, by_character: bool) -> None:
        text, (first, last) = self._view.text, (entity.spans[0], entity.spans[-1])
        here = entity.start if left else entity.end
        if by_character:
            there = self._view.column.next_character(here, step)
        elif left:
            there = (steps.next_start if step > 0 else steps.previous_start)(text, here)
        else:
            there = (steps.next_end if step > 0 else steps.previous_end)(text, here)
        start, end = (there, entity.end) if left else (entity.start, there)
        if there != here and start < first[1] and end > last[0]:
            self._view.edge_moved.emit(entity.id, start, end, self._view.edge_alone())

    def _vertical(self, key: Qt.Key, shift: bool, alt: bool) -> None:
        down = key in (Key.Key_Down, Key.Key_PageDown)
        if alt:
            self._view.step_stack(-1 if down else 1)
            return
        caret = self._view.text_selection().head if shift else self._view.caret()
        block, line, top = self._view.column.line_of(caret)
        if self._view.text_selection().head != self._left_at:
            self._wanted_x = block.x_of(line, caret)
        if key in (Key.Key_PageUp, Key.Key_PageDown):
            wanted = self._page(top, 1 if down else -1)
        else:
            found = self._view.column.next_line(caret, 1 if down else -1)
            wanted = found[0].boundary_at(found[1], self._wanted_x) if found else len(self._view.text) * down
        self._go(wanted, shift)
        self._left_at = wanted

    def _page(self, top: int, step: int) -> int:
        """The offset one page on or back; the text scrolls by as much."""
        view = self._view
        height = max(view.column.metrics.line, view.viewport().height() - view.column.metrics.line)
        y = top + step * height + view.column.metrics.line / 2
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + step * height)
        if y < 0 or y >= view.column.heights.total:
            return 0 if step < 0 else len(view.text)
        block, line, _top = view.column.line_at(y)
        return block.boundary_at(line, self._wanted_x)

    def _to_end(self, forward: bool, shift: bool, ctrl: bool) -> None:
        caret = self._view.text_selection().head if shift else self._view.caret()
        if ctrl:
            self._go(len(self._view.text) if forward else 0, shift)
            return
        block, line, _top = self._view.column.line_of(caret)
        self._go(block.line_end(line) if forward else line.start, shift)

    def _go(self, offset: int, extend: bool) -> None:
        if not extend:
            self._view.set_caret(offset)
            return
        selection = TextSelection.snapped(self._view.text, self._view.text_selection().anchor, offset)
        self._view.set_selection(selection)

    @staticmethod
    def _mods(event: QKeyEvent) -> tuple[bool, bool, bool]:
        """Whether Shift, Ctrl and Alt are held."""
        held, mod = event.modifiers(), Qt.KeyboardModifier
        return bool(held & mod.ShiftModifier), bool(held & mod.ControlModifier), bool(held & mod.AltModifier)
