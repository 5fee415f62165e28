"""Keys of the page: going somewhere ends relation mode; keys of actions can be given away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.annotate.annotate_bench import Bench

Key = Qt.Key
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def in_the_mode(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("hội nghị", Key.Key_7)
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_R, CTRL)
    assert bench.page.relation_mode.active


@pytest.mark.parametrize(
    ("key", "mods"),
    [
        (Key.Key_Space, ()),
        (Key.Key_Tab, ()),
        (Key.Key_Tab, (SHIFT,)),
        (Key.Key_Right, ()),
        (Key.Key_Down, ()),
        (Key.Key_Up, (ALT,)),
        (Key.Key_End, (CTRL,)),
    ],
)
def test_going_somewhere_else_ends_relation_mode(
    bench: Bench, key: Qt.Key, mods: tuple[Qt.KeyboardModifier, ...]
) -> None:
    in_the_mode(bench)
    bench.key(key, *mods)
    assert not bench.page.relation_mode.active
    assert bench.relations() == []


def test_space_after_a_relation_goes_on_labelling(bench: Bench) -> None:
    in_the_mode(bench)
    bench.key(Key.Key_1)
    bench.key(Key.Key_Space)
    assert bench.page.view.selected_text() == "huyện Kim Sơn"
    bench.key(Key.Key_4)
    assert ("PLACE", "huyện Kim Sơn") in bench.labels()
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]


def test_letters_do_nothing_to_relation_mode(bench: Bench) -> None:
    in_the_mode(bench)
    for key in (Key.Key_W, Key.Key_BracketLeft, Key.Key_Backspace):
        bench.key(key)
    assert bench.page.relation_mode.active


def test_space_and_enter_follow_the_list_of_actions(bench: Bench) -> None:
    bench.actions.set_keys("action_next_candidate", ["F10"])
    bench.actions.set_keys("action_edit_attributes", ["F11"])
    bench.key(Key.Key_Space)
    assert bench.page.view.selections() == ()
    bench.key(Key.Key_F10)
    assert bench.page.view.selections() != ()
    bench.key(Key.Key_5)
    bench.key(Key.Key_Return)
    assert not bench.page.form.entity_id
    bench.key(Key.Key_F11)
    assert bench.page.form.entity_id


def test_space_may_mean_something_else(bench: Bench) -> None:
    bench.actions.set_keys("action_next_candidate", [])
    bench.actions.set_keys("action_chips", ["Space"])
    bench.key(Key.Key_Space)
    assert bench.page.view.chips()
    assert bench.page.view.selections() == ()


def test_enter_on_the_keypad_is_enter(bench: Bench) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert bench.page.form.entity_id
