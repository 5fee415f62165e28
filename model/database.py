"""A project's place: its header, and transactions on it."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from model.address import Address, Place
from model.connect import JOB_WAIT_MS, told
from model.engines import open_store
from model.errors import ProjectError, known_sentence
from model.tables import APPLICATION_ID


class Database:
    """Where a project is stored. ``reading()`` and ``writing()`` give a connection inside one transaction.

    One object may be used by several threads; each transaction takes a connection of its own.
    ``path`` is the file, or the address of the database. ``warning`` is a sentence for the person when the file lies
    on a network or synced folder, else empty.
    """

    def __init__(self, path: Place, wait_ms: int = JOB_WAIT_MS) -> None:
        self.path = path
        self._store = open_store(path, wait_ms)
        self.warning = self._store.warning
        self.project_id = ""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one unchanging snapshot of the project."""
        return self._transaction(writing=False)

    def writing(self, checked: bool = True) -> AbstractContextManager[Connection]:
        """A connection in one write transaction: committed at the end, rolled back by an exception.

        ``checked=False`` leaves foreign keys unchecked in a file, for deleting whole families of rows: there is no
        index on the ends of relations, so each deleted entity would scan them all.
        Raises ``Busy`` when another program holds the lock for longer than the project's wait.
        """
        return self._transaction(writing=True, checked=checked)

    @contextmanager
    def _transaction(self, writing: bool, checked: bool = True) -> Iterator[Connection]:
        with told(str(self.path)), ExitStack() as around:
            plain = around.enter_context(self._store.engine.connect())
            if not checked:
                around.enter_context(self._store.unchecked(plain))
            connection = plain.execution_options(writing=writing)
            with connection.begin():
                yield connection
                if writing:
                    self._store.check_place()

    def close(self) -> None:
        """Close every connection; the last program to close leaves one file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_header(path: Place) -> None:
    """Raise ``ProjectError`` unless there is a project at ``path``.

    The header is read through SQLite and never with ``open``: closing any other descriptor of a file that
    this process has open drops SQLite's locks on it, and then another program may delete its write-ahead log.
    """
    if isinstance(path, Address):
        stored_version(path)
        return
    try:
        folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        raise ProjectError(
            "There is no project {path}. Check the name, or make it with “chugiai new”.", path=path
        ) from None
    except OSError as error:
        raise ProjectError("{path} cannot be opened: {reason}.", path=path, reason=error.strerror) from error
    if folder:
        raise ProjectError("{path} is a folder, not a Chú Giải project. Choose a .chugiai file.", path=path)
    if _read_one(path, "PRAGMA application_id") != APPLICATION_ID:
        raise ProjectError("{path} is not a Chú Giải project. Nothing was changed; choose a .chugiai file.", path=path)


def stored_version(path: Place) -> str:
    """The migration that the project is at; raises ``ProjectError`` when it cannot be read."""
    if isinstance(path, Address):
        from model.engines.postgres_project import version_there

        return version_there(path)
    return str(_read_one(path, "SELECT version_num FROM alembic_version"))


def _read_one(path: Path, statement: str) -> object:
    """The first value of a statement, or an empty text; raises ``ProjectError``."""
    try:
        with closing(sqlite3.connect(path, timeout=JOB_WAIT_MS / 1000)) as connection:
            row = connection.execute(statement).fetchone()
    except sqlite3.DatabaseError as error:
        known = known_sentence(error, str(path))
        if known is not None:
            raise known from error
        raise ProjectError(
            "{path} is damaged ({reason}). The file was not changed; restore a backup.", path=path, reason=error
        ) from error
    return row[0] if row else ""
