"""Connections to project files: one place for pragmas, locks and what fails.

SQLite runs in WAL with ``synchronous=FULL``; on a network or synced folder with
a rollback journal and one writer. Reads see one snapshot; writes begin
immediate, so that a write never fails halfway for want of a lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from model.errors import known_error

LABEL_WAIT_MS = 50
JOB_WAIT_MS = 30_000
_LOOK_S = 0.001


def make_engine(path: Path, wait_ms: int, shared_folder: bool = False) -> Engine:
    """An engine on an SQLite project file; a write waits ``wait_ms`` for the lock."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": wait_ms / 1000})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        run = connection.execute
        run("PRAGMA foreign_keys=ON")
        try:
            run(f"PRAGMA journal_mode={'DELETE' if shared_folder else 'WAL'}")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):  # a copy on a read-only disk can be read as it is
                raise
        run("PRAGMA synchronous=FULL")
        run("PRAGMA cache_size=-16000")
        run("PRAGMA temp_store=MEMORY")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            _begin_writing(connection, wait_ms)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: Connection, wait_ms: int) -> None:
    """Take the write lock, waiting for it as long as we may.

    SQLite itself would look every 25 or 100 ms and miss the moments in which an import lets others in.
    """
    until = monotonic() + wait_ms / 1000
    look_s = _LOOK_S if wait_ms <= LABEL_WAIT_MS else _LOOK_S * 3  # labels go before bulk work
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if "locked" not in str(error.orig) or monotonic() >= until:
                    raise
            sleep(look_s)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_ms}")


def let_others_in() -> None:
    """Pause between two steps of bulk work, long enough for whoever waits to take the lock."""
    sleep(_LOOK_S * 2)


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn database errors that the world made into sentences; let bugs through."""
    try:
        yield
    except DBAPIError as error:
        known = known_error(error, path)
        if known is None:
            raise
        raise known from error
