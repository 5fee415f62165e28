"""Writing a merge: rows in short steps that nobody sees, then everything at once.

New rows that could be seen are tombstones of the merge's pending history entry until the last transaction; rows that
are there already are changed in that transaction only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, text, update

from model.engines import door
from model.tables import TRACKED, Base

COLUMNS: dict[str, tuple[str, ...]] = {
    "action": (
        "id",
        "action_id",
        "annotator_id",
        "at",
        "kind",
        "title",
        "title_values",
        "state",
        "target",
        "undone_by",
        "owner",
        "heartbeat",
        "payload",
    ),
    "action_report": ("report_id", "action_id"),
    "report_text": ("id", "report_id", "number", "length", "source_hash", "stored_hash", "form_hash", "content"),
}
COLUMNS |= {name: tuple(column.name for column in Base.metadata.tables[name].columns) for name in TRACKED}

_FLIPPED = ("label", "report", "annotation_set", "entity", "relation", "fact")


@dataclass
class Keys:
    """Row keys that the transaction gives out; the write lock keeps others from taking them.

    Without a connection they are made up, for a merge that is only looked at.
    """

    connection: Connection | None
    _next: dict[str, int] = field(default_factory=dict)

    def take(self, table: str) -> int:
        """The next free key of a table."""
        if table not in self._next:
            self._next[table] = 1 << 40
            if self.connection is not None:
                newest = text(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')
                self._next[table] = int(self.connection.execute(newest).scalar_one())
        key = self._next[table]
        self._next[table] += 1
        return key


class Staging:
    """Collects the rows of one step, and over all steps what the last transaction has to do."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.hidden: dict[str, list[int]] = defaultdict(list)
        self.edits: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
        self.reports: set[int] = set()
        self.texts: dict[int, int] = {}
        self.people: dict[int, str] = {}
        self.by_name: dict[str, tuple[str, str, str, int, str]] = {}
        self.given_way: set[int] = set()

    def add(self, table: str, values: dict[str, Any], hidden_by: int | None = None) -> None:
        """Insert a row in this step; ``hidden_by`` the merge's entry until it is published. JSON values are text."""
        if hidden_by is not None:
            values["removed_by"] = hidden_by
            self.hidden[table].append(values["id"])
        self.rows[table].append(tuple(values.get(column) for column in COLUMNS[table]))

    def edit(self, table: str, key: int, values: dict[str, Any]) -> None:
        """Change a row when the merge is published. JSON values are plain."""
        self.edits[table, tuple(sorted(values))].append({"key_": key, **values})

    def write(self, connection: Connection) -> None:
        """Insert the rows of this step."""
        for table in ("action", "label", "report", "report_text", "annotation_set", "entity", "relation", "fact"):
            door(connection).insert_many(connection, table, COLUMNS[table], self.rows[table])
        door(connection).insert_many(connection, "action_report", COLUMNS["action_report"], self.rows["action_report"])
        self.rows.clear()

    def publish(self, connection: Connection, entry: int) -> None:
        """Show what was hidden, change what was there: in the caller's last transaction."""
        for (table, names), changes in self.edits.items():
            rows: Any = TRACKED[table]
            counted = {"version": rows.version + 1}
            statement = update(rows.__table__).where(rows.__table__.c.id == bindparam("key_"))
            values: dict[str, Any] = {name: bindparam(f"{name}_") for name in names}
            named = [
                {f"{name}_" if name != "key_" else name: value for name, value in each.items()} for each in changes
            ]
            connection.execute(statement.values(**values, **counted), named)
        for table in _FLIPPED:
            show = text(
                f'UPDATE "{table}" SET removed_by = NULL WHERE id BETWEEN :first AND :last AND removed_by = :entry'
            )
            for first, last in _runs(self.hidden[table]):
                connection.execute(show, {"first": first, "last": last, "entry": entry})


def _runs(keys: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of keys without a gap."""
    runs: list[tuple[int, int]] = []
    for key in sorted(keys):
        if runs and key == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], key)
        else:
            runs.append((key, key))
    return runs
