"""What a screen reader gets: text, caret and the entity at it, in UTF-16 units, asked as Qt asks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible

from annotations.report import Entity
from ui.annotate.view.access import ReadableText, ReadableView

ROOT = Path(__file__).parents[3]
Read = Callable[..., Any]
TEXT = "😀 Bí thư Tỉnh ủy họp.\nCác đại biểu dự."
ORG = Entity("org", "ORG", 9, 16)


def test_the_text_is_read_in_utf16_units(read: Read) -> None:
    person = read(TEXT, (ORG,))
    text = ReadableText(person.view)
    assert text.characterCount() == len(TEXT) + 1
    assert text.text(0, 2) == "😀"
    assert text.text(3, 5) == "Bí"
    text.setCursorPosition(10)
    assert person.view.caret() == 9
    assert text.cursorPosition() == 10
    text.addSelection(3, 9)
    assert person.words() == "Bí thư"
    text.removeSelection(0)
    assert person.view.selections() == ()


def test_places_are_on_the_screen(read: Read) -> None:
    person = read(TEXT, (ORG,))
    text, corner = ReadableText(person.view), person.view.viewport().mapToGlobal(QPoint(0, 0))
    rect = text.characterRect(10)
    assert rect.translated(-corner) == person.view.rects_of(9, 10)[0]
    assert text.offsetAtPoint(rect.center()) == 10


def test_far_text_is_brought_into_view(read: Read) -> None:
    person = read(TEXT + "\nDòng." * 300)
    ReadableText(person.view).scrollToSubstring(1_500, 1_504)
    assert person.view.viewport().rect().contains(person.at(1_499))


def test_the_entity_at_the_caret_is_the_description(read: Read) -> None:
    person = read(TEXT, (ORG,))
    reader = ReadableView(person.view)
    person.view.set_caret(10)
    assert reader.text(QAccessible.Text.Name) == "Report text"
    assert reader.text(QAccessible.Text.Description) == "Organisation: Tỉnh ủy"
    assert reader.text(QAccessible.Text.Value) == TEXT
    assert reader.state().readOnly


def test_changes_are_told_when_somebody_listens(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    person = read(TEXT, (ORG,))
    told.clear()
    person.view.set_caret(10)
    person.view.set_caret(11)
    person.view.select(2, 8)
    assert [event.type() for event in told] == [
        QAccessible.Event.TextCaretMoved,
        QAccessible.Event.Announcement,
        QAccessible.Event.TextCaretMoved,
        QAccessible.Event.TextCaretMoved,
        QAccessible.Event.TextSelectionChanged,
    ]
    assert told[1].message() == "Organisation: Tỉnh ủy"
    assert told[0].cursorPosition() == 11


_ASK = """
import gc
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from annotations.report import Report
from ui.annotate.view.view import ReportView
app = QApplication([])
for n in range(20):
    view = ReportView()
    view.set_report(Report("r", "r", f"{n} Bí thư"), None, None)
    view.show()
    reader = QAccessible.queryAccessibleInterface(view)
    text = reader.textInterface()
    assert text.text(0, 9) == f"{n} Bí thư"[:9], text.text(0, 9)
    assert QAccessible.queryAccessibleInterface(view.verticalScrollBar()) is not None
    del reader, text
    view.deleteLater()
    app.processEvents()
    del view
    gc.collect()
"""


def test_qt_finds_the_text_and_nothing_breaks_when_views_go() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASK], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
