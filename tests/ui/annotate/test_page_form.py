"""The attribute form and the find bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from tests.ui.annotate.annotate_bench import Bench

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def _open(bench: Bench) -> dict[str, QLineEdit | QComboBox]:
    bench.key(Key.Key_Return)
    assert bench.page.form.isVisible()
    return bench.page.form.fields


def test_enter_opens_it_with_all_attributes_and_saves_them_as_one_action(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    fields = _open(bench)
    assert list(fields) == ["canonical", "system", "level"]
    level = fields["level"]
    assert isinstance(level, QComboBox)
    assert [level.itemText(at) for at in range(level.count())] == ["", "central", "province", "district", "commune"]
    level.setCurrentText("province")
    QTest.keyClicks(fields["canonical"], "Tinh uy 1")
    QTest.keyClicks(bench.page.form.note, "n")
    QTest.keyClick(bench.page.form.note, Key.Key_Return)
    (made,) = bench.stored().entities
    assert (dict(made.attributes), made.note) == ({"canonical": "Tinh uy 1", "level": "province"}, "n")
    assert bench.page.form.isHidden()
    assert bench.page.view.hasFocus()
    bench.desk.undo()
    assert (dict(bench.stored().entities[0].attributes), bench.stored().entities[0].note) == ({}, None)


def test_esc_closes_without_change(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    fields = _open(bench)
    QTest.keyClicks(fields["canonical"], "x")
    QTest.keyClick(fields["canonical"], Key.Key_Escape)
    assert bench.page.form.isHidden()
    assert dict(bench.stored().entities[0].attributes) == {}


def test_tab_goes_from_field_to_field(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    fields = _open(bench)
    seen = []
    for _ in range(4):
        seen.append(bench.window.focusWidget().objectName())
        QTest.keyClick(bench.window.focusWidget(), Key.Key_Tab)
    assert seen == ["attribute_canonical", "attribute_system", "attribute_level", "attribute_note"]
    assert list(fields)


def test_digits_and_delete_in_the_form_do_nothing_to_the_entity(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    fields = _open(bench)
    QTest.keyClick(fields["level"], Key.Key_1)
    QTest.keyClick(fields["level"], Key.Key_Delete)
    assert bench.labels() == [("ORG", "Tỉnh ủy")]


def test_a_proposal_is_offered_while_the_field_says_something_else(bench: Bench) -> None:
    bench.label("Sáng ngày 26/4", Key.Key_5)
    value = _open(bench)["value"]
    assert isinstance(value, QLineEdit)
    assert value.text() == "2021-04-26"
    offers = [one for one in bench.page.form.findChildren(QToolButton) if one.text().startswith("From the text")]
    assert [one.isHidden() for one in offers] == [True, True]
    value.setText("2020")
    assert offers[0].text() == "From the text: 2021-04-26"
    assert not offers[0].isHidden()
    offers[0].click()
    assert value.text() == "2021-04-26"


def test_selecting_another_entity_saves_what_was_typed(bench: Bench) -> None:
    other = bench.label("Kim Sơn", Key.Key_4)
    bench.label("Tỉnh ủy", Key.Key_3)
    QTest.keyClicks(_open(bench)["canonical"], "typed")
    bench.page.view.select_entities((other.id,))
    assert dict(bench.entity("ORG", "Tỉnh ủy").attributes) == {"canonical": "typed"}
    assert bench.page.form.isHidden()


def test_the_form_closes_when_its_entity_goes(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    _open(bench)
    bench.desk.undo()
    assert bench.page.form.isHidden()


def test_find_as_one_types_without_diacritics(bench: Bench) -> None:
    bench.key(Key.Key_F, CTRL)
    bar = bench.page.find_bar
    assert bar.box.hasFocus()
    QTest.keyClicks(bar.box, "hoi NGHI")
    assert bar.hits == (bench.span("hội nghị"), bench.span("Hội nghị"))
    assert bar.count.text() == "1 of 2"
    assert bench.page.view.selection() == bench.span("hội nghị")


def test_enter_and_shift_enter_go_round(bench: Bench) -> None:
    bench.key(Key.Key_F, CTRL)
    box = bench.page.find_bar.box
    QTest.keyClicks(box, "tinh uy")
    places = []
    for mods in (Qt.KeyboardModifier.NoModifier,) * 3 + (SHIFT,):
        QTest.keyClick(box, Key.Key_Return, mods)
        places.append(bench.page.view.selection())
    assert places == [
        bench.span("Tỉnh ủy", 1),
        bench.span("Tỉnh ủy", 2),
        bench.span("Tỉnh ủy"),
        bench.span("Tỉnh ủy", 2),
    ]


def test_esc_leaves_the_hit_selected_so_that_a_digit_labels_it(bench: Bench) -> None:
    bench.key(Key.Key_F, CTRL)
    QTest.keyClicks(bench.page.find_bar.box, "kim son")
    QTest.keyClick(bench.page.find_bar.box, Key.Key_Escape)
    assert bench.page.find_bar.isHidden()
    bench.key(Key.Key_4)
    assert bench.labels() == [("PLACE", "Kim Sơn")]


def test_tab_walks_the_hits_while_the_bar_is_open(bench: Bench) -> None:
    bench.key(Key.Key_F, CTRL)
    QTest.keyClicks(bench.page.find_bar.box, "tinh uy")
    bench.page.view.setFocus()
    bench.key(Key.Key_Tab)
    assert bench.page.view.selection() == bench.span("Tỉnh ủy", 1)
    assert "walking find hits, 2 of 3" in bench.page.status_text()
    bench.key(Key.Key_Escape)
    assert "find hits" not in bench.page.status_text()


def test_nothing_found_is_said(bench: Bench) -> None:
    bench.key(Key.Key_F, CTRL)
    QTest.keyClicks(bench.page.find_bar.box, "zzz")
    assert bench.page.find_bar.count.text() == "Not found"
    QTest.keyClick(bench.page.find_bar.box, Key.Key_Return)
    assert bench.page.view.selection() == (0, 0)


def test_a_selected_text_is_looked_for_at_once(bench: Bench) -> None:
    bench.select("Lê Thị Mai")
    bench.key(Key.Key_F, CTRL)
    assert bench.page.find_bar.count.text() == "1 of 2"


def test_opened_again_the_card_is_as_high_as_before(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    heights = set()
    for _ in range(3):
        bench.key(Key.Key_Return)
        heights.add(bench.page.form.height())
        QTest.keyClick(bench.page.form.note, Key.Key_Escape)
    assert len(heights) == 1
