"""One of the two copies that are merged: its history and who works in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from model.merged_entries import MERGE
from model.merging.versions import Version
from model.schema_rows import StoredSchema, read_schema
from model.tables import ActionRow, AnnotatorRow


@dataclass
class Side:
    """A copy, as one transaction sees it. ``ids`` and ``keys`` lead from row keys of actions to global ids and back.

    ``known`` are the times of all actions of its history, by global id; entries that stay in their copy have none.
    """

    stored: StoredSchema
    names: dict[int, str]
    ids: dict[int, str]
    keys: dict[str, int]
    known: dict[str, str]
    authors: dict[str, str]

    @staticmethod
    def read(connection: Connection) -> Side:
        """Read a copy's history, all but what is under way."""
        names = {row.id: row.name for row in connection.execute(select(AnnotatorRow.id, AnnotatorRow.name))}
        rows = connection.execute(
            select(ActionRow.id, ActionRow.action_id, ActionRow.at, ActionRow.annotator_id).where(
                ActionRow.state != "pending", ActionRow.kind != MERGE
            )
        ).all()
        return Side(
            read_schema(connection),
            names,
            {row.id: row.action_id for row in rows},
            {row.action_id: row.id for row in rows},
            {row.action_id: row.at for row in rows},
            {row.action_id: names.get(row.annotator_id, "") for row in rows},
        )

    def version(self, change: int, value: dict[str, object] | None) -> tuple[Version, ...]:
        """The version that the action of this key wrote; nothing when only this copy knows it."""
        action = self.ids.get(change)
        return () if action is None else (Version(action, self.known[action], value, self.authors[action]),)


def change_of(row: Any) -> int:
    """The key of the action that changed a tracked row last. Any: a row of a tracked table."""
    found: int = row.changed_by or row.removed_by or row.touched_by
    return found
