"""Transactions on a project in a PostgreSQL database.

Reads see one snapshot (REPEATABLE READ). Writes go one after another, as in a file: each begins by taking the
project's advisory lock, waits for it as long as it may, and only then looks at anything (READ COMMITTED), so that no
update is lost and none has to be done again. The numbers of actions therefore become visible in their order.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.pool import NullPool

from model.address import Address
from model.errors import ProjectError
from model.tables import APPLICATION_ID

registry.register("postgresql.chugiai", "model.engines.postgres_dialect", "ChuGiaiDialect")

_PATIENCE_S = 10  # for an answer of the server, while a window waits…
_LONG_S = 600  # …and while a job does
_SESSION = (
    # Whoever vanishes from the network must not keep the lock for hours.
    "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; "
    "SET client_min_messages = warning; SET bytea_output = hex; "
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


class ServerStore:
    """The engine of one project; its connections are shared by the threads of this program."""

    warning = ""

    def __init__(self, address: Address, wait_ms: int, keep: bool = True) -> None:
        self._address = address
        self.engine = _make_engine(address, wait_ms, keep)

    @contextmanager
    def unchecked(self, connection: Connection) -> Iterator[None]:
        """The server checks its keys always, and has the indexes for it."""
        yield

    def check_place(self) -> None:
        """A database is not moved while it is open."""

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def _make_engine(address: Address, wait_ms: int, keep: bool) -> Engine:
    connect = _connector(address, wait_ms)
    pool: dict[str, Any] = {"pool_size": 2, "max_overflow": 20} if keep else {"poolclass": NullPool}
    engine = create_engine("postgresql+chugiai://", creator=connect, **pool)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            connection.exec_driver_sql(
                "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '2min'; "
                f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext('{address.schema}'))"
            )
        else:
            connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine


def _connector(address: Address, wait_ms: int) -> Any:
    """What opens a connection. Raises ``ProjectError`` when the driver is not installed."""
    try:
        import pg8000.dbapi as driver
    except ImportError as error:
        raise ProjectError(
            "Projects in a PostgreSQL database need the package pg8000. Nothing was done; "
            "install it with: pip install “chugiai[postgres]”."
        ) from error
    from_place: dict[str, Any] = {"host": address.host, "port": address.port}
    if address.host.startswith("/"):
        from_place = {"unix_sock": f"{address.host}/.s.PGSQL.{address.port}"}
    quick = wait_ms < 1000

    def connect() -> Any:
        try:
            connection = driver.connect(
                address.user,
                **from_place,
                database=address.database,
                password=address.known_password() or "",
                ssl_context=_ssl(address),
                application_name="Chu Giai",
                timeout=_PATIENCE_S if quick else _LONG_S,
            )
        except driver.InterfaceError as error:
            raise _first(error, driver.DatabaseError) from None
        except OSError as error:  # a certificate that is not trusted, a name that nobody knows
            raise driver.InterfaceError(f"no connection: {error}") from error
        connection.autocommit = True  # we begin transactions ourselves
        connection.execute_simple(
            f"SET search_path = {address.schema}; SET lock_timeout = {max(1, wait_ms)}; {_SESSION}"
        )
        return connection

    return connect


def _first(error: BaseException, kind: type[BaseException]) -> BaseException:
    """What the server said before closing the connection failed too, else the error itself."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, kind):
            return found
        found = found.__context__
    return error


def _ssl(address: Address) -> Any:
    """pg8000's way of saying it: False never, None when the server can, else how."""
    if address.sslmode == "disable" or address.host.startswith("/"):
        return False
    if address.sslmode == "prefer":
        return None
    if address.sslmode == "require":
        return True
    try:
        context = ssl.create_default_context(cafile=address.sslrootcert or None)
    except OSError as error:
        raise ProjectError(
            "The certificate {file} cannot be read ({reason}). Nothing was done.",
            file=Path(address.sslrootcert),
            reason=error.strerror,
        ) from error
    context.check_hostname = address.sslmode == "verify-full"
    return context
