"""Entities: how changes to them become rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select

from annotations.changes.entity import (
    AddEntities,
    AddEntity,
    DeleteEntities,
    Relabel,
    SetEntityAttributes,
    SetEntityEntry,
    SetEntityNote,
    SetSpans,
)
from annotations.errors import Refused
from annotations.report import Entity, make_fragments
from annotations.rules import check_label, check_relation, check_spans
from model.apply.action import Action, OwnSet
from model.apply.rows import Title, check_seen, counted, cut, needed_set, pick
from model.tables import EntityRow, RelationRow, TextRow

ROW = (EntityRow.id, EntityRow.entity_id, EntityRow.label_id, EntityRow.start, EntityRow.end, EntityRow.attributes)


def entity_values(action: Action, entity: Entity, own: OwnSet) -> dict[str, Any]:
    """The row of a new entity; raises ``Refused`` for what the door refuses."""
    check_label(entity.label, action.stored.schema)
    check_spans(entity.spans, own.length)
    start, end, fragments = make_fragments(entity.spans)
    return {
        "set_id": own.id,
        "entity_id": entity.id,
        "label_id": action.stored.entity_ids[entity.label],
        "start": start,
        "end": end,
        "fragments": [list(span) for span in fragments] or None,
        "attributes": dict(entity.attributes) or None,
        "note": entity.note or None,
        "entry": entity.entry or None,
        "origin": entity.origin.value,
        "by": entity.by,
        "confidence": entity.confidence,
        "metadata": dict(entity.metadata) or None,
        "version": 1,
        "created_by": action.id,
        "touched_by": action.id,
    }


_COVERED = select(func.substr(TextRow.content, bindparam("first"), bindparam("length"))).where(
    TextRow.id == bindparam("text")
)


def add_entities(action: Action, report_id: str, entities: tuple[Entity, ...]) -> OwnSet:
    """Insert new entities into the acting annotator's set."""
    own = action.own_set(report_id)
    ids = [entity.id for entity in entities]
    known = select(EntityRow.entity_id).where(EntityRow.set_id == own.id, EntityRow.entity_id.in_(ids))
    taken = action.connection.execute(known).scalars().first()
    if taken is not None or len(set(ids)) < len(ids):
        raise Refused("An entity with the id {id} is already in this report. Nothing was changed.", id=taken or ids[0])
    action.connection.execute(insert(EntityRow), [entity_values(action, entity, own) for entity in entities])
    action.mark(action.created, EntityRow, own.id)
    action.added.extend(ids)
    return own


def add_entity(action: Action, change: AddEntity) -> Title:
    """Label one span."""
    own = add_entities(action, change.report_id, (change.entity,))
    text = surface(action, own, change.entity.start, change.entity.end)
    return "Label “{text}” as {label}", {"text": text, "label": change.entity.label}


def add_many(action: Action, change: AddEntities) -> Title:
    """Label many spans of one or several reports."""
    for report_id, entities in change.entities.items():
        if entities:
            add_entities(action, report_id, entities)
    first = next((entity for entities in change.entities.values() for entity in entities), None)
    label = first.label if first else ""
    return "Label {count} occurrences as {label}", {"count": len(action.added), "label": label}


def surface(action: Action, own: OwnSet, start: int, end: int) -> str:
    """The covered text, cut for a menu."""
    return cut(
        action.connection.execute(_COVERED, {"first": start + 1, "length": end - start, "text": own.text}).scalar_one()
    )


def chosen(
    action: Action, report_id: str, entity_ids: tuple[str, ...], seen: Mapping[str, int]
) -> tuple[OwnSet, list[Any]]:
    """The rows of the entities that are meant; raises ``Refused`` or ``Collision``."""
    own = needed_set(action, report_id)
    rows = pick(
        action, EntityRow, EntityRow.entity_id, (*ROW, EntityRow.version, EntityRow.touched_by), own, entity_ids
    )
    for row in rows:
        check_seen(action, row, seen.get(row.entity_id), surface(action, own, row.start, row.end))
    return own, rows


def _named(action: Action, own: OwnSet, rows: list[Any]) -> str:
    """How the Edit menu names the entities: the text of one, or their number."""
    return counted([surface(action, own, row.start, row.end) for row in rows[:1]], len(rows))


def relabel(action: Action, change: Relabel) -> Title:
    """Give entities another label, where their relations allow it."""
    check_label(change.label, action.stored.schema)
    own, rows = chosen(action, change.report_id, change.entity_ids, change.seen)
    label_id = action.stored.entity_ids[change.label]
    for row in rows:
        if action.edit(EntityRow, row.id, {"label_id": label_id}):
            action.touches.add("labels")
    action.check(lambda: check_relations(action, own, [row.id for row in rows]))
    return "Relabel {what} as {label}", {"what": _named(action, own, rows), "label": change.label}


def check_relations(action: Action, own: OwnSet, row_ids: list[int]) -> None:
    """Refuse labels that would leave a relation which the schema does not allow."""
    labels = {
        row.id: row.label_id
        for row in action.connection.execute(select(EntityRow.id, EntityRow.label_id).where(EntityRow.set_id == own.id))
    }
    touching = action.connection.execute(
        select(RelationRow.label_id, RelationRow.source_id, RelationRow.target_id).where(
            RelationRow.set_id == own.id,
            RelationRow.removed_by.is_(None),
            or_(RelationRow.source_id.in_(row_ids), RelationRow.target_id.in_(row_ids)),
        )
    )
    names = action.stored.names
    for kind, source, target in touching:
        check_relation(names[kind], names[labels[source]], names[labels[target]], action.stored.schema)


def set_spans(action: Action, change: SetSpans) -> Title:
    """Move boundaries; id, relations, attributes and note stay."""
    own, rows = chosen(action, change.report_id, tuple(change.spans), change.seen)
    title = _named(action, own, rows)
    for row in rows:
        spans = change.spans[row.entity_id]
        check_spans(spans, own.length)
        start, end, fragments = make_fragments(spans)
        values = {"start": start, "end": end, "fragments": [list(span) for span in fragments] or None}
        if action.edit(EntityRow, row.id, values):
            action.touches.add("labels")
    return "Change boundaries of {what}", {"what": title}


def set_attributes(action: Action, change: SetEntityAttributes) -> Title:
    """Set or remove attributes."""
    own, rows = chosen(action, change.report_id, change.entity_ids, change.seen)
    for row in rows:
        merged = {**(row.attributes or {}), **change.attributes}
        kept = {name: value for name, value in merged.items() if value != ""}
        if action.edit(EntityRow, row.id, {"attributes": kept or None}):
            action.touches.add("labels")
    names = ", ".join(change.attributes)
    return "Set {names} of {what}", {"names": names, "what": _named(action, own, rows)}


def set_note(action: Action, change: SetEntityNote) -> Title:
    """Set or remove the note."""
    return _set_column(action, change, "note", change.note, "Note on {what}")


def set_entry(action: Action, change: SetEntityEntry) -> Title:
    """Link to a registry entry, or remove the link."""
    return _set_column(action, change, "entry", change.entry, "Link {what} to the registry")


def _set_column(action: Action, change: SetEntityNote | SetEntityEntry, column: str, value: str, title: str) -> Title:
    own, rows = chosen(action, change.report_id, change.entity_ids, change.seen)
    for row in rows:
        if action.edit(EntityRow, row.id, {column: value or None}):
            action.touches.add("labels")
    return title, {"what": _named(action, own, rows)}


def delete_entities(action: Action, change: DeleteEntities) -> Title:
    """Delete entities and the relations that end in them."""
    own, rows = chosen(action, change.report_id, change.entity_ids, change.seen)
    title = _named(action, own, rows)
    ids = [row.id for row in rows]
    hanging: list[int] = []
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        ends = or_(RelationRow.source_id.in_(some), RelationRow.target_id.in_(some))
        statement = select(RelationRow.id).where(RelationRow.set_id == own.id, RelationRow.removed_by.is_(None), ends)
        hanging.extend(action.connection.execute(statement).scalars())
    action.remove(RelationRow, sorted(set(hanging)), own.id)
    action.remove(EntityRow, ids, own.id)
    return "Delete {what}", {"what": title}
