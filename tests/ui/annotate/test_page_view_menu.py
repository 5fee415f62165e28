"""The View menu of the page: chips, arcs, numbers, types, zoom, setting; kept for the account."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.ui.annotate.annotate_bench import Bench
from ui.actions import Actions
from ui.annotate.page import AnnotatePage
from ui.annotate.remembering import SIZES_KEY, TEXT_KEY
from ui.annotate.text_settings import TextSettings
from ui.annotate.view.appearance import Appearance
from ui.settings import Settings

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def another_page(bench: Bench, qtbot: QtBot) -> AnnotatePage:
    """A page as the next window of the account would show it, not seen yet."""
    window = QMainWindow()
    qtbot.addWidget(window)
    settings = Settings()
    bench.desk.settings = settings
    page = AnnotatePage(bench.desk, Actions(window, settings), window)
    window.setCentralWidget(page)
    return page


def test_chips_and_numbers_are_switched_by_key_and_ticked(bench: Bench) -> None:
    view = bench.page.view
    for key, name, shown in ((Key.Key_F7, "action_chips", view.chips), (Key.Key_F9, "action_numbers", view.numbers)):
        assert not shown()
        bench.key(key)
        assert shown()
        assert bench.actions[name].isChecked()
        bench.key(key)
        assert not shown()
        assert not bench.actions[name].isChecked()


def test_arcs_cycle_and_are_said(bench: Bench) -> None:
    modes = []
    for _press in range(4):
        bench.key(Key.Key_F8)
        modes.append(bench.page.view.arc_mode().value)
    assert modes == ["selected", "all", "none", "hovered"]
    assert bench.said[-4:] == [
        "Relations are shown of the selected entity.",
        "All relations in sight are shown.",
        "No relations are shown.",
        "Relations are shown of the selected entity and of the one below the mouse.",
    ]


def test_relation_types_are_hidden_one_by_one_and_all(bench: Bench) -> None:
    actions = bench.page.view_actions
    menu = bench.actions["action_relation_types"].menu()
    by_name = {action.data(): action for action in actions.fill_types().actions()}
    assert set(by_name) - {None} == {kind.name for kind in bench.desk.schema.relation_types}
    assert all(action.isChecked() for name, action in by_name.items() if name)
    by_name["chairs"].trigger()
    assert bench.page.view.hidden_relations() == {"chairs"}
    every = actions.fill_types().actions()[0]
    assert not every.isChecked()
    assert not next(action for action in menu.actions() if action.data() == "chairs").isChecked()
    every.trigger()
    assert bench.page.view.hidden_relations() == frozenset()
    actions.fill_types().actions()[0].trigger()
    assert len(bench.page.view.hidden_relations()) == len(bench.desk.schema.relation_types)


def test_zoom_by_key(bench: Bench) -> None:
    bench.key(Key.Key_Plus, CTRL)
    assert bench.page.view.zoom() == pytest.approx(1.1)
    bench.key(Key.Key_Minus, CTRL)
    bench.key(Key.Key_Minus, CTRL)
    assert bench.page.view.zoom() == pytest.approx(1 / 1.1)
    bench.key(Key.Key_0, CTRL)
    assert bench.page.view.zoom() == 1.0


def test_labels_fit_right_after_zoom_and_another_width(bench: Bench) -> None:
    bench.key(Key.Key_Plus, CTRL)
    bench.window.resize(1000, 700)
    bench.drag(bench.point("Lê"), bench.point("Mai"))
    bench.key(Key.Key_1)
    assert bench.labels() == [("OFFICIAL", "Lê Thị Mai")]


def test_the_form_sets_font_spacing_and_width(bench: Bench) -> None:
    bench.key(Key.Key_T, CTRL)
    form = bench.window.findChild(TextSettings)
    assert form is not None
    form.zoom.setValue(150)
    form.spacing.setValue(120)
    form.letters.setValue(60)
    assert bench.page.view.appearance() == Appearance(1.5, "", 1.2, 60)
    assert not form.family.isEnabled()
    form.own_font.click()
    assert form.family.isEnabled()
    assert bench.page.view.appearance().family == form.family.currentFont().family()
    form.own_font.click()
    assert bench.page.view.appearance().family == ""
    form.findChildren(type(form.own_font))
    form._take(Appearance())
    assert (form.zoom.value(), form.spacing.value(), form.letters.value()) == (100, 100, 80)


def test_edges_move_alone_until_told_otherwise(bench: Bench) -> None:
    bench.label("Tỉnh ủy", Key.Key_3, 1)
    title = bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    action = bench.actions["action_edge_alone"]
    bench.key(Key.Key_F4)
    assert action.isChecked()
    assert "its edges move alone" in bench.page.status_text()
    bench.key(Key.Key_Left, SHIFT)
    assert bench.labels() == [("TITLE", "Bí thư Tỉnh"), ("ORG", "Tỉnh ủy")]
    bench.key(Key.Key_F4)
    assert not action.isChecked()
    bench.key(Key.Key_Left, SHIFT)
    bench.page.view.select_entities(())
    bench.key(Key.Key_F4)
    assert not action.isChecked()
    assert "Select one entity first" in bench.said[-1]
    assert bench.stored().entities[0].id == title.id


def test_how_the_text_is_shown_stays_for_the_account(bench: Bench, qtbot: QtBot) -> None:
    family = QFont(bench.page.view.font()).family()
    bench.key(Key.Key_F7)
    bench.key(Key.Key_F9)
    bench.key(Key.Key_F8)
    bench.page.view.set_appearance(Appearance(1.25, family, 1.5, 66))
    bench.page.view.set_hidden_relations(["chairs"])
    bench.page.view_actions.toggle_numbers()
    bench.page.view_actions.toggle_numbers()
    bench.window.hide()  # no waiting: what is not kept yet is kept when the window goes
    other = another_page(bench, qtbot)
    assert other.view.appearance() == Appearance(1.25, family, 1.5, 66)
    assert (other.view.chips(), other.view.numbers(), other.view.arc_mode().value) == (True, True, "selected")
    assert other.view.hidden_relations() == {"chairs"}
    assert other.actions_list["action_chips"].isChecked()


def test_a_zoom_by_wheel_is_kept(bench: Bench, qtbot: QtBot) -> None:
    bench.page.view.set_zoom(2.0)
    qtbot.waitUntil(lambda: Settings().get(TEXT_KEY, {}).get("zoom") == 2.0)


def test_sizes_of_panels_and_columns_stay(bench: Bench, qtbot: QtBot) -> None:
    page = bench.page
    page.entity_table.setColumnWidth(1, 222)
    page.relation_table.setColumnWidth(0, 177)
    page.splitter.setSizes([700, 600])
    page.tables.setSizes([200, 500])
    page.remembering.changed()
    sizes = page.splitter.sizes(), page.tables.sizes()
    bench.window.hide()
    other = another_page(bench, qtbot)
    other.window().resize(bench.window.size())
    with qtbot.waitExposed(other.window()):
        other.window().show()
    assert (other.entity_table.columnWidth(1), other.relation_table.columnWidth(0)) == (222, 177)
    assert (other.splitter.sizes(), other.tables.sizes()) == sizes


@pytest.mark.parametrize(
    "kept",
    [
        "nothing",
        {"zoom": "large", "family": None, "spacing": [], "letters": "many", "arcs": "some", "hidden_relations": 3},
        {"zoom": 900, "letters": 100_000, "spacing": -1, "hidden_relations": [1, None]},
    ],
)
def test_settings_that_make_no_sense_do_no_harm(bench: Bench, qtbot: QtBot, kept: object) -> None:
    settings = Settings()
    settings.set(TEXT_KEY, kept)
    settings.set(SIZES_KEY, {"panels": "ừ", "entities": 7} if isinstance(kept, dict) else kept)
    other = another_page(bench, qtbot)
    assert other.view.appearance() == other.view.appearance().within_bounds()
    assert other.view.hidden_relations() == frozenset()
