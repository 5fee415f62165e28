"""SQLAlchemy's words for PostgreSQL, so that a project there is the same as one in a file.

- Texts are compared by code points (``COLLATE "C"``), as SQLite and Python do: pages by keyset and the order of
  exports must not depend on the server's language. Their length is not limited.
- JSON is kept as text, as SQLite keeps it: rows can be read without parsing what is empty, and copied as they are.
- An index over some rows only (``sqlite_where``) is one here too, so that tables and migrations say it once.

Registered as ``postgresql+chugiai``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pg8000.exceptions import InterfaceError
from sqlalchemy import types
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.pg8000 import PGDialect_pg8000

from model.engines.postgres_statements import execute

_SHORTENED = {"ix_report_title": "left(title, 300), left(name, 300)"}
"""Indexes over texts that may be longer than an index of PostgreSQL takes (2,700 bytes)."""


class _Types(PGTypeCompiler):
    def visit_VARCHAR(self, type_: Any, **options: Any) -> str:
        return self.visit_TEXT(type_, **options)

    def visit_TEXT(self, type_: Any, **options: Any) -> str:
        column = options.get("type_expression") is not None  # and not a cast
        return 'TEXT COLLATE "C"' if column else "TEXT"

    def visit_JSON(self, type_: Any, **options: Any) -> str:
        return "TEXT"


class _Definitions(PGDDLCompiler):
    def visit_create_index(
        self, create: Any, include_schema: Any = False, include_table_schema: Any = True, **options: Any
    ) -> Any:
        index = create.element
        if index.name in _SHORTENED:
            return f"CREATE INDEX {index.name} ON {index.table.name} ({_SHORTENED[index.name]})"
        here, there = index.dialect_options["postgresql"], index.dialect_options["sqlite"]
        if here["where"] is None:
            here["where"] = there["where"]
        return super().visit_create_index(create, **options)  # type: ignore[no-untyped-call]


class _Json(types.JSON):
    """JSON in a text column."""


class ChuGiaiDialect(PGDialect_pg8000):
    """pg8000, with the above."""

    driver = "chugiai"
    supports_statement_cache = True
    supports_native_json_deserialization = False
    dialect_injects_custom_json_deserializer = False
    type_compiler_cls = _Types
    ddl_compiler = _Definitions
    colspecs = {**PGDialect_pg8000.colspecs, types.JSON: _Json}  # noqa: RUF012

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Prepared, when it is not the first time."""
        with _network_told():
            execute(cursor, statement, parameters)

    def do_commit(self, dbapi_connection: Any) -> None:
        """One round trip, where pg8000's own commit takes three."""
        with _network_told():
            dbapi_connection.execute_simple("COMMIT")

    def do_rollback(self, dbapi_connection: Any) -> None:
        """The same; nothing is sent when no transaction is open."""
        if dbapi_connection._in_transaction:
            with _network_told():
                dbapi_connection.execute_simple("ROLLBACK")

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        """Also when the server says goodbye before it closes the connection."""
        said = e.args[0] if e.args else ""
        code = str(said.get("C", "")) if isinstance(said, dict) else ""
        return code.startswith("57P") or bool(super().is_disconnect(e, connection, cursor))  # type: ignore[no-untyped-call]


@contextmanager
def _network_told() -> Iterator[None]:
    """pg8000 lets some errors of the network through as they are."""
    try:
        yield
    except OSError as error:
        raise InterfaceError("network error") from error
