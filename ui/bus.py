"""Brings the workspace's notices into Qt: our own at once, those of other windows and programs every second."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from annotations.changes.outcome import Changed
from model.errors import ProjectError
from model.workspace import Workspace

log = logging.getLogger(__name__)

POLL_MS = 1_000
"""How often others' changes are looked for, in milliseconds."""


class ChangeBus(QObject):
    """Signal: ``changed(Changed)`` after each committed action, ours or others'."""

    changed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._unsubscribe = workspace.subscribe(self._tell)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._timer.start()

    def poll(self) -> None:
        """Look for others' changes now. A project that cannot be read at this moment is asked again later."""
        try:
            self._workspace.poll()
        except ProjectError as error:
            log.info("cannot look for others' changes: %s", error)

    def close(self) -> None:
        """Hear nothing more."""
        self._timer.stop()
        self._unsubscribe()

    def _tell(self, changed: Changed) -> None:
        self.changed.emit(changed)
