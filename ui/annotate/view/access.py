"""What a screen reader is given: the text with caret and selection, and the entities at the caret in words.

Screen readers count UTF-16 units, as Qt does. PySide has no binding for reading a selection's ends and text
attributes through the interface; a selection is told by events instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget

from ui.offsets16 import Utf16

if TYPE_CHECKING:
    from ui.annotate.view.view import ReportView

_ASKED: list[type[ReportView]] = []
"""The class whose widgets the installed factory knows."""


def install(kind: type[ReportView]) -> None:
    """Let Qt make the interface of report views of class ``kind`` when a screen reader asks."""
    if not _ASKED:
        _ASKED.append(kind)
        QAccessible.installFactory(_make)


def _make(_name: str, asked: QObject) -> QAccessibleInterface | None:
    return ReadableView(asked) if _ASKED and isinstance(asked, _ASKED[0]) else None


def tell(view: ReportView, words: str) -> None:
    """Tell a screen reader, when one listens, where the caret is, what is selected, and to say ``words``."""
    if not QAccessible.isActive():
        return
    units = Utf16(view.text)
    start, end = view.selection()
    QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, units.to_units(view.caret())))
    if start < end:
        QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(view, units.to_units(start), units.to_units(end)))
    if words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, words))


class ReadableView(QAccessibleWidget):
    """The accessible report view: a read-only text of many lines, described by the entities at its caret."""

    def __init__(self, view: ReportView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = ref(view)
        self._text = ReadableText(view)

    def interface_cast(self, wanted: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """The text, when that is asked for."""
        if wanted == QAccessible.InterfaceType.TextInterface:
            return shiboken6.VoidPtr(shiboken6.getCppPointer(self._text)[0])
        return super().interface_cast(wanted)

    def state(self) -> QAccessible.State:
        """Read-only, several lines, can be selected."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def text(self, wanted: QAccessible.Text) -> str:
        """Name, description; the value is the whole text."""
        view = self._view()
        if view is not None and shiboken6.isValid(view):
            if wanted == QAccessible.Text.Value:
                return view.text
            if wanted == QAccessible.Text.Description:
                return view.accessible_description()
        return super().text(wanted)


class ReadableText(QAccessibleTextInterface):
    """The text of a view in UTF-16 units. A view that is gone has an empty one."""

    def __init__(self, view: ReportView) -> None:
        super().__init__()
        self._view = ref(view)
        self._known: tuple[str, Utf16] = ("", Utf16(""))

    def text(self, start: int, end: int) -> str:
        """What stands between two places."""
        text, units = self._now()
        return text[units.from_units(max(0, start)) : units.from_units(max(0, end))]

    def characterCount(self) -> int:
        """The length of the text."""
        return self._now()[1].length

    def cursorPosition(self) -> int:
        """Where the caret is."""
        view = self._shown()
        return self._now()[1].to_units(view.caret()) if view else 0

    def setCursorPosition(self, position: int) -> None:
        """Put the caret somewhere."""
        if view := self._shown():
            view.set_caret(self._now()[1].from_units(position))

    def selectionCount(self) -> int:
        """Selections are told by events: their ends cannot be asked for from Python."""
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Select a span."""
        if view := self._shown():
            units = self._now()[1]
            view.select(units.from_units(start), units.from_units(end))

    def setSelection(self, _number: int, start: int, end: int) -> None:
        """Select another span."""
        self.addSelection(start, end)

    def removeSelection(self, _number: int) -> None:
        """Select nothing."""
        if view := self._shown():
            view.set_caret(view.caret())

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a span into view."""
        if view := self._shown():
            units = self._now()[1]
            view.show_span(units.from_units(start), units.from_units(end))

    def characterRect(self, offset: int) -> QRect:
        """Where a character is on the screen."""
        view = self._shown()
        if view is None:
            return QRect()
        here = view.within(self._now()[1].from_units(offset))
        rect = view.rects_of(here, view.within(here + 1))[0]
        return rect.translated(view.viewport().mapToGlobal(QPoint(0, 0)))

    def offsetAtPoint(self, point: QPoint) -> int:
        """Which character is at a place of the screen."""
        view = self._shown()
        return self._now()[1].to_units(view.offset_at(view.viewport().mapFromGlobal(point))) if view else -1

    def _shown(self) -> ReportView | None:
        view = self._view()
        return view if view is not None and shiboken6.isValid(view) else None

    def _now(self) -> tuple[str, Utf16]:
        view = self._shown()
        text = view.text if view else ""
        if self._known[0] is not text:
            self._known = (text, Utf16(text))
        return self._known
