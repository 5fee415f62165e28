"""Connections and transactions: one place for pragmas, locks and what fails.

SQLite runs in WAL with ``synchronous=FULL``; on a network or synced folder with
a rollback journal and one writer. Reads see one snapshot; writes begin
immediate, so that a write never fails halfway for want of a lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from model.errors import known_error

LABEL_WAIT_MS = 50
JOB_WAIT_MS = 30_000


def make_engine(path: Path, wait_ms: int, shared_folder: bool = False) -> Engine:
    """An engine on an SQLite project file; a write waits ``wait_ms`` for the lock."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": wait_ms / 1000})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        run = connection.execute
        run("PRAGMA foreign_keys=ON")
        run(f"PRAGMA journal_mode={'DELETE' if shared_folder else 'WAL'}")
        run("PRAGMA synchronous=FULL")
        run("PRAGMA cache_size=-16000")
        run("PRAGMA temp_store=MEMORY")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


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


@contextmanager
def foreign_keys(connection: Connection, checked: bool) -> Iterator[None]:
    """Turn the checking of foreign keys off for one transaction (the pragma only works outside of one)."""
    if checked:
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def insert_many(connection: Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Insert ``rows`` with one prepared statement; values are in the database's own form."""
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
