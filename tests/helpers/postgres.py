"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a Unix socket, gone with the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from annotations.default_schema import DEFAULT_SCHEMA
from model.address import Address
from model.engines.postgres_project import once
from model.project import Project, fill_new
from model.tables import Base

DATABASE = "postgres"  # which every server has


def why_not() -> str:
    """Why there can be no server here; empty when there can."""
    if os.name != "posix":
        return "PostgreSQL is tested by Unix sockets only"
    if _programs() is None:
        return "no PostgreSQL server is installed (on Debian: apt-get install postgresql)"
    try:
        import pg8000  # noqa: F401
    except ImportError:
        return "the package pg8000 is not installed (extra postgres)"
    return ""


def _programs() -> Path | None:
    """The folder with initdb and pg_ctl: on the path, or where Debian puts the newest version."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


@contextmanager
def server() -> Iterator[Address]:
    """A running server with an empty database; the address of a project in it (which is not there yet)."""
    programs = _programs()
    assert programs is not None, why_not()
    # Short, because a socket's path may not be long, and open to the account that the server must run as.
    folder = Path(tempfile.mkdtemp(prefix="chugiai-pg-", dir="/tmp"))
    account: dict[str, Any] = {"user": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    if account:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, *words], check=True, cwd=folder, stdout=subprocess.DEVNULL, **account, timeout=120
        )

    try:
        run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        ways_in = "local all locked_out scram-sha-256\nlocal all all trust\n"
        (data / "pg_hba.conf").write_text(ways_in, encoding="utf-8")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=200"
        run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", settings, "start")
        try:
            yield Address(str(folder), 5432, DATABASE, "postgres")
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def empty_place(there: Address) -> Address:
    """A place for one more project in the database of ``there``: a schema of its own."""
    return Address(there.host, there.port, there.database, there.user, f"p{uuid4().hex[:16]}")


_used: dict[Address, list[Address]] = {}
"""By server: places of projects that tests are done with."""


@contextmanager
def new_project(there: Address) -> Iterator[Address]:
    """A project as it is when it was just made. Making tables takes long, so those of an earlier test are emptied."""
    done = _used.setdefault(there, [])
    if done:
        place = done.pop()
        tables = [table.name for table in Base.metadata.sorted_tables]
        with once(place, writing=True) as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql("; ".join(f'DELETE FROM "{name}"' for name in (*tables, "search")))
            connection.exec_driver_sql(
                "SELECT setval(c.oid, 1, false) FROM pg_class c WHERE relkind = 'S' "
                "AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
            )
            connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
            fill_new(connection, place.name, DEFAULT_SCHEMA)
    else:
        place = empty_place(there)
        Project.create(place).close()
    yield place
    done.append(place)


@contextmanager
def connected(place: Address) -> Iterator[Any]:
    """What runs one statement in the project's schema, as SQL and parameters (%s); gives rows."""
    import pg8000.dbapi as driver

    connection = driver.connect(
        place.user, unix_sock=f"{place.host}/.s.PGSQL.{place.port}", database=place.database, ssl_context=False
    )
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"SET search_path = {place.schema}")

    def run(statement: str, *values: object) -> list[Any]:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []

    try:
        yield run
    finally:
        connection.close()
