"""The tables' models: what they show, sort, filter; that changes touch only their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order
from ui.annotate.edits.sheet import Sheet
from ui.annotate.tables.entity_model import EntityColumn, EntityModel
from ui.annotate.tables.relation_model import RelationColumn, RelationModel
from ui.annotate.tables.rows import CHOICES_ROLE, ID_ROLE
from ui.annotate.tables.table import RowTable

TEXT = "Đồng chí Lê Thị Mai, Bí thư Tỉnh ủy, chủ trì hội nghị sáng 26/4. " * 40
ENTITIES = (
    Entity("mai", "OFFICIAL", 9, 19, attributes={"canonical": "Lê Thị Mai"}),
    Entity("post", "TITLE", 21, 35, note="to check"),
    Entity("body", "ORG", 28, 35),
    Entity("day", "DATE", 54, 63, attributes={"value": "2021-04-26"}),
)
RELATIONS = (Relation("r1", "holds_title", "mai", "post"), Relation("r2", "title_at", "post", "body"))


def sheet(entities: Iterable[Entity] = ENTITIES, relations: tuple[Relation, ...] = RELATIONS) -> Sheet:
    labels = AnnotationSet("lan", entities=tuple(sorted(entities, key=entity_order)), relations=relations)
    return Sheet(Report("r1", "one.txt", TEXT), labels, DEFAULT_SCHEMA)


@pytest.fixture
def model(qapp: QApplication) -> EntityModel:
    made = EntityModel()
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.show_sheet(sheet())
    return made


def column(model: QAbstractItemModel, at: int) -> list[str]:
    return [model.index(row, at).data() for row in range(model.rowCount())]


def ids(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data(ID_ROLE) for row in range(model.rowCount())]


def test_a_row_shows_label_text_value_and_note(model: EntityModel) -> None:
    assert column(model, EntityColumn.LABEL) == ["Official", "Title", "Organisation", "Date"]
    assert column(model, EntityColumn.TEXT) == ["Lê Thị Mai", "Bí thư Tỉnh ủy", "Tỉnh ủy", "sáng 26/4"]
    assert column(model, EntityColumn.VALUE) == ["Lê Thị Mai", "", "", "2021-04-26"]
    assert column(model, EntityColumn.NOTE) == ["", "to check", "", ""]
    assert column(model, EntityColumn.START) == ["9", "21", "28", "54"]
    assert column(model, EntityColumn.ORIGIN) == ["by hand"] * 4


def test_label_choices_come_from_the_schema(model: EntityModel) -> None:
    cell = model.index(0, EntityColumn.LABEL)
    assert cell.data(CHOICES_ROLE)[0] == ("OFFICIAL", "Official")
    assert cell.data(Qt.ItemDataRole.EditRole) == "OFFICIAL"


def test_an_edit_is_sent_out_and_not_made(model: EntityModel) -> None:
    edits: list[tuple[str, int, object]] = []
    model.cell_edited.connect(lambda *edit: edits.append(edit))
    assert model.setData(model.index(1, EntityColumn.NOTE), "new")
    assert not model.setData(model.index(1, EntityColumn.TEXT), "new")
    assert not model.setData(model.index(1, EntityColumn.NOTE), "to check")
    assert edits == [("post", EntityColumn.NOTE, "new")]
    assert column(model, EntityColumn.NOTE)[1] == "to check"


def test_one_changed_entity_touches_one_row(model: EntityModel) -> None:
    touched: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: touched.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(True))
    model.show_sheet(sheet(replace(one, note="x") if one.id == "body" else one for one in ENTITIES))
    assert (touched, resets) == ([(2, 2)], [])


def test_a_newer_version_is_taken_over_silently(model: EntityModel) -> None:
    model.show_sheet(sheet(replace(one, version=9) for one in ENTITIES))
    found = model.item("mai")
    assert found is not None
    assert found.version == 9


def test_sorting_by_number_and_back_to_text_order(model: EntityModel) -> None:
    model.sort(EntityColumn.END, Qt.SortOrder.DescendingOrder)
    assert ids(model) == ["day", "body", "post", "mai"]
    model.sort(EntityColumn.TEXT)
    assert ids(model) == ["post", "mai", "day", "body"]
    model.sort(-1)
    assert ids(model) == ["mai", "post", "body", "day"]


def test_sorting_knows_no_diacritics_and_no_case(model: EntityModel) -> None:
    text = "Đa ca ba"
    entities = (Entity("a", "ORG", 0, 2), Entity("b", "ORG", 3, 5), Entity("c", "ORG", 6, 8))
    model.show_sheet(Sheet(Report("r2", "two", text), AnnotationSet("lan", entities=entities), DEFAULT_SCHEMA))
    model.sort(EntityColumn.TEXT)
    assert column(model, EntityColumn.TEXT) == ["ba", "ca", "Đa"]


def test_the_filter_looks_into_all_columns_without_diacritics(model: EntityModel) -> None:
    for words, found in (("tinh uy", ["post", "body"]), ("2021", ["day"]), ("check bi", ["post"]), ("zz", [])):
        model.set_filter(words)
        assert ids(model) == found
    assert model.total == 4


def test_a_row_that_no_longer_matches_leaves_and_comes_back(model: EntityModel) -> None:
    model.set_filter("check")
    changed = [replace(one, note=None) if one.id == "post" else one for one in ENTITIES]
    model.show_sheet(sheet(changed))
    assert ids(model) == []
    model.show_sheet(sheet())
    assert ids(model) == ["post"]


_entity = st.builds(
    lambda at, start, length, note: Entity(f"e{at}", "ORG", start, start + length, note=note),
    st.integers(0, 12),
    st.integers(0, 60),
    st.integers(1, 9),
    st.sampled_from([None, "a", "b"]),
)
_sets = st.lists(_entity, max_size=12, unique_by=lambda one: one.id)


@given(
    st.lists(_sets, min_size=1, max_size=5),
    st.integers(-1, 7),
    st.sampled_from([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder]),
    st.sampled_from(["", "a"]),
)
@settings(max_examples=60)
def test_row_by_row_changes_end_in_what_a_new_table_shows(
    qapp: QApplication, steps: list[list[Entity]], sort: int, order: Qt.SortOrder, words: str
) -> None:
    model, fresh = EntityModel(), EntityModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for one in (model, fresh):
        one.sort(sort, order)
        one.set_filter(words)
    for entities in steps:
        model.show_sheet(sheet(entities, ()))
        assert all(model.row_of(model.id_at(row)) == row for row in range(model.rowCount()))
    fresh.show_sheet(sheet(steps[-1], ()))
    assert ids(model) == ids(fresh)
    assert column(model, EntityColumn.TEXT) == column(fresh, EntityColumn.TEXT)
    assert tester.model() is model


def test_selection_stays_with_its_row_when_the_row_moves(model: EntityModel) -> None:
    table = RowTable(model)
    table.select_ids(("body",))
    model.sort(EntityColumn.NOTE)
    assert table.selected_ids() == ("body",)
    model.show_sheet(sheet(replace(one, note="zzz") if one.id == "body" else one for one in ENTITIES))
    assert ids(model)[-1] == "body"
    assert table.selected_ids() == ("body",)


def test_selecting_by_id_tells_nobody_and_a_persons_selection_does(model: EntityModel) -> None:
    table = RowTable(model)
    told: list[tuple[str, ...]] = []
    table.ids_selected.connect(told.append)
    table.select_ids(("day", "mai"))
    assert table.selected_ids() == ("mai", "day")
    assert told == []
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(model.index(2, 0), flags.ClearAndSelect | flags.Rows)
    assert told[-1] == ("body",)


def test_copy_gives_cells_between_tabs(model: EntityModel) -> None:
    table = RowTable(model)
    table.setColumnHidden(EntityColumn.ORIGIN, True)
    table.select_ids(("post", "day"))
    table.copy()
    assert QApplication.clipboard().text() == (
        "Title\tBí thư Tỉnh ủy\t\t\tto check\t21\t35\nDate\tsáng 26/4\t2021-04-26\t\t\t54\t63"
    )


def test_relations_show_their_ends_and_the_allowed_types(qapp: QApplication) -> None:
    model = RelationModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_sheet(sheet())
    assert column(model, RelationColumn.SOURCE) == ["Lê Thị Mai", "Bí thư Tỉnh ủy"]
    assert column(model, RelationColumn.TYPE) == ["holds title", "title at"]
    assert column(model, RelationColumn.TARGET) == ["Bí thư Tỉnh ủy", "Tỉnh ủy"]
    assert model.index(0, RelationColumn.TYPE).data(CHOICES_ROLE) == [("holds_title", "holds title")]
    assert tester.model() is model


def test_a_relations_row_follows_its_ends(qapp: QApplication) -> None:
    model = RelationModel()
    model.show_sheet(sheet())
    model.show_sheet(sheet(replace(one, end=27) if one.id == "post" else one for one in ENTITIES))
    assert column(model, RelationColumn.TARGET) == ["Bí thư", "Tỉnh ủy"]


def test_ten_thousand_rows_are_updated_one_by_one(model: EntityModel) -> None:
    many = [Entity(f"e{at:05}", "ORG", at % 2000, at % 2000 + 3) for at in range(10_000)]
    model.show_sheet(sheet(many, ()))
    model.sort(EntityColumn.TEXT)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show_sheet(sheet([*many[:-1], replace(many[-1], note="x")], ()))
    row = model.row_of("e09999")
    assert row is not None
    assert model.index(row, EntityColumn.NOTE).data() == "x"
    assert resets == []
