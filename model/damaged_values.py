"""Looks for values that cannot be read: JSON that is none, words that are not of their list."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from annotations.report import Origin, Status
from model.damage import Damage, Finding
from model.engines import door

_OBJECTS = (
    ("label", "definition"),
    ("report", "metadata"),
    ("entity", "attributes"),
    ("entity", "metadata"),
    ("relation", "attributes"),
    ("relation", "metadata"),
    ("action", "title_values"),
    ("action", "payload"),
)
_WORDS = (
    ("annotation_set", "status", tuple(map(str, Status))),
    ("entity", "origin", tuple(map(str, Origin))),
    ("relation", "origin", tuple(map(str, Origin))),
)
_NAMED = {
    "label": "SELECT x.name FROM label x WHERE x.id = :row",
    "report": "SELECT x.name FROM report x WHERE x.id = :row",
    "annotation_set": "SELECT r.name FROM annotation_set x JOIN report r ON r.id = x.report_id WHERE x.id = :row",
    "action": "SELECT x.action_id FROM action x WHERE x.id = :row",
} | {
    kind: f"SELECT r.name || ', ' || x.{kind}_id FROM {kind} x JOIN annotation_set s ON s.id = x.set_id "
    "JOIN report r ON r.id = s.report_id WHERE x.id = :row"
    for kind in ("entity", "relation")
}


def look_at_values(connection: Connection) -> Iterator[Finding]:
    """Every value that cannot be read, also of what was removed: undo would bring it back."""
    for table, column in _OBJECTS:
        for row in door(connection).unreadable_objects(connection, table, column):
            yield _finding(connection, table, column, row)
    for table, column, words in _WORDS:
        allowed = ", ".join(f"'{word}'" for word in words)
        for row in connection.execute(text(f"SELECT id FROM {table} WHERE {column} NOT IN ({allowed})")).scalars():
            yield _finding(connection, table, column, row)


def _finding(connection: Connection, table: str, column: str, row: int) -> Finding:
    name = connection.execute(text(_NAMED[table]), {"row": row}).scalar()
    return Finding(
        Damage.UNREADABLE_VALUE,
        "{name}: the {column} of the {table} cannot be read.",
        {"name": name or row, "column": column, "table": table.replace("_", " "), "report": name or ""},
        table,
        (row,),
    )
