"""The one list of what keys and mouse mean in the report view: the view answers to these keys only, the key sheet shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.words import tr

Key, Mod = Qt.Key, Qt.KeyboardModifier
Combination = tuple[Qt.Key, Qt.KeyboardModifier]

_PLAIN, _SHIFT, _CTRL, _ALT = Mod.NoModifier, Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier
_HELD = _SHIFT | _CTRL | _ALT | Mod.MetaModifier
_SIDES = (Key.Key_Left, Key.Key_Right)
_LINES = (Key.Key_Up, Key.Key_Down)
_PAGES = (Key.Key_PageUp, Key.Key_PageDown)
_ENDS = (Key.Key_Home, Key.Key_End)
_ENTER = (Key.Key_Return, Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class ViewKey:
    """Keys as people read them, what they do, and the combinations. ``of_action``: an action of the window has the same."""

    shown: str
    words: str
    combinations: frozenset[Combination]
    of_action: bool = False


def view_keys() -> tuple[ViewKey, ...]:
    """All keys of the view, in the interface language."""
    return (
        ViewKey("← →", tr("Caret by syllable"), _each(_SIDES, _PLAIN)),
        ViewKey("Ctrl+← →", tr("Caret to the next name, number or phrase"), _each(_SIDES, _CTRL)),
        ViewKey("Alt+← →", tr("Caret by character"), _each(_SIDES, _ALT)),
        ViewKey("↑ ↓", tr("Caret by line"), _each(_LINES, _PLAIN)),
        ViewKey("PgUp, PgDown", tr("Caret by page"), _each(_PAGES, _PLAIN)),
        ViewKey(
            tr("Home, End"), tr("Caret to the line's beginning or end (Ctrl: the text's)"), _each(_ENDS, _PLAIN, _CTRL)
        ),
        ViewKey(
            "Shift+← →",
            tr(
                "Extend the selection (Alt: by character, Ctrl: by phrase); with an entity selected, move its right edge"
            ),
            _each(_SIDES, _SHIFT, _SHIFT | _ALT),
        ),
        ViewKey(
            "Ctrl+Shift+← →",
            tr("With an entity selected, move its left edge (Alt: by character)"),
            _each(_SIDES, _SHIFT | _CTRL, _SHIFT | _CTRL | _ALT),
        ),
        ViewKey("Shift+↑ ↓", tr("Extend the selection by line"), _each(_LINES, _SHIFT)),
        ViewKey("Shift+PgUp, PgDown", tr("Extend the selection by page"), _each(_PAGES, _SHIFT)),
        ViewKey(
            tr("Shift+Home, End"),
            tr("Extend the selection to the line's beginning or end (Ctrl: the text's)"),
            _each(_ENDS, _SHIFT, _SHIFT | _CTRL),
        ),
        ViewKey("Ctrl+A", tr("Select the whole text"), _each((Key.Key_A,), _CTRL)),
        ViewKey("Alt+↑ ↓", tr("Next outer, next inner of nested entities"), _each(_LINES, _ALT)),
        ViewKey(
            "Tab, Shift+Tab",
            tr("Walk what the status line names"),
            _each((Key.Key_Tab,), _PLAIN, _SHIFT) | _each((Key.Key_Backtab,), _PLAIN, _SHIFT),
        ),
        ViewKey(
            "Esc",
            tr("One step back: end relation mode, close the form, clear the selection, dismiss a notice"),
            _each((Key.Key_Escape,), _PLAIN),
        ),
        ViewKey("F4", tr("Move edges alone"), _each((Key.Key_F4,), _PLAIN), of_action=True),
        ViewKey("Space", tr("Select the next unlabelled candidate"), _each((Key.Key_Space,), _PLAIN), of_action=True),
        ViewKey("Enter", tr("Open the attributes"), _each(_ENTER, _PLAIN), of_action=True),
        ViewKey("Ctrl+C", tr("Copy"), _each((Key.Key_C,), _CTRL), of_action=True),
    )


def mouse_words() -> tuple[tuple[str, str], ...]:
    """What the mouse does in the view: gesture, meaning."""
    return (
        (tr("Drag"), tr("Select text, also inside an entity")),
        (tr("Click"), tr("Select the innermost entity; once more: the next outer one")),
        (tr("Click on an arc"), tr("Select the relation; on the name of a far end: go there")),
        (tr("Double click"), tr("Select a word; on the selected entity: open its attributes")),
        (tr("Triple click"), tr("Select a sentence")),
        (tr("Shift+click"), tr("Extend the selection to here")),
        (tr("Ctrl+drag"), tr("Add a piece to the selection")),
        (tr("Drag from a grip or chip"), tr("Relate the entity to another one")),
        (tr("Drag a handle"), tr("Move an edge of the selected entity (Alt: by character, Ctrl: this entity alone)")),
        (tr("Ctrl+wheel"), tr("Zoom the text")),
        (tr("Right click"), tr("What can be done here")),
    )


def combination(event: QKeyEvent) -> Combination:
    """What is pressed; that a key is on the keypad makes no difference."""
    return Qt.Key(event.key()), event.modifiers() & _HELD


def sequence(pressed: Combination) -> QKeySequence:
    """The combination as a shortcut."""
    return QKeySequence(QKeyCombination(pressed[1], pressed[0]))


@cache
def known() -> frozenset[Combination]:
    """All combinations that mean something in the view."""
    return frozenset().union(*(key.combinations for key in view_keys()))


def fixed_key(wanted: QKeySequence) -> ViewKey | None:
    """The key of the view that no action can have in its place, if ``wanted`` is one."""
    for key in view_keys():
        if not key.of_action and any(sequence(one) == wanted for one in key.combinations):
            return key
    return None


def _each(keys: tuple[Qt.Key, ...], *held: Qt.KeyboardModifier) -> frozenset[Combination]:
    return frozenset((key, mods) for key in keys for mods in held)
