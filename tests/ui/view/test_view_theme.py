"""Colours: readable text and visible lines on light and dark pages, whatever colours a schema has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Report
from annotations.schema import EntityType, RelationType, Schema
from ui.annotate.view.steps import TextSelection
from ui.annotate.view.theme import Theme, contrast, mix
from ui.annotate.view.view import ReportView

PAGES = {"light": ("#ffffff", "#1b1b1b"), "dark": ("#1d2023", "#e6e6e3"), "paper": ("#f7f3e8", "#222222")}


def palette(page: str) -> QPalette:
    base, text = PAGES[page]
    made = QPalette()
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    made.setColor(QPalette.ColorRole.Text, QColor(text))
    made.setColor(QPalette.ColorRole.Highlight, QColor("#308cc6"))
    return made


def over(below: QColor, wash: QColor) -> QColor:
    return mix(below, wash, wash.alphaF())


@pytest.mark.parametrize("page", PAGES)
def test_text_is_readable_on_every_label_also_when_selected_or_found(page: str) -> None:
    theme = Theme(palette(page), DEFAULT_SCHEMA)
    for label in DEFAULT_SCHEMA.entity_types:
        colours = theme.label(label.name)
        assert contrast(theme.text, colours.soft) >= 4.5
        assert contrast(theme.text, colours.pale) >= 4.5
        assert contrast(theme.quiet, colours.soft) >= 4.5
        for wash in (theme.selection, theme.find, theme.current):
            assert contrast(theme.text, over(colours.soft, wash)) >= 4.5
        assert contrast(colours.line, theme.base) >= 3
    assert contrast(theme.muted, theme.base) >= 4.5
    assert contrast(theme.quiet, theme.base) >= 4.5
    assert theme.quiet != theme.text


@given(st.integers(0, 0xFFFFFF), st.sampled_from(sorted(PAGES)))
def test_any_colour_of_a_schema_is_made_readable(colour: int, page: str) -> None:
    name = f"#{colour:06x}"
    schema = Schema("s", (EntityType("X", colour=name),), (RelationType("r", colour=name),))
    theme = Theme(palette(page), schema)
    assert contrast(theme.text, theme.label("X").soft) >= 4.5
    assert contrast(theme.text, over(theme.label("X").soft, theme.selection)) >= 4.5
    assert contrast(theme.label("X").line, theme.base) >= 3
    assert contrast(theme.relation("r"), theme.base) >= 3


def test_labels_are_told_apart() -> None:
    theme = Theme(palette("light"), DEFAULT_SCHEMA)
    assert len({theme.label(label.name).soft.name() for label in DEFAULT_SCHEMA.entity_types}) == len(
        DEFAULT_SCHEMA.entity_types
    )


def test_an_unknown_label_and_a_broken_colour_are_grey() -> None:
    theme = Theme(palette("light"), Schema("s", (EntityType("X", colour="no colour"),)))
    assert theme.label("X") == theme.label("NOT IN THE SCHEMA")
    assert theme.relation("nor this").isValid()


@pytest.mark.parametrize("page", PAGES)
def test_what_is_painted_behind_text_of_stacked_labels_leaves_it_readable(qtbot: QtBot, page: str) -> None:
    names = [label.name for label in DEFAULT_SCHEMA.entity_types]
    text = "\n".join("Tỉnh ủy" for _pair in names for _other in names)
    pairs = [(outer, inner) for outer in names for inner in names]
    entities = [
        Entity(f"{n}{depth}", label, 8 * n, 8 * n + 7)
        for n, pair in enumerate(pairs)
        for depth, label in enumerate(pair)
    ]
    view = ReportView()
    qtbot.addWidget(view)
    view.resize(300, 40 * len(pairs))
    view.setPalette(palette(page))
    view.set_chips(True)
    view.set_report(Report("r", "r", text), AnnotationSet("a", entities=tuple(entities)), DEFAULT_SCHEMA)
    view.resize(300, view.verticalScrollBar().maximum() + view.height() + 100)
    view.set_selection(TextSelection.exact(0, len(text) // 2))  # half of it below a selection
    picture, seen = view.viewport().grab().toImage(), set()
    for n in range(len(pairs)):
        space = view.rects_of(8 * n + 4, 8 * n + 5)[0].adjusted(1, 0, -1, 0)
        for y in range(space.top() + 1, space.bottom()):
            seen.add(picture.pixelColor(space.center().x(), y).name())
    assert len(seen) >= len(names)
    assert min(contrast(view.theme.text, QColor(colour)) for colour in seen) >= 4.5
