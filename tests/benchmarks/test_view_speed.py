"""How long the report view takes, beside a bare Qt text widget with the same formats in the same run.

Nothing is asserted about time; the ratios are recorded (`pytest tests/benchmarks/test_view_speed.py -s`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order
from ui.annotate.view.view import ReportView

WORDS = [
    "Sáng",
    "ngày",
    "Ban",
    "Thường",
    "vụ",
    "Tỉnh",
    "ủy",
    "họp",
    "hội",
    "nghị",
    "đồng",
    "chí",
    "Lê",
    "Thị",
    "Thủy",
    "phát",
    "biểu",
    "kết",
    "luận",
    "công",
    "tác",
    "quý",
]
LABELS = [label.name for label in DEFAULT_SCHEMA.entity_types]


def make(size: int, entities: int, relations: int, paragraph: int = 645) -> tuple[Report, AnnotationSet]:
    """An invented report of ``size`` code points, a third of its entities nested."""
    chance = random.Random(7)
    lines: list[str] = []
    while sum(map(len, lines)) + len(lines) < size:
        lines.append(" ".join(chance.choices(WORDS, k=paragraph // 5))[:paragraph])
    text = "\n".join(lines)[:size]
    made = []
    for number in range(entities):
        start = chance.randrange(size - 80) if number % 3 else made[-1].start if made else 0
        made.append(Entity(f"e{number}", chance.choice(LABELS), start, start + chance.randrange(4, 40)))
    ids = [entity.id for entity in made]
    joined = tuple(Relation(f"r{n}", "holds_title", *chance.sample(ids, 2)) for n in range(relations))
    return Report("r", "r.txt", text), AnnotationSet(
        "lan", entities=tuple(sorted(made, key=entity_order)), relations=joined
    )


def painted(widget: QWidget) -> None:
    """Paint now what is visible."""
    widget.viewport().repaint() if hasattr(widget, "viewport") else widget.repaint()


def time_of(work: Callable[[], object], rounds: int = 15) -> float:
    """Least milliseconds of ``work``, after one round that does not count: others' work on the machine adds none."""
    work()
    taken = []
    for _round in range(rounds):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return min(taken)


def tell(**figures: float) -> None:
    print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}))  # noqa: T201


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(900, 760)
    with qtbot.waitExposed(widget):
        widget.show()


def with_formats(edit: QTextEdit, report: Report, labels: AnnotationSet) -> None:
    """What the simplest Qt program would do: the text, and a background and underline for each entity."""
    edit.setPlainText(report.text)
    cursor = QTextCursor(edit.document())
    cursor.beginEditBlock()
    for entity in labels.entities:
        form = QTextCharFormat()
        form.setBackground(QColor(DEFAULT_SCHEMA.entities_by_name[entity.label].colour).lighter(170))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        cursor.setPosition(entity.start)
        cursor.setPosition(entity.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
    cursor.endEditBlock()
    painted(edit)


@pytest.mark.parametrize(("size", "entities", "relations"), [(9_000, 140, 75), (13_000, 170, 90)])
def test_opening_a_report_to_painted(qtbot: QtBot, size: int, entities: int, relations: int) -> None:
    report, labels = make(size, entities, relations)
    bare, view = QTextEdit(), ReportView()
    shown(qtbot, bare)
    shown(qtbot, view)

    def ours() -> None:
        view.set_report(report, labels, DEFAULT_SCHEMA)
        painted(view)

    base, own = time_of(lambda: with_formats(bare, report, labels)), time_of(ours)
    tell(characters=size, entities=entities, bare_ms=base, view_ms=own, ratio=own / base)


@pytest.mark.parametrize("above", ["", "chips", "all arcs"])
@pytest.mark.parametrize("paragraph", [645, 10**6], ids=["paragraphs", "one paragraph"])
def test_a_megabyte_with_ten_thousand_entities(qtbot: QtBot, paragraph: int, above: str) -> None:
    report, labels = make(10**6, 10_000, 5_000, paragraph)
    bare, view = QPlainTextEdit(), ReportView()
    shown(qtbot, bare)
    shown(qtbot, view)
    view.set_chips(above == "chips")
    view.set_arc_mode("all" if above == "all arcs" else "hovered")

    def plain() -> None:
        bare.setPlainText(report.text)
        painted(bare)

    def ours() -> None:
        view.set_report(report, labels, DEFAULT_SCHEMA)
        painted(view)

    base, own = time_of(plain, 7), time_of(ours, 7)
    far = iter(random.Random(3).sample(labels.entities, 40))
    bar = view.verticalScrollBar()

    def page() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        painted(view)

    def jump() -> None:
        view.select_entities((next(far).id,))
        painted(view)

    def resize() -> None:
        view.resize(900 if view.width() == 700 else 700, 760)
        QTest.qWait(0)
        painted(view)

    figures = {
        "relabel_ms": time_of(relabelling(view, labels)),
        "page_ms": time_of(page),
        "jump_ms": time_of(jump),
        "resize_ms": time_of(resize),
    }
    print(paragraph, above, end=" ")  # noqa: T201
    tell(bare_unlabelled_ms=base, view_ms=own, ratio=own / base, **figures)


def relabelling(view: ReportView, labels: AnnotationSet) -> Callable[[], None]:
    """Gives one entity in sight another label and paints it."""
    change = {"n": 0}
    seen = view.entities_in_sight()[0]
    at = labels.entities.index(seen)

    def relabel() -> None:
        change["n"] += 1
        entities = list(labels.entities)
        entities[at] = replace(seen, label=LABELS[change["n"] % 2])
        view.update_labels(AnnotationSet("lan", entities=tuple(entities), relations=labels.relations))
        painted(view)

    return relabel


@pytest.mark.parametrize("chips", [False, True], ids=["no chips", "chips"])
@pytest.mark.parametrize("arcs", ["hovered", "all"])
def test_one_label_among_ten_and_among_ten_thousand(qtbot: QtBot, chips: bool, arcs: str) -> None:
    """The same text and the same entities in sight; ten of them, or also all those out of sight."""
    report, many = make(10**6, 10_000, 5_000)
    view = ReportView()
    shown(qtbot, view)
    view.set_chips(chips)
    view.set_arc_mode(arcs)
    figures = {}
    few = {one.id for one in many.entities[:10]}
    joins = tuple(one for one in many.relations if one.source in few and one.target in few)
    for labels in (AnnotationSet("lan", entities=many.entities[:10], relations=joins), many):
        view.set_report(report, labels, DEFAULT_SCHEMA)
        painted(view)
        figures[f"relabel_{len(labels.entities)}_ms"] = time_of(relabelling(view, labels), 25)
        figures[f"repaint_{len(labels.entities)}_ms"] = time_of(lambda: painted(view), 25)
    first, second = figures["relabel_10_ms"], figures["relabel_10000_ms"]
    tell(chips=chips, all_arcs=arcs == "all", ratio=second / first, **figures)


def test_one_label_in_an_ordinary_report(qtbot: QtBot) -> None:
    report, labels = make(9_000, 140, 75)
    view = ReportView()
    shown(qtbot, view)
    view.set_report(report, labels, DEFAULT_SCHEMA)
    painted(view)
    tell(relabel_ms=time_of(relabelling(view, labels)), repaint_ms=time_of(lambda: painted(view)))


@pytest.mark.parametrize("chips", [False, True], ids=["no chips", "chips"])
@pytest.mark.parametrize("arcs", ["hovered", "all"])
def test_five_hundred_entities_in_two_thousand_characters(qtbot: QtBot, chips: bool, arcs: str) -> None:
    report, labels = make(2_000, 500, 100)
    view = ReportView()
    shown(qtbot, view)
    view.set_chips(chips)
    view.set_arc_mode(arcs)

    def ours() -> None:
        view.set_report(report, labels, DEFAULT_SCHEMA)
        painted(view)

    opened = time_of(ours, 5)
    figures = {"relabel_ms": time_of(relabelling(view, labels)), "repaint_ms": time_of(lambda: painted(view), 5)}
    tell(chips=chips, all_arcs=arcs == "all", crowd_ms=opened, **figures)
