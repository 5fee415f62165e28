"""What is asked of either database in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

from model.engines.sqlite_door import SqliteDoor


class Door(Protocol):
    """One database's way of doing what SQL has no common words for; without state of its own."""

    def make_search(self, connection: Connection) -> None:
        """Make the empty index of the words of texts."""

    def drop_search(self, connection: Connection) -> None:
        """Take that index away, also a damaged one."""

    def newest_indexed(self, connection: Connection) -> int:
        """The largest key of a text that is indexed; 0 when none is."""

    def index_texts(self, connection: Connection, folded: Sequence[tuple[int, str]]) -> None:
        """Index texts: their keys, and their folded contents."""

    def forget_text(self, connection: Connection, text_id: int, content: str) -> None:
        """Take one text out of the index; nothing happens when it was not in it."""

    def texts_with(self, words: list[str], phrase: bool, after: int) -> Any:
        """A subquery of the keys (``id``) of texts after ``after`` that hold the folded words: one after another,
        or else all of them but so. The last word may go on, once it has two letters."""

    def insert_many(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        """Insert rows whose values are in the database's own form (JSON as text)."""

    def indexes(self, connection: Connection) -> set[str]:
        """The names of the indexes that there are."""

    def lost_references(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """Tables with rows that are gone, and how many references lead to them."""

    def unreadable_objects(self, connection: Connection, table: str, column: str) -> list[int]:
        """The keys of rows in which ``column`` holds something, and that is no JSON object."""

    def time(self, connection: Connection) -> str:
        """The present moment as the history writes it, by the clock that everybody at work on the project shares."""

    def remake_index(self, connection: Connection, name: str) -> None:
        """Make an index anew that is none of our own (a constraint's)."""


def door(connection: Connection) -> Door:
    """The door of the database that ``connection`` leads to."""
    if connection.dialect.name == "sqlite":
        return SqliteDoor()
    from model.engines.postgres_door import PostgresDoor

    return PostgresDoor()
