"""What the status line says of the entity at the caret and below the mouse; breaches of the span rules are marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotations.report import Span
from tests.ui.annotate.annotate_bench import Bench

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def marked(bench: Bench) -> list[Span]:
    marks = bench.page.view._marks.get("notice")
    return [(one.start, one.end) for one in marks] if marks else []


def related(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_1)
    bench.key(Key.Key_Escape)


def test_the_entity_at_the_caret(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Tỉnh ủy", Key.Key_3, 1)
    bench.page.view.set_caret(bench.span("Tỉnh ủy", 1)[0] + 2)
    assert bench.page.status_text().startswith("caret in 41–48 “Tỉnh ủy” Organisation")
    bench.page.view.set_caret(0)
    assert "caret in" not in bench.page.status_text()


def test_the_entity_below_the_mouse_with_its_relations_until_a_key_is_pressed(bench: Bench, qtbot: QtBot) -> None:
    related(bench)
    bench.page.view.set_caret(0)
    with qtbot.waitSignal(bench.page.status_text_changed):
        QTest.mouseMove(bench.page.view.viewport(), bench.point("Lê Thị Mai"))
    assert bench.page.status_text() == "49–59 “Lê Thị Mai” Official · Lê Thị Mai → holds title → Bí thư Tỉnh ủy"
    bench.key(Key.Key_Right)
    assert "holds title" not in bench.page.status_text()


def test_what_was_below_the_mouse_is_forgotten_with_it(bench: Bench) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.page.view.set_caret(0)
    bench.page._on_hovered("gone")
    assert "walking entities" in bench.page.status_text()


def test_breaches_are_marked_after_a_pause_and_unmarked(bench: Bench, qtbot: QtBot) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.label("Tỉnh ủy Lê Thị", Key.Key_3)
    assert marked(bench) == [], "not while keys are pressed"
    qtbot.waitUntil(lambda: marked(bench) == [bench.span("Lê Thị")])
    bench.key(Key.Key_F3)
    bench.page.view.set_caret(0)
    bench.key(Key.Key_Tab)
    assert len(bench.page.view.selected_entities()) == 2
    assert "these two cross" in bench.page.status_text()
    bench.page.view.select_entities((bench.entity("ORG", "Tỉnh ủy Lê Thị").id,))
    bench.key(Key.Key_Delete)
    qtbot.waitUntil(lambda: marked(bench) == [])


def test_breaches_stay_marked_while_something_else_is_walked(bench: Bench, qtbot: QtBot) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.label("Tỉnh ủy Lê Thị", Key.Key_3)
    qtbot.waitUntil(lambda: bool(marked(bench)))
    for _press in range(3):
        bench.key(Key.Key_F3)
        assert marked(bench)


def test_another_report_has_its_own_marks(bench: Bench, qtbot: QtBot) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.label("Tỉnh ủy Lê Thị", Key.Key_3)
    qtbot.waitUntil(lambda: bool(marked(bench)))
    assert bench.desk.open_next(1)
    assert marked(bench) == []
    assert bench.desk.open_next(-1, unfinished=False)
    qtbot.waitUntil(lambda: bool(marked(bench)))
