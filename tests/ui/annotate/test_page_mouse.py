"""The mouse on the page: what the view's gestures come to in the project."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.annotate.annotate_bench import Bench

Key = Qt.Key
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


def click(bench: Bench, point: QPoint, delay: int = 1000) -> None:
    QTest.mouseClick(bench.page.view.viewport(), LEFT, PLAIN, point, delay)


def before(bench: Bench, words: str, number: int = 0) -> QPoint:
    """Just right of where the words begin."""
    rect = bench.page.view.rects_of(*bench.span(words, number))[0]
    return QPoint(rect.left() + 1, rect.center().y())


def nested(bench: Bench) -> tuple[str, str]:
    """A title with the body inside; their ids."""
    title = bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    body = bench.label("Tỉnh ủy", Key.Key_3, 1)
    return title.id, body.id


def test_drag_inside_an_entity_selects_text_and_a_key_labels_it(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.page.view.set_caret(0)
    bench.drag(before(bench, "Tỉnh ủy", 1), bench.point("ủy", 1))
    bench.key(Key.Key_3)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh ủy"), ("ORG", "Tỉnh ủy")]


def test_click_selects_the_innermost_and_again_the_next_outer(bench: Bench) -> None:
    title, body = nested(bench)
    bench.page.view.set_caret(0)
    click(bench, bench.point("Tỉnh ủy", 1))
    assert bench.page.view.selected_entities() == (body,)
    click(bench, bench.point("Tỉnh ủy", 1))
    assert bench.page.view.selected_entities() == (title,)
    assert bench.page.entity_table.selected_ids() == (title,)


def test_double_click_takes_a_word_and_a_third_click_the_sentence(bench: Bench) -> None:
    pane, point = bench.page.view.viewport(), bench.point("chủ")
    click(bench, point)
    QTest.mouseDClick(pane, LEFT, PLAIN, point)
    assert bench.page.view.selected_text() in ("chủ", "chủ trì")
    QTest.mouseClick(pane, LEFT, PLAIN, point, 1)
    assert bench.page.view.selected_text().startswith("Sáng ngày 26/4")
    assert bench.page.view.selected_text().endswith("huyện Kim Sơn.")


def test_double_click_on_the_selected_entity_opens_its_attributes(bench: Bench) -> None:
    made = bench.label("Lê Thị Mai", Key.Key_1)
    point = bench.point("Thị")
    click(bench, point)
    QTest.mouseDClick(bench.page.view.viewport(), LEFT, PLAIN, point)
    assert bench.page.form.entity_id == made.id


def test_a_handle_moves_both_edges_that_are_there_and_keeps_what_hangs_on_them(bench: Bench) -> None:
    title, body = nested(bench)
    bench.key(Key.Key_R, CTRL, SHIFT)  # the body is what the title is held at
    bench.key(Key.Key_1)
    bench.key(Key.Key_Escape)
    bench.page.view.select_entities((title,))
    _left, right = bench.page.view.handle_points(title)
    bench.drag(right, bench.point("Tỉnh", 1))
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh"), ("ORG", "Tỉnh")]
    assert {one.id for one in bench.stored().entities} == {title, body}
    assert bench.relations() == [("Bí thư Tỉnh", "title_at", "Tỉnh")]
    bench.key(Key.Key_Z, CTRL)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh ủy"), ("ORG", "Tỉnh ủy")]


def test_a_handle_with_ctrl_moves_this_edge_alone(bench: Bench) -> None:
    title, _body = nested(bench)
    bench.page.view.select_entities((title,))
    _left, right = bench.page.view.handle_points(title)
    bench.drag(right, bench.point("Tỉnh", 1), CTRL)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh"), ("ORG", "Tỉnh ủy")]


def test_a_relation_is_dragged_from_a_grip(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    person = bench.label("Lê Thị Mai", Key.Key_1)
    grip = bench.page.view.grip_rect(person.id)
    bench.drag(grip.center(), bench.point("thư"))
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]


def test_a_relation_is_dragged_from_chip_to_chip(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    person = bench.label("Lê Thị Mai", Key.Key_1)
    title = bench.entity("TITLE", "Bí thư Tỉnh ủy")
    bench.key(Key.Key_F7)
    view = bench.page.view
    bench.page.view.set_caret(0)
    points = {}
    for y in range(0, view.viewport().height(), 3):
        for x in range(0, view.viewport().width(), 6):
            points.setdefault(view.chip_at(QPoint(x, y)), QPoint(x + 3, y + 3))
    bench.drag(points[person.id], points[title.id])
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]


def test_the_menu_offers_what_can_be_done_here(bench: Bench) -> None:
    title, body = nested(bench)
    names = {action.objectName() for action in bench.page.context_menu.build().actions()}
    assert {"action_edit_attributes", "action_add_relation", "action_delete", "action_copy"} <= names
    bench.page.view.set_caret(0)
    assert bench.page.context_menu.build().actions() == []
    bench.select("Lê Thị Mai")
    offered = [action.objectName() for action in bench.page.context_menu.build().actions() if action.objectName()]
    labels = [f"action_label_{kind.name}" for kind in bench.desk.schema.entity_types]
    assert offered == [*labels, "action_copy"]
    bench.page.view.select_entities((title, body))
    names = {action.objectName() for action in bench.page.context_menu.build().actions()}
    assert "action_add_relation" not in names, "of two entities no relation begins"
