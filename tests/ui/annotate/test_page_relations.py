"""Relations: by number in relation mode, by mouse, from the menu; refusals in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from annotations.changes import AddEntities
from annotations.offsets import syllables
from annotations.report import Entity
from tests.ui.annotate.annotate_bench import Bench

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def _labelled(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3, 1)
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("hội nghị", Key.Key_7)
    bench.label("Sáng ngày 26/4", Key.Key_5)
    bench.label("Lê Thị Mai", Key.Key_1)


def _numbers(bench: Bench) -> dict[str, str]:
    return {
        bench.text[mark.start : mark.end]: mark.text for mark in bench.page.view._marks["number"].touching(0, 10_000)
    }


def test_several_targets_follow_each_other_until_esc(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    assert _numbers(bench) == {"Bí thư Tỉnh ủy": "1", "hội nghị": "2"}
    bench.key(Key.Key_1)
    assert _numbers(bench) == {"hội nghị": "2"}, "numbers stay with their entities"
    bench.key(Key.Key_2)
    assert "1 chairs   2 speaks at   3 attends" in bench.page.status_text()
    bench.key(Key.Key_1)
    assert bench.relations() == [
        ("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy"),
        ("Lê Thị Mai", "chairs", "hội nghị"),
    ]
    bench.key(Key.Key_Escape)
    assert _numbers(bench) == {}
    bench.key(Key.Key_2)
    assert ("TITLE", "Lê Thị Mai") not in bench.labels(), "relations hold it"


def test_digits_mean_labels_again_after_the_mode(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_Escape)
    bench.key(Key.Key_3)
    assert ("ORG", "Lê Thị Mai") in bench.labels()


def test_the_other_direction(bench: Bench) -> None:
    _labelled(bench)
    bench.page.view.select_entities((bench.entity("MEETING", "hội nghị").id,))
    bench.key(Key.Key_R, CTRL, SHIFT)
    assert "Relation to “hội nghị” from" in bench.page.status_text()
    number = _numbers(bench)["Lê Thị Mai"]
    bench.key(Qt.Key(ord(number)))
    bench.key(Key.Key_2)
    assert bench.relations() == [("Lê Thị Mai", "speaks_at", "hội nghị")]


def test_a_click_chooses_the_other_end_or_what_holds_it(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    QTest.mouseClick(bench.page.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.point("Tỉnh ủy", 1))
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]
    assert bench.page.view.selected_entities() == (bench.entity("OFFICIAL", "Lê Thị Mai").id,)
    assert bench.page.relation_mode.active


def test_a_click_on_what_the_schema_forbids_is_refused_in_words(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    QTest.mouseClick(bench.page.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.point("Sáng ngày 26/4"))
    assert bench.said[-1] == "The schema does not allow a relation from Official to Date."
    assert bench.relations() == []


def test_more_than_nine_targets_take_two_digits_each(bench: Bench) -> None:
    start, end = bench.text.index("\n") + 1, bench.text.index("hội nghị")
    titles = tuple(Entity(f"t{at}", "TITLE", *span) for at, span in enumerate(syllables(bench.text, start, end)))
    assert len(titles) > 9
    assert bench.desk.report is not None
    bench.desk.apply(AddEntities({bench.desk.report.id: titles}))
    bench.label("hội nghị", Key.Key_7)
    bench.key(Key.Key_R, CTRL, SHIFT)
    bench.key(Key.Key_1)
    assert bench.relations() == []
    assert "Number 1…" in bench.page.status_text()
    bench.key(Key.Key_1)
    bench.key(Key.Key_1)
    (relation,) = bench.stored().relations
    assert (relation.source, relation.type) == (titles[-2].id, "chairs"), "the second nearest"


def test_a_digit_that_begins_no_number_is_forgotten(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_9)
    bench.key(Key.Key_1)
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]


def test_enter_opens_no_form_in_relation_mode(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_Return)
    bench.key(Key.Key_Enter)
    assert bench.page.form.isHidden()


def test_esc_goes_back_from_the_types_to_the_numbers(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_2)
    bench.key(Key.Key_Escape)
    assert "type a number" in bench.page.status_text()
    bench.key(Key.Key_Escape)
    assert not bench.page.relation_mode.active
    assert bench.relations() == []


def test_without_a_selected_entity_it_is_said(bench: Bench) -> None:
    bench.key(Key.Key_R, CTRL)
    assert bench.said == ["Select one entity first; the relation begins at it."]


def test_without_any_target_it_is_said(bench: Bench) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_R, CTRL)
    assert bench.said == ["Nothing here can be the target of a relation from Official."]
    assert not bench.page.relation_mode.active


def test_the_mode_ends_when_its_entity_goes(bench: Bench) -> None:
    _labelled(bench)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_Z, CTRL)
    assert not bench.page.relation_mode.active
    assert ("OFFICIAL", "Lê Thị Mai") not in bench.labels()


def test_a_relation_is_dragged_from_the_grip(bench: Bench) -> None:
    _labelled(bench)
    source = bench.entity("OFFICIAL", "Lê Thị Mai")
    grip = bench.page.view.grip_rect(source.id)
    assert grip is not None
    bench.drag(grip.center(), bench.point("Bí thư"))
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]


def test_a_drag_with_several_types_asks_in_a_menu(bench: Bench) -> None:
    _labelled(bench)
    source = bench.entity("OFFICIAL", "Lê Thị Mai")
    bench.page.relation_mode.dragged(source.id, bench.entity("MEETING", "hội nghị").id)
    (menu,) = bench.page.view.findChildren(QMenu, "relation_type_menu")
    assert [action.data() for action in menu.actions()] == ["chairs", "speaks_at", "attends"]
    menu.actions()[2].trigger()
    assert bench.relations() == [("Lê Thị Mai", "attends", "hội nghị")]


def test_a_drag_that_the_schema_forbids_is_refused_in_words(bench: Bench) -> None:
    _labelled(bench)
    ends = [bench.entity("DATE", "Sáng ngày 26/4").id, bench.entity("OFFICIAL", "Lê Thị Mai").id]
    bench.page.relation_mode.dragged(*ends)
    assert bench.said == ["The schema does not allow a relation from Date to Official."]


def test_relating_twice_is_said(bench: Bench) -> None:
    _labelled(bench)
    ends = [bench.entity("OFFICIAL", "Lê Thị Mai").id, bench.entity("TITLE", "Bí thư Tỉnh ủy").id]
    bench.page.relation_mode.dragged(*ends)
    bench.page.relation_mode.dragged(*ends)
    assert bench.said == ["These two are related already."]
    assert len(bench.relations()) == 1


def test_the_context_menu_offers_what_is_possible(bench: Bench) -> None:
    assert bench.page.context_menu.build().actions() == []
    bench.select("Bí thư Tỉnh ủy")
    texts = [action.text() for action in bench.page.context_menu.build().actions()]
    assert "Title" in texts
    assert "Delete" not in texts
    _labelled(bench)
    bench.page.relation_mode.dragged(
        bench.entity("OFFICIAL", "Lê Thị Mai").id, bench.entity("TITLE", "Bí thư Tỉnh ủy").id
    )
    menu = bench.page.context_menu.build()
    remove = next(action.menu() for action in menu.actions() if action.text() == "Delete relation")
    assert isinstance(remove, QMenu)
    assert [action.text() for action in remove.actions()] == ["holds title → Bí thư Tỉnh ủy"]
    remove.actions()[0].trigger()
    assert bench.relations() == []


def test_a_relation_is_reversed_from_the_tables_menu(bench: Bench) -> None:
    first, second = bench.label("Tỉnh ủy", Key.Key_3), bench.label("Tỉnh ủy", Key.Key_3, 1)
    bench.page.relation_mode.dragged(first.id, second.id)
    (menu,) = bench.page.view.findChildren(QMenu, "relation_type_menu")
    next(action for action in menu.actions() if action.data() == "part_of").trigger()
    (relation,) = bench.stored().relations
    menu = bench.page.context_menu.build_for_relations((relation.id,))
    next(action for action in menu.actions() if action.text() == "Reverse").trigger()
    (reversed_,) = bench.stored().relations
    assert (reversed_.id, reversed_.source, reversed_.target) == (relation.id, second.id, first.id)


def clicked_arc(bench: Bench) -> str:
    """Relate two entities and click the name on their arc; the relation's id."""
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_1)
    bench.key(Key.Key_Escape)
    view = bench.page.view
    view.viewport().grab()
    [(relation_id, name)] = view.arcs._named
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=name.center().toPoint())
    assert view.selected_relation() == relation_id
    return relation_id


def test_a_clicked_arc_selects_its_row_and_delete_takes_the_relation_alone(bench: Bench) -> None:
    relation_id = clicked_arc(bench)
    assert bench.page.relation_table.selected_ids() == (relation_id,)
    assert bench.page.entity_table.selected_ids() == ()
    assert bench.page.status_text().startswith("Lê Thị Mai → holds title → Bí thư Tỉnh ủy")
    bench.key(Key.Key_Delete)
    assert bench.relations() == []
    assert len(bench.labels()) == 2
    assert bench.page.view.selected_relation() == ""


def test_a_clicked_arc_has_the_menu_of_its_relation_and_enter_goes_to_its_row(bench: Bench) -> None:
    clicked_arc(bench)
    words = [action.text() for action in bench.page.context_menu.build().actions()]
    assert "Delete" in words
    assert "Attributes…" not in words
    bench.key(Key.Key_Return)
    assert bench.page.relation_table.hasFocus()


def test_another_selection_leaves_the_relation(bench: Bench) -> None:
    clicked_arc(bench)
    made = bench.entity("OFFICIAL", "Lê Thị Mai")
    bench.page.view.select_entities((made.id,))
    assert bench.page.view.selected_relation() == ""
    assert bench.page.entity_table.selected_ids() == (made.id,)
