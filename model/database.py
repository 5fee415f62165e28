"""The file of a project: its header, and transactions on it."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from model import one_program
from model.connect import JOB_WAIT_MS, foreign_keys, make_engine, told
from model.errors import NotSaved, ProjectError, known_sentence
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
        self._claim = one_program.take(path) if shared else None
        self._file = _identity(path)
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
                if writing:
                    self._check_place()

    def _check_place(self) -> None:
        """Raise ``NotSaved`` when the path no longer leads to the open file: SQLite would write on into the old one."""
        if self._file is not None and _identity(self.path) != self._file:
            raise NotSaved(
                "{path} was moved, deleted or replaced while it was open, so this was not saved. What was saved "
                "before is in the file that was moved; put it back, or close this project and open the one there is.",
                path=self.path,
            )

    def close(self) -> None:
        """Close every connection; the last program to close leaves one file."""
        self._engine.dispose()
        if self._claim is not None:
            one_program.release(self._claim)
            self._claim = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at ``path``; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def check_header(path: Path) -> None:
    """Raise ``ProjectError`` unless ``path`` is a project file.

    The header is read through SQLite and never with ``open``: closing any other descriptor of a file that
    this process has open drops SQLite's locks on it, and then another program may delete its write-ahead log.
    """
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


def stored_version(path: Path) -> str:
    """The migration that the file is at; raises ``ProjectError`` when it cannot be read."""
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
