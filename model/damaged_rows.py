"""Looks for rows that the door would never have let in.

Each look stays fast when the index is missing that it would like to use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from model.damage import Damage, Finding
from model.engines import door


@dataclass(frozen=True, slots=True)
class Query:
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


SET = (
    "JOIN annotation_set s ON s.id = x.set_id JOIN report r ON r.id = s.report_id "
    "LEFT JOIN annotator a ON a.id = s.annotator_id"
)
WHO = "r.name, coalesce(a.name, 'the review')"
MINE = ("report", "annotator", "id")

_ENTITY_OUTSIDE = Query(
    Damage.SPAN_OUTSIDE_TEXT,
    "{report}: the entity {id} of {annotator} runs over the end of the text ({start}–{end} of {length}).",
    f"SELECT x.id, {WHO}, x.entity_id, x.start, x.end, t.length FROM entity x {SET} "
    "JOIN report_text t ON t.id = s.text_id "
    "WHERE x.removed_by IS NULL AND x.start >= 0 AND x.start < t.length AND x.end > t.length",
    "entity",
    (*MINE, "start", "end", "length"),
)
_ENTITY_NOWHERE = Query(
    Damage.SPAN_OUTSIDE_TEXT,
    "{report}: the entity {id} of {annotator} covers nothing of the text ({start}–{end} of {length}).",
    f"SELECT x.id, {WHO}, x.entity_id, x.start, x.end, t.length FROM entity x {SET} "
    "JOIN report_text t ON t.id = s.text_id "
    "WHERE x.removed_by IS NULL AND (x.start < 0 OR x.start >= x.end OR x.start >= t.length)",
    "entity",
    (*MINE, "start", "end", "length"),
    mendable=False,
)
_RELATION_END = Query(
    Damage.RELATION_WITHOUT_END,
    "{report}: the relation {id} of {annotator} has an end that is not there.",
    f"SELECT x.id, {WHO}, x.relation_id FROM relation x {SET} "
    "LEFT JOIN entity e ON e.id = x.source_id AND +e.set_id = x.set_id AND e.removed_by IS NULL "
    "LEFT JOIN entity f ON f.id = x.target_id AND +f.set_id = x.set_id AND f.removed_by IS NULL "
    "WHERE x.removed_by IS NULL AND (e.id IS NULL OR f.id IS NULL)",
    "relation",
    MINE,
)
_UNKNOWN = tuple(
    Query(
        Damage.UNKNOWN_LABEL,
        "{report}: the " + kind + " {id} of {annotator} has a label that the schema lacks.",
        f"SELECT x.id, {WHO}, x.{kind}_id FROM {kind} x {SET} "
        f"LEFT JOIN label l ON l.id = x.label_id AND l.kind = '{kind}' AND l.removed_by IS NULL "
        "WHERE x.removed_by IS NULL AND l.id IS NULL",
        kind,
        MINE,
    )
    for kind in ("entity", "relation")
)
_DOUBLED = tuple(
    Query(
        Damage.DUPLICATE_ID,
        "{report}: the id {id} of {annotator} stands on two " + plural + ".",
        f"SELECT x.id, {WHO}, x.{kind}_id FROM {kind} x JOIN (SELECT set_id, {kind}_id AS doubled, min(id) AS first "
        f"FROM {kind} GROUP BY set_id, {kind}_id HAVING count(*) > 1) d ON d.set_id = x.set_id "
        f"AND d.doubled = x.{kind}_id AND x.id > d.first {SET}",
        kind,
        MINE,
    )
    for kind, plural in (("entity", "entities"), ("relation", "relations"))
)
_DOUBLED_REPORT = tuple(
    Query(
        Damage.DUPLICATE_ID,
        sentence,
        f"SELECT x.id, x.{column}, x.name FROM report x JOIN (SELECT {column} AS doubled, min(id) AS first FROM report "
        f"WHERE removed_by IS NULL GROUP BY {column} HAVING count(*) > 1) d ON d.doubled = x.{column} "
        "AND x.id > d.first WHERE x.removed_by IS NULL",
        f"report.{column}",
        (column, "report"),
    )
    for column, sentence in (
        ("report_id", "{report}: the report id {report_id} stands on two reports."),
        ("name", "The name {report} stands on two reports."),
    )
)
_NO_TEXT = Query(
    Damage.REPORT_WITHOUT_TEXT,
    "{report}: the report {id} has lost its text.",
    "SELECT x.id, x.name, x.report_id FROM report x "
    "WHERE x.removed_by IS NULL AND x.id NOT IN (SELECT report_id FROM report_text)",
    "report",
    ("report", "id"),
    mendable=False,
)
_ELSEWHERE = Query(
    Damage.MISSING_ROW,
    "{report}: the labels of {annotator} belong to a text that is not this report's.",
    f"SELECT s.id, {WHO} FROM annotation_set s JOIN report r ON r.id = s.report_id "
    "LEFT JOIN annotator a ON a.id = s.annotator_id LEFT JOIN report_text t ON t.id = s.text_id "
    "WHERE s.removed_by IS NULL AND (t.report_id IS NULL OR t.report_id <> s.report_id) "
    "AND s.report_id IN (SELECT report_id FROM report_text)",
    "annotation_set",
    ("report", "annotator"),
    mendable=False,
)


def _foreign_keys(connection: Connection) -> Iterator[Finding]:
    """Rows that point to rows that are gone (labels and ends of relations are told by other looks)."""
    lost = Counter[str]()
    for parent, count in door(connection).lost_references(connection):
        lost[parent] += count
    for parent, count in lost.items():
        if parent not in ("entity", "label", "report_text"):
            yield Finding(
                Damage.MISSING_ROW,
                "{count} references lead to rows of the table {parent} that are gone.",
                {"count": count, "parent": parent},
                parent,
                mendable=parent in ("action", "annotator"),
            )


ROWS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
    _NO_TEXT,
    _ELSEWHERE,
    _ENTITY_OUTSIDE,
    _ENTITY_NOWHERE,
    _RELATION_END,
    *_UNKNOWN,
    *_DOUBLED,
    *_DOUBLED_REPORT,
    _foreign_keys,
)
"""The looks at rows, in the order in which they are told."""
