"""Make a project in a PostgreSQL database, and look whether there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from model.address import Address
from model.connect import JOB_WAIT_MS, told
from model.engines.doors import door
from model.engines.postgres_store import ServerStore
from model.errors import ProjectError
from model.tables import HEAD, Base

_ENDS = (
    # Each deleted entity or text looks for what points to it; a file turns that off (Database.writing).
    "CREATE INDEX ix_relation_source_id ON relation (source_id)",
    "CREATE INDEX ix_relation_target_id ON relation (target_id)",
    "CREATE INDEX ix_annotation_set_text_id ON annotation_set (text_id)",
)


@contextmanager
def once(address: Address, writing: bool = False) -> Iterator[Connection]:
    """A connection in one transaction that is not kept. Raises ``ProjectError``."""
    store = ServerStore(address, JOB_WAIT_MS, keep=False)
    try:
        with told(str(address)), store.engine.connect() as plain:
            connection = plain.execution_options(writing=writing)
            with connection.begin():
                yield connection
    finally:
        store.close()


def version_there(address: Address) -> str:
    """The migration that the project is at. Raises ``ProjectError`` when there is no project, or no way to it."""
    with once(address) as connection:
        if not _has_project(connection):
            raise ProjectError(
                "There is no project in {path}. Check the address, or make it with “chugiai new”.", path=address
            )
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def make(address: Address, fill: Callable[[Connection], None]) -> None:
    """Make the tables of a project and fill them, all or nothing. Raises ``ProjectError`` when there is one."""
    with once(address, writing=True) as connection:
        if _has_project(connection):
            raise ProjectError(
                "There is a project in {path} already. Nothing was changed; name an empty database, "
                "or another schema in it (?schema=NAME).",
                path=address,
            )
        if str(connection.execute(text("SHOW server_encoding")).scalar_one()).upper() != "UTF8":
            raise ProjectError(
                "The database {path} does not store Unicode. Nothing was made; create it with the encoding UTF8.",
                path=address,
            )
        if not _value(connection, "SELECT 1 FROM pg_namespace WHERE nspname = :name", name=address.schema):
            connection.execute(text(f'CREATE SCHEMA "{address.schema}"'))
        make_tables(connection)
        fill(connection)


def make_tables(connection: Connection) -> None:
    """The tables as they are now, and the mark that says so."""
    Base.metadata.create_all(connection, checkfirst=False)
    door(connection).make_search(connection)
    for statement in _ENDS:
        connection.execute(text(statement))
    stamp(connection)


def stamp(connection: Connection) -> None:
    """Write down that the tables are as the newest migration leaves them: just what Alembic would write."""
    connection.execute(
        text(
            'CREATE TABLE alembic_version (version_num TEXT COLLATE "C" NOT NULL, '
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def search_is_whole(address: Address) -> bool:
    """Whether every text up to the newest indexed one is indexed, and nothing else."""
    with once(address) as connection:
        if not _value(connection, "SELECT to_regclass('search') IS NOT NULL"):
            return False
        missing, foreign = connection.execute(
            text(
                "SELECT (SELECT count(*) FROM report_text t WHERE t.id <= (SELECT coalesce(max(text_id), 0) FROM search)"
                " AND NOT EXISTS (SELECT 1 FROM search s WHERE s.text_id = t.id)),"
                " (SELECT count(*) FROM search s WHERE NOT EXISTS (SELECT 1 FROM report_text t WHERE t.id = s.text_id))"
            )
        ).one()
        return not missing and not foreign


def _has_project(connection: Connection) -> bool:
    return bool(
        _value(connection, "SELECT to_regclass('project') IS NOT NULL AND to_regclass('alembic_version') IS NOT NULL")
    )


def _value(connection: Connection, statement: str, **values: Any) -> Any:
    return connection.execute(text(statement), values).scalar()
