"""Suggestions, appearance, numbers, quiet paragraphs, marks on the scroll bar, sharpness."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotations.report import AnnotationSet, Entity, Origin, Relation, Report
from ui.annotate.view.appearance import Appearance
from ui.annotate.view.marks import Mark
from ui.annotate.view.surface import GUTTER

ROOT = Path(__file__).parents[3]
Read = Callable[..., Any]
TEXT = "Bí thư Tỉnh ủy Lê Thị Thủy dự.\n" + "Các vị thảo luận, góp ý nhiều vấn đề.\n" * 60 + "Hội nghị bế mạc."
TITLE = Entity("title", "TITLE", 0, 14)
NAME = Entity("name", "OFFICIAL", 15, 26)
HOLDS = Relation("r1", "holds_title", "name", "title", origin=Origin.SUGGESTED)


def image(person: Any, ratio: float = 1.0) -> QImage:
    """What is painted, on a screen of that scaling."""
    size = person.view.viewport().size()
    made = QImage(size * ratio, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    person.view.viewport().render(made)
    return made


def colours_in(made: QImage, rect: QRect) -> set[str]:
    return {
        made.pixelColor(x, y).name() for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom())
    }


# suggestions


def test_suggestions_are_clicked_and_selected_but_not_walked(read: Read) -> None:
    person = read(TEXT, (TITLE,))
    person.view.set_suggestions((NAME,), (HOLDS,))
    person.click(person.at(16))
    assert person.view.selected_entities() == ("name",)
    assert person.view.is_pending("name")
    assert not person.view.is_pending("title")
    assert person.view.accessible_description() == "Official: Lê Thị Thủy (suggested, not confirmed)"
    assert [one.id for one in person.view.arcs.shown()] == ["r1"]
    person.view.set_caret(0)
    person.view.walk_entities(1)
    person.view.walk_entities(1)
    assert person.view.selected_entities() == ("title",)
    person.view.select_entities(("name",))
    assert person.view.selected_entities() == ("name",)


def test_a_suggestion_looks_unconfirmed_until_it_is_a_label(read: Read) -> None:
    person = read(TEXT, (TITLE,))
    person.view.set_suggestions((NAME,))
    pending = image(person)
    person.view.update_labels(AnnotationSet("lan", entities=(TITLE, NAME)))
    assert not person.view.is_pending("name")
    assert image(person) != pending
    person.view.set_suggestions(())
    assert set(person.view.column.index.by_id) == {"title", "name"}


def test_all_states_differ_without_colour(read: Read) -> None:
    looks = []
    for origin in (Origin.MANUAL, Origin.SUGGESTED, Origin.PROPAGATED, Origin.ADJUDICATED):
        person = read(TEXT, (replace(NAME, origin=origin),))
        looks.append(image(person).convertToFormat(QImage.Format.Format_Mono))
    person = read(TEXT)
    person.view.set_suggestions((NAME,))
    looks.append(image(person).convertToFormat(QImage.Format.Format_Mono))
    assert all(one != other for n, one in enumerate(looks) for other in looks[:n])


def test_another_report_forgets_suggestions(read: Read) -> None:
    person = read(TEXT)
    person.view.set_suggestions((NAME,))
    person.view.set_report(Report("r2", "r2", TEXT), None, None)
    assert not person.view.column.index.by_id


def test_suggestions_that_go_are_deselected(read: Read) -> None:
    person = read(TEXT)
    person.view.set_suggestions((NAME,))
    person.view.select_entities(("name",))
    person.view.set_suggestions(())
    assert person.view.selected_entities() == ()


# appearance


def test_the_text_is_set_as_wished(read: Read) -> None:
    person = read(TEXT, (TITLE,))
    zoomed: list[float] = []
    person.view.zoom_changed.connect(zoomed.append)
    height, width = person.view.rects_of(40, 41)[0].top(), person.view.column.width
    person.view.set_appearance(Appearance(spacing=2.0))
    assert person.view.rects_of(40, 41)[0].top() > height
    person.view.set_appearance(Appearance(letters=40))
    assert person.view.column.width < width
    assert zoomed == []
    person.view.set_appearance(Appearance(zoom=99.0))
    assert person.view.zoom() == 4.0
    assert zoomed == [4.0]
    person.view.set_appearance(Appearance())
    assert (person.view.rects_of(40, 41)[0].top(), person.view.column.width) == (height, width)


def test_another_font_family_is_used(read: Read) -> None:
    person = read(TEXT)
    person.view.set_appearance(Appearance(family="No Such Family"))
    families = person.view.column.font.families()
    assert families[0] == "No Such Family"
    assert len(families) == 2  # the program's own where the family has no letter


@pytest.mark.parametrize("ratio", [1.5, 2.0, 3.0])
def test_text_and_underlines_are_sharp_at_any_scaling(read: Read, ratio: float) -> None:
    person = read(TEXT, (TITLE,))
    plain, large = image(person), image(person, ratio)
    stretched = plain.scaled(large.size())
    stretched.setDevicePixelRatio(ratio)
    assert large != stretched
    rect, metrics = person.view.rects_of(2, 3)[0], person.view.column.metrics
    line = person.view.theme.label("TITLE").line.name()
    top = rect.bottom() + 1 + metrics.underline(0)
    column = [
        large.pixelColor(int(rect.center().x() * ratio), y)
        for y in range(int((top - 1) * ratio), int((top + 4) * ratio))
    ]
    assert sum(colour == line for colour in column) >= int(metrics.stroke * ratio) - 1


_SCALED = """
from PySide6.QtWidgets import QApplication
from annotations.report import AnnotationSet, Entity, Report
from ui.annotate.view.view import ReportView
app = QApplication([])
view = ReportView()
view.set_chips(True)
text = "Bí thư 😀 Tỉnh ủy Lê Thị Thủy dự.\\n" * 3
view.set_report(Report("r", "r", text), AnnotationSet("a", entities=(Entity("e", "ORG", 9, 16),)), None)
view.show()
for offset in range(len(text)):
    assert view.offset_at(view.rects_of(offset, offset + 1)[0].center()) == offset, offset
picture = view.viewport().grab()
print(picture.devicePixelRatio(), picture.width() / view.viewport().width())
"""


@pytest.mark.parametrize("factor", ["1.25", "3"])
def test_a_scaled_screen_is_painted_in_its_own_pixels(factor: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": factor}
    done = subprocess.run(
        [sys.executable, "-c", _SCALED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    assert done.stderr == ""
    ratio, pixels = map(float, done.stdout.split())
    assert ratio == float(factor)
    assert pixels == pytest.approx(ratio, abs=0.01)


# numbers, furniture, scroll bar


def test_paragraphs_are_numbered_on_demand(read: Read) -> None:
    person = read("Một\n\nHai\n" + "ba " * 4_000 + "\nBốn")
    names = [person.view.column.paragraph_number(n) for n in range(len(person.view.column.starts))]
    assert names == ["1", "", "2", "3", "", "4"]
    plain = image(person)
    person.view.set_numbers(True)
    left = int(person.view.origin().x()) - GUTTER
    digits = QRect(left - 12, person.view.rects_of(0, 1)[0].top(), 12, 20)
    assert len(colours_in(image(person), digits)) > 1
    assert person.view.offset_at(person.at(6)) == 6
    person.view.set_numbers(False)
    assert image(person) == plain


def test_furniture_is_quiet(read: Read) -> None:
    text = "Đầu đề\n" + "Nội dung phát triển kinh tế. " * 9 + "\nCác đại biểu dự hội nghị.\nNguồn Báo A\nCác tin khác"
    person = read(text)
    made, theme = image(person), person.view.theme
    for word, colour in (
        ("Nội", theme.text),
        ("Các đại", theme.quiet),
        ("Nguồn", theme.quiet),
        ("Các tin", theme.quiet),
    ):
        assert colour.name() in colours_in(made, person.view.rects_of(text.index(word), text.index(word) + 3)[0]), word


def test_notices_and_find_hits_are_on_the_scroll_bar(read: Read, qtbot: QtBot) -> None:
    person = read(TEXT, (TITLE,))
    bar = person.view.verticalScrollBar()
    person.view.set_extra_marks("find", [(len(TEXT) - 8, len(TEXT) - 4)])
    person.view.set_extra_marks("notice", [Mark(0, 14)])
    qtbot.waitUntil(lambda: bool(bar.ticks(1)) and bool(bar.ticks(2)))
    assert [colour for _part, colour in bar.ticks(1)] == [person.view.theme.notice]
    assert [part for part, _colour in bar.ticks(2)] == [pytest.approx(1, abs=0.05)]
    assert bar.ticks(1)[0][0] == pytest.approx(0, abs=0.05)
    assert bar.grab().toImage().pixelColor(2, 30).isValid()
    person.view.set_extra_marks("find", [])
    qtbot.waitUntil(lambda: not bar.ticks(2))
