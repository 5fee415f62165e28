"""The one list of actions: menus, tooltips, the key sheet and the stored shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.settings import Settings
from ui.words import tr

MENUS = ("File", "Edit", "Labels", "Review", "Go", "View", "Help")
"""English titles of the menus, in order; an action names one of them, or nothing."""


def menu_titles() -> dict[str, str]:
    """English title of each menu, and the one that is shown."""
    shown = (tr("File"), tr("Edit"), tr("Labels"), tr("Review"), tr("Go"), tr("View"), tr("Help"))
    return dict(zip(MENUS, shown, strict=True))


_PLAIN = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Space,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Escape,
        *(Qt.Key(Qt.Key.Key_0 + number) for number in range(10)),
        *(Qt.Key(Qt.Key.Key_F1 + number) for number in range(24)),
    }
)
"""Keys that mean a command without Ctrl or Alt: input methods for Vietnamese leave them alone."""


def is_safe(sequence: QKeySequence) -> bool:
    """Whether no input method for Vietnamese can bring this about by typing."""
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    keys: Any = sequence  # it can be indexed, which its type stub does not know
    pressed = [keys[at] for at in range(sequence.count())]
    return all(bool(one.keyboardModifiers() & chord) or one.key() in _PLAIN for one in pressed)


def shown_keys(action: QAction) -> str:
    """The action's shortcuts as people read them, e.g. ``Ctrl+Shift+Z, Ctrl+Y``."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts())


@dataclass(frozen=True, slots=True)
class Registered:
    """An action, the English title of its menu (or empty), where its keys work (None: everywhere), its own keys."""

    action: QAction
    menu: str
    context: QWidget | None
    default: tuple[str, ...]


class Actions(QObject):
    """All actions of a window by ``objectName``. Signal: ``changed()`` after actions or shortcuts changed."""

    changed = Signal()

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._all: dict[str, Registered] = {}

    def add(
        self,
        name: str,
        text: str,
        shortcut: str | Sequence[str] | None,
        slot: Callable[[], object],
        *,
        menu: str = "",
        context: QWidget | None = None,
        checkable: bool = False,
    ) -> QAction:
        """Make an action. ``text`` is in the interface language; ``shortcut`` in Qt's portable words (``Ctrl+Z``).

        With ``context`` its keys work while the focus is in that widget, else in the whole window.
        Raises ``ValueError`` for a name that is taken or a key that typing could bring about.
        """
        if name in self._all:
            raise ValueError(f"there is an action {name} already")
        keys = (shortcut,) if isinstance(shortcut, str) else tuple(shortcut or ())
        for key in keys:
            if not is_safe(QKeySequence(key)):
                raise ValueError(f"{key} can be typed with an input method")
        action = QAction(text, self)
        action.setObjectName(name)
        action.setCheckable(checkable)
        action.triggered.connect(lambda _checked=False: slot())
        if context is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        (context or self._window).addAction(action)
        self._all[name] = Registered(action, menu, context, keys)
        self._give_keys(self._all[name])
        self.changed.emit()
        return action

    def remove(self, name: str) -> None:
        """Take an action away, e.g. of a label that the schema no longer has; unknown names are ignored."""
        found = self._all.pop(name, None)
        if found is not None:
            (found.context or self._window).removeAction(found.action)
            found.action.deleteLater()
            self.changed.emit()

    def __getitem__(self, name: str) -> QAction:
        return self._all[name].action

    def __contains__(self, name: str) -> bool:
        return name in self._all

    def __iter__(self) -> Iterator[QAction]:
        return iter([found.action for found in self._all.values()])

    def registered(self) -> tuple[Registered, ...]:
        """All actions with their menus and where their keys work."""
        return tuple(self._all.values())

    def menu(self, title: str) -> tuple[QAction, ...]:
        """The actions of one menu (English title), in order."""
        return tuple(found.action for found in self._all.values() if found.menu == title)

    def for_key(self, key: QKeySequence, place: QWidget) -> QAction | None:
        """The enabled action that ``key`` means in ``place``: its own one first, then one around it, then one for everywhere."""
        found = [one for one in self._all.values() if key in one.action.shortcuts() and one.action.isEnabled()]
        context: QWidget | None = place
        while True:
            for one in found:
                if one.context is context:
                    return one.action
            if context is None:
                return None
            context = context.parentWidget()

    def set_text(self, name: str, text: str) -> None:
        """Give an action another text, e.g. “Undo: Label …”; its tooltip follows."""
        action = self._all[name].action
        if action.text() != text:
            action.setText(text.replace("&", "&&"))
            _set_tooltip(action)

    # shortcuts

    def set_keys(self, name: str, keys: Sequence[str] | None) -> None:
        """Give an action other shortcuts, remembered for this account; None gives its own back."""
        stored = dict(self._settings.get("shortcuts", {}))
        if keys is None:
            stored.pop(name, None)
        else:
            stored[name] = list(keys)
        self._settings.set("shortcuts", stored)
        self._give_keys(self._all[name])
        self.changed.emit()

    def conflicts(self, name: str, key: QKeySequence) -> tuple[QAction, ...]:
        """Other actions that answer to ``key`` where the action ``name`` does."""
        mine = self._all[name]
        return tuple(
            other.action
            for other in self._all.values()
            if other is not mine and key in other.action.shortcuts() and _meet(mine.context, other.context)
        )

    def _give_keys(self, found: Registered) -> None:
        stored = self._settings.get("shortcuts", {}).get(found.action.objectName())
        keys = [QKeySequence(key) for key in (found.default if stored is None else stored)]
        found.action.setShortcuts([key for key in keys if not key.isEmpty() and is_safe(key)])
        _set_tooltip(found.action)


def plain_text(action: QAction) -> str:
    """The action's text without the marks of mnemonics."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _set_tooltip(action: QAction) -> None:
    keys = shown_keys(action)
    text = plain_text(action)
    action.setToolTip(tr("{action} ({keys})", action=text, keys=keys) if keys else text)


def _meet(one: QWidget | None, other: QWidget | None) -> bool:
    """Whether keys of two contexts can be meant at the same time."""
    if one is None or other is None or one is other:
        return True
    return one.isAncestorOf(other) or other.isAncestorOf(one)
