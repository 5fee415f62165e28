"""Bring an older project to the present tables: a backup first, then Alembic, all or nothing."""

from __future__ import annotations

import sqlite3
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from model.address import Address, Place
from model.backup import back_up
from model.connect import JOB_WAIT_MS, make_engine, told
from model.errors import ProjectError
from model.shared_folder import is_shared_folder
from model.tables import HEAD


def known_versions() -> list[str]:
    """The migrations this program knows, oldest first."""
    with as_file(files("model") / "migrations") as folder:
        script = ScriptDirectory(str(folder))
        return [revision.revision for revision in script.walk_revisions()][::-1]


def migrate(path: Place, version: str, target: str = HEAD) -> Path:
    """Bring the project from ``version`` to ``target``; the path of the backup that was made before.

    Raises ``ProjectError`` when the project is newer than this program. A failure leaves it as it was.
    """
    if version not in known_versions():
        raise ProjectError(
            "{path} was written by a newer Chú Giải. It was not changed; install the newest version to open it.",
            path=path,
        )
    saved = back_up(path, _free_name(path, version))
    if isinstance(path, Address):
        from model.engines.postgres_project import once

        with once(path, writing=True) as connection:
            upgrade(connection, target)
        return saved
    engine = make_engine(path, JOB_WAIT_MS, is_shared_folder(path))
    try:
        with told(str(path)):
            run_migrations(engine, target)
    finally:
        engine.dispose()
    return saved


def run_migrations(engine: Engine, target: str) -> None:
    """Bring a file up to ``target`` in one transaction (SQLite's tables change inside transactions too)."""
    with engine.connect().execution_options(writing=True) as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys=OFF")  # batch mode makes tables anew under the rows that point to them
        with connection.begin():
            upgrade(connection, target)


def upgrade(connection: Connection, target: str) -> None:
    """Run Alembic up to ``target`` in the transaction of the caller; nothing happens when it is there already."""
    config = Config()
    with as_file(files("model") / "migrations") as folder:
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def _free_name(path: Place, version: str) -> Path:
    """A name beside the project for its backup that nothing has yet."""
    number = 0
    while True:
        extra = f"-{number}" if number else ""
        candidate = path.with_name(f"{path.stem}.before-{version or 'first'}{extra}{path.suffix}")
        if not candidate.exists():
            return candidate
        number += 1
