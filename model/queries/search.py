"""Full-text search: words in name, title or text, whatever their case, diacritics and tone style.

Three stages, each paged by row id: the words in name or title; the words one
after another in the text; all the words anywhere in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from annotations.offsets import FoldedText, fold
from annotations.report import Span
from model.engines import door
from model.queries.visible import live_reports
from model.search_index import index_behind, index_some, words_of
from model.tables import ReportRow, TextRow

_FOUND = select(ReportRow.report_id, ReportRow.name, ReportRow.title, ReportRow.date, TextRow.content)
_AROUND = 60  # code points of context on each side of a hit


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found. ``start``/``end`` are offsets of the first place in its text (0, 0 when only
    name or title matched); ``snippet`` is the text around it, ``marked`` the place within the snippet."""

    report_id: str
    name: str
    title: str
    date: str
    start: int
    end: int
    snippet: str
    marked: Span


Cursor = tuple[int, int]
"""Stage of the last hit of a page, and its row id (of the report in stage 0, else of the text)."""


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits, and the cursor of the next one (None: that was all)."""

    rows: tuple[Hit, ...]
    after: Cursor | None


def search(connection: Connection, query: str, after: Cursor | None = None, limit: int = 50) -> Hits:
    """The next ``limit`` reports that hold all words of ``query``, the phrase itself first."""
    words = words_of(query)
    if not words:
        return Hits((), None)
    stage, row_id = after or (0, 0)
    hits: list[Hit] = []
    while stage < 3:
        rows = _stage(connection, words, stage, row_id, limit - len(hits) + 1)
        room = limit - len(hits)
        hits.extend(_hit(row, words) for row in rows[:room])
        if len(rows) > room:
            return Hits(tuple(hits), (stage, rows[room - 1].id if room else row_id))
        stage, row_id = stage + 1, 0
    return Hits(tuple(hits), None)


def _stage(connection: Connection, words: list[str], stage: int, after: int, limit: int) -> list[Any]:
    """The next rows of a stage; ``id`` is what the next page continues after."""
    named = and_(*(ReportRow.folded.contains(word, autoescape=True) for word in words))
    if stage == 0:
        statement = _FOUND.add_columns(ReportRow.id.label("id")).join(TextRow, TextRow.report_id == ReportRow.id)
        statement = statement.where(named, ReportRow.id > after).order_by(ReportRow.id)
    elif stage == 2 and len(words) == 1:
        return []
    else:
        hits = door(connection).texts_with(words, stage == 1, after)
        statement = (
            _FOUND.add_columns(hits.c.id.label("id"))
            .select_from(hits)
            .join(TextRow, TextRow.id == hits.c.id)
            .join(ReportRow, ReportRow.id == TextRow.report_id)
            .where(~named)
            .order_by(hits.c.id)
        )
    return list(connection.execute(live_reports(statement).limit(limit)).all())


def _hit(row: Any, words: list[str]) -> Hit:
    place = _first_place(row.content, words)
    start, end = place or (0, 0)
    left, right = max(0, start - _AROUND), min(len(row.content), end + _AROUND)
    cut = row.content[left:right].replace("\n", " ")
    return Hit(row.report_id, row.name, row.title, row.date, start, end, cut, (start - left, end - left))


def _first_place(content: str, words: list[str]) -> Span | None:
    """Where the phrase, or else the first of its words, stands in the text."""
    folded = fold(content)
    same_length = len(folded) == len(content)
    for wanted in (" ".join(words), words[0]):
        at = folded.find(wanted)
        if at >= 0 and same_length:
            return at, at + len(wanted)
        if at >= 0:
            return next(FoldedText(content).find_all(wanted), None)
    return None


def index_waiting(connection: Connection) -> bool:
    """Whether some texts are not in the index yet."""
    return index_behind(connection)


def index_next(connection: Connection, limit: int = 25) -> int:
    """Index the next texts, in a write transaction of the caller; how many that were."""
    return index_some(connection, limit)
