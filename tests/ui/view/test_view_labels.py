"""What is shown: labels, their changes, arcs and marks. Pixels are looked at where they are the point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot

from annotations.report import AnnotationSet, Entity, Origin, Relation
from ui.annotate.view.marks import Mark, MarkKind, Marks

Read = Callable[..., Any]
TEXT = "Bí thư Tỉnh ủy Lê Thị Thủy dự.\n" + "Các đại biểu thảo luận, góp ý.\n" * 60 + "Hội nghị bế mạc."
TITLE = Entity("title", "TITLE", 0, 14)
ORG = Entity("org", "ORG", 7, 14)
NAME = Entity("name", "OFFICIAL", 15, 26)
FAR = Entity("far", "MEETING", len(TEXT) - 16, len(TEXT) - 8)
HOLDS = Relation("r1", "holds_title", "name", "title")
ALL = (TITLE, ORG, NAME, FAR)


def picture(person: Any) -> QImage:
    return person.view.viewport().grab().toImage()


def colours_in(image: QImage, rect: QRect) -> set[str]:
    ratio = image.devicePixelRatio()
    return {
        image.pixelColor(int(x * ratio), int(y * ratio)).name()
        for x in range(max(0, rect.left()), rect.right() + 1)
        for y in range(max(0, rect.top()), rect.bottom() + 1)
    }


def underline_of(person: Any, offset: int, lane: int) -> QRect:
    metrics = person.view.column.metrics
    box = person.view.rects_of(offset, offset + 1)[0]
    return QRect(box.left(), box.bottom() + 1 + metrics.underline(lane), box.width(), metrics.stroke)


def test_names_for_screen_readers(read: Read) -> None:
    person = read(TEXT, ALL)
    assert person.view.objectName() == "report_view"
    assert person.view.accessibleName() == "Report text"
    person.view.set_caret(8)
    assert person.view.accessible_description() == "Organisation: Tỉnh ủy; Title: Bí thư Tỉnh ủy"
    assert person.view.accessibleDescription() == person.view.accessible_description()


def test_each_of_nested_entities_has_its_own_underline(read: Read) -> None:
    person = read(TEXT, ALL)
    image, theme = picture(person), person.view.theme
    assert theme.label("ORG").line.name() in colours_in(image, underline_of(person, 8, 0))
    assert theme.label("TITLE").line.name() in colours_in(image, underline_of(person, 8, 1))
    assert theme.label("TITLE").soft.name() in colours_in(image, person.view.rects_of(2, 3)[0])
    assert theme.label("ORG").soft.name() in colours_in(image, person.view.rects_of(8, 9)[0])


def test_confirmed_suggested_and_propagated_differ_without_colour(read: Read) -> None:
    gaps = {}
    for origin in (Origin.MANUAL, Origin.SUGGESTED, Origin.PROPAGATED):
        person = read(TEXT, (replace(NAME, origin=origin),))
        image, line = picture(person), person.view.theme.label("OFFICIAL").line.name()
        row = underline_of(person, 15, 0).center().y()
        start, end = person.at(15).x(), person.at(25).x()
        drawn = [image.pixelColor(x, row).name() == line for x in range(start, end)]
        gaps[origin] = sum(before and not now for before, now in pairwise(drawn))
    assert gaps[Origin.MANUAL] == 0
    assert 0 < gaps[Origin.SUGGESTED] < gaps[Origin.PROPAGATED]


def test_a_selected_entity_looks_the_same_by_click_and_from_the_table(read: Read) -> None:
    person = read(TEXT, ALL)
    person.click(person.at(18))
    person.view._mouse.hover(None)
    clicked = picture(person)
    person.view.set_caret(40)
    person.view.select_entities(("name",))
    assert picture(person) == clicked


def test_fragments_are_joined_by_a_thin_line(read: Read) -> None:
    parted = Entity("parted", "ORG", 0, 26, fragments=((0, 6), (15, 26)))
    person = read(TEXT, (parted,))
    image, line = picture(person), person.view.theme.label("ORG")
    between = QRect(person.view.rects_of(8, 9)[0].bottomLeft(), person.view.rects_of(13, 14)[0].bottomRight())
    below = between.adjusted(0, 1, 0, 5)
    assert colours_in(image, below) != {person.view.theme.base.name()}
    assert line.soft.name() not in colours_in(image, person.view.rects_of(8, 9)[0])


def test_new_labels_keep_caret_scroll_and_selection(read: Read) -> None:
    person = read(TEXT, ALL)
    person.view.select(700, 712)
    before = (person.view.selection(), person.view.scroll_position(), person.view.rects_of(700, 712))
    more = tuple(Entity(f"n{n}", "ORG", n, 26) for n in range(8))
    person.view.update_labels(AnnotationSet("lan", entities=(*more, *ALL)))
    assert (person.view.selection(), person.view.scroll_position(), person.view.rects_of(700, 712)) == before
    person.view.verticalScrollBar().setValue(0)
    assert len(person.view.entities_at(person.at(18))) == 9


def test_only_changed_paragraphs_are_placed_anew(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    person = read(TEXT, ALL)
    picture(person)
    placed = []
    monkeypatch.setattr("ui.annotate.view.layout.place_labels", lambda block, _entities: placed.append(block.start))
    person.view.update_labels(AnnotationSet("lan", entities=(TITLE, replace(ORG, label="MEETING"), NAME, FAR)))
    assert placed == [0]


def test_an_entity_that_is_gone_is_deselected(read: Read, qtbot: QtBot) -> None:
    person = read(TEXT, ALL)
    person.view.select_entities(("name", "org"))
    with qtbot.waitSignal(person.view.entities_selected) as told:
        person.view.update_labels(AnnotationSet("lan", entities=(TITLE, ORG)))
    assert told.args == [("org",)]
    assert person.view.selected_entities() == ("org",)


def test_select_tells_once_and_clears_entities(read: Read) -> None:
    person = read(TEXT, ALL)
    told: list[Any] = []
    person.view.selection_changed.connect(lambda start, end: told.append((start, end)))
    person.view.entities_selected.connect(told.append)
    person.view.select_entities(("name", "not there"))
    person.view.select(1, 3)
    person.view.select(1, 3)
    assert told == [(15, 15), ("name",), (1, 3), ()]
    person.view.select(1, 10**6)
    assert person.view.selection() == (1, len(TEXT))


def test_arcs_of_the_selected_and_of_the_hovered_entity(read: Read) -> None:
    person = read(TEXT, ALL, (HOLDS,))
    assert person.view.arcs.shown() == []
    person.hover(person.at(18))
    assert person.view.arcs.shown() == [HOLDS]
    person.hover(QPoint(5, 5))
    plain = picture(person)
    person.view.select_entities(("title",))
    assert person.view.arcs.shown() == [HOLDS]
    assert person.view.theme.relation("holds_title").name() in colours_in(picture(person), plain.rect())
    assert person.view.theme.relation("holds_title").name() not in colours_in(plain, plain.rect())


def test_a_chip_names_the_far_end_and_jumps_there(read: Read) -> None:
    person = read(TEXT, ALL, (Relation("r2", "attends", "name", "far"),))
    person.view.select_entities(("name",))
    picture(person)
    bottom = person.view.viewport().height() - 15
    chips = [x for x in range(person.view.viewport().width()) if person.view.arcs.chip_at(QPoint(x, bottom)) == "far"]
    assert len(chips) > 50
    person.click(QPoint(chips[20], bottom))
    assert person.view.selected_entities() == ("far",)
    assert person.view.viewport().rect().contains(person.at(FAR.start))
    picture(person)
    assert any(person.view.arcs.chip_at(QPoint(x, 15)) == "name" for x in range(person.view.viewport().width()))


def test_more_far_ends_than_chips_are_counted_not_painted(read: Read) -> None:
    many = tuple(Relation(f"r{n}", "attends", "name", "far") for n in range(40))
    person = read(TEXT, ALL, many)
    person.view.select_entities(("name",))
    picture(person)
    assert 1 < len(person.view.arcs._chips) < 8


def test_a_relation_whose_end_is_missing_is_not_drawn(read: Read) -> None:
    person = read(TEXT, ALL, (Relation("r3", "attends", "name", "nobody"),))
    person.view.select_entities(("name",))
    picture(person)
    assert person.view.arcs.shown() == []


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        (MarkKind.FIND, (4, 8)),
        ("current", (4, 8)),
        (MarkKind.NOTICE, (4, 8)),
        (MarkKind.NUMBER, Mark(4, 8, "12")),
    ],
)
def test_marks_are_shown_and_taken_away(read: Read, kind: str, mark: Any) -> None:
    person = read(TEXT)
    plain = picture(person)
    person.view.set_extra_marks(kind, [mark])
    assert picture(person) != plain
    person.view.set_extra_marks(kind, [])
    assert picture(person) == plain


def test_overlapping_marks_are_all_found() -> None:
    marks = Marks([Mark(0, 50, "outer"), Mark(2, 4, "inner"), Mark(40, 45), Mark(60, 61)])
    assert [mark.text for mark in marks.touching(3, 10)] == ["outer", "inner"]
    assert [mark.start for mark in marks.touching(41, 61)] == [0, 40, 60]
    assert not list(marks.touching(50, 60))


def test_the_scroll_bar_shows_where_entities_are(read: Read, qtbot: QtBot) -> None:
    person = read(TEXT, ALL)
    bar = person.view.verticalScrollBar()
    line = person.view.theme.label("MEETING").line
    qtbot.waitUntil(lambda: bool(bar.ticks(0)))
    assert [part for part, colour in bar.ticks(0) if colour == line] == [pytest.approx(1, abs=0.05)]


def test_a_dark_palette_is_followed(read: Read) -> None:
    person = read(TEXT, ALL)
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Base, QColor("#1d2023"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#e6e6e3"))
    person.view.setPalette(dark)
    assert "#1d2023" in colours_in(picture(person), QRect(2, 2, 4, 4))


def test_an_empty_page_says_how_to_fill_it(read: Read) -> None:
    person = read(TEXT)
    person.view.set_report(None, None, None)
    middle = person.view.viewport().rect().center()
    assert len(colours_in(picture(person), QRect(middle.x() - 60, middle.y() - 8, 120, 16))) > 1


def test_every_line_of_entities_nested_and_overlapping_without_end_has_room(read: Read) -> None:
    crowd = tuple(Entity(f"c{n:03}", "ORG", n % 20, 21 + n % 9) for n in range(120))
    person = read(TEXT, crowd)
    picture(person)
    first, second = person.view.column.line_of(0)[1], person.view.rects_of(32, 33)[0]
    assert len({piece.lane for piece in first.pieces}) == 120
    assert underline_of(person, 20, 119).bottom() < second.top()
