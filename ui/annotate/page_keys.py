"""Keys of the page that depend on what is going on: digits in relation mode, Esc one step back, keys of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.annotate.view.key_list import Combination, combination, known, sequence, view_keys

if TYPE_CHECKING:
    from ui.annotate.page import AnnotatePage

_DIGITS = {Qt.Key(Qt.Key.Key_0 + number): str(number) for number in range(10)}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PageKeys:
    """Stands between the keyboard and the report view of one page."""

    def __init__(self, page: AnnotatePage) -> None:
        self._page = page
        self._of_actions = frozenset[Combination]().union(*(one.combinations for one in view_keys() if one.of_action))
        page.view.installEventFilter(page)
        for table in (page.entity_table, page.relation_table):
            table.digit_typed.connect(self.digit)

    def filtered(self, event: QEvent) -> bool:
        """Whether an event of the view was meant for something else, and is done with."""
        if not isinstance(event, QKeyEvent):
            return False
        digit = _DIGITS.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None
        if event.type() == QEvent.Type.ShortcutOverride and digit and self._page.relation_mode.active:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if digit and self._page.relation_mode.active:
            self.digit(digit)
            return True
        if event.key() == Qt.Key.Key_Escape:
            return self.step_back()
        if self._page.relation_mode.active and combination(event) in known():
            self._page.relation_mode.end()  # who goes somewhere else is done with it
        return combination(event) in self._of_actions and self._by_action(event)

    def _by_action(self, event: QKeyEvent) -> bool:
        """These keys mean what the list of actions says, also where no shortcut took them; they may be given away."""
        action = self._page.actions_list.for_key(sequence(combination(event)), self._page.view)
        if action is not None:
            action.trigger()
        return True

    def digit(self, digit: str) -> None:
        """A number of relation mode, or else a label."""
        if self._page.relation_mode.active:
            self._page.relation_mode.digit(digit)
        else:
            self._page.labeller.digit(digit)

    def step_back(self) -> bool:
        """Esc: relation mode, then the form, then the find bar, then back to the text; False when none of these is open."""
        page = self._page
        if page.relation_mode.step_back():
            return True
        if page.form.entity_id:
            page.form.close_form()
            return True
        if not page.find_bar.isHidden():
            page.find_bar.close_bar()
            return True
        if not page.view.hasFocus():
            page.view.setFocus()
            return True
        return False

    def delete(self) -> None:
        """Delete: relations while their table has the focus, or the one whose arc is selected; else the selected entities."""
        page = self._page
        if page.entity_table.is_editing() or page.relation_table.is_editing():
            return
        arc = page.view.selected_relation()
        if (arc or page.relation_table.hasFocus()) and page.table_edits.delete_relations((arc,) if arc else ()):
            return
        page.labeller.delete()
