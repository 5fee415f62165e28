"""Suggestions on the page: shown unconfirmed, walked, confirmed, corrected, refused, by key and mouse; undone as one action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotations.facts import Kind
from annotations.report import Entity, Origin, Relation
from model.queries.facts import facts
from tests.ui.annotate.annotate_bench import Bench
from ui.annotate.suggestions.actions import open_confirm, open_copy
from ui.annotate.suggestions.choosing import Scope
from ui.annotate.suggestions.source import SuggestionSource
from ui.annotate.suggestions.suggesting import Suggesting
from ui.jobs.aside import Aside

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEDE = "Bí thư Tỉnh ủy Lê Thị Mai"


@pytest.fixture
def suggesting(bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Suggesting]:
    """Suggestions of the real source; its thinking is done in the thread, not in a process, so that tests are quick."""

    def here(self: Aside) -> None:
        self._here = self._make()

    monkeypatch.setattr(Aside, "_start", here)
    source = SuggestionSource(bench.desk)
    bench.page.suggesting.attach(source)
    found = bench.page.suggesting
    qtbot.waitUntil(lambda: bool(found.offered.relations) and source._learnt, timeout=10_000)
    yield found
    source.close()


def offered(bench: Bench) -> set[tuple[str, str]]:
    return {(one.label, one.surface(bench.text)) for one in bench.page.suggesting.offered.entities.values()}


def suggested(bench: Bench, label: str, words: str, number: int = 0) -> Entity:
    start, end = bench.span(words, number)
    found = bench.page.suggesting.offered.entities.values()
    return next(one for one in found if (one.label, one.start, one.end) == (label, start, end))


def walk_to(bench: Bench, label: str, words: str) -> Entity:
    wanted = suggested(bench, label, words)
    for _ in range(200):
        bench.key(Key.Key_Tab)
        if bench.page.suggesting.selected() == (wanted.id,):
            return wanted
    raise AssertionError("never walked there")


def test_they_are_shown_and_none_is_a_label(bench: Bench, suggesting: Suggesting) -> None:
    assert {("OFFICIAL", "Lê Thị Mai"), ("TITLE", "Bí thư Tỉnh ủy"), ("DATE", "Sáng ngày 26/4")} <= offered(bench)
    assert bench.stored().entities == ()
    assert bench.page.entity_model.rowCount() == 0
    assert all(bench.page.view.is_pending(one) for one in suggesting.offered.entities)


def test_tab_walks_them_with_source_and_confidence_in_the_status_line(bench: Bench, suggesting: Suggesting) -> None:
    walk_to(bench, "DATE", "Sáng ngày 26/4")
    words = bench.page.status_text()
    assert "“Sáng ngày 26/4” Date · rules 0.97 · 2021-04-26" in words
    assert f"of {len(suggesting.offered.in_order)} — Enter confirms, Delete rejects, Tab next, F3 other" in words


def test_f3_lets_tab_walk_something_else(bench: Bench, suggesting: Suggesting) -> None:
    assert bench.page.walker.kind == "suggestions"
    bench.key(Key.Key_F3)
    assert bench.page.walker.kind == "entities"


def test_enter_confirms_with_value_origin_source_and_confidence(bench: Bench, suggesting: Suggesting) -> None:
    walk_to(bench, "DATE", "Sáng ngày 26/4")
    bench.key(Key.Key_Return)
    (made,) = bench.stored().entities
    assert (made.label, made.attributes["value"], made.attributes["type"]) == ("DATE", "2021-04-26", "TIME")
    assert (made.origin, made.by, made.confidence) == (Origin.SUGGESTED, "rules", 0.97)
    assert bench.page.view.selected_entities() == (made.id,)
    assert ("DATE", "Sáng ngày 26/4") not in offered(bench)
    bench.actions["action_undo"].trigger()
    assert bench.stored().entities == ()
    assert ("DATE", "Sáng ngày 26/4") in offered(bench)


def test_after_confirming_tab_goes_to_the_next(bench: Bench, suggesting: Suggesting) -> None:
    first, second = (item for _, item in suggesting.offered.in_order[:2])
    bench.key(Key.Key_Tab)
    assert suggesting.selected() == (first.id,)
    bench.key(Key.Key_Return)
    bench.key(Key.Key_Tab)
    assert suggesting.selected() == (second.id,)


def test_shift_enter_confirms_and_goes_on(bench: Bench, suggesting: Suggesting) -> None:
    for _ in range(4):
        bench.key(Key.Key_Return, Mod.ShiftModifier)
    assert len(bench.stored().entities) == 3  # the first press goes to the first


def test_delete_rejects_for_good_and_undo_brings_back(bench: Bench, suggesting: Suggesting, qtbot: QtBot) -> None:
    walk_to(bench, "OFFICIAL", "Lê Thị Mai")
    start, end = bench.span("Lê Thị Mai")
    count = len(suggesting.offered.relations)
    bench.key(Key.Key_Delete)
    gone = f"?OFFICIAL {start} {end}"
    assert gone not in suggesting.offered.entities
    assert len(suggesting.offered.relations) < count  # what ended there is withdrawn
    with bench.desk.project.reading() as connection:
        (fact,) = facts(connection, Kind.REJECTION, annotator="lan")
    assert fact.key == f"OFFICIAL {start} {end}"
    report = bench.desk.report
    assert report is not None
    bench.desk.open_next(1, False)
    bench.desk.open_report(report.id)
    qtbot.waitUntil(lambda: bool(suggesting.offered.entities), timeout=10_000)
    assert gone not in suggesting.offered.entities
    bench.actions["action_undo"].trigger()
    qtbot.waitUntil(lambda: gone in suggesting.offered.entities, timeout=10_000)


def test_a_digit_relabels_and_confirms_in_one_step(bench: Bench, suggesting: Suggesting) -> None:
    walk_to(bench, "PLACE", "huyện Kim Sơn")
    bench.key(Key.Key_3)
    assert bench.labels() == [("ORG", "huyện Kim Sơn")]
    bench.actions["action_undo"].trigger()
    assert bench.labels() == []


def test_shift_arrows_correct_an_edge_and_confirm_in_one_step(bench: Bench, suggesting: Suggesting) -> None:
    walk_to(bench, "DATE", "Sáng ngày 26/4")
    bench.key(Key.Key_Right, Mod.ShiftModifier | Mod.ControlModifier)
    (made,) = bench.stored().entities
    assert (made.label, made.surface(bench.text)) == ("DATE", "ngày 26/4")
    assert (made.attributes["value"], made.origin) == ("2021-04-26", Origin.SUGGESTED)
    bench.actions["action_undo"].trigger()
    assert bench.labels() == []


def test_confirming_a_relation_confirms_its_ends(bench: Bench, suggesting: Suggesting) -> None:
    ends = suggesting.offered.ends
    relation = next(one for one in suggesting.offered.relations.values() if one.type == "holds_title")
    suggesting.go_to(relation)
    assert bench.page.view.selected_entities() == (relation.source, relation.target)
    title = ends[relation.target].surface(bench.text)
    bench.key(Key.Key_Return)
    assert bench.relations() == [("Lê Thị Mai", "holds_title", title)]
    assert len(bench.labels()) == 2
    bench.actions["action_undo"].trigger()
    assert (bench.labels(), bench.relations()) == ([], [])


def test_delete_on_a_relation_leaves_its_ends(bench: Bench, suggesting: Suggesting) -> None:
    bench.label("Lê Thị Mai", Key.Key_1)
    bench.label("Bí thư Tỉnh ủy", Key.Key_2)
    relation = next(one for one in suggesting.offered.relations.values() if one.type == "holds_title")
    suggesting.go_to(relation)
    bench.key(Key.Key_Delete)
    assert len(bench.labels()) == 2
    assert relation.id not in suggesting.offered.relations


def test_relations_are_offered_between_entities_made_by_hand(
    bench: Bench, suggesting: Suggesting, qtbot: QtBot
) -> None:
    suggesting.reject(list(suggesting.offered.entities))
    assert not suggesting.offered.relations
    outer, inner = bench.label("Bí thư Tỉnh ủy", Key.Key_2), bench.label("Tỉnh ủy", Key.Key_3, 1)

    def relation() -> Relation | None:
        found = suggesting.offered.relations.values()
        return next(
            (one for one in found if (one.type, one.source, one.target) == ("title_at", outer.id, inner.id)), None
        )

    qtbot.waitUntil(lambda: relation() is not None, timeout=10_000)
    bench.actions["action_undo"].trigger()
    assert relation() is None  # at once: its end is gone


def test_a_suggestion_that_a_label_contradicts_is_withdrawn(bench: Bench, suggesting: Suggesting) -> None:
    assert ("TITLE", "Bí thư Tỉnh ủy") in offered(bench)
    bench.label("thư Tỉnh ủy Lê", Key.Key_4)  # crosses it
    assert ("TITLE", "Bí thư Tỉnh ủy") not in offered(bench)


def test_relating_a_label_and_a_suggestion_is_one_action(bench: Bench, suggesting: Suggesting) -> None:
    official = bench.label("Lê Thị Mai", Key.Key_1)
    title = suggested(bench, "TITLE", "Bí thư Tỉnh ủy")
    bench.page.view.relation_dragged.emit(official.id, title.id)
    assert bench.relations() == [("Lê Thị Mai", "holds_title", "Bí thư Tỉnh ủy")]
    bench.actions["action_undo"].trigger()
    assert bench.labels() == [("OFFICIAL", "Lê Thị Mai")]


def test_a_click_shows_the_bar_and_its_buttons_decide(bench: Bench, suggesting: Suggesting, qtbot: QtBot) -> None:
    bar = bench.page.suggestion_bar

    def click(words: str) -> None:
        QTest.mouseClick(bench.page.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.point(words))
        qtbot.waitUntil(bar.isVisible)

    def press(name: str) -> None:
        found = [one for one in bar.findChildren(QToolButton, name) if one.isVisible()]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    click("ngày 26/4")
    press("suggestion_yes")
    assert bench.labels() == [("DATE", "Sáng ngày 26/4")]
    click("huyện Kim Sơn")
    press("suggestion_no")
    assert ("PLACE", "huyện Kim Sơn") not in offered(bench)
    bench.key(Key.Key_Left)
    assert not bar.isVisible()


def test_many_are_confirmed_after_a_preview_and_undone_as_one(bench: Bench, suggesting: Suggesting) -> None:
    dialog = open_confirm(bench.page, Scope.REPORT)
    assert dialog is not None
    count = len(dialog.tree.ticked())
    assert count == len(suggesting.offered.in_order)
    dialog.tree.rows()[0].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.accept()
    assert 0 < len(bench.labels()) < count
    assert {one.origin for one in bench.stored().entities} == {Origin.SUGGESTED}
    bench.actions["action_undo"].trigger()
    assert (bench.labels(), bench.relations()) == ([], [])


def test_only_what_is_sure_enough_or_in_the_paragraph_or_says_the_same(bench: Bench, suggesting: Suggesting) -> None:
    bench.page.view.set_caret(bench.span("chủ trì")[0])
    dialog = open_confirm(bench.page, Scope.PARAGRAPH)
    assert dialog is not None
    line = bench.text.index("\n"), bench.text.index("\n", bench.text.index("\n") + 1)
    places = [suggesting.offered.item(one) for one in dialog.tree.ticked()]
    assert places
    assert all(line[0] <= one.start and one.end <= line[1] for one in places if isinstance(one, Entity))
    dialog.least.setValue(0.96)
    assert {(one.confidence or 0) >= 0.96 for one in map(suggesting.offered.item, dialog.tree.ticked()) if one} == {
        True
    }
    dialog.reject()
    walk_to(bench, "OFFICIAL", "Lê Thị Mai")
    same = open_confirm(bench.page, Scope.WORDS)
    assert same is not None
    same.relations.setChecked(False)
    same.accept()
    assert bench.labels() == [("OFFICIAL", "Lê Thị Mai")] * 2


def test_an_unticked_entity_takes_its_relations_along(bench: Bench, suggesting: Suggesting) -> None:
    dialog = open_confirm(bench.page, Scope.REPORT)
    assert dialog is not None
    for row in dialog.tree.rows():
        if row.text(1) == "Lê Thị Mai":
            row.setCheckState(0, Qt.CheckState.Unchecked)
    dialog.accept()
    assert "Lê Thị Mai" not in {words for _, words in bench.labels()}
    assert "holds_title" not in {kind for _, kind, _ in bench.relations()}


def test_labels_are_copied_to_a_repeated_passage(bench: Bench, suggesting: Suggesting) -> None:
    bench.page.view.set_caret(0)
    assert open_copy(bench.page) is None  # nothing is labelled yet
    bench.label("Lê Thị Mai", Key.Key_1)
    dialog = open_copy(bench.page)
    assert dialog is not None
    assert not dialog.copy_button.isEnabled()


def test_the_menu_at_a_suggestion_confirms_and_rejects(bench: Bench, suggesting: Suggesting) -> None:
    walk_to(bench, "DATE", "Sáng ngày 26/4")
    names = [action.objectName() for action in bench.page.context_menu.build().actions()]
    assert names[:2] == ["action_confirm", "action_reject"]


def test_without_suggestions_keys_mean_what_they_meant(bench: Bench) -> None:
    assert bench.page.walker.kind == "entities"
    made = bench.label("Lê Thị Mai", Key.Key_1)
    bench.key(Key.Key_Tab)
    assert bench.page.view.selected_entities() == (made.id,)
    bench.key(Key.Key_Delete)
    assert bench.labels() == []
