"""Reference pictures, looked at by a person once, compared coarsely so that another version of the font passes.

``CHUGIAI_DRAW_REFERENCES=1 pytest tests/ui/view/test_view_pictures.py`` draws them anew: look at them before they are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPalette
from pytestqt.qtbot import QtBot

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, entity_order
from ui.annotate.view.view import ReportView

REFERENCES = Path(__file__).parent / "reference"
FONT = "DejaVu Sans"
CELL = 12
"""Pixels of a screen without scaling that are averaged before comparing."""
MEAN, WORST, FEW = 1.7, 24, 0.005
"""Mean difference allowed, and of how many cells it may be more than ``WORST``, of 255."""

# schema.md, 4.6
NESTED = (
    "Nghị quyết Trung ương 6 (khóa XII), Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX (nhiệm kỳ 2020-2025), "
    "Nghị quyết về xây dựng nông thôn mới nâng cao, kiểu mẫu giai đoạn 2021-2025."
)
NESTED_LABELS = (
    ("RESOLUTION", "Nghị quyết Trung ương 6 (khóa XII)"),
    ("ORG", "Trung ương"),
    ("TERM", "khóa XII"),
    ("RESOLUTION", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX (nhiệm kỳ 2020-2025)"),
    ("MEETING", "Đại hội Đảng bộ tỉnh lần thứ XX (nhiệm kỳ 2020-2025)"),
    ("ORG", "Đảng bộ tỉnh"),
    ("TERM", "nhiệm kỳ 2020-2025"),
    ("RESOLUTION", "Nghị quyết về xây dựng nông thôn mới nâng cao, kiểu mẫu giai đoạn 2021-2025"),
    ("DATE", "giai đoạn 2021-2025"),
)
LINES = (
    "Sáng 26/4, đồng chí Lê Thị Thủy, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy chủ trì hội nghị; đồng chí Đinh Thị Lụa, "
    "Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch HĐND tỉnh phát biểu tại hội nghị."
)
LINES_LABELS = (
    ("DATE", "Sáng 26/4"),
    ("OFFICIAL", "Lê Thị Thủy"),
    ("TITLE", "Ủy viên Trung ương Đảng"),
    ("ORG", "Trung ương Đảng"),
    ("TITLE", "Bí thư Tỉnh ủy"),
    ("MEETING", "hội nghị"),
    ("OFFICIAL", "Đinh Thị Lụa"),
    ("TITLE", "Phó Bí thư Thường trực Tỉnh ủy"),
    ("TITLE", "Chủ tịch HĐND tỉnh"),
    ("ORG", "HĐND tỉnh"),
)
LINES_JOINS = (
    ("holds_title", 1, 2),
    ("title_at", 2, 3),
    ("holds_title", 1, 4),
    ("chairs", 1, 5),
    ("held_on", 5, 0),
    ("holds_title", 6, 7),
    ("holds_title", 6, 8),
    ("title_at", 8, 9),
    ("speaks_at", 6, 5),
)
Scene = Callable[[ReportView], None]


def labelled(text: str, labels: tuple[tuple[str, str], ...]) -> list[Entity]:
    found = ((label, text.index(words), len(words)) for label, words in labels)
    return [Entity(f"e{n}", label, start, start + long) for n, (label, start, long) in enumerate(found)]


def show(view: ReportView, text: str, entities: list[Entity], relations: tuple[Relation, ...] = ()) -> None:
    labels = AnnotationSet("lan", entities=tuple(sorted(entities, key=entity_order)), relations=relations)
    view.set_report(Report("r", "r", text), labels, DEFAULT_SCHEMA)
    view.set_caret(len(text))


def nested(view: ReportView) -> None:
    show(view, NESTED, labelled(NESTED, NESTED_LABELS))


def nested_chips(view: ReportView) -> None:
    view.set_chips(True)
    nested(view)


def stacked(view: ReportView) -> None:
    """Four on one extent, an overlapping one, one in two parts; and how each came to be."""
    text = "Ban Thường vụ Tỉnh ủy và Thường trực HĐND tỉnh họp tại Hà Nam."
    origins = (Origin.MANUAL, Origin.SUGGESTED, Origin.PROPAGATED, Origin.ADJUDICATED)
    labels = ("ORG", "TITLE", "MEETING", "TERM")
    many = [Entity(f"e{n}", labels[n], 0, 21, origin=origins[n]) for n in range(4)]
    parted = Entity("e5", "OFFICIAL", 4, 46, fragments=((4, 13), (36, 46)))
    view.set_chips(True)
    show(view, text, [*many, parted, Entity("e6", "DATE", 14, 36)])
    view.set_suggestions([Entity("s", "PLACE", text.index("Hà"), text.index("Hà") + 6)])


def lines(view: ReportView) -> None:
    joins = (Relation(f"r{n}", kind, f"e{one}", f"e{other}") for n, (kind, one, other) in enumerate(LINES_JOINS))
    view.set_chips(True)
    view.set_arc_mode("all")
    show(view, LINES, labelled(LINES, LINES_LABELS), tuple(joins))


def selected(view: ReportView) -> None:
    """A selected entity with its arcs, handles and grip; one arc leaves the view."""
    text = LINES + "\n" + "Các vị thảo luận nhiều vấn đề.\n" * 12 + "Kỳ họp bế mạc."
    joins = [Relation(f"r{n}", kind, f"e{one}", f"e{other}") for n, (kind, one, other) in enumerate(LINES_JOINS)]
    far = Entity("far", "MEETING", len(text) - 14, len(text) - 8)
    show(view, text, [*labelled(text, LINES_LABELS), far], (*joins, Relation("f", "attends", "e1", "far")))
    view.set_numbers(True)
    view.select_entities(("e1",))


def dark(view: ReportView) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#1d2023"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#e6e6e3"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#308cc6"))
    view.setPalette(palette)
    nested_chips(view)


SCENES: dict[str, tuple[Scene, float]] = {
    "nested": (nested, 1.0),
    "nested_chips": (nested_chips, 1.0),
    "stacked": (stacked, 1.0),
    "arcs_across_lines": (lines, 1.0),
    "selected": (selected, 1.0),
    "dark": (dark, 1.0),
    "nested_at_200_percent": (nested_chips, 2.0),
}


@pytest.fixture
def view(qtbot: QtBot) -> ReportView:
    if FONT not in QFontDatabase.families():
        pytest.skip(f"the reference pictures are set in {FONT}, which is not installed here")
    made = ReportView()
    qtbot.addWidget(made)
    light = QPalette()
    light.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    light.setColor(QPalette.ColorRole.Text, QColor("#1b1b1b"))
    light.setColor(QPalette.ColorRole.Highlight, QColor("#308cc6"))
    made.setPalette(light)
    made.setFont(QFont(FONT, 10))
    made.resize(720, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def picture(view: ReportView, ratio: float) -> QImage:
    made = QImage(view.viewport().size() * ratio, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    view.viewport().render(made)
    return made


def cells(image: QImage, ratio: float) -> list[tuple[int, int, int]]:
    """The mean colours of the picture's cells."""
    size = QSize(700 // CELL, 300 // CELL)
    whole = image.copy(0, 0, int(700 * ratio), int(300 * ratio))
    mode, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = whole.scaled(size, mode, smooth)
    colours = (small.pixelColor(x, y) for y in range(size.height()) for x in range(size.width()))
    return [(colour.red(), colour.green(), colour.blue()) for colour in colours]


def differences(one: QImage, other: QImage, ratio: float) -> tuple[float, float]:
    """The mean difference of two pictures, and the share of cells that differ much."""
    pairs = zip(cells(one, ratio), cells(other, ratio), strict=True)
    found = [max(abs(a - b) for a, b in zip(first, second, strict=True)) for first, second in pairs]
    return sum(found) / len(found), sum(value > WORST for value in found) / len(found)


def alike(one: QImage, other: QImage, ratio: float) -> bool:
    mean, worst = differences(one, other, ratio)
    return mean <= MEAN and worst <= FEW


@pytest.mark.parametrize("name", SCENES)
def test_the_view_looks_like_its_reference(view: ReportView, name: str) -> None:
    scene, ratio = SCENES[name]
    scene(view)
    made, path = picture(view, ratio), REFERENCES / f"{name}.png"
    if os.environ.get("CHUGIAI_DRAW_REFERENCES"):
        made.save(str(path))
    assert alike(made, QImage(str(path)), ratio), differences(made, QImage(str(path)), ratio)


def test_letters_drawn_otherwise_are_alike(view: ReportView) -> None:
    """What another version of font and rasteriser does, as far as it can be had here."""
    nested_chips(view)
    reference = picture(view, 1.0)
    font = QFont(FONT, 10)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    view.setFont(font)
    made = picture(view, 1.0)
    assert made != reference
    assert alike(made, reference, 1.0)


def test_another_look_is_noticed(view: ReportView) -> None:
    """What the comparison is worth: no chips, another label, another zoom are all seen."""
    nested_chips(view)
    reference = picture(view, 1.0)
    for change in (
        lambda: view.set_chips(False),
        lambda: view.set_zoom(1.1),
        lambda: show(view, NESTED, labelled(NESTED, NESTED_LABELS[:-2])),
        lambda: show(view, NESTED, labelled(NESTED, (("DATE", NESTED_LABELS[0][1]), *NESTED_LABELS[1:]))),
    ):
        change()
        assert not alike(picture(view, 1.0), reference, 1.0)
        view.set_chips(True)
        view.set_zoom(1.0)
        nested_chips(view)
        assert alike(picture(view, 1.0), reference, 1.0)
