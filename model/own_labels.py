"""The acting annotator's labels on the open report, kept from one reading to the next.

After one's own action only the rows that it touched are read again: a label on a
report with ten thousand of them costs as little as on one with ten.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from annotations.report import AnnotationSet, Status
from model.kept_labels import KeptLabels
from model.queries.labels import entity_rows, relation_rows, undisturbed
from model.queries.visible import live_reports, live_sets
from model.schema_rows import StoredSchema
from model.tables import ActionRow, AnnotatorRow, EntityRow, RelationRow, ReportRow, SetRow
from model.unreadable import damage_told

_State = tuple[int, int, int, int]
"""Key of the set, newest action, number of pending actions, version of the schema."""


# Asked after every label, so put together once.
_OWN_SET = (
    live_reports(live_sets(select(SetRow.id, SetRow.status)))
    .join(ReportRow, ReportRow.id == SetRow.report_id)
    .join(AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id)
    .where(ReportRow.report_id == bindparam("report"), AnnotatorRow.name == bindparam("annotator"))
)
_NEWEST = select(func.max(ActionRow.id), select(func.count()).where(ActionRow.state == "pending").scalar_subquery())
_KIND = select(ActionRow.kind).where(ActionRow.id == bindparam("action"))


class OwnLabels:
    """Reads one annotator's set on a report; remembers the last one."""

    def __init__(self, annotator: str) -> None:
        self._annotator = annotator
        self._state: _State = (0, 0, 0, 0)
        self._kept = KeptLabels()

    def read(self, connection: Connection, report_id: str, stored: StoredSchema) -> AnnotationSet | None:
        """The labels as they stand in this transaction; None when there are none yet."""
        own = self._own_set(connection, report_id)
        if own is None:
            return None
        before, now = self._state, _state(connection, own.id, stored)
        with undisturbed(), damage_told():
            if now != before:
                self._state = (0, 0, 0, 0)  # what is half read is not taken for read, should this fail
                alone = now[0] == before[0] and now[2:] == before[2:] and now[1] == before[1] + 1
                self._read(connection, own.id, stored, now[1] if alone and _is_do(connection, now[1]) else None)
            self._state = now
            return AnnotationSet(self._annotator, Status(own.status), *self._kept.labels())

    def _own_set(self, connection: Connection, report_id: str) -> Row[tuple[int, str]] | None:
        wanted = {"report": report_id, "annotator": self._annotator}
        found: Row[tuple[int, str]] | None = connection.execute(_OWN_SET, wanted).first()
        return found

    def _read(self, connection: Connection, set_id: int, stored: StoredSchema, action: int | None) -> None:
        """Read everything, or only what one action touched."""
        entity_mark, relation_mark = _touched(EntityRow, action), _touched(RelationRow, action)
        entities = entity_rows(connection, stored.names, EntityRow.set_id == set_id, entity_mark)
        relations = relation_rows(connection, stored.names, RelationRow.set_id == set_id, relation_mark)
        rows = ([one[1:] for one in entities], [one[1:] for one in relations])
        if action is None:
            self._kept = KeptLabels(*rows)
        else:
            self._kept.update(*rows)


def _touched(table: Any, action: int | None) -> Any:
    """The rows that an action touched, removed ones too; without an action all that are there."""
    if action is None:
        return table.removed_by.is_(None)
    return or_(table.created_by == action, table.touched_by == action, table.removed_by == action)


def _state(connection: Connection, set_id: int, stored: StoredSchema) -> _State:
    newest = connection.execute(_NEWEST).one()
    return set_id, newest[0], newest[1], stored.schema.version


def _is_do(connection: Connection, action: int) -> bool:
    """Whether an action did something anew: an undo brings rows back that nothing marks."""
    return connection.execute(_KIND, {"action": action}).scalar() == "do"
