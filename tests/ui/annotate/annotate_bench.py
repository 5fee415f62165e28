"""What the tests of the annotate page act with, and the invented texts they act on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from annotations.report import AnnotationSet, Entity
from ui.actions import Actions
from ui.annotate.page import AnnotatePage
from ui.desk import Desk

TEXT = (
    "Tỉnh ủy họp quý I\n"
    "Sáng ngày 26/4, Bí thư Tỉnh ủy Lê Thị Mai chủ trì hội nghị tại huyện Kim Sơn.\n"
    "Đồng chí Lê Thị Mai nêu Chỉ thị 05-CT/TU của Tỉnh ủy. Hội nghị bế mạc sáng 27/4.\n"
)
OTHER = "Tin khác\nTỉnh uỷ và Bí thư Tỉnh ủy Trần Văn Hòa thăm huyện Kim Sơn.\n"


@dataclass
class Bench:
    """The page with its window, and what a person does with it."""

    page: AnnotatePage
    window: QMainWindow
    actions: Actions
    said: list[str]
    with_undo: list[bool]

    @property
    def desk(self) -> Desk:
        return self.page.desk

    @property
    def text(self) -> str:
        return self.page.view.text

    def stored(self, report_id: str = "") -> AnnotationSet:
        """What the project holds, read again."""
        assert self.desk.report is not None
        found = self.desk.workspace.annotation_set(report_id or self.desk.report.id)
        return found or AnnotationSet(self.desk.annotator)

    def labels(self) -> list[tuple[str, str]]:
        """Label and text of each stored entity, in text order."""
        return [(one.label, one.surface(self.text)) for one in self.stored().entities]

    def relations(self) -> list[tuple[str, str, str]]:
        by_id = {one.id: one.surface(self.text) for one in self.stored().entities}
        return [(by_id[one.source], one.type, by_id[one.target]) for one in self.stored().relations]

    def entity(self, label: str, words: str) -> Entity:
        return next(one for one in self.stored().entities if (one.label, one.surface(self.text)) == (label, words))

    def span(self, words: str, number: int = 0) -> tuple[int, int]:
        at = -1
        for _ in range(number + 1):
            at = self.text.index(words, at + 1)
        return at, at + len(words)

    def select(self, words: str, number: int = 0) -> None:
        self.page.view.select(*self.span(words, number))

    def key(self, key: Qt.Key, *mods: Qt.KeyboardModifier, on: QWidget | None = None) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for mod in mods:
            held |= mod
        QTest.keyClick(on or self.page.view, key, held)

    def label(self, words: str, key: Qt.Key, number: int = 0) -> Entity:
        """Select text, press a label's key; the entity that is selected then."""
        self.select(words, number)
        self.key(key)
        (selected,) = self.page.view.selected_entities()
        return next(one for one in self.stored().entities if one.id == selected)

    def drag(self, start: QPoint, end: QPoint, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        pane, left = self.page.view.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(pane, left, mods, start)
        QTest.mouseMove(pane, (start + end) / 2)
        QTest.mouseMove(pane, end)
        QTest.mouseRelease(pane, left, mods, end)

    def point(self, words: str, number: int = 0) -> QPoint:
        """The middle of some words of the text, in viewport pixels."""
        return self.page.view.rects_of(*self.span(words, number))[0].center()
