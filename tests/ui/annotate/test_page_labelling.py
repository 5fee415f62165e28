"""Labelling with keys and mouse; what the project holds afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.changes import RenameLabel
from annotations.report import Origin, Status
from tests.ui.annotate.annotate_bench import Bench

Key = Qt.Key
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_a_digit_labels_the_selection_and_selects_the_entity(bench: Bench) -> None:
    bench.select("Lê Thị Mai")
    bench.key(Key.Key_1)
    (made,) = bench.stored().entities
    assert (made.label, made.surface(bench.text), made.origin) == ("OFFICIAL", "Lê Thị Mai", Origin.MANUAL)
    assert bench.page.view.selected_entities() == (made.id,)
    assert bench.stored().status is Status.IN_PROGRESS


def test_undo_and_redo(bench: Bench) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_Z, CTRL)
    assert bench.labels() == []
    assert bench.page.entity_model.rowCount() == 0
    bench.key(Key.Key_Y, CTRL)
    assert bench.labels() == [("OFFICIAL", "Lê Thị Mai")]


def test_a_digit_relabels_the_selected_entity(bench: Bench) -> None:
    made = bench.label("Kim Sơn", Key.Key_3)
    bench.key(Key.Key_4)
    assert bench.labels() == [("PLACE", "Kim Sơn")]
    assert bench.stored().entities[0].id == made.id


def test_nothing_selected_is_said(bench: Bench) -> None:
    bench.key(Key.Key_1)
    assert bench.labels() == []
    assert bench.said == ["Select text first, then press the label's key."]


def test_a_wider_selection_re_extends_the_entity_of_the_same_label(bench: Bench) -> None:
    made = bench.label("Kim Sơn", Key.Key_4)
    again = bench.label("huyện Kim Sơn", Key.Key_4)
    assert bench.labels() == [("PLACE", "huyện Kim Sơn")]
    assert again.id == made.id


def test_nested_and_stacked_entities(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Tỉnh ủy", Key.Key_3, 1)
    bench.label("Tỉnh ủy", Key.Key_2, 2)
    bench.label("Tỉnh ủy", Key.Key_3, 2)
    assert sorted(bench.labels()) == [
        ("ORG", "Tỉnh ủy"),
        ("ORG", "Tỉnh ủy"),
        ("TITLE", "Bí thư Tỉnh ủy"),
        ("TITLE", "Tỉnh ủy"),
    ]


def test_a_date_gets_its_value_in_the_same_action(bench: Bench) -> None:
    made = bench.label("Sáng ngày 26/4", Key.Key_5)
    assert dict(made.attributes) == {"value": "2021-04-26", "type": "TIME"}
    bench.key(Key.Key_Z, CTRL)
    assert bench.labels() == []


def test_a_resolution_gets_its_identifier(bench: Bench) -> None:
    made = bench.label("Chỉ thị 05-CT/TU", Key.Key_6)
    assert made.attributes["kind"] == "chi_thi"
    assert made.attributes["norm"] == "TU-Hà Nam:CT:05"


def test_shift_and_arrow_move_an_edge_with_the_nested_one(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3, 1)
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.key(Key.Key_Right, SHIFT)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh ủy Lê"), ("ORG", "Tỉnh ủy Lê")]
    bench.key(Key.Key_Z, CTRL)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh ủy"), ("ORG", "Tỉnh ủy")]


def test_an_edge_dragged_with_ctrl_moves_alone(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3, 1)
    outer = bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    handles = bench.page.view.handle_points(outer.id)
    assert handles is not None
    there = bench.page.view.rects_of(*bench.span("Lê Thị Mai"))[0]
    bench.drag(handles[1], QPoint(there.right(), handles[1].y()), CTRL)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh ủy Lê Thị Mai"), ("ORG", "Tỉnh ủy")]


def test_a_plain_drag_selects_whole_syllables_and_ctrl_adds_a_fragment(bench: Bench) -> None:
    view = bench.page.view
    first, last = view.rects_of(*bench.span("Bí thư"))[0], view.rects_of(*bench.span("Lê Thị Mai"))[0]
    bench.drag(first.center() - QPoint(first.width() // 2 - 3, 0), first.center() + QPoint(first.width() // 2 - 3, 0))
    bench.drag(last.center() - QPoint(last.width() // 2 - 3, 0), last.center() + QPoint(last.width() // 2 - 3, 0), CTRL)
    bench.key(Key.Key_2)
    (made,) = bench.stored().entities
    assert made.spans == (bench.span("Bí thư"), bench.span("Lê Thị Mai"))


def test_a_chip_labels_and_leaves_the_focus_in_the_text(bench: Bench) -> None:
    chip = next(one for one in bench.page.label_bar.chips() if one.objectName() == "chip_PLACE")
    bench.select("Kim Sơn")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert bench.labels() == [("PLACE", "Kim Sơn")]
    assert bench.page.view.hasFocus()


def test_delete_takes_the_selected_entity_with_its_relations(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_1)
    bench.key(Key.Key_Escape)
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]
    bench.key(Key.Key_Delete)
    assert (bench.labels(), bench.relations()) == ([("TITLE", "Bí thư Tỉnh ủy")], [])
    bench.key(Key.Key_Z, CTRL)
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]


def test_relabelling_against_the_schema_is_refused_in_words(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_R, CTRL)
    bench.key(Key.Key_1)
    bench.key(Key.Key_Escape)
    bench.key(Key.Key_4)
    assert ("OFFICIAL", "Lê Thị Mai") in bench.labels()
    assert bench.said[-1] == "The schema does not allow holds_title from PLACE to TITLE. Nothing was changed."


def test_space_selects_the_next_unlabelled_candidate(bench: Bench) -> None:
    bench.page.view.set_caret(0)
    found = []
    for _ in range(4):
        bench.key(Key.Key_Space)
        start, end = bench.page.view.selection()
        found.append(bench.text[start:end])
    assert len(set(found)) == 4
    bench.key(Key.Key_2)
    assert bench.labels() == [("TITLE", found[-1])]
    start, end = bench.page.view.selection()
    bench.page.view.set_caret(0)
    again = []
    for _ in range(4):
        bench.key(Key.Key_Space)
        start, end = bench.page.view.selection()
        again.append(bench.text[start:end])
    assert again[:3] == found[:3]
    assert again[3] != found[3]


@pytest.mark.parametrize(
    "stream",
    [
        [
            Key.Key_T,
            Key.Key_Backspace,
            Key.Key_Backspace,
            Key.Key_I,
            Key.Key_J,
            Key.Key_N,
            Key.Key_H,
            Key.Key_R,
        ],  # Telex
        [Key.Key_BracketLeft, Key.Key_W, Key.Key_BracketRight, Key.Key_D, Key.Key_D, Key.Key_Backspace],
        [Key.Key_U, Key.Key_Backspace, Key.Key_Y, Key.Key_Backspace],  # Unikey takes back and sends again
    ],
)
def test_streams_of_input_methods_do_nothing(bench: Bench, stream: list[Qt.Key]) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    before, selected = bench.stored(), bench.page.view.selected_entities()
    for key in stream:
        bench.key(key)
    assert (bench.stored(), bench.page.view.selected_entities()) == (before, selected)
    assert bench.page.find_bar.isHidden()
    assert not bench.page.relation_mode.active


def test_ctrl_c_copies_the_selected_text(bench: Bench) -> None:
    bench.select("Lê Thị Mai")
    bench.key(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Lê Thị Mai"


def test_a_renamed_label_renames_its_action_and_chip(bench: Bench) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    bench.desk.apply(RenameLabel("PLACE", "LOCATION"))
    assert "action_label_PLACE" not in bench.actions
    assert any(one.objectName() == "chip_LOCATION" for one in bench.page.label_bar.chips())
    bench.label("Lê Thị Mai", Key.Key_4)
    assert bench.labels() == [("LOCATION", "Lê Thị Mai"), ("LOCATION", "Kim Sơn")]


def test_the_status_line_says_what_is_selected_and_walked(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.page.status_text_changed) as told:
        bench.label("Sáng ngày 26/4", Key.Key_5)
    start, end = bench.span("Sáng ngày 26/4")
    words = f"{start}–{end} “Sáng ngày 26/4” Date · walking entities, 1 of 1 — Tab next, F3 other"
    assert bench.page.status_text() == words
    assert told.args == [words]


def test_the_status_line_counts_other_places_with_the_same_words(bench: Bench) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    assert "1 more like this" in bench.page.status_text()


def test_tab_walks_entities_and_f3_changes_what_is_walked(bench: Bench) -> None:
    first, second = bench.label("Tỉnh ủy", Key.Key_3), bench.label("Kim Sơn", Key.Key_4)
    bench.key(Key.Key_Tab)
    assert bench.page.view.selected_entities() == (first.id,)
    bench.key(Key.Key_Tab, SHIFT)
    assert bench.page.view.selected_entities() == (second.id,)
    bench.key(Key.Key_F3)
    assert "no open points" in bench.page.status_text()


def test_tab_walks_open_points(bench: Bench) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    crossing = bench.label("Tỉnh ủy Lê Thị", Key.Key_1)
    bench.page.view.set_caret(0)
    bench.key(Key.Key_F3)
    bench.key(Key.Key_Tab)
    assert crossing.id in bench.page.view.selected_entities()
    assert "cross" in bench.page.status_text()


def test_the_header_shows_metadata_and_marks_done(bench: Bench) -> None:
    header = bench.page.header
    assert header.about.text() == "2021-04-29 · Báo Thử · Hà Nam"
    QTest.mouseClick(header.done, Qt.MouseButton.LeftButton, pos=QPoint(8, header.done.height() // 2))
    assert bench.stored().status is Status.DONE
    assert header.done.isChecked()
    bench.desk.undo()
    assert not header.done.isChecked()


def test_another_report_is_shown_with_its_own_labels(bench: Bench) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.desk.open_next(1)
    assert bench.page.entity_model.rowCount() == 0
    bench.label("Kim Sơn", Key.Key_4)
    assert bench.labels() == [("PLACE", "Kim Sơn")]
    bench.desk.open_next(-1)
    assert bench.labels() == [("OFFICIAL", "Lê Thị Mai")]
    assert bench.page.entity_model.rowCount() == 1


def test_a_collision_is_told_and_shows_the_other_version(bench: Bench) -> None:
    made = bench.label("Kim Sơn", Key.Key_4)
    from annotations.changes import SetEntityNote
    from model.project import Project
    from model.workspace import Workspace

    assert bench.desk.report is not None
    with Project.open(bench.desk.project.path) as project:
        Workspace(project, "lan").apply(SetEntityNote(bench.desk.report.id, (made.id,), "from elsewhere"))
    bench.key(Key.Key_3)
    assert bench.labels() == [("PLACE", "Kim Sơn")]
    assert "changed meanwhile" in bench.said[-1]
    assert bench.desk.annotation_set.entities[0].note == "from elsewhere"
