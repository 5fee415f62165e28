"""PostgreSQL's words: ``tsvector`` over our own folded words, COPY, its catalogue.

No extension and no text search configuration of the server is needed: the words of a text are found and folded
here, as everywhere in the program, and handed over with their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Integer, column, text

from model.engines.folded_words import words_in
from model.engines.postgres_copy import copy_in
from model.tables import Base

_LAST_PLACE = 16_383  # a tsvector counts no further
_MOST_PLACES = 255  # of one word
_MOST_BYTES = 900_000  # of one tsvector, which holds a megabyte
_LONGEST_WORD = 2_000  # bytes


class PostgresDoor:
    """See :class:`model.engines.doors.Door`."""

    def make_search(self, connection: Connection) -> None:
        """A table beside the texts, with an index over words."""
        connection.exec_driver_sql("CREATE TABLE search (text_id integer PRIMARY KEY, words tsvector NOT NULL)")
        connection.exec_driver_sql("CREATE INDEX ix_search_words ON search USING gin (words)")

    def drop_search(self, connection: Connection) -> None:
        """The table and its index."""
        connection.exec_driver_sql("DROP TABLE IF EXISTS search")

    def newest_indexed(self, connection: Connection) -> int:
        """By the table's key."""
        return int(connection.exec_driver_sql("SELECT coalesce(max(text_id), 0) FROM search").scalar_one())

    def index_texts(self, connection: Connection, folded: Sequence[tuple[int, str]]) -> None:
        """Words with their places."""
        copy_in(connection, "search", ("text_id", "words"), ((key, words_as_tsvector(words)) for key, words in folded))

    def forget_text(self, connection: Connection, text_id: int, content: str) -> None:
        """One row."""
        connection.execute(text("DELETE FROM search WHERE text_id = :id"), {"id": text_id})

    def texts_with(self, words: list[str], phrase: bool, after: int) -> Any:
        """By the index, in order of the texts' keys."""
        hit = text(
            "SELECT text_id AS id FROM search WHERE words @@ CAST(:match AS tsquery) AND text_id > :after "
            "ORDER BY text_id"
        )
        return hit.columns(column("id", Integer)).bindparams(match=_match(words, phrase), after=after).subquery()

    def insert_many(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        """By COPY; keys that the rows bring are not given out again."""
        if not rows:
            return
        copy_in(connection, table, columns, rows)
        if "id" in columns:
            connection.execute(
                text(
                    f"SELECT setval('{table}_id_seq', greatest(:newest, (SELECT last_value FROM {table}_id_seq)))"
                ).bindparams(newest=max(row[list(columns).index("id")] for row in rows))
            )

    def indexes(self, connection: Connection) -> set[str]:
        """Of the project's schema."""
        rows = connection.exec_driver_sql("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        return {str(row[0]) for row in rows}

    def lost_references(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """The server lets none in; a restored dump or a superuser may have."""
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                parent, child = key.column.table.name, key.parent.name
                count = connection.execute(
                    text(
                        f'SELECT count(*) FROM "{table.name}" c WHERE c."{child}" IS NOT NULL AND NOT EXISTS '
                        f'(SELECT 1 FROM "{parent}" p WHERE p."{key.column.name}" = c."{child}")'
                    )
                ).scalar_one()
                if count:
                    yield parent, int(count)

    def unreadable_objects(self, connection: Connection, table: str, column: str) -> list[int]:
        """The server lets nothing else in."""
        return []

    def time(self, connection: Connection) -> str:
        """The server's: clocks of the computers may be minutes apart."""
        written = """SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        return str(connection.exec_driver_sql(written).scalar_one())

    def remake_index(self, connection: Connection, name: str) -> None:
        """From its table."""
        connection.exec_driver_sql(f'REINDEX INDEX "{name}"')


def words_as_tsvector(folded: str) -> str:
    """A folded text as the written form of a tsvector. Words beyond what one can hold are left out."""
    places: dict[str, list[str]] = {}
    room = _MOST_BYTES
    for number, word in enumerate(words_in(folded), 1):
        there = places.get(word)
        if there is None:
            size = len(word.encode())
            if size > _LONGEST_WORD or size + 8 > room:
                continue
            room -= size + 8
            there = places[word] = []
        if len(there) < _MOST_PLACES and number <= _LAST_PLACE and room > 2:
            room -= 2
            there.append(str(number))
    return " ".join(f"'{word}'" + (":" + ",".join(at) if at else "") for word, at in places.items())


def _match(words: list[str], one_after_another: bool) -> str:
    """The tsquery; a single letter does not go on, because it begins half of all words."""
    last = f"'{words[-1]}'" + (":*" if len(words[-1]) > 1 else "")
    every = [*(f"'{word}'" for word in islice(words, len(words) - 1)), last]
    phrase = " <-> ".join(every)
    return phrase if one_after_another else f"({' & '.join(every)}) & !({phrase})"
