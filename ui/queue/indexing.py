"""Keeps the full-text index up with the reports, beside the window's own work."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, QTimer

from annotations.changes.outcome import Changed
from model.errors import ProjectError
from model.queries.search import index_next, index_waiting
from ui.desk import Desk

log = logging.getLogger(__name__)

_START_MS = 1_000  # the window is there first
_PAUSE_S = 0.02  # between two steps, so that labels are never kept waiting
_BUSY_S = 0.5


class Indexing(QObject):
    """Indexes texts that wait for it, a few at a time, in a thread of its own that ends when none is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._project = desk.project
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, singleShot=True, interval=_START_MS)
        self._timer.timeout.connect(self.start)
        self._timer.start()
        desk.bus.changed.connect(self._on_changed)

    def start(self) -> None:
        """Index what waits, unless that is being done."""
        if self._thread is not None and self._thread.is_alive():
            self._timer.start()
        elif not self._stopped.is_set():
            self._thread = threading.Thread(target=self._run, name="indexing", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End after the step that is being done."""
        self._stopped.set()
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with self._project.reading() as connection:
                    waiting = index_waiting(connection)
                if not waiting:
                    return
                with self._project.writing() as connection:
                    done = index_next(connection)
            except ProjectError as error:
                log.info("cannot index now: %s", error)
                self._stopped.wait(_BUSY_S)
            else:
                if not done:
                    return
                self._stopped.wait(_PAUSE_S)

    def _on_changed(self, changed: Changed) -> None:
        if changed.queue:
            self._timer.start()
