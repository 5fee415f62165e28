"""Undo and redo: actions too, worked out from what an action left in its history entry.

A row is put back only when the action was the last to touch it; otherwise it is
left as it is and named. Rows that an action made or removed carry its id, so a
bulk action is undone as a set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, false, not_, or_, select, update
from sqlalchemy.orm import aliased

from model.apply.action import Action
from model.apply.allowed import forbidden_kinds
from model.engines import json_part
from model.names import name_rows
from model.tables import TRACKED, ActionRow, EntityRow, FactRow, LabelRow, RelationRow, ReportRow, SchemaRow, SetRow

_INNER_FIRST = ("fact", "relation", "entity", "annotation_set", "report", "label")


@dataclass
class Reversal:
    """What one undo or redo did: ``restored`` rows by table, and the names of what it ``left`` alone."""

    restored: dict[str, list[int]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def next_undo(connection: Connection, annotator: int) -> Row[Any] | None:
    """The annotator's latest action that is not undone."""
    return connection.execute(
        select(ActionRow)
        .where(ActionRow.annotator_id == annotator, ActionRow.kind == "do", ActionRow.state == "done")
        .order_by(ActionRow.id.desc())
        .limit(1)
    ).first()


def can_undo(connection: Connection, annotator: int, action_id: str) -> bool:
    """Whether the annotator's undo comes to this action some time: it is hers, stands, and was done in this copy."""
    found = select(ActionRow.id).where(
        ActionRow.action_id == action_id,
        ActionRow.annotator_id == annotator,
        ActionRow.kind == "do",
        ActionRow.state == "done",
    )
    return connection.execute(found).first() is not None


def next_redo(connection: Connection, annotator: int) -> Row[Any] | None:
    """The annotator's action that was undone last, unless something else was done since."""
    return connection.execute(
        select(ActionRow)
        .where(ActionRow.annotator_id == annotator, ActionRow.kind == "do", ActionRow.state == "undone")
        .order_by(ActionRow.id)
        .limit(1)
    ).first()


def undo(action: Action, done: ActionRow) -> Reversal:
    """Take back ``done`` as ``action``: what it removed returns, edits go back, what it made is hidden."""
    result = Reversal()
    payload = done.payload
    with _relations_allowed(action, done, result):
        for table in reversed(_INNER_FIRST):
            if table in payload.get("removed", {}):
                removed = _was_removed_by(table, done.id, payload["removed"][table])
                _bring_back(action, table, removed, result, made_by=done.id)
        for edit in reversed(payload.get("edits", [])):
            table, row_id, before, _after, touched_before = edit
            _put(action, table, row_id, before, expected=done.id, touched=touched_before, result=result)
        for table in _INNER_FIRST:
            if table in payload.get("created", {}):
                _hide(action, table, done.id, payload["created"][table], result)
    return result


def redo(action: Action, done: ActionRow) -> Reversal:
    """Do ``done`` again as ``action``, on the rows that its undo put back."""
    result = Reversal()
    payload = done.payload
    undone = action.connection.execute(select(ActionRow.payload).where(ActionRow.id == done.undone_by)).scalar() or {}
    with _relations_allowed(action, done, result):
        for table in reversed(_INNER_FIRST):
            if table in payload.get("created", {}):
                sets = payload["created"][table]
                mine = and_(_was_removed_by(table, done.undone_by or 0, sets), TRACKED[table].created_by == done.id)
                leaving = undone.get("restored", {}).get(table, [])
                _bring_back(action, table, mine, result, leaving=leaving)
        for table, row_id, _before, after, touched_before in payload.get("edits", []):
            _put(action, table, row_id, after, expected=touched_before, touched=done.id, result=result)
        for table in _INNER_FIRST:
            rows = undone.get("restored", {}).get(table, [])
            if rows:
                _remove_again(action, table, rows, done.id, result)
    return result


@contextmanager
def _relations_allowed(action: Action, done: ActionRow, result: Reversal) -> Iterator[None]:
    """Leave everything as it is when reversing ``done`` would make relations that the schema does not allow.

    That can only be when it edited the schema, or somebody did since.
    """
    edits = done.payload.get("edits", [])
    if not any(edit[0] == LabelRow.__tablename__ for edit in edits) and not _schema_changed_since(action, done.id):
        yield
        return
    before = set(forbidden_kinds(action.connection))
    step = action.connection.begin_nested()
    try:
        yield
    except BaseException:
        step.rollback()
        raise
    if set(forbidden_kinds(action.connection)) <= before:
        step.commit()
        return
    step.rollback()
    rows: dict[str, list[int]] = {}
    for table, row_id, *_ in edits:
        if table != SchemaRow.__tablename__:
            rows.setdefault(table, []).append(row_id)
    for table in ("entity", "relation"):
        mine = or_(TRACKED[table].removed_by == done.id, TRACKED[table].created_by == done.id)
        touched: Any = select(TRACKED[table].id).where(mine)  # type: ignore[attr-defined]
        rows.setdefault(table, []).extend(action.connection.execute(touched).scalars())
    result.restored.clear()
    result.left[:] = [name for table in rows for name in name_rows(action.connection, table, sorted(set(rows[table])))]


def _schema_changed_since(action: Action, done: int) -> bool:
    """Whether a later action, or its undo, touched the schema."""
    touches = json_part(ActionRow.payload, "touches")
    later = select(ActionRow.id).where(ActionRow.id > done, touches.contains('"schema"')).limit(1)
    return action.connection.execute(later).first() is not None


def _was_removed_by(table: str, action_id: int, sets: list[int]) -> Any:
    rows: Any = TRACKED[table]
    condition = rows.removed_by == action_id
    return and_(condition, rows.set_id.in_(sets)) if sets else condition


def _bring_back(
    action: Action, table: str, which: Any, result: Reversal, made_by: int = 0, leaving: Sequence[int] = ()
) -> None:
    """Make tombstones live again, where that breaks nothing that was done since.

    Rows that the same reversal hides (``made_by`` the undone action, or ``leaving``) are not in the way.
    """
    rows: Any = TRACKED[table]
    wanted = list(action.connection.execute(select(rows.id).where(which)).scalars())
    blocked = set(
        action.connection.execute(select(rows.id).where(which, _in_the_way(table, made_by, leaving))).scalars()
    )
    result.left.extend(name_rows(action.connection, table, sorted(blocked)))
    back = [row_id for row_id in wanted if row_id not in blocked]
    _set_removed(action, table, back, None)
    result.restored.setdefault(table, []).extend(back)


def _in_the_way(table: str, made_by: int, leaving: Sequence[int]) -> Any:
    """What keeps a row of this table from coming back."""

    def stays(row: Any) -> Any:
        return and_(row.removed_by.is_(None), row.created_by != made_by, row.id.not_in(leaving))

    if table == "relation":
        end = aliased(EntityRow)
        ends = or_(end.id == RelationRow.source_id, end.id == RelationRow.target_id)
        return or_(exists().where(ends, end.removed_by.is_not(None)), _label_gone(RelationRow))
    if table == "report":
        other = aliased(ReportRow)
        same = or_(other.name == ReportRow.name, other.report_id == ReportRow.report_id)
        return exists().where(same, stays(other), other.id != ReportRow.id)
    if table == "annotation_set":
        twin = aliased(SetRow)
        return exists().where(
            twin.report_id == SetRow.report_id,
            twin.annotator_id.is_not_distinct_from(SetRow.annotator_id),
            stays(twin),
            twin.id != SetRow.id,
        )
    if table == "fact":
        other_fact = aliased(FactRow)
        return exists().where(
            *(
                getattr(other_fact, name).is_not_distinct_from(getattr(FactRow, name))
                for name in ("kind", "report_id", "annotator_id", "key")
            ),
            stays(other_fact),
            other_fact.id != FactRow.id,
        )
    if table == "label":
        same_name = aliased(LabelRow)
        return exists().where(
            same_name.name == LabelRow.name,
            same_name.kind == LabelRow.kind,
            stays(same_name),
            same_name.id != LabelRow.id,
        )
    return _label_gone(EntityRow)


def _label_gone(row: Any) -> Any:
    """That the label of an entity or relation was deleted from the schema."""
    return exists().where(LabelRow.id == row.label_id, LabelRow.removed_by.is_not(None))


def _hide(action: Action, table: str, done: int, sets: list[int], result: Reversal) -> None:
    """Remove what the action made, unless somebody built on it."""
    rows: Any = TRACKED[table]
    made = and_(rows.created_by == done, rows.removed_by.is_(None))
    if sets:
        made = and_(made, rows.set_id.in_(sets))
    built_on = or_(rows.touched_by != done, _built_on(table, done))
    kept = list(action.connection.execute(select(rows.id).where(made, built_on)).scalars())
    result.left.extend(name_rows(action.connection, table, kept))
    gone = list(action.connection.execute(select(rows.id).where(made, ~built_on)).scalars())
    _set_removed(action, table, gone, action.id)


def _built_on(table: str, done: int) -> Any:
    """What keeps a row that the action made from being hidden."""
    if table == "entity":
        return exists().where(
            or_(RelationRow.source_id == EntityRow.id, RelationRow.target_id == EntityRow.id),
            RelationRow.set_id == EntityRow.set_id,
            RelationRow.removed_by.is_(None),
        )
    if table == "annotation_set":
        return or_(
            *(
                exists().where(row.set_id == SetRow.id, row.removed_by.is_(None), row.touched_by != done)
                for row in (EntityRow, RelationRow)
            )
        )
    if table == "report":
        return exists().where(SetRow.report_id == ReportRow.id, SetRow.removed_by.is_(None), SetRow.touched_by != done)
    if table == "label":
        # The sets that an import made are hidden before the labels that it added; what is in them does not keep these.
        gone = and_(SetRow.created_by == done, SetRow.removed_by.is_not(None))
        return or_(
            *(
                exists().where(
                    row.label_id == LabelRow.id, row.removed_by.is_(None), SetRow.id == row.set_id, not_(gone)
                )
                for row in (EntityRow, RelationRow)
            )
        )
    return false()


def _put(
    action: Action, table: str, row_id: int, values: dict[str, Any], *, expected: int, touched: int, result: Reversal
) -> None:
    """Set an edited row to ``values`` if ``expected`` was the last action to touch it."""
    rows: Any = TRACKED[table]
    row = action.connection.execute(select(rows.touched_by, rows.removed_by).where(rows.id == row_id)).first()
    if row is None or row.touched_by != expected or row.removed_by is not None:
        result.left.extend(name_rows(action.connection, table, [row_id]))
        return
    if (table == "report" and _name_taken(action, row_id, values)) or _label_deleted(action, values):
        result.left.extend(name_rows(action.connection, table, [row_id]))
        return
    action.connection.execute(
        update(rows)
        .where(rows.id == row_id)
        .values(**values, version=rows.version + 1, touched_by=touched, changed_by=action.id)
    )


def _label_deleted(action: Action, values: dict[str, Any]) -> bool:
    """Whether the values give a label that was deleted from the schema."""
    gone = select(LabelRow.id).where(LabelRow.id == values.get("label_id"), LabelRow.removed_by.is_not(None))
    return "label_id" in values and action.connection.execute(gone).first() is not None


def _name_taken(action: Action, row_id: int, values: dict[str, Any]) -> bool:
    if "name" not in values:
        return False
    same = select(ReportRow.id).where(
        ReportRow.name == values["name"], ReportRow.removed_by.is_(None), ReportRow.id != row_id
    )
    return action.connection.execute(same).first() is not None


def _remove_again(action: Action, table: str, row_ids: list[int], done: int, result: Reversal) -> None:
    rows: Any = TRACKED[table]
    live = and_(rows.id.in_(row_ids), rows.removed_by.is_(None))
    kept: list[int] = []
    if table == "entity":
        kept = list(action.connection.execute(select(rows.id).where(live, _built_on("entity", done))).scalars())
        result.left.extend(name_rows(action.connection, table, kept))
    found = list(action.connection.execute(select(rows.id).where(live)).scalars())
    _set_removed(action, table, [row_id for row_id in found if row_id not in set(kept)], done)


def _set_removed(action: Action, table: str, row_ids: list[int], by: int | None) -> None:
    rows: Any = TRACKED[table]
    for at in range(0, len(row_ids), 500):
        some = update(rows).where(rows.id.in_(row_ids[at : at + 500]))
        action.connection.execute(some.values(removed_by=by, changed_by=action.id))
