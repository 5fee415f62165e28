"""One backup a day of an open project, kept for this account; the newest seven stay.

Not of a team database: who looks after it backs it up once for all (``chugiai backup``).
"""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, QTimer

from annotations.errors import Cancelled
from model.address import Address
from model.backup import rotate
from model.errors import ProjectError
from ui.desk import Desk

log = logging.getLogger(__name__)

_AFTER_MS = 30_000  # not while the window is being opened, and not for one that is only looked at


class DailyBackup(QObject):
    """Backs the open project up in a thread of its own, once; closing the window cancels it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path = desk.project.path
        self._folder = desk.settings.folder / "backups" / desk.project.project_id
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.start)
        self._timer.start()

    def start(self) -> None:
        """Make today's backup now, unless there is one."""
        if isinstance(self._path, Address):
            return
        if self._thread is None and not self._stopped.is_set():
            self._thread = threading.Thread(target=self._run, name="daily backup", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Give up what is being copied; nothing half is left."""
        self._stopped.set()
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            rotate(self._path, folder=self._folder, progress=self._go_on)
        except Cancelled:
            return
        except ProjectError as error:
            log.warning("no backup today: %s", error)

    def _go_on(self, _done: int, _total: int) -> None:
        if self._stopped.is_set():
            raise Cancelled
