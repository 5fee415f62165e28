"""Transactions on a project file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from model import one_program
from model.connect import make_engine
from model.errors import NotSaved
from model.shared_folder import is_shared_folder


class FileStore:
    """The engine of one file, and the claim to it on a network or synced folder."""

    def __init__(self, path: Path, wait_ms: int) -> None:
        self._path = path
        shared = is_shared_folder(path)
        self.warning = (
            "{path} lies on a network or synced folder: only one program at a time can have it open." if shared else ""
        )
        self._claim = one_program.take(path) if shared else None
        self._file = _identity(path)
        self.engine = make_engine(path, wait_ms, shared)

    @contextmanager
    def unchecked(self, connection: Connection) -> Iterator[None]:
        """Turn the checking of foreign keys off for one transaction (the pragma only works outside of one)."""
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            raw.execute("PRAGMA foreign_keys=ON")

    def check_place(self) -> None:
        """Raise ``NotSaved`` when the path no longer leads to the open file: SQLite would write on into the old one."""
        if self._file is not None and _identity(self._path) != self._file:
            raise NotSaved(
                "{path} was moved, deleted or replaced while it was open, so this was not saved. What was saved "
                "before is in the file that was moved; put it back, or close this project and open the one there is.",
                path=self._path,
            )

    def close(self) -> None:
        """Close every connection; the last program to close leaves one file."""
        self.engine.dispose()
        if self._claim is not None:
            one_program.release(self._claim)
            self._claim = None


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at ``path``; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
