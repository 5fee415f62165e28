"""The list of the view's keys is what the view goes by: all of it does something, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import combinations
from operator import or_

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from annotations.report import Entity
from ui.annotate.view.key_list import fixed_key, known, view_keys

Mod = Qt.KeyboardModifier
TEXT = "Đồng chí Lê Thị Thủy\nBí thư Tỉnh ủy\n" * 40
OUTER, INNER = Entity("outer", "TITLE", 21, 35), Entity("inner", "ORG", 28, 35)
Read = Callable[..., object]


def test_each_key_of_the_list_is_taken(read: Read) -> None:
    person = read(TEXT, (OUTER, INNER))
    for pressed, held in sorted(known(), key=str):
        person.view.select_entities(("outer",))
        event = QKeyEvent(QEvent.Type.KeyPress, pressed, held)
        QApplication.sendEvent(person.view, event)
        assert event.isAccepted(), f"{pressed} with {held}"


def test_no_other_key_is_taken(read: Read) -> None:
    person = read(TEXT, (OUTER, INNER))
    mods = [Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier, Mod.MetaModifier]
    together = [reduce(or_, some, Mod.NoModifier) for count in range(5) for some in combinations(mods, count)]
    for pressed in Qt.Key:
        for held in together:
            if (pressed, held) in known():
                continue
            person.view.select_entities(("outer",))
            event = QKeyEvent(QEvent.Type.KeyPress, pressed, held)
            person.view.keyPressEvent(event)
            assert not event.isAccepted(), f"{pressed} with {held}"
            assert person.view.selected_entities() == ("outer",)
    assert person.told == []


def test_no_key_means_two_things() -> None:
    pressed = [one for key in view_keys() for one in key.combinations]
    assert len(pressed) == len(set(pressed))


@pytest.mark.parametrize(
    ("keys", "fixed"),
    [("Tab", True), ("Esc", True), ("Ctrl+Shift+Left", True), ("Space", False), ("F4", False), ("F12", False)],
)
def test_which_keys_no_action_can_have(keys: str, fixed: bool) -> None:
    assert (fixed_key(QKeySequence(keys)) is not None) is fixed
