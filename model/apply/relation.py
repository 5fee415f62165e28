"""Relations: how changes to them become rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, tuple_

from annotations.changes.relation import (
    AddRelations,
    DeleteRelations,
    Retype,
    ReverseRelations,
    SetRelationAttributes,
    SetRelationNote,
)
from annotations.errors import Refused
from annotations.rules import check_relation
from model.apply.action import Action, OwnSet
from model.apply.entity import surface
from model.apply.rows import Title, check_seen, counted, needed_set, pick
from model.tables import EntityRow, RelationRow

ROW = (
    RelationRow.id,
    RelationRow.relation_id,
    RelationRow.label_id,
    RelationRow.source_id,
    RelationRow.target_id,
    RelationRow.attributes,
    RelationRow.version,
    RelationRow.touched_by,
)


def add_relations(action: Action, change: AddRelations) -> Title:
    """Relate entities; what is related so already is passed over."""
    own = needed_set(action, change.report_id)
    ends = tuple({end: None for relation in change.relations for end in (relation.source, relation.target)})
    columns = (EntityRow.id, EntityRow.entity_id, EntityRow.label_id, EntityRow.start, EntityRow.end)
    rows = {row.entity_id: row for row in pick(action, EntityRow, EntityRow.entity_id, columns, own, ends)}
    names = action.stored.names
    new: list[dict[str, Any]] = []
    for relation in change.relations:
        source, target = rows[relation.source], rows[relation.target]
        check_relation(relation.type, names[source.label_id], names[target.label_id], action.stored.schema)
        if relation.source == relation.target:
            raise Refused("A relation joins two entities; source and target are the same. Nothing was changed.")
        label_id = action.stored.relation_ids[relation.type]
        if _known(action, own, label_id, source.id, target.id):
            continue
        new.append(
            {
                "set_id": own.id,
                "relation_id": relation.id,
                "label_id": label_id,
                "source_id": source.id,
                "target_id": target.id,
                "attributes": dict(relation.attributes) or None,
                "note": relation.note or None,
                "origin": relation.origin.value,
                "by": relation.by,
                "confidence": relation.confidence,
                "metadata": dict(relation.metadata) or None,
                "version": 1,
                "created_by": action.id,
                "touched_by": action.id,
            }
        )
    if new:
        action.connection.execute(insert(RelationRow), new)
        action.mark(action.created, RelationRow, own.id)
        action.added.extend(row["relation_id"] for row in new)
    first = change.relations[0] if change.relations else None
    shown = [surface(action, own, rows[first.source].start, rows[first.source].end)] if first else []
    return "Relate {what}: {type}", {"what": counted(shown, len(new)), "type": first.type if first else ""}


def _known(action: Action, own: OwnSet, label_id: int, source: int, target: int) -> bool:
    return (
        action.connection.execute(
            select(RelationRow.id).where(
                RelationRow.set_id == own.id,
                RelationRow.removed_by.is_(None),
                tuple_(RelationRow.label_id, RelationRow.source_id, RelationRow.target_id)
                == tuple_(label_id, source, target),
            )
        ).first()
        is not None
    )


def _chosen(
    action: Action, report_id: str, relation_ids: tuple[str, ...], seen: Mapping[str, int]
) -> tuple[OwnSet, list[Any]]:
    own = needed_set(action, report_id)
    rows = pick(action, RelationRow, RelationRow.relation_id, ROW, own, relation_ids)
    for row in rows:
        check_seen(action, row, seen.get(row.relation_id), action.stored.names[row.label_id])
    return own, rows


def _named(action: Action, rows: list[Any]) -> str:
    return counted([action.stored.names[row.label_id] for row in rows[:1]], len(rows))


def _labels(action: Action, own: OwnSet) -> dict[int, str]:
    rows = action.connection.execute(select(EntityRow.id, EntityRow.label_id).where(EntityRow.set_id == own.id))
    return {row.id: action.stored.names[row.label_id] for row in rows}


def retype(action: Action, change: Retype) -> Title:
    """Give relations another type."""
    own, rows = _chosen(action, change.report_id, change.relation_ids, change.seen)
    if change.type not in action.stored.relation_ids:
        check_relation(change.type, "", "", action.stored.schema)
    label_id = action.stored.relation_ids[change.type]

    def check_ends() -> None:
        labels = _labels(action, own)
        for row in rows:
            check_relation(change.type, labels[row.source_id], labels[row.target_id], action.stored.schema)

    for row in rows:
        if label_id != row.label_id and _known(action, own, label_id, row.source_id, row.target_id):
            raise Refused("These entities are related as {type} already. Nothing was changed.", type=change.type)
        _edit(action, row.id, {"label_id": label_id})
    action.check(check_ends)
    return "Change relation {what} to {type}", {"what": _named(action, rows), "type": change.type}


def reverse(action: Action, change: ReverseRelations) -> Title:
    """Swap source and target."""
    own, rows = _chosen(action, change.report_id, change.relation_ids, change.seen)
    labels = _labels(action, own)
    for row in rows:
        kind = action.stored.names[row.label_id]
        check_relation(kind, labels[row.target_id], labels[row.source_id], action.stored.schema)
        _edit(action, row.id, {"source_id": row.target_id, "target_id": row.source_id})
    return "Reverse relation {what}", {"what": _named(action, rows)}


def set_attributes(action: Action, change: SetRelationAttributes) -> Title:
    """Set or remove attributes."""
    _, rows = _chosen(action, change.report_id, change.relation_ids, change.seen)
    for row in rows:
        merged = {**(row.attributes or {}), **change.attributes}
        _edit(action, row.id, {"attributes": {name: value for name, value in merged.items() if value != ""} or None})
    return "Set {names} of {what}", {"names": ", ".join(change.attributes), "what": _named(action, rows)}


def set_note(action: Action, change: SetRelationNote) -> Title:
    """Set or remove the note."""
    _, rows = _chosen(action, change.report_id, change.relation_ids, change.seen)
    for row in rows:
        _edit(action, row.id, {"note": change.note or None})
    return "Note on {what}", {"what": _named(action, rows)}


def delete(action: Action, change: DeleteRelations) -> Title:
    """Delete relations."""
    own, rows = _chosen(action, change.report_id, change.relation_ids, change.seen)
    action.remove(RelationRow, [row.id for row in rows], own.id)
    return "Delete relation {what}", {"what": _named(action, rows)}


def _edit(action: Action, row_id: int, values: dict[str, Any]) -> None:
    if action.edit(RelationRow, row_id, values):
        action.touches.add("labels")
