"""Looks for rows that the door would never have let in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from model.damage import Damage, Finding
from model.tables import Base


@dataclass(frozen=True, slots=True)
class _Query:
    """A look for damaged rows: SQL giving the row key and the values of the sentence."""

    kind: Damage
    sentence: str
    sql: str
    table: str
    names: tuple[str, ...]
    mendable: bool = True

    def __call__(self, connection: Connection) -> Iterator[Finding]:
        for row in connection.execute(text(self.sql)):
            values = dict(zip(self.names, row[1:], strict=True))
            yield Finding(self.kind, self.sentence, values, self.table, (row[0],), self.mendable)


_SET = (
    "JOIN annotation_set s ON s.id = x.set_id JOIN report r ON r.id = s.report_id "
    "LEFT JOIN annotator a ON a.id = s.annotator_id"
)
_WHO = "r.name, coalesce(a.name, '')"
_MINE = ("report", "annotator", "id")

_ENTITY_OUTSIDE = _Query(
    Damage.SPAN_OUTSIDE_TEXT,
    "{report}: the entity {id} of {annotator} lies outside the text ({start}–{end} of {length}).",
    f"SELECT x.id, {_WHO}, x.entity_id, x.start, x.end, t.length FROM entity x {_SET} "
    "JOIN report_text t ON t.id = s.text_id "
    "WHERE x.removed_by IS NULL AND x.start >= 0 AND x.start < t.length AND x.end > t.length",
    "entity",
    (*_MINE, "start", "end", "length"),
)
_ENTITY_NOWHERE = _Query(
    Damage.SPAN_OUTSIDE_TEXT,
    "{report}: the entity {id} of {annotator} covers nothing of the text ({start}–{end} of {length}).",
    f"SELECT x.id, {_WHO}, x.entity_id, x.start, x.end, t.length FROM entity x {_SET} "
    "JOIN report_text t ON t.id = s.text_id "
    "WHERE x.removed_by IS NULL AND (x.start < 0 OR x.start >= x.end OR x.start >= t.length)",
    "entity",
    (*_MINE, "start", "end", "length"),
    mendable=False,
)
_RELATION_END = _Query(
    Damage.RELATION_WITHOUT_END,
    "{report}: the relation {id} of {annotator} has an end that is not there.",
    f"SELECT x.id, {_WHO}, x.relation_id FROM relation x {_SET} "
    "LEFT JOIN entity e ON e.id = x.source_id AND e.set_id = x.set_id AND e.removed_by IS NULL "
    "LEFT JOIN entity f ON f.id = x.target_id AND f.set_id = x.set_id AND f.removed_by IS NULL "
    "WHERE x.removed_by IS NULL AND (e.id IS NULL OR f.id IS NULL)",
    "relation",
    _MINE,
)
_UNKNOWN = tuple(
    _Query(
        Damage.UNKNOWN_LABEL,
        "{report}: the " + kind + " {id} of {annotator} has a label that the schema lacks.",
        f"SELECT x.id, {_WHO}, x.{kind}_id FROM {kind} x {_SET} "
        f"LEFT JOIN label l ON l.id = x.label_id AND l.kind = '{kind}' AND l.removed_by IS NULL "
        "WHERE x.removed_by IS NULL AND l.id IS NULL",
        kind,
        _MINE,
    )
    for kind in ("entity", "relation")
)
_DOUBLED = tuple(
    _Query(
        Damage.DUPLICATE_ID,
        "{report}: the id {id} of {annotator} stands on two " + plural + ".",
        f"SELECT x.id, {_WHO}, x.{kind}_id FROM {kind} x {_SET} WHERE EXISTS "
        f"(SELECT 1 FROM {kind} y WHERE y.set_id = x.set_id AND y.{kind}_id = x.{kind}_id AND y.id < x.id)",
        kind,
        _MINE,
    )
    for kind, plural in (("entity", "entities"), ("relation", "relations"))
)
_DOUBLED_REPORT = _Query(
    Damage.DUPLICATE_ID,
    "The report id {id} stands on two reports ({report}).",
    "SELECT x.id, x.report_id, x.name FROM report x WHERE x.removed_by IS NULL AND EXISTS "
    "(SELECT 1 FROM report y WHERE y.report_id = x.report_id AND y.removed_by IS NULL AND y.id < x.id)",
    "report",
    ("id", "report"),
)
_NO_TEXT = _Query(
    Damage.REPORT_WITHOUT_TEXT,
    "{report} has lost its text.",
    "SELECT x.id, x.name FROM report x WHERE x.removed_by IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM report_text t WHERE t.report_id = x.id)",
    "report",
    ("report",),
    mendable=False,
)


def _foreign_keys(connection: Connection) -> Iterator[Finding]:
    """Rows that point to rows that are gone (relation ends are told above)."""
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        if row[0] == "relation" and row[2] == "entity":
            continue
        yield Finding(
            Damage.MISSING_ROW,
            "A row of {table} ({row}) points to a row of {parent} that is gone.",
            {"table": row[0], "row": row[1], "parent": row[2]},
            row[0],
        )


def _search_index(connection: Connection) -> Iterator[Finding]:
    """Whether the search index holds just the texts, and holds together."""
    finding = Finding(Damage.BROKEN_INDEX, "The search index does not match the texts.", table="search", mendable=True)
    try:
        missing, foreign = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM report_text t WHERE t.id <= (SELECT coalesce(max(id), 0) FROM search_docsize)"
            " AND NOT EXISTS (SELECT 1 FROM search_docsize d WHERE d.id = t.id)),"
            " (SELECT count(*) FROM search_docsize d WHERE NOT EXISTS (SELECT 1 FROM report_text t WHERE t.id = d.id))"
        ).one()
        connection.exec_driver_sql("SELECT count(*) FROM search WHERE search MATCH 'a'").one()
        connection.exec_driver_sql("SELECT id, block FROM search_data").all()
    except DBAPIError:
        yield finding
        return
    if missing or foreign:
        yield finding


def _missing_indexes(connection: Connection) -> Iterator[Finding]:
    """Indexes that the tables should have."""
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")
    there = {row[0] for row in rows}
    for table in Base.metadata.sorted_tables:
        for index in table.indexes:
            if index.name not in there:
                yield Finding(
                    Damage.BROKEN_INDEX,
                    "The index {index} is missing.",
                    {"index": index.name},
                    table.name,
                    mendable=True,
                )


LOOKS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
    _NO_TEXT,
    _ENTITY_OUTSIDE,
    _ENTITY_NOWHERE,
    _RELATION_END,
    *_UNKNOWN,
    *_DOUBLED,
    _DOUBLED_REPORT,
    _foreign_keys,
    _missing_indexes,
    _search_index,
)
"""Every look for damaged rows, in the order in which they are told."""
