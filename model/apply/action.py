"""One action under way: what it needs to know, and what it leaves for its undo.

The payload of a history entry (all keys optional):

- ``edits``: ``[table, row id, before, after, touched_by before]`` in order;
- ``created`` / ``removed``: table → ids of the annotation sets in which rows were made or removed
  (entities, relations), or ``[]`` for the tables that have no set; the rows themselves carry the action's id;
- ``touches``: what listeners in other windows are told (``labels``, ``reports``, ``queue``, ``schema``, ``fact:KIND``, and
  ``others`` when the sets are not only those of who acted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from annotations.errors import Refused
from annotations.report import Status, new_id
from model.apply.locked import refuse_locked
from model.moment import moment
from model.queries.visible import live_reports, live_sets
from model.schema_rows import StoredSchema, read_schema
from model.tables import TRACKED, ActionReportRow, ActionRow, EntityRow, RelationRow, ReportRow, SetRow, TextRow

# What every label asks is put together once: SQLAlchemy takes longer over that than the database over the answer.
_REPORT = live_reports(select(ReportRow.id)).where(ReportRow.report_id == bindparam("report"))
_OWN_SET = (
    live_sets(select(SetRow.id, SetRow.text_id, TextRow.length))
    .join(TextRow, TextRow.id == SetRow.text_id)
    .where(SetRow.report_id == bindparam("report"), SetRow.annotator_id == bindparam("annotator"))
    .order_by(TextRow.number.desc())
    .limit(1)
)
_STATUS = select(SetRow.status).where(SetRow.id == bindparam("own_set"))


@dataclass(frozen=True, slots=True)
class OwnSet:
    """The acting annotator's set on a report: row ids, and the length of its text in code points."""

    id: int
    report: int
    text: int
    length: int


@dataclass
class Action:
    """Collects what one change does. ``id`` is the key of its history entry."""

    connection: Connection
    annotator: int
    id: int
    stored: StoredSchema
    kind: str = "do"
    edits: list[list[Any]] = field(default_factory=list)
    created: dict[str, set[int]] = field(default_factory=dict)
    removed: dict[str, set[int]] = field(default_factory=dict)
    touches: set[str] = field(default_factory=set)
    reports: dict[str, int] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    sets: dict[str, OwnSet] = field(default_factory=dict)
    later: list[Callable[[], None]] | None = None

    @staticmethod
    def begin(connection: Connection, annotator: int, kind: str = "do", target: int | None = None) -> Action:
        """Open a history entry in the running write transaction."""
        made = connection.execute(
            insert(ActionRow).values(
                action_id=new_id(),
                annotator_id=annotator,
                at=moment(connection),
                kind=kind,
                title="",
                title_values={},
                state="done",
                target=target,
                payload={},
            )
        ).inserted_primary_key
        assert made is not None
        return Action(connection, annotator, made[0], read_schema(connection), kind)

    @property
    def did_something(self) -> bool:
        """Whether any row was made, changed or removed."""
        return bool(self.edits or self.created or self.removed)

    def check(self, rule: Callable[[], None]) -> None:
        """Call ``rule``, which raises ``Refused``: now, or when all changes that are made together are done."""
        if self.later is None:
            rule()
        else:
            self.later.append(rule)

    def finish(self, title: str, values: dict[str, Any]) -> None:
        """Complete the history entry; what was undone before can no longer be redone."""
        self.connection.execute(
            update(ActionRow)
            .where(ActionRow.id == self.id)
            .values(title=title, title_values=values, payload=self.payload())
        )
        self.name_reports()
        self.connection.execute(
            update(ActionRow)
            .where(ActionRow.annotator_id == self.annotator, ActionRow.state == "undone")
            .values(state="discarded")
        )

    def name_reports(self) -> None:
        """Write down which reports the action touches, for their histories and for other windows."""
        rows = [{"report_id": row, "action_id": self.id} for row in sorted(set(self.reports.values()))]
        if rows:
            self.connection.execute(insert(ActionReportRow), rows)

    def payload(self) -> dict[str, Any]:
        """What an undo needs, as JSON values."""
        return {
            "edits": self.edits,
            "created": {table: sorted(sets) for table, sets in self.created.items()},
            "removed": {table: sorted(sets) for table, sets in self.removed.items()},
            "touches": sorted(self.touches),
        }

    def report(self, report_id: str) -> int:
        """Row id of a visible report; raises ``Refused`` when it is gone."""
        known = self.reports.get(report_id)
        if known is None:
            known = self.connection.execute(_REPORT, {"report": report_id}).scalar()
            if known is None:
                raise Refused("The report is no longer in the project. Nothing was changed.")
            self.reports[report_id] = known
        return known

    def find_set(self, report_id: str) -> OwnSet | None:
        """The acting annotator's set on the report's newest text, when there is one. ``Refused`` when it is locked."""
        if report_id not in self.sets:
            refuse_locked(self.connection, self.report(report_id), self.annotator)
            wanted = {"report": self.report(report_id), "annotator": self.annotator}
            row = self.connection.execute(_OWN_SET, wanted).first()
            if row is None:
                return None
            self.sets[report_id] = OwnSet(row.id, self.report(report_id), row.text_id, row.length)
        return self.sets[report_id]

    def own_set(self, report_id: str) -> OwnSet:
        """The acting annotator's set, made when there is none, and in progress from now on."""
        found = self.find_set(report_id)
        if found is None:
            return self._make_set(report_id, Status.IN_PROGRESS)
        status = self.connection.execute(_STATUS, {"own_set": found.id}).scalar_one()
        if status == Status.NEW:
            self.edit(SetRow, found.id, {"status": Status.IN_PROGRESS.value})
            self.touches.add("reports")
        return found

    def make_or_find_set(self, report_id: str, status: Status) -> OwnSet:
        """The set, made with ``status`` when there is none; an existing one is left as it is."""
        return self.find_set(report_id) or self._make_set(report_id, status)

    def _make_set(self, report_id: str, status: Status) -> OwnSet:
        report = self.report(report_id)
        text = self.connection.execute(
            select(TextRow.id, TextRow.length).where(TextRow.report_id == report).order_by(TextRow.number.desc())
        ).first()
        assert text is not None, "a report has a text"
        made = self.connection.execute(
            insert(SetRow).values(
                report_id=report,
                text_id=text.id,
                annotator_id=self.annotator,
                status=status.value,
                schema_number=self.stored.schema.version,
                created_by=self.id,
                touched_by=self.id,
            )
        ).inserted_primary_key
        assert made is not None
        self.mark(self.created, SetRow)
        self.touches.add("reports")
        self.sets[report_id] = OwnSet(made[0], report, text.id, text.length)
        return self.sets[report_id]

    def edit(self, table: type[Any], row_id: int, values: dict[str, Any]) -> bool:
        """Set columns of one tracked row; keeps what they were. False when nothing differs."""
        columns = table.__table__.c
        names = [_column_name(table, name) for name in values]
        row = self.connection.execute(
            select(columns.touched_by, *(columns[name] for name in names)).where(columns.id == row_id)
        ).one()
        before = dict(zip(values, row[1:], strict=True))
        if before == values:
            return False
        self.connection.execute(
            update(table)
            .where(columns.id == row_id)
            .values(**values, version=table.version + 1, touched_by=self.id, changed_by=None)
        )
        self.edits.append([table.__tablename__, row_id, before, values, row.touched_by])
        return True

    def mark(self, kept: dict[str, set[int]], table: type[Any], set_id: int | None = None) -> None:
        """Remember that rows of ``table`` were made or removed, in which annotation set."""
        kept.setdefault(table.__tablename__, set()).update([] if set_id is None else [set_id])
        if table in (EntityRow, RelationRow):
            self.touches.add("labels")

    def remove(self, table: type[Any], row_ids: list[int], set_id: int | None = None) -> None:
        """Turn rows into tombstones of this action."""
        if not row_ids:
            return
        for at in range(0, len(row_ids), 500):
            self.connection.execute(
                update(table).where(table.id.in_(row_ids[at : at + 500])).values(removed_by=self.id, changed_by=None)
            )
        self.mark(self.removed, table, set_id)


def _column_name(table: type[Any], attribute: str) -> str:
    """The column behind a mapped attribute (``meta`` is the column ``metadata``)."""
    return "metadata" if attribute == "meta" else attribute


__all__ = ["TRACKED", "Action", "OwnSet"]
