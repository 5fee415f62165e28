"""SQLite's words: FTS5, pragmas, prepared statements.

The search table is contentless: it holds the words' places, not a second copy of the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, column, text
from sqlalchemy.exc import DBAPIError

from model.clock import now

_SHADOWS = ("search_data", "search_idx", "search_content", "search_docsize", "search_config")


class SqliteDoor:
    """See :class:`model.engines.doors.Door`."""

    def make_search(self, connection: Connection) -> None:
        """An FTS5 table."""
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE search USING fts5(content, content='', tokenize='unicode61 remove_diacritics 0')"
        )

    def drop_search(self, connection: Connection) -> None:
        """The FTS5 table and its shadows, also when SQLite can no longer open it."""
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("DROP TABLE IF EXISTS search")
        except DBAPIError:
            connection.exec_driver_sql("PRAGMA writable_schema=ON")
            connection.exec_driver_sql("DELETE FROM sqlite_master WHERE name = 'search'")
            connection.exec_driver_sql("PRAGMA writable_schema=RESET")
        for shadow in _SHADOWS:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {shadow}")

    def newest_indexed(self, connection: Connection) -> int:
        """By the table of word counts."""
        return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_docsize").scalar_one())

    def index_texts(self, connection: Connection, folded: Sequence[tuple[int, str]]) -> None:
        """FTS5 finds the words itself."""
        connection.exec_driver_sql("INSERT INTO search(rowid, content) VALUES (?, ?)", list(folded))

    def forget_text(self, connection: Connection, text_id: int, content: str) -> None:
        """A contentless table wants to be told what it holds."""
        from annotations.offsets import fold

        known = connection.exec_driver_sql("SELECT 1 FROM search_docsize WHERE id = ?", (text_id,)).first()
        if known:
            connection.exec_driver_sql(
                "INSERT INTO search(search, rowid, content) VALUES ('delete', ?, ?)", (text_id, fold(content))
            )

    def texts_with(self, words: list[str], phrase: bool, after: int) -> Any:
        """The index drives: it gives texts in order, so that a common word costs no more than its first page."""
        hit = text("SELECT rowid AS id FROM search WHERE search MATCH :match AND rowid > :after ORDER BY rowid")
        return hit.columns(column("id", Integer)).bindparams(match=_match(words, phrase), after=after).subquery()

    def insert_many(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        """With one prepared statement."""
        if not rows:
            return
        names = ", ".join(f'"{name}"' for name in columns)
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(rows))

    def indexes(self, connection: Connection) -> set[str]:
        """By the file's own list."""
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")
        return {str(row[0]) for row in rows}

    def lost_references(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """As SQLite counts them."""
        yield from Counter(str(row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")).items()

    def unreadable_objects(self, connection: Connection, table: str, column: str) -> list[int]:
        """A file holds JSON as text, which may be any."""
        rows = connection.exec_driver_sql(
            f"SELECT id FROM {table} WHERE {column} IS NOT NULL AND "
            f"CASE WHEN json_valid({column}) THEN json_type({column}) NOT IN ('object', 'null') ELSE 1 END"
        )
        return [row.id for row in rows]

    def time(self, connection: Connection) -> str:
        """This computer's."""
        return now()

    def remake_index(self, connection: Connection, name: str) -> None:
        """From its table."""
        connection.exec_driver_sql(f'REINDEX "{name}"')


def _match(words: list[str], one_after_another: bool) -> str:
    """FTS5's query; a single letter does not go on, because it begins half of all words."""
    may_go_on = " *" if len(words[-1]) > 1 else ""
    phrase = '"' + " ".join(words) + '"' + may_go_on
    if one_after_another:
        return phrase
    every = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"' + may_go_on])
    return f"({every}) NOT ({phrase})"
