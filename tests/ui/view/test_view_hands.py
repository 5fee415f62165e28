"""Mouse and keys on any text, right after the text was set in another way: astral letters, NFD, zoom, width, chips."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from annotations.report import Entity
from ui.annotate.view.appearance import Appearance
from ui.annotate.view.geometry import chip_of

Read = Callable[..., Any]
Key, SHIFT, CTRL, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = "Sáng nay, Bí thư Tỉnh ủy Lê Thị Thủy chủ trì Hội nghị. Các đại biểu dự."
TEXTS = {
    "composed": PLAIN,
    "decomposed": unicodedata.normalize("NFD", PLAIN),
    "beyond the BMP": "😀👩‍🌾 " + PLAIN.replace(" ", " 𝐀 ", 3),
    "second paragraph": "Đầu đề 😀\n\n" + PLAIN,
}


def wheel(person: Any) -> None:
    place = QPointF(person.view.viewport().rect().center())
    event = QWheelEvent(
        place,
        person.view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(person.view.viewport(), event)


CHANGES: dict[str, Callable[[Any], object]] = {
    "nothing": lambda person: None,
    "wheel": wheel,
    "width": lambda person: person.view.resize(330, 480),
    "chips": lambda person: person.view.set_chips(True),
    "all arcs": lambda person: person.view.set_arc_mode("all"),
    "numbers": lambda person: person.view.set_numbers(True),
    "appearance": lambda person: person.view.set_appearance(Appearance(1.4, spacing=1.5, letters=50)),
}


def span_of(text: str, words: str) -> tuple[int, int]:
    words = unicodedata.normalize("NFD", words) if unicodedata.is_normalized("NFD", text) else words
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", TEXTS)
def test_select_click_resize_and_relate(read: Read, kind: str, change: str) -> None:
    text = TEXTS[kind]
    name, meeting = span_of(text, "Thủy"), span_of(text, "Hội nghị")
    entities = (Entity("name", "OFFICIAL", *name), Entity("meeting", "MEETING", *meeting))
    person = read(text, entities)
    CHANGES[change](person)
    start, end = span_of(text, "chủ")
    person.drag(person.at(start), person.at(start + 1), person.at(end - 1))
    assert person.view.selection() == (start, end)
    person.click(person.at(name[0]))
    assert person.view.selected_entities() == ("name",)
    _left, right = person.view.handle_points("name")
    person.drag(right, person.at(start), person.at(end - 1))
    assert person.told == [("edge", "name", name[0], end, False)]
    person.key(Key.Key_Right, SHIFT)
    assert person.told[1:] == [("edge", "name", name[0], end, False)]
    grip = person.view.grip_rect("name").center()
    person.drag(grip, grip + QPoint(6, 1), person.at(meeting[0]))
    assert person.told[2:] == [("relation", "name", "meeting")]


@pytest.mark.parametrize("kind", TEXTS)
def test_characters_are_whole_letters_by_key_and_by_mouse(read: Read, kind: str) -> None:
    text = TEXTS[kind]
    start, end = span_of(text, "Thủy")
    person = read(text, (Entity("name", "OFFICIAL", start, end),))
    person.view.select_entities(("name",))
    person.key(Key.Key_Left, SHIFT, ALT)
    person.key(Key.Key_Right, SHIFT, CTRL, ALT)
    letter = len("y"), len("T")
    assert person.told == [
        ("edge", "name", start, end - letter[0], False),
        ("edge", "name", start + letter[1], end, False),
    ]


def test_f4_lets_edges_move_alone_until_another_entity_is_selected(read: Read) -> None:
    start, end = span_of(PLAIN, "Thủy")
    entities = (Entity("name", "OFFICIAL", start, end), Entity("word", "ORG", 0, 4))
    person = read(PLAIN, entities)
    told: list[bool] = []
    person.view.edge_alone_changed.connect(told.append)
    person.key(Key.Key_F4)
    assert not person.view.edge_alone()
    person.view.select_entities(("name",))
    plain = person.view.viewport().grab().toImage()
    person.key(Key.Key_F4)
    assert person.view.viewport().grab().toImage() != plain
    person.key(Key.Key_Right, SHIFT)
    person.key(Key.Key_Left, SHIFT, CTRL)
    _left, right = person.view.handle_points("name")
    person.drag(right, person.at(end + 2), person.at(end + 3))
    assert [event[4] for event in person.told] == [True, True, True]
    person.view.select_entities(("word",))
    person.view.select_entities(("name",))
    person.key(Key.Key_Right, SHIFT)
    person.key(Key.Key_F4)
    person.key(Key.Key_F4)
    person.key(Key.Key_Right, SHIFT)
    assert [event[4] for event in person.told[3:]] == [False, False]
    assert told == [True, False, True, False]


def test_a_chip_is_grabbed_where_it_is_shown_after_scrolling(read: Read) -> None:
    text = "\n".join(f"{n}. Tỉnh ủy họp bàn." for n in range(200))
    entities = [Entity(f"e{at}", "ORG", at, at + 7) for at in range(len(text)) if text.startswith("Tỉnh ủy", at)]
    person = read(text, entities)
    person.view.set_chips(True)
    person.view.select_entities((entities[150].id,))
    rect = chip_of(person.view.column, entities[151])
    assert rect is not None
    person.click(rect.translated(person.view.origin()).center().toPoint())
    assert person.view.selected_entities() == (entities[151].id,)
