"""Chips above the text: none on another or on text; hovered, clicked and dragged like their entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Origin, Report, entity_order
from ui.annotate.view.geometry import chip_box, chip_of
from ui.annotate.view.marks import Mark
from ui.annotate.view.view import ReportView

Read = Callable[..., Any]
TEXT = "Sáng nay, Bí thư Tỉnh ủy Lê Thị Thủy họp. Hội nghị bàn về kinh tế.\nCác đại biểu dự."
TITLE = Entity("title", "TITLE", 10, 24)
ORG = Entity("org", "ORG", 17, 24)
NAME = Entity("name", "OFFICIAL", 25, 36)
ALL = (TITLE, ORG, NAME)
LABELS = [label.name for label in DEFAULT_SCHEMA.entity_types]
SPANS = st.lists(st.tuples(st.integers(0, 290), st.integers(1, 60), st.sampled_from(LABELS)), max_size=40)


@pytest.fixture
def bare(qtbot: QtBot) -> ReportView:
    view = ReportView()
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view.set_chips(True)
    return view


def show(view: ReportView, text: str, entities: Sequence[Entity], width: int) -> None:
    view.resize(width, 600)
    labels = AnnotationSet("a", entities=tuple(sorted(entities, key=entity_order)))
    view.set_report(Report("r", "r", text), labels, DEFAULT_SCHEMA)


def boxes(view: ReportView) -> tuple[list[QRectF], list[QRectF]]:
    """The boxes of all chips, and those of all lines of text with what belongs to it below."""
    column, chips, texts = view.column, [], []
    for number in range(len(column.starts)):
        block, top = column.block(number), column.heights.top(number)
        for line in block.lines:
            text_top = top + line.top + line.above
            texts.append(QRectF(0, text_top, column.width, line.height - line.above))
            chips += [chip_box(chip, text_top) for chip in line.chips]
    return chips, texts


def chip_point(person: Any, entity: Entity) -> QPoint:
    rect = chip_of(person.view.column, entity)
    assert rect is not None
    return rect.translated(person.view.origin()).center().toPoint()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS, st.integers(150, 800))
def test_no_chip_covers_text_or_another_chip(bare: ReportView, spans: Any, width: int) -> None:
    text = "Hội nghị Tỉnh ủy bàn về kinh tế.\n" * 10
    entities = [Entity(f"e{n}", label, at, min(len(text), at + long)) for n, (at, long, label) in enumerate(spans)]
    show(bare, text, entities, width)
    chips, texts = boxes(bare)
    assert sum(not text[one.start].isspace() for one in entities) <= len(chips) <= len(entities)
    for one, other in combinations(chips, 2):
        assert not one.intersects(other)
    for chip in chips:
        assert chip.left() >= 0
        assert chip.right() <= bare.column.width + 0.01
        assert not any(chip.intersects(line) for line in texts)


def test_lines_grow_only_while_chips_are_shown(read: Read) -> None:
    person = read(TEXT, ALL)
    before = [person.view.rects_of(at, at + 1) for at in range(len(TEXT))]
    person.view.set_chips(True)
    assert person.view.chips()
    assert person.at(10).y() > before[10][0].center().y()
    person.view.set_chips(False)
    assert [person.view.rects_of(at, at + 1) for at in range(len(TEXT))] == before


def test_the_first_visible_line_stays_when_chips_come_and_go(read: Read) -> None:
    text = "\n".join(f"{n}. Tỉnh ủy họp." for n in range(300))
    entities = [Entity(f"e{at}", "ORG", at, at + 7) for at in range(len(text)) if text.startswith("Tỉnh ủy", at)]
    person = read(text, entities)
    person.view.set_scroll_position((2_000, 0))
    seen = person.view.scroll_position()[0]
    person.view.set_chips(True)
    assert person.view.scroll_position()[0] == seen
    person.view.set_chips(False)
    assert person.view.scroll_position()[0] == seen


def test_a_click_on_a_chip_selects_its_entity_also_an_outer_one(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.set_chips(True)
    for entity in (TITLE, ORG, NAME):
        person.click(chip_point(person, entity))
        assert person.view.selected_entities() == (entity.id,)
        assert entity.start <= person.view.caret() < entity.end


def test_a_chip_is_hovered_and_named(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.set_chips(True)
    told: list[str] = []
    person.view.entity_hovered.connect(told.append)
    person.hover(chip_point(person, TITLE))
    assert person.view.hovered_entity() == "title"
    assert person.view.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    assert "Title: Bí thư Tỉnh ủy" in person.view.tip_at(chip_point(person, TITLE))
    person.hover(person.at(2))
    assert told == ["title", ""]


def test_a_relation_is_dragged_from_a_chip_to_a_chip_or_to_text(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.set_chips(True)
    start = chip_point(person, NAME)
    person.drag(start, start + QPoint(-20, 4), chip_point(person, TITLE))
    person.drag(start, start + QPoint(-20, 4), person.at(18))
    assert person.told == [("relation", "name", "title"), ("relation", "name", "org")]


def test_a_chip_says_what_is_not_confirmed_and_what_was_decided(read: Read) -> None:
    person = read(TEXT, (replace(TITLE, origin=Origin.ADJUDICATED), NAME))
    person.view.set_chips(True)
    person.view.set_suggestions((ORG,))
    line = person.view.column.line_of(10)[1]
    assert sorted(chip.words for chip in line.chips) == ["Official", "Organisation ?", "✓ Title"]
    person.view.update_labels(AnnotationSet("lan", entities=ALL))
    line = person.view.column.line_of(10)[1]
    assert sorted(chip.words for chip in line.chips) == ["Official", "Organisation", "Title"]


def test_a_parted_entity_has_one_chip_where_it_begins(read: Read) -> None:
    person = read(TEXT, (Entity("parted", "ORG", 10, 36, fragments=((10, 16), (25, 36))),))
    person.view.set_chips(True)
    left = person.view.rects_of(10, 11)[0].left() - person.view.origin().x()
    assert [chip.foot for chip in person.view.column.line_of(10)[1].chips] == [pytest.approx(left, abs=0.6)]


def test_a_word_too_long_for_the_column_is_cut(read: Read) -> None:
    person = read(TEXT, (Entity("e", "A" * 300, 10, 24),))
    person.view.set_chips(True)
    [chip] = person.view.column.line_of(10)[1].chips
    assert (chip.left, chip.width) == (0, person.view.column.width)
    person.view.viewport().grab()


@pytest.mark.parametrize("chips", [False, True])
def test_numbers_of_entities_that_begin_together_are_all_seen(read: Read, chips: bool) -> None:
    board = Entity("board", "ORG", 10, 16)
    person = read(TEXT, (TITLE, board, NAME))
    person.view.set_chips(chips)
    pictures = []
    for words in (("1", "2", "3"), ("1", "2", "8"), ("1", "7", "3"), ("4", "2", "3")):
        marks = (Mark(one.start, one.end, word) for one, word in zip((TITLE, board, NAME), words, strict=True))
        person.view.set_extra_marks("number", marks)
        pictures.append(person.view.viewport().grab().toImage())
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[:n])
