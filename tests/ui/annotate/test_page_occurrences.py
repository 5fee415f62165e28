"""Label other occurrences: preview, choice, one action; the report or the project."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Entity, Origin, Report
from tests.ui.annotate.annotate_bench import Bench
from ui.annotate.edits.propagate import propagate
from ui.annotate.occurrence_search import Wanted, in_project
from ui.annotate.occurrences_dialog import OccurrencesDialog

Key = Qt.Key


def _dialog(bench: Bench, qtbot: QtBot) -> OccurrencesDialog:
    dialog = bench.page.others.open_dialog()
    assert dialog is not None
    qtbot.addWidget(dialog)
    return dialog


def _rows(dialog: OccurrencesDialog) -> list[tuple[str, bool]]:
    """Report and tick of each row that can be ticked."""
    return [
        (row.text(3), row.checkState(0) == Qt.CheckState.Checked) for row in dialog.tree.rows() if not row.isDisabled()
    ]


def test_hits_of_the_report_are_labelled_as_one_action(bench: Bench, qtbot: QtBot) -> None:
    source = bench.label("Lê Thị Mai", Key.Key_1)
    dialog = _dialog(bench, qtbot)
    assert _rows(dialog) == [("a.txt", True)]
    assert dialog.label_button.text() == "Label 1"
    dialog.accept()
    made = [one for one in bench.stored().entities if one.id != source.id]
    assert [(one.label, one.surface(bench.text), one.origin, one.by) for one in made] == [
        ("OFFICIAL", "Lê Thị Mai", Origin.PROPAGATED, source.id)
    ]
    assert bench.said[-1] == "1 occurrence of “Lê Thị Mai” labelled."
    assert bench.with_undo[-1]
    bench.desk.undo()
    assert [one.id for one in bench.stored().entities] == [source.id]


def test_hits_inside_a_longer_entity_start_unticked_and_labelled_ones_are_disabled(bench: Bench, qtbot: QtBot) -> None:
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    bench.label("Tỉnh ủy", Key.Key_3, 2)
    bench.label("Tỉnh ủy", Key.Key_3)
    dialog = _dialog(bench, qtbot)
    assert [row.text(3) for row in dialog.tree.rows() if row.isDisabled()] == ["labelled already"] * 2
    assert _rows(dialog) == [("a.txt", False)]
    assert not dialog.label_button.isEnabled()
    next(row for row in dialog.tree.rows() if not row.isDisabled()).setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(dialog.label_button.isEnabled)
    dialog.accept()
    assert bench.labels().count(("ORG", "Tỉnh ủy")) == 3


def test_cancel_labels_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    dialog = _dialog(bench, qtbot)
    dialog.reject()
    assert bench.labels() == [("OFFICIAL", "Lê Thị Mai")]


@pytest.mark.parametrize("indexed", [True, False])
def test_the_whole_project_is_searched_beside_the_window(bench: Bench, qtbot: QtBot, indexed: bool) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    dialog = _dialog(bench, qtbot)
    dialog.whole_word.setChecked(indexed)  # parts of words are not in the full-text index
    dialog.everywhere.setChecked(True)
    qtbot.waitUntil(lambda: dialog.progress.isHidden() and ("b.txt", True) in _rows(dialog))
    dialog.accept()
    assert bench.desk.report is not None
    here = bench.desk.report.id
    bench.desk.open_next(1)
    assert bench.desk.report.id != here
    assert bench.labels() == [("PLACE", "Kim Sơn")]
    bench.desk.undo()
    assert bench.labels() == []


def test_a_search_can_be_stopped(bench: Bench, qtbot: QtBot) -> None:
    bench.label("Kim Sơn", Key.Key_4)
    dialog = _dialog(bench, qtbot)
    dialog.everywhere.setChecked(True)
    dialog.stop.click()
    assert dialog.progress.isHidden()
    dialog.reject()


def test_a_cancelled_search_of_the_project_ends(bench: Bench) -> None:
    desk = bench.desk
    wanted = Wanted("Kim Sơn", "PLACE")
    found = list(in_project(desk.project, "lan", desk.workspace.stored_schema, wanted, lambda: True))
    assert found == []


def test_others_labels_say_nothing(bench: Bench) -> None:
    from annotations.changes import AddEntity
    from model.workspace import Workspace

    bench.select("Kim Sơn")
    start, end = bench.page.view.selection()
    assert bench.desk.report is not None
    Workspace(bench.desk.project, "minh").apply(AddEntity(bench.desk.report.id, Entity("m", "PLACE", start, end)))
    for whole_word in (True, False):
        wanted = Wanted("Kim Sơn", "PLACE", whole_word)
        found = in_project(bench.desk.project, "lan", bench.desk.workspace.stored_schema, wanted, lambda: False)
        assert [(one.report.name, [hit.taken for hit in one.hits]) for one in found] == [
            ("a.txt", [False]),
            ("b.txt", [False]),
        ]


def test_without_a_selected_entity_it_is_said(bench: Bench) -> None:
    bench.key(Key.Key_A, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert bench.said == ["Select one entity first; its other occurrences are then offered."]


def test_values_read_from_the_text_are_read_anew_others_go_along() -> None:
    text = "Ngày 26/4 và ngày 26/4. Bí thư cũ, Bí thư."
    day = Entity("d", "DATE", 0, 9, attributes={"value": "1999", "type": "DATE"})
    post = Entity("p", "TITLE", 24, 30, attributes={"canonical": "Bí thư Tỉnh ủy", "status": "former"}, entry="t1")
    report = Report("r", "r", text, date="2021-04-29")
    (date,) = propagate(day, [(report, (13, 22))], DEFAULT_SCHEMA).entities["r"]
    assert dict(date.attributes) == {"value": "2021-04-26", "type": "DATE"}
    (title,) = propagate(post, [(report, (35, 41))], DEFAULT_SCHEMA).entities["r"]
    assert (dict(title.attributes), title.entry, title.by) == ({"canonical": "Bí thư Tỉnh ủy"}, "t1", "p")
