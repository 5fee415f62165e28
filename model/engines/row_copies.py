"""All rows from one database to another, table by table, a chunk at a time, in the databases' own form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, text

from model.engines.doors import door

_CHUNK = 1000  # rows; few enough for memory when each holds a text

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all); may raise ``Cancelled``."""


def copy_rows(source: Connection, target: Connection, tables: Iterable[Table], progress: Progress) -> None:
    """Copy the rows of ``tables``, in this order, with the keys that they have."""
    tables = tuple(tables)
    total = sum(int(source.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()) for table in tables)
    done = 0
    progress(done, total)
    for table in tables:
        columns = tuple(column.name for column in table.columns)
        for rows in _chunks(source, table, columns):
            door(target).insert_many(target, table.name, columns, rows)
            done += len(rows)
            progress(done, total)


def _chunks(source: Connection, table: Table, columns: tuple[str, ...]) -> Iterator[list[tuple[Any, ...]]]:
    """Pages by key: a cursor of the server would keep all rows in the driver's memory."""
    keys = [column.name for column in table.primary_key.columns]
    places = [columns.index(key) for key in keys]
    names, order = ", ".join(f'"{name}"' for name in columns), ", ".join(f'"{key}"' for key in keys)
    after = f"WHERE ({order}) > ({', '.join(f':k{number}' for number in range(len(keys)))})"
    statement = f'SELECT {names} FROM "{table.name}" {{}} ORDER BY {order} LIMIT {_CHUNK}'
    rows = [tuple(row) for row in source.execute(text(statement.format("")))]
    while rows:
        yield rows
        last = {f"k{number}": rows[-1][place] for number, place in enumerate(places)}
        rows = [tuple(row) for row in source.execute(text(statement.format(after)), last)]
