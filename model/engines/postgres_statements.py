"""Statements that are carried out again and again are prepared once for each connection.

pg8000 asks the server three times for each statement with parameters (parse, describe, execute). A label is some
fifteen statements, and while they run nobody else can write: over a slow line that is most of what a person waits for.
A prepared statement is one round trip. Goes by what pg8000 has below its cursors; where that has changed, its cursors
are used as they are.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from pg8000.core import CoreConnection
from pg8000.dbapi import convert_paramstyle

try:
    from pg8000.converters import make_params
except ImportError:
    make_params = None

_MOST = 200  # prepared statements of one connection: lists of keys of every length are statements of their own
_HAS = ("prepare_statement", "execute_named", "close_prepared_statement")
_POSSIBLE = make_params is not None and all(hasattr(CoreConnection, name) for name in _HAS)


class Statements:
    """What one connection has prepared, the latest used last."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._seen: OrderedDict[str, tuple[Any, ...] | None] = OrderedDict()

    def execute(self, cursor: Any, statement: str, parameters: Sequence[Any]) -> None:
        """Carry out a statement with ``%s`` for its parameters; from the second time on prepared."""
        if statement not in self._seen:
            self._remember(statement, None)
            cursor.execute(statement, parameters)
            return
        known = self._seen[statement]
        if known is None:
            numbered, _ = convert_paramstyle("format", statement, parameters)
            known = (*self._connection.prepare_statement(numbered, ()), numbered)
        self._remember(statement, known)
        name, columns, readers, numbered = known
        values = make_params(self._connection.py_types, parameters)
        cursor._context = self._connection.execute_named(name, values, columns, readers, numbered)
        cursor._row_iter = None if cursor._context.rows is None else iter(cursor._context.rows)

    def _remember(self, statement: str, known: tuple[Any, ...] | None) -> None:
        self._seen[statement] = known
        self._seen.move_to_end(statement)
        if len(self._seen) > _MOST:
            _, oldest = self._seen.popitem(last=False)
            if oldest is not None:
                self._connection.close_prepared_statement(oldest[0])


def execute(cursor: Any, statement: str, parameters: Sequence[Any]) -> None:
    """Carry out a statement on a cursor of pg8000."""
    connection = getattr(cursor, "_c", None)  # cursors of the server have none
    if not parameters or not _POSSIBLE or connection is None:
        cursor.execute(statement, parameters)
        return
    statements = connection.__dict__.get("prepared_by_chugiai")
    if statements is None:
        statements = connection.prepared_by_chugiai = Statements(connection)
    statements.execute(cursor, statement, parameters)
