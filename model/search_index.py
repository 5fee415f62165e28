"""The full-text index over the folded texts: a copy that can be made again.

Texts are folded (no case, no diacritics, also no đ) before they are indexed and
before they are looked up, because FTS5's ``remove_diacritics`` knows no đ. The
table is contentless: it holds the words' places, not a second copy of the texts.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from annotations.offsets import fold


def create_index(connection: Connection) -> None:
    """Make the empty index of a project."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE search USING fts5(content, content='', tokenize='unicode61 remove_diacritics 0')"
    )


def index_behind(connection: Connection) -> bool:
    """Whether texts are waiting to be indexed."""
    return _newest_text(connection) > _newest_indexed(connection)


def _newest_text(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM report_text").scalar_one())


def _newest_indexed(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_docsize").scalar_one())


def index_some(connection: Connection, limit: int = 25) -> int:
    """Index the next texts, at most ``limit``; how many that were."""
    rows = connection.exec_driver_sql(
        "SELECT id, content FROM report_text WHERE id > ? ORDER BY id LIMIT ?", (_newest_indexed(connection), limit)
    ).all()
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO search(rowid, content) VALUES (?, ?)", [(row[0], fold(row[1])) for row in rows]
        )
    return len(rows)


def forget(connection: Connection, text_id: int, content: str) -> None:
    """Take one text out of the index; does nothing when it was not indexed."""
    known = connection.exec_driver_sql("SELECT 1 FROM search_docsize WHERE id = ?", (text_id,)).first()
    if known:
        connection.exec_driver_sql(
            "INSERT INTO search(search, rowid, content) VALUES ('delete', ?, ?)", (text_id, fold(content))
        )


_WORD = re.compile(r"[^\W_]+")


def words_of(query: str) -> list[str]:
    """The folded words of what a person typed."""
    return _WORD.findall(fold(query))
