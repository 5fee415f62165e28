"""Fields among commands: what is typed in them is no command."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TypingGuard(QObject):
    """Keeps plain keys that are pressed in its fields from the shortcuts around them; function keys go through.

    Signals: ``left()`` after Esc in a field; ``entered()`` after Enter.
    """

    left = Signal()
    entered = Signal()

    def watch(self, *fields: QWidget) -> None:
        """Watch these fields."""
        for field in fields:
            field.installEventFilter(self)

    @staticmethod
    def _is_typed(watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key means something to the field itself."""
        if event.modifiers() & _CHORD or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            return False
        is_list = isinstance(watched, QComboBox) and not watched.isEditable()
        return not (is_list and event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Plain keys belong to the field; Esc and Enter are told."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and self._is_typed(watched, event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)
