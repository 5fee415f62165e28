"""Looks for indexes that are missing or out of step: what can be made again from the rows."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Connection

from model.address import Address, Place
from model.damage import Damage, Finding
from model.engines import door
from model.tables import Base

_LINES = 1000
_OF_INDEX = re.compile(r"\bindex (\w+)$")
_OF_SEARCH = re.compile(r"\bFTS5 table\b")  # told by the look at the search index


def look_at_file(path: Place) -> Iterator[Finding]:
    """What SQLite itself finds wrong with its pages and indexes; those of a database are its server's matter."""
    if isinstance(path, Address):
        return
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            said = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_LINES})")]
    except sqlite3.DatabaseError as error:
        said = [str(error)]
    wrong = [line for line in said if line != "ok" and not _OF_SEARCH.search(line)]
    indexes = Counter(found[1] for line in wrong if (found := _OF_INDEX.search(line)))
    for index, count in indexes.items():
        yield Finding(
            Damage.BROKEN_INDEX,
            "The index {index} does not match its table ({count} places).",
            {"index": index, "count": count},
            "index",
            mendable=True,
        )
    rest = [line for line in wrong if not _OF_INDEX.search(line)]
    if rest:
        reason = " ".join(rest[0].split())
        yield Finding(
            Damage.FILE,
            "Pages of the file are damaged ({reason}). Restore a backup; export first what can still be read.",
            {"reason": reason},
        )


def look_at_indexes(connection: Connection) -> Iterator[Finding]:
    """Indexes that the tables should have."""
    there = door(connection).indexes(connection)
    for table in Base.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if index.name not in there:
                yield Finding(
                    Damage.BROKEN_INDEX,
                    "The index {index} is missing.",
                    {"index": index.name},
                    "index",
                    mendable=True,
                )


def look_at_search(path: Place) -> Iterator[Finding]:
    """Whether the search index holds just the texts, and holds together."""
    if not _search_is_whole(path):
        yield Finding(Damage.BROKEN_INDEX, "The search index does not match the texts.", table="search", mendable=True)


def _search_is_whole(path: Place) -> bool:
    if isinstance(path, Address):
        from model.engines.postgres_project import search_is_whole

        return search_is_whole(path)
    try:
        # A connection of its own: after an index that cannot be read it is of no further use.
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("BEGIN")
            return _documents_match(connection) and _words_match(connection)
    except sqlite3.DatabaseError:
        return False


def _documents_match(connection: sqlite3.Connection) -> bool:
    """Whether every indexed text is there, and every text up to the newest indexed one is indexed."""
    missing, foreign = connection.execute(
        "SELECT (SELECT count(*) FROM report_text t WHERE t.id <= (SELECT coalesce(max(id), 0) FROM search_docsize)"
        " AND NOT EXISTS (SELECT 1 FROM search_docsize d WHERE d.id = t.id)),"
        " (SELECT count(*) FROM search_docsize d WHERE NOT EXISTS (SELECT 1 FROM report_text t WHERE t.id = d.id))"
    ).fetchone()
    return not missing and not foreign


def _words_match(connection: sqlite3.Connection) -> bool:
    """Whether the index holds as many words as its texts have, and finds the last of them."""
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, 'row')")
    count, last = connection.execute("SELECT coalesce(sum(cnt), 0), max(term) FROM temp.words").fetchone()
    if count != sum(_number(row[0]) for row in connection.execute("SELECT sz FROM search_docsize")):
        return False
    ways = connection.execute("SELECT count(*) FROM search_idx").fetchone()[0]
    # Also in an empty index: it fails there when the index cannot be read.
    wanted = (last or "a").replace('"', '""')
    found = connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (f'"{wanted}"',)).fetchone()
    return (found is not None) == (last is not None) and (ways > 0) == (last is not None)


def _number(packed: bytes) -> int:
    """An SQLite varint of less than nine bytes: seven bits a byte, the highest first."""
    value = 0
    for byte in packed:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value
