"""The file of a project: its header, and transactions on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from model.connect import JOB_WAIT_MS, foreign_keys, make_engine, told
from model.errors import ProjectError
from model.shared_folder import is_shared_folder
from model.tables import APPLICATION_ID


class Database:
    """The file of a project. ``reading()`` and ``writing()`` give a connection inside one transaction.

    One object may be used by several threads; each transaction takes a connection of its own.
    ``warning`` is a sentence for the person when the file lies on a network or synced folder, else empty.
    """

    def __init__(self, path: Path, wait_ms: int = JOB_WAIT_MS) -> None:
        self.path = path
        shared = is_shared_folder(path)
        self.warning = (
            "{path} lies on a network or synced folder: only one program at a time can have it open." if shared else ""
        )
        self._engine = make_engine(path, wait_ms, shared)
        self.project_id = ""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one unchanging snapshot of the project."""
        return self._transaction(writing=False)

    def writing(self, checked: bool = True) -> AbstractContextManager[Connection]:
        """A connection in one write transaction: committed at the end, rolled back by an exception.

        ``checked=False`` leaves foreign keys unchecked, for deleting whole families of rows: there is no
        index on the ends of relations, so each deleted entity would scan them all.
        Raises ``Busy`` when another program holds the lock for longer than the project's wait.
        """
        return self._transaction(writing=True, checked=checked)

    @contextmanager
    def _transaction(self, writing: bool, checked: bool = True) -> Iterator[Connection]:
        with told(str(self.path)), self._engine.connect() as plain, foreign_keys(plain, checked):
            connection = plain.execution_options(writing=writing)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close every connection; the last program to close leaves one file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_header(path: Path) -> None:
    """Look at the file before SQLite does. Raises ``ProjectError`` unless it is a project file."""
    if path.is_dir():
        raise ProjectError("{path} is a folder, not a Chú Giải project. Choose a .chugiai file.", path=path)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectError(
            "There is no project {path}. Check the name, or make it with “chugiai new”.", path=path
        ) from None
    except OSError as error:
        raise ProjectError("{path} cannot be opened: {reason}.", path=path, reason=error.strerror) from error
    number = int.from_bytes(header[68:72], "big")
    if not header.startswith(b"SQLite format 3\0") or number != APPLICATION_ID:
        raise ProjectError("{path} is not a Chú Giải project. Nothing was changed; choose a .chugiai file.", path=path)


def stored_version(path: Path) -> str:
    """The migration that the file is at; raises ``ProjectError`` when it cannot be read."""
    try:
        connection = sqlite3.connect(path, timeout=JOB_WAIT_MS / 1000)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise ProjectError(
            "{path} is damaged ({reason}). The file was not changed; restore a backup.", path=path, reason=error
        ) from error
    return str(row[0]) if row else ""
