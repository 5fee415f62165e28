"""The full-text index over the folded texts: a copy that can be made again.

Texts are folded (no case, no diacritics, also no đ) before they are indexed and
before they are looked up, because FTS5's ``remove_diacritics`` knows no đ. How the
words are kept is the database's own matter: see ``model.engines``.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from annotations.offsets import fold
from model.engines import door
from model.engines.folded_words import words_in
from model.tables import TextRow


def create_index(connection: Connection) -> None:
    """Make the empty index of a project."""
    door(connection).make_search(connection)


def drop_index(connection: Connection) -> None:
    """Take the index away, also a damaged one."""
    door(connection).drop_search(connection)


def index_behind(connection: Connection) -> bool:
    """Whether texts are waiting to be indexed."""
    newest = connection.execute(select(func.coalesce(func.max(TextRow.id), 0))).scalar_one()
    return bool(newest > door(connection).newest_indexed(connection))


def index_some(connection: Connection, limit: int = 25) -> int:
    """Index the next texts, at most ``limit``; how many that were."""
    rows = connection.execute(
        select(TextRow.id, TextRow.content)
        .where(TextRow.id > door(connection).newest_indexed(connection))
        .order_by(TextRow.id)
        .limit(limit)
    ).all()
    if rows:
        door(connection).index_texts(connection, [(row.id, fold(row.content)) for row in rows])
    return len(rows)


def forget(connection: Connection, text_id: int, content: str) -> None:
    """Take one text out of the index; does nothing when it was not indexed."""
    door(connection).forget_text(connection, text_id, content)


def words_of(query: str) -> list[str]:
    """The folded words of what a person typed."""
    return words_in(fold(query))
