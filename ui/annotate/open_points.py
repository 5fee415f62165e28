"""The open points of the report: breaches of the span rules, looked for in small pieces between events and marked."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from annotations.notices import Notice, in_text_order, notices_in_steps
from ui.annotate.edits.sheet import Sheet
from ui.annotate.workplace import Workplace

NOTICE_MS = 400
"""Pause after the last change before breaches are looked for: never while a person types."""
_AT_ONCE = 0.004
"""Seconds of looking between which events have their turn."""


class OpenPoints(QObject):
    """Knows the open points. Signal: ``found()`` when those of the labels that are shown are known."""

    found = Signal()

    def __init__(self, place: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._known: tuple[Notice, ...] = ()
        self._known_of: Sheet | None = None
        self._looking: Iterator[list[Notice]] | None = None
        self._looking_at: Sheet | None = None
        self._so_far: list[Notice] = []
        self._pause = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._pause.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(lambda: self._go_on(perf_counter() + _AT_ONCE))

    def look_soon(self) -> None:
        """Other labels are shown: look after a pause."""
        self._turn.stop()
        self._pause.start()

    def known(self) -> tuple[Notice, ...]:
        """What was found last in this report, perhaps before its latest change."""
        sheet, of = self._place.sheet, self._known_of
        return self._known if sheet and of and of.report.id == sheet.report.id else ()

    def now(self) -> tuple[Notice, ...]:
        """The open points of the labels that are shown; looks for them at once when they are not known."""
        sheet = self._place.sheet
        if sheet is not None and self._known_of is not sheet:
            self._pause.stop()
            self._begin()
            self._go_on()
        return self.known()

    def _begin(self) -> None:
        sheet = self._place.sheet
        if sheet is None:
            return
        if self._known_of is sheet:
            self._tell()
            return
        if self._looking_at is not sheet:
            self._looking_at, self._so_far = sheet, []
            self._looking = notices_in_steps(sheet.text, sheet.labels.entities, sheet.schema)
        self._turn.start()

    def _go_on(self, until: float = float("inf")) -> None:
        """Look until that time, or to the end."""
        for step in self._looking or ():
            self._so_far += step
            if perf_counter() >= until:
                return
        self._turn.stop()
        self._known_of, self._known = self._looking_at, in_text_order(self._so_far)
        self._looking = self._looking_at = None
        self._tell()

    def _tell(self) -> None:
        self._place.view.set_extra_marks("notice", [(one.start, one.end) for one in self._known])
        self.found.emit()
