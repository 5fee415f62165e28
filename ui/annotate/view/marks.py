"""Marks beside labels: find hits, numbers, notices; and the scroll bar that shows where they and the entities are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget


class MarkKind(StrEnum):
    """What a mark is for; each kind is set and taken away as a whole."""

    FIND = "find"
    CURRENT = "current"
    NUMBER = "number"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span ``start`` to ``end`` in code points to be shown; ``text`` is what a number mark says."""

    start: int
    end: int
    text: str = ""


class Marks:
    """The marks of one kind, found by place; they may overlap."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        self._longest = max((mark.end - mark.start for mark in self._marks), default=0)

    def touching(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that share a character with ``[start, end)``, in text order."""
        first = bisect_left(self._marks, start - self._longest, key=lambda mark: mark.start)
        for mark in islice(self._marks, first, None):
            if mark.start >= end:
                return
            if mark.end > start:
                yield mark


class MarkedScrollBar(QScrollBar):
    """A scroll bar with coloured ticks where something stands in the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: Mapping[float, QColor] = {}

    def set_ticks(self, ticks: Mapping[float, QColor]) -> None:
        """Show ``ticks``: from where in the text (0 top to 1 bottom) to colour; later ones lie on top."""
        self._ticks = ticks
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, then a tick for each row of pixels that has one."""
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, self
        )
        rows = {groove.top() + int(part * (groove.height() - 2)): colour for part, colour in self._ticks.items()}
        painter = QPainter(self)
        painter.setOpacity(0.75)
        width = max(4, groove.width() // 3)
        for row, colour in rows.items():
            painter.fillRect(QRect(groove.right() - width, row, width, 2), colour)
        painter.end()
