"""Offsets to pixels and back, in any text at any width."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order
from ui.annotate.view.looks import ArcMode
from ui.annotate.view.view import ReportView

Read = Callable[..., Any]
WORDS = st.sampled_from(
    (
        "Tỉnh",
        unicodedata.normalize("NFD", "Tỉnh ủy"),
        "Hội nghị",
        "05-NQ/TW",
        "😀",
        "👩‍🌾",
        "𝐀b",
        "x" * 90,
        "i",
        "l.",
        "\t",
        " ",
        "   ",
        "\n",
        "\n\n",
        "\u00a0",
        "(khóa XX),",
        "W" * 30,
    )
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map("".join)


def base_of(text: str, offset: int) -> int:
    """The start of the letter (with its marks and joiners) that holds ``offset``."""
    from PySide6.QtGui import QTextLayout

    from ui.offsets16 import Utf16

    layout, units = QTextLayout(text), Utf16(text)
    while offset > 0 and not layout.isValidCursorPosition(units.to_units(offset)):
        offset -= 1
    return offset


@pytest.fixture
def bare(qtbot: QtBot) -> ReportView:
    view = ReportView()
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    return view


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.integers(120, 900), st.sampled_from((0.5, 1.0, 1.7)), st.booleans(), st.booleans(), st.data())
def test_the_middle_of_a_character_leads_back_to_it(
    bare: ReportView, text: str, width: int, zoom: float, chips: bool, arcs: bool, data: Any
) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)), max_size=6))
    entities = [Entity(f"e{n}", "X", start, min(len(text), start + long)) for n, (start, long) in enumerate(spans)]
    relations = [Relation(f"r{n}", "of", f"e{n}", f"e{n // 2}") for n in range(len(entities))]
    labels = AnnotationSet("a", entities=tuple(sorted(entities, key=entity_order)), relations=tuple(relations))
    bare.resize(width, 300)
    bare.set_chips(chips)
    bare.set_report(Report("r", "r", text), labels, None)
    bare.set_arc_mode(ArcMode.ALL if arcs else ArcMode.HOVERED)
    bare.set_zoom(zoom)
    for offset in range(len(text)):
        middle = bare.rects_of(offset, offset + 1)[0].center()
        assert bare.offset_at(middle) == base_of(text, offset), (offset, text[offset])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.integers(120, 900), st.data())
def test_rects_of_a_span_lie_below_each_other_and_cover_its_characters(
    bare: ReportView, text: str, width: int, data: Any
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    bare.resize(width, 300)
    bare.set_report(Report("r", "r", text), None, None)
    assert bare.viewport().width() <= width
    rects = bare.rects_of(start, end)
    assert all(above.bottom() <= below.top() for above, below in pairwise(rects))
    for offset in range(start, end):
        middle = bare.rects_of(offset, offset + 1)[0].center()
        assert any(rect.contains(middle) for rect in rects)


def test_one_rect_for_each_line_fragment(read: Read) -> None:
    person = read("Hội nghị " * 40, width=400)
    rects = person.view.rects_of(0, 200)
    assert len(rects) > 2
    assert len({rect.top() for rect in rects}) == len(rects)


def test_an_empty_span_has_the_caret_place(read: Read) -> None:
    person = read("Hà Nội")
    [caret] = person.view.rects_of(3, 3)
    assert caret.width() == 1
    assert caret.left() == person.view.rects_of(3, 4)[0].left()


@pytest.mark.parametrize("offset", [0, 5_000, 29_000, 29_999])
def test_an_offset_out_of_sight_is_laid_out_and_shown(read: Read, offset: int) -> None:
    text = ("Ban Thường vụ Tỉnh ủy. " * 13 + "\n") * 100
    person = read(text)
    assert person.view.rects_of(offset, offset + 2)
    person.view.select(offset, offset + 2)
    assert person.view.viewport().rect().contains(person.at(offset))
    assert person.view.offset_at(person.at(offset)) == offset


def test_a_paragraph_of_any_length_is_laid_out_in_pieces(read: Read) -> None:
    text = "Ban Thường vụ Tỉnh ủy " * 4_000
    person = read(text)
    assert sum(person.view.column.is_laid(n) for n in range(len(person.view.column.starts))) < 3
    for offset in (7_990, 8_000, 8_010, 60_003, len(text) - 2):
        assert person.view.offset_at(person.at(offset)) == offset


@pytest.mark.parametrize("change", ["zoom", "width"])
def test_the_first_visible_line_stays_after_a_change(read: Read, change: str) -> None:
    person = read("\n".join(f"{n}. Đồng chí Chủ tịch phát biểu. " * 6 for n in range(200)))
    person.view.set_scroll_position((9_000, 0))
    first, _pixels = person.view.scroll_position()
    if change == "zoom":
        person.view.set_zoom(1.5)
    else:
        person.view.resize(420, 480)
    now, _pixels = person.view.scroll_position()
    assert now <= first < now + 200


def test_scrolling_back_over_estimated_paragraphs_keeps_what_is_seen(read: Read) -> None:
    text = "\n".join("iiii. " * (n % 50) for n in range(600))
    person = read(text)
    person.view.select(len(text) - 3, len(text) - 1)
    bar = person.view.verticalScrollBar()
    while bar.value() > 0:
        place = person.view.rects_of(*(2 * (person.view.scroll_position()[0],)))[0].top()
        seen = person.view.scroll_position()[0]
        before = bar.value()
        bar.setValue(before - 100)
        moved = person.view.rects_of(seen, seen)[0].top() - place
        assert moved == min(100, before) or bar.value() == 0


def test_saved_scroll_position_comes_back(read: Read) -> None:
    person = read("Tỉnh ủy họp. \n" * 500)
    person.view.set_scroll_position((3_000, 5))
    saved = person.view.scroll_position()
    person.view.verticalScrollBar().setValue(0)
    person.view.set_scroll_position(saved)
    assert person.view.scroll_position() == saved
    assert saved[1] == 5


def test_real_reports_lead_back_too(read: Read, real_reports: list[Path]) -> None:
    for path in real_reports:
        text = path.read_text("utf-8")
        person = read(text)
        for offset in range(0, len(text), 61):
            assert person.view.offset_at(person.at(offset)) == offset
