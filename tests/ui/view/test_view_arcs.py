"""Arcs: whose are painted, and that in the tracks of all of them nothing lies on text or on another name."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order
from ui.annotate.view.canvas import Canvas
from ui.annotate.view.looks import ArcMode
from ui.annotate.view.view import ReportView

Read = Callable[..., Any]
TEXT = "Bí thư Tỉnh ủy Lê Thị Thủy dự.\n" + "Các đại biểu thảo luận, góp ý.\n" * 60 + "Hội nghị bế mạc."
TITLE = Entity("title", "TITLE", 0, 14)
ORG = Entity("org", "ORG", 7, 14)
NAME = Entity("name", "OFFICIAL", 15, 26)
FAR = Entity("far", "MEETING", len(TEXT) - 16, len(TEXT) - 8)
ALL = (TITLE, ORG, NAME, FAR)
HOLDS = Relation("r1", "holds_title", "name", "title")
AT = Relation("r2", "title_at", "title", "org")
CHAIRS = Relation("r3", "chairs", "name", "far")


def grab(person: Any) -> Any:
    return person.view.viewport().grab().toImage()


def test_a_key_cycles_whose_arcs_are_shown(read: Read) -> None:
    person = read(TEXT, ALL, (HOLDS, AT))
    told: list[str] = []
    person.view.arc_mode_changed.connect(told.append)
    person.view.select_entities(("name",))
    person.hover(person.at(8))
    seen = {person.view.arc_mode(): {one.id for one in person.view.arcs.shown()}}
    for _time in range(3):
        mode = person.view.cycle_arcs()
        seen[mode] = {one.id for one in person.view.arcs.shown()}
    assert seen == {
        ArcMode.HOVERED: {"r1", "r2"},
        ArcMode.SELECTED: {"r1"},
        ArcMode.ALL: {"r1", "r2"},
        ArcMode.NONE: set(),
    }
    assert person.view.cycle_arcs() is ArcMode.HOVERED
    assert told == ["selected", "all", "none", "hovered"]


@pytest.mark.parametrize("mode", [ArcMode.HOVERED, ArcMode.ALL])
def test_types_are_hidden_and_shown(read: Read, mode: ArcMode) -> None:
    person = read(TEXT, ALL, (HOLDS, AT))
    person.view.set_arc_mode(mode)
    person.view.select_entities(("title",))
    both = grab(person)
    person.view.set_hidden_relations(["title_at"])
    assert [one.id for one in person.view.arcs.shown()] == ["r1"]
    assert grab(person) != both
    assert len(person.view.relations_in_words("title")) == 2
    person.view.set_hidden_relations([])
    assert grab(person) == both


def test_all_arcs_have_tracks_only_while_they_are_shown(read: Read) -> None:
    person = read(TEXT, ALL, (HOLDS, AT, CHAIRS))
    before = person.at(8)
    person.view.set_arc_mode("all")
    assert person.at(8).y() > before.y()
    assert set(person.view.column.line_of(0)[1].runs) == {
        *((one, end) for one in ("r1", "r2") for end in (True, False)),
        ("r3", True),
    }
    person.view.set_arc_mode("none")
    assert person.at(8) == before


def test_new_relations_get_tracks_and_removed_ones_lose_them(read: Read) -> None:
    person = read(TEXT, ALL, (HOLDS,))
    person.view.set_arc_mode("all")
    one = person.at(8).y()
    person.view.update_labels(AnnotationSet("lan", entities=ALL, relations=(HOLDS, AT, CHAIRS)))
    assert person.at(8).y() > one
    person.view.update_labels(AnnotationSet("lan", entities=ALL, relations=(HOLDS,)))
    assert person.at(8).y() == one


def test_a_far_end_is_named_in_its_track_and_jumps_there(read: Read) -> None:
    person = read(TEXT, ALL, (CHAIRS,))
    person.view.set_arc_mode("all")
    grab(person)
    [chip] = person.view.arcs._chips
    assert chip.words == "↓ chairs → Hội nghị"
    person.click(chip.rect.center().toPoint())
    assert person.view.selected_entities() == ("far",)
    assert person.view.viewport().rect().contains(person.at(FAR.start))
    grab(person)
    assert [one.words for one in person.view.arcs._chips] == ["↑ Lê Thị Thủy → chairs"]


def test_relations_in_words_name_both_ends(read: Read) -> None:
    person = read(TEXT, ALL, (AT, HOLDS, Relation("r4", "holds_title", "name", "nobody")))
    assert person.view.relations_in_words("title") == [
        "Bí thư Tỉnh ủy → title_at → Tỉnh ủy",
        "Lê Thị Thủy → holds title → Bí thư Tỉnh ủy",
    ]
    assert "Lê Thị Thủy → holds title → Bí thư Tỉnh ủy" in person.view.tip_at(person.at(2))
    assert person.view.tip_at(QPoint(2, 2)) == ""


def test_words_of_a_text_are_no_markup(read: Read) -> None:
    person = read("<b>Tỉnh</b> ủy", (Entity("e", "ORG", 0, 11),))
    assert "&lt;b&gt;Tỉnh" in person.view.tip_at(person.at(4))


@pytest.fixture
def bare(qtbot: QtBot) -> ReportView:
    view = ReportView()
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    return view


def painted(view: ReportView, monkeypatch: pytest.MonkeyPatch) -> list[QRectF]:
    """Where names and far chips are painted now."""
    found: list[QRectF] = []

    def finish(canvas: Canvas) -> None:
        found.extend(rect for rect, _words in canvas.names)
        found.extend(chip.rect for chip in canvas.chips)

    with monkeypatch.context() as patch:
        patch.setattr(Canvas, "finish", finish)
        view.viewport().grab()
    return found


def texts(view: ReportView) -> list[QRectF]:
    """The boxes of the lines of text in sight."""
    column, found = view.column, []
    for number in range(len(column.starts)):
        block, top = column.block(number), column.heights.top(number)
        lines = (QRectF(0, top + line.top + line.above, line.right, line.text) for line in block.lines)
        found += [rect.translated(view.origin()) for rect in lines]
    return found


TEN = "Hội nghị Tỉnh ủy bàn về kinh tế.\n" * 10
SPANS = st.lists(st.tuples(st.integers(0, 290), st.integers(2, 40)), min_size=2, max_size=16)
PAIRS = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15), st.sampled_from(("holds_title", "of_term"))))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS, PAIRS, st.integers(350, 900), st.booleans(), st.integers(0, 300))
def test_no_name_of_all_arcs_lies_on_text_or_on_another(
    bare: ReportView,
    monkeypatch: pytest.MonkeyPatch,
    spans: list[tuple[int, int]],
    pairs: list[tuple[int, int, str]],
    width: int,
    chips: bool,
    scrolled: int,
) -> None:
    entities = [Entity(f"e{n}", "ORG", at, min(len(TEN), at + long)) for n, (at, long) in enumerate(spans)]
    joined = [
        Relation(f"r{n}", kind, f"e{one % len(entities)}", f"e{other % len(entities)}")
        for n, (one, other, kind) in enumerate(pairs)
    ]
    bare.resize(width, 500)
    bare.set_chips(chips)
    bare.set_arc_mode(ArcMode.ALL)
    labels = AnnotationSet("a", entities=tuple(sorted(entities, key=entity_order)), relations=tuple(joined))
    bare.set_report(Report("r", "r", TEN), labels, DEFAULT_SCHEMA)
    texts(bare)  # lays out all, so that nothing moves later
    bare.rects_of(0, 0)
    bare.verticalScrollBar().setValue(scrolled)
    found = painted(bare, monkeypatch)
    for one, other in combinations(found, 2):
        assert not one.intersects(other)
    for line in texts(bare):
        assert not any(rect.intersects(line) for rect in found)


def test_names_of_few_arcs_do_not_lie_on_each_other(bare: ReportView, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Bí thư Tỉnh ủy, Ủy viên Trung ương, Lê Thị Thủy, Trần Văn An họp."
    words = [(0, 14), (7, 14), (16, 34), (24, 34), (36, 47), (49, 60)]
    entities = [Entity(f"e{n}", "ORG", *span) for n, span in enumerate(words)]
    joined = [Relation(f"r{n}", "holds_title", "e4", f"e{n}") for n in range(6) if n != 4]
    bare.resize(700, 300)
    labels = AnnotationSet("a", entities=tuple(entities), relations=tuple(joined))
    bare.set_report(Report("r", "r", text), labels, DEFAULT_SCHEMA)
    bare.select_entities(("e4",))
    found = painted(bare, monkeypatch)
    assert len(found) >= 3
    for one, other in combinations(found, 2):
        assert not one.intersects(other)


@pytest.mark.parametrize("width", [400, 1000])
def test_far_chips_stand_in_a_strip_at_the_edge_and_name_the_far_end(read: Read, width: int) -> None:
    person = read(TEXT, ALL, (CHAIRS,), width=width)
    person.view.select_entities(("name",))
    grab(person)
    [chip], [strip] = person.view.arcs._chips, person.view.arcs._strips
    assert strip.contains(chip.rect)
    assert strip.bottom() == person.view.viewport().height()
    made = person.view.viewport().grab().toImage()
    corner = QPoint(int(strip.right()) - 2, int(strip.bottom()) - 3)
    assert made.pixelColor(corner) == person.view.theme.base, "no text beside the chips"
    assert person.view.arcs.tip_at(chip.rect.center().toPoint()) == "↓ chairs → Hội nghị"


def test_chips_that_have_no_room_are_counted_and_none_lies_on_another(read: Read) -> None:
    many = [Entity(f"far{n}", "ORG", len(TEXT) - 9, len(TEXT) - 2 - n) for n in range(5)]
    joined = tuple(Relation(f"x{n}", "holds_title", "name", one.id) for n, one in enumerate(many))
    person = read(TEXT, (*ALL, *many), joined, width=500)
    person.view.select_entities(("name",))
    grab(person)
    chips = person.view.arcs._chips
    assert 0 < len(chips) < 5
    for one, other in combinations(chips, 2):
        assert not one.rect.intersects(other.rect)
    strip = person.view.arcs._strips[0]
    person.click(QPoint(int(strip.right()) - 4, int(strip.center().y())))
    assert person.view.selected_entities() == ("name",), "a click beside the chips does nothing"


@pytest.mark.parametrize("height", [64, 300])
def test_a_strip_does_not_come_under_the_mouse(read: Read, height: int) -> None:
    person = read(TEXT, ALL, (CHAIRS,), height=height)
    place = person.at(NAME.start + 1)
    person.hover(place)
    grab(person)
    assert person.view.hovered_entity() == "name"
    assert bool(person.view.arcs._strips) == (height == 300)
    person.view.select_entities(("name",))
    grab(person)
    assert person.view.arcs._strips, "of a selected entity it always comes"


def arc_point(person: Any, relation_id: str) -> QPoint:
    """The middle of the longest stretch of a relation's arc."""
    way = next(way for one, way in person.view.arcs._paths if one == relation_id)
    first, last = max(pairwise(way), key=lambda two: abs(two[0].x() - two[1].x()))
    return ((first + last) / 2).toPoint()


@pytest.mark.parametrize("mode", [ArcMode.SELECTED, ArcMode.ALL])
def test_a_click_on_an_arc_or_its_name_selects_the_relation(read: Read, mode: ArcMode) -> None:
    told: list[str] = []
    person = read(TEXT, ALL, (HOLDS, AT))
    person.view.relation_selected.connect(told.append)
    person.view.set_arc_mode(mode)
    person.view.select_entities(("name",))
    grab(person)
    person.click(arc_point(person, HOLDS.id))
    assert person.view.selected_relation() == HOLDS.id
    assert person.view.selected_entities() == ()
    grab(person)
    assert [one.id for one in person.view.arcs.shown()][:1] == [HOLDS.id], "it stays painted"
    name = next(rect for one, rect in person.view.arcs._named if one == HOLDS.id)
    assert person.view.arcs.tip_at(name.center().toPoint()) == "Lê Thị Thủy → holds title → Bí thư Tỉnh ủy"
    person.key(Qt.Key.Key_Escape)
    assert person.view.selected_relation() == ""
    assert told == [HOLDS.id, ""]


def test_a_relation_that_goes_is_not_selected_any_more(read: Read) -> None:
    person = read(TEXT, ALL, (HOLDS,))
    person.view.select_relation(HOLDS.id)
    person.view.select_relation("nobody")
    assert person.view.selected_relation() == ""
    person.view.select_relation(HOLDS.id)
    person.view.update_labels(AnnotationSet("lan", entities=tuple(sorted(ALL, key=entity_order))))
    assert person.view.selected_relation() == ""


def test_hovering_an_arc_keeps_what_was_hovered(read: Read) -> None:
    person = read(TEXT, ALL, (HOLDS,))
    person.hover(person.at(NAME.start + 1))
    grab(person)
    person.hover(arc_point(person, HOLDS.id))
    assert person.view.hovered_entity() == "name"


def test_names_of_few_arcs_lie_between_the_lines(bare: ReportView, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Bí thư Tỉnh ủy, Ủy viên Trung ương, Lê Thị Thủy, Trần Văn An họp cùng Hội đồng nhân dân tỉnh. " * 3
    words = [(0, 14), (7, 14), (16, 34), (24, 34), (36, 47), (49, 60), (97, 111), (133, 144)]
    entities = [Entity(f"e{n}", "ORG", *span) for n, span in enumerate(words)]
    joined = [Relation(f"r{n}", "holds_title", "e4", f"e{n}") for n in range(8) if n != 4]
    labels = AnnotationSet("a", entities=tuple(entities), relations=tuple(joined))
    for width in (420, 620):
        bare.resize(width, 300)
        bare.set_report(Report("r", "r", text), labels, DEFAULT_SCHEMA)
        bare.select_entities(("e4",))
        lines = texts(bare)
        for rect in painted(bare, monkeypatch):
            assert not any(rect.adjusted(0, 1, 0, -1).intersects(line) for line in lines)
