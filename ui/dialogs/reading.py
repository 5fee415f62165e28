"""Reads a preview beside the window; its rows arrive in handfuls, the first one at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal

from ui.jobs.preview import PreviewRow, preview
from ui.jobs.progress import Progress
from ui.jobs.records import Mappings
from ui.worker import Job

ROWS_SECONDS = 0.25
"""Least time between two handfuls."""


class Reading(QObject):
    """Signals: ``rows_read(tuple of PreviewRow)``; ``progressed(done, total, what)``; at last ``ended(error or None)``,
    where the error is a ``ChuGiaiError`` (``Cancelled`` when it was stopped). After ``abandon()`` none of them comes."""

    rows_read = Signal(object)
    progressed = Signal(object, object, str)
    ended = Signal(object)
    _came = Signal(object)

    def __init__(self, paths: Sequence[Path], mapping: Mappings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths, self._mapping = tuple(paths), dict(mapping)
        self._abandoned = False
        self._error: object = None
        self._came.connect(self._on_rows, Qt.ConnectionType.QueuedConnection)
        self.job = Job(self._read)
        self.job.progressed.connect(self._on_progress)
        self.job.failed.connect(self._on_failed)
        self.job.ended.connect(self._on_ended)

    def start(self) -> None:
        """Begin."""
        self.job.start()

    def stop(self) -> None:
        """Ask it to stop; what was read stays."""
        self.job.cancel()

    def abandon(self) -> None:
        """Stop, and tell nothing any more."""
        self._abandoned = True
        self.job.cancel()

    def _read(self, progress: Progress) -> None:
        rows: list[PreviewRow] = []
        told = 0.0
        try:
            for row in preview(self._paths, mapping=self._mapping, progress=progress):
                rows.append(row)
                if monotonic() - told >= ROWS_SECONDS:
                    self._came.emit(tuple(rows))
                    rows, told = [], monotonic()
        finally:
            self._came.emit(tuple(rows))

    def _on_rows(self, rows: tuple[PreviewRow, ...]) -> None:
        if not self._abandoned:
            self.rows_read.emit(rows)

    def _on_progress(self, done: int, total: int, what: str) -> None:
        if not self._abandoned:
            self.progressed.emit(done, total, what)

    def _on_failed(self, error: object) -> None:
        self._error = error

    def _on_ended(self) -> None:
        if not self._abandoned:
            self.ended.emit(self._error)
