"""Rows into a table by COPY: one round trip for as many as there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_AT_ONCE = 200  # rows in one message
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_in(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append ``rows``: numbers, texts, bytes, or None."""
    from pg8000.exceptions import Error

    names = ", ".join(f'"{column}"' for column in columns)
    raw: Any = connection.connection.driver_connection
    cursor = raw.cursor()
    statement = f'COPY "{table}" ({names}) FROM STDIN'
    try:
        cursor.execute(statement, stream=_lines(rows))
    except (Error, OSError) as error:
        raise DBAPIError(statement, None, error) from error  # as SQLAlchemy does with its own statements
    finally:
        cursor.close()


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield "".join("\t".join(map(_written, row)) + "\n" for row in some)


def _written(value: Any) -> str:
    """One value in COPY's text form."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return repr(value)
