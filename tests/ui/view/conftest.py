"""A report view with a text and labels of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import EntityType, RelationType, Schema
from ui.annotate.view.view import ReportView

SCHEMA = Schema(
    "test/1",
    (
        EntityType("OFFICIAL", {"en": "Official"}, "1", "#0072B2"),
        EntityType("TITLE", {"en": "Title"}, "2", "#E69F00"),
        EntityType("ORG", {"en": "Organisation"}, "3", "#009E73"),
        EntityType("MEETING", {"en": "Meeting"}, "7", "#F0E442"),
    ),
    (RelationType("holds_title", {"en": "holds title"}, ("OFFICIAL",), ("TITLE",), colour="#332288"),),
)


class Person:
    """A view on the screen and the hands of the person before it; offsets are code points."""

    def __init__(self, view: ReportView) -> None:
        self.view = view
        self.told: list[tuple[object, ...]] = []
        view.entity_activated.connect(lambda *told: self.told.append(("activated", *told)))
        view.relation_dragged.connect(lambda *told: self.told.append(("relation", *told)))
        view.edge_moved.connect(lambda *told: self.told.append(("edge", *told)))
        view.walked.connect(lambda *told: self.told.append(("walked", *told)))
        view.candidate_wanted.connect(lambda *told: self.told.append(("candidate", *told)))
        view.context_menu_wanted.connect(lambda *_told: self.told.append(("menu",)))

    def at(self, offset: int) -> QPoint:
        """The middle of a character."""
        return self.view.rects_of(offset, offset + 1)[0].center()

    def edge(self, offset: int) -> QPoint:
        """Just right of the boundary before a character."""
        rect = self.view.rects_of(offset, offset + 1)[0]
        return QPoint(rect.left() + 1, rect.center().y())

    def words(self) -> str:
        """The selected text."""
        start, end = self.view.selection()
        return self.view.text[start:end]

    def click(self, point: QPoint, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A click that is not part of a double click."""
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, mods, point, 1000)

    def drag(self, *points: QPoint, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press at the first point, move over the others, release at the last."""
        self.press_and_move(*points, mods=mods)
        QTest.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton, mods, points[-1])

    def press_and_move(self, *points: QPoint, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press at the first point and move over the others, holding the button."""
        QTest.mousePress(self.view.viewport(), Qt.MouseButton.LeftButton, mods, points[0], 1000)
        for point in points[1:]:
            _move(self.view, point, mods, Qt.MouseButton.LeftButton)

    def hover(self, point: QPoint) -> None:
        """Move the mouse without a button."""
        _move(self.view, point, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton)

    def double_click(self, point: QPoint) -> None:
        """Two clicks, the second of which Qt calls a double click."""
        self.click(point)
        plain = Qt.KeyboardModifier.NoModifier
        QTest.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, plain, point)

    def key(self, key: Qt.Key, *mods: Qt.KeyboardModifier, times: int = 1) -> None:
        """Press a key."""
        held = Qt.KeyboardModifier.NoModifier
        for mod in mods:
            held |= mod
        for _time in range(times):
            QTest.keyClick(self.view, key, held)


def _move(view: ReportView, point: QPoint, mods: Qt.KeyboardModifier, held: Qt.MouseButton) -> None:
    """A move with a button held and modifiers, which QTest.mouseMove cannot say."""
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.viewport().mapToGlobal(place), Qt.MouseButton.NoButton, held, mods
    )
    QApplication.sendEvent(view.viewport(), event)


@pytest.fixture
def read(qtbot: QtBot) -> Callable[..., Person]:
    """Shows a text with entities and relations, and gives the person who reads it."""

    def show(
        text: str,
        entities: Sequence[Entity] = (),
        relations: Sequence[Relation] = (),
        width: int = 640,
        height: int = 480,
    ) -> Person:
        view = ReportView()
        qtbot.addWidget(view)
        view.resize(width, height)
        labels = AnnotationSet("lan", entities=tuple(entities), relations=tuple(relations))
        view.set_report(Report("r1", "r1.txt", text), labels, SCHEMA)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        return Person(view)

    return show
