"""A project file: create it, open it, read it, write it, close it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, insert, select

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import new_id
from annotations.schema import Schema
from model.clock import now
from model.connect import JOB_WAIT_MS, foreign_keys, make_engine, told
from model.errors import ProjectError
from model.schema_rows import write_new_schema
from model.search_index import create_index
from model.shared_folder import is_shared_folder
from model.tables import APPLICATION_ID, HEAD, ActionRow, Base, ProjectRow

SUFFIX = ".chugiai"


class Project:
    """An open project. ``reading()`` and ``writing()`` give a connection inside one transaction.

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

    @staticmethod
    def create(path: Path, schema: Schema = DEFAULT_SCHEMA, wait_ms: int = JOB_WAIT_MS) -> Project:
        """Make a new project file. Raises ``ProjectError`` when ``path`` exists or cannot be made."""
        if path.exists():
            raise ProjectError(
                "{path} exists already. Nothing was changed; choose another name, or open it.", path=path
            )
        if not path.parent.is_dir():
            raise ProjectError(
                "The folder {folder} does not exist. Nothing was made; create it first.", folder=path.parent
            )
        beside = path.with_name(f".{path.name}.{new_id()}.part")
        try:
            _fill_new_file(beside, path.stem, schema)
            try:
                beside.rename(path)
            except OSError as error:
                raise ProjectError("{path} cannot be made: {reason}.", path=path, reason=error.strerror) from error
        finally:
            for leftover in (beside, *(beside.with_name(beside.name + end) for end in ("-wal", "-shm", "-journal"))):
                with suppress(OSError):
                    leftover.unlink()
        return Project.open(path, wait_ms)

    @staticmethod
    def open(path: Path, wait_ms: int = JOB_WAIT_MS) -> Project:
        """Open a project file; migrates an older one (after a backup), sweeps imports that died.

        Raises ``ProjectError`` when it is missing, not a project, damaged, or newer than this program.
        """
        check_header(path)
        version = stored_version(path)
        if version != HEAD:
            from model.migrate import migrate

            migrate(path, version)
        project = Project(path, wait_ms)
        with project.reading() as connection:
            project.project_id = connection.execute(select(ProjectRow.project_id)).scalar_one()
            pending = connection.execute(select(ActionRow.id).where(ActionRow.state == "pending").limit(1)).first()
        if pending:
            from model.sweep import sweep

            sweep(project)
        return project

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

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _fill_new_file(path: Path, name: str, schema: Schema) -> None:
    engine = make_engine(path, JOB_WAIT_MS, shared_folder=True)
    try:
        with told(str(path)), engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            Base.metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            create_index(connection)
            connection.execute(insert(ProjectRow).values(project_id=new_id(), name=name, created_at=now()))
            write_new_schema(connection, schema)
    finally:
        engine.dispose()


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
