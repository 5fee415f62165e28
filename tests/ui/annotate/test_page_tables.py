"""The tables on the page: edited in place, sharing the selection with the view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from tests.ui.annotate.annotate_bench import Bench
from ui.annotate.tables.entity_model import EntityColumn
from ui.annotate.tables.relation_model import RelationColumn
from ui.annotate.tables.table import RowTable

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def _edit(table: RowTable, row: int, column: int, words: str) -> None:
    """Open a cell's editor with F2, type and confirm, as a person does."""
    table.setFocus()
    table.setCurrentIndex(table.rows.index(row, column))
    QTest.keyClick(table, Key.Key_F2)
    editor = table.window().focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, words)
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()  # Qt commits an editor from its queue


def test_values_and_notes_are_edited_in_place(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    table = bench.page.entity_table
    _edit(table, 0, EntityColumn.VALUE, "Tinh uy Ha Nam")
    _edit(table, 0, EntityColumn.NOTE, "sure")
    _edit(table, 0, EntityColumn.ENTRY, "org-1")
    (made,) = bench.stored().entities
    assert (dict(made.attributes), made.note, made.entry) == ({"canonical": "Tinh uy Ha Nam"}, "sure", "org-1")
    assert table.rows.index(0, EntityColumn.VALUE).data() == "Tinh uy Ha Nam"


def test_digits_typed_into_a_cell_label_nothing(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    _edit(bench.page.entity_table, 0, EntityColumn.NOTE, "1 2")
    assert bench.labels() == [("ORG", "Tỉnh ủy")]
    assert bench.stored().entities[0].note == "1 2"


def test_boundaries_are_edited_as_numbers(bench: Bench) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    start, _end = bench.span("huyện Kim Sơn")
    _edit(bench.page.entity_table, 0, EntityColumn.START, str(start))
    assert bench.labels() == [("PLACE", "huyện Kim Sơn")]


def test_impossible_boundaries_are_refused_in_words(bench: Bench) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    _edit(bench.page.entity_table, 0, EntityColumn.END, "1")
    assert bench.said[-1] == "1 would leave the entity empty, or lies outside the text."
    _edit(bench.page.entity_table, 0, EntityColumn.END, "x")
    assert bench.said[-1] == "A boundary is a number of characters; “x” is none."
    assert bench.labels() == [("PLACE", "Kim Sơn")]


def test_a_label_is_chosen_from_the_schemas(bench: Bench) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    table = bench.page.entity_table
    table.setCurrentIndex(table.rows.index(0, EntityColumn.LABEL))
    table.edit(table.rows.index(0, EntityColumn.LABEL))
    combo = table.viewport().findChild(QComboBox)
    assert combo is not None
    assert combo.currentData() == "PLACE"
    combo.setCurrentIndex(combo.findData("ORG"))
    combo.activated.emit(combo.currentIndex())
    assert bench.labels() == [("ORG", "Kim Sơn")]


@pytest.mark.parametrize("written", ["ORG", "Organisation", "tổ chức, cơ quan", " ORG "])
def test_a_label_is_written_by_its_own_name_or_as_it_is_shown(bench: Bench, written: str) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    table = bench.page.entity_table
    table.rows.setData(table.rows.index(0, EntityColumn.LABEL), written)
    assert bench.labels() == [("ORG", "Kim Sơn")]


def test_delete_while_a_cell_is_edited_deletes_no_entity(bench: Bench) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    table = bench.page.entity_table
    table.setFocus()
    table.edit(table.rows.index(0, EntityColumn.LABEL))
    combo = table.viewport().findChild(QComboBox)
    assert combo is not None
    QTest.keyClick(combo, Key.Key_Delete)
    assert bench.labels() == [("PLACE", "Kim Sơn")]


def test_an_edit_with_several_rows_selected_goes_to_all_as_one_action(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    bench.label("Kim Sơn", Key.Key_4)
    bench.label("Lê Thị Mai", Key.Key_1)
    table = bench.page.entity_table
    table.setFocus()
    table.selectAll()
    table.selectionModel().setCurrentIndex(
        table.rows.index(1, EntityColumn.NOTE), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    QTest.keyClick(table, Key.Key_F2)
    editor = table.window().focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "all")
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()
    assert [one.note for one in bench.stored().entities] == ["all"] * 3
    bench.desk.undo()
    assert [one.note for one in bench.stored().entities] == [None] * 3


def test_a_digit_relabels_all_selected_rows(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    bench.label("Kim Sơn", Key.Key_4)
    bench.page.entity_table.setFocus()
    bench.page.entity_table.selectAll()
    bench.key(Key.Key_2, on=bench.page.entity_table)
    assert bench.labels() == [("TITLE", "Tỉnh ủy"), ("TITLE", "Kim Sơn")]


def test_delete_takes_all_selected_rows(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    bench.label("Kim Sơn", Key.Key_4)
    table = bench.page.entity_table
    table.setFocus()
    bench.key(Key.Key_A, CTRL, on=table)
    bench.key(Key.Key_Delete, on=table)
    assert bench.labels() == []
    bench.desk.undo()
    assert len(bench.labels()) == 2


def test_view_and_table_share_the_selection(bench: Bench) -> None:
    first, second = bench.label("Tỉnh ủy", Key.Key_3), bench.label("Kim Sơn", Key.Key_4)
    table, view = bench.page.entity_table, bench.page.view
    assert table.selected_ids() == (second.id,)
    view.select_entities((first.id,))
    assert table.selected_ids() == (first.id,)
    view.select(0, 3)
    assert table.selected_ids() == ()
    table.selectRow(1)
    assert view.selected_entities() == (second.id,)
    table.selectAll()
    assert set(view.selected_entities()) == {first.id, second.id}


def test_deleting_a_row_selects_no_other(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    bench.label("Kim Sơn", Key.Key_4)
    bench.key(Key.Key_Delete)
    assert bench.page.view.selected_entities() == ()
    assert bench.page.entity_table.selected_ids() == ()


def _related(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("hội nghị", Key.Key_7)
    bench.label("Lê Thị Mai", Key.Key_1)
    for number in (Key.Key_1, Key.Key_2, Key.Key_1):
        if not bench.page.relation_mode.active:
            bench.key(Key.Key_R, CTRL)
        bench.key(number)
    bench.key(Key.Key_Escape)
    assert len(bench.relations()) == 2


def test_a_relation_selects_its_ends_and_two_ends_their_relation(bench: Bench) -> None:
    _related(bench)
    table = bench.page.relation_table
    table.selectRow(0)
    ends = {bench.entity("OFFICIAL", "Lê Thị Mai").id, bench.entity("TITLE", "Bí thư Tỉnh ủy").id}
    assert set(bench.page.view.selected_entities()) == ends
    assert set(bench.page.entity_table.selected_ids()) == ends
    bench.page.view.select_entities(())
    assert table.selected_ids() == ()
    bench.page.view.select_entities(ends)
    assert len(table.selected_ids()) == 1


def test_delete_in_the_relation_table_takes_the_relation_only(bench: Bench) -> None:
    _related(bench)
    table = bench.page.relation_table
    table.setFocus()
    table.selectRow(0)
    bench.key(Key.Key_Delete, on=table)
    assert bench.relations() == [("Lê Thị Mai", "chairs", "hội nghị")]
    assert len(bench.labels()) == 3


def test_type_and_note_of_a_relation_are_edited(bench: Bench) -> None:
    _related(bench)
    table = bench.page.relation_table
    row = next(at for at in range(2) if table.rows.index(at, RelationColumn.TYPE).data() == "chairs")
    _edit(table, row, RelationColumn.NOTE, "sure")
    table.rows.setData(table.rows.index(row, RelationColumn.TYPE), "attends")
    changed = next(one for one in bench.stored().relations if one.type == "attends")
    assert changed.note == "sure"


def test_enter_on_an_end_jumps_to_it(bench: Bench) -> None:
    _related(bench)
    table = bench.page.relation_table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, RelationColumn.TARGET))
    bench.key(Key.Key_Return, on=table)
    assert bench.page.view.selected_entities() == (bench.entity("TITLE", "Bí thư Tỉnh ủy").id,)
    assert bench.page.view.hasFocus()


def test_the_filter_keeps_the_selection_and_counts(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    made = bench.label("Kim Sơn", Key.Key_4)
    panel = bench.page.entity_panel
    panel.filter_box.setFocus()
    QTest.keyClicks(panel.filter_box, "kim son")
    assert panel.heading.text() == "Entities  1 of 2"
    assert panel.table.selected_ids() == (made.id,)
    assert bench.page.view.selected_entities() == (made.id,)
    QTest.keyClick(panel.filter_box, Key.Key_Escape)
    assert panel.heading.text() == "Entities  2"


def test_empty_tables_say_what_will_be_there(bench: Bench) -> None:
    panel = bench.page.entity_panel
    assert "press a label's key" in panel.table.empty_words
    bench.label("Kim Sơn", Key.Key_4)
    QTest.keyClicks(panel.filter_box, "zz")
    assert panel.table.empty_words == "Nothing matches “zz”."


def test_a_header_click_sorts(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    bench.label("Kim Sơn", Key.Key_4)
    header = bench.page.entity_table.horizontalHeader()
    x = header.sectionViewportPosition(EntityColumn.TEXT) + 10
    point = header.viewport().rect().topLeft()
    point.setX(x)
    point.setY(header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
    rows = bench.page.entity_model
    assert [rows.index(at, EntityColumn.TEXT).data() for at in range(2)] == ["Kim Sơn", "Tỉnh ủy"]


def test_ctrl_c_in_a_table_copies_cells(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3)
    table = bench.page.entity_table
    table.setFocus()
    bench.key(Key.Key_C, CTRL, on=table)
    start, end = bench.span("Tỉnh ủy")
    assert QApplication.clipboard().text() == f"Organisation\tTỉnh ủy\t\t\t\t{start}\t{end}"


def test_columns_can_be_shown_and_hidden(bench: Bench) -> None:
    table = bench.page.entity_table
    origin = table.column_menu().actions()[EntityColumn.ORIGIN]
    assert not origin.isChecked()
    origin.setChecked(True)
    assert not table.isColumnHidden(EntityColumn.ORIGIN)
