"""Labels that an import adds to the schema: hidden like everything else of it until it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from annotations.errors import Refused
from annotations.schema import EntityType, RelationType, Schema, check_schema
from model.apply.action import Action
from model.schema_rows import ENTITY, StoredSchema, definition_of, kind_of, read_schema
from model.tables import EntityRow, LabelRow, RelationRow, SchemaRow

Label = EntityType | RelationType


def insert_hidden(connection: Connection, action: int, stored: StoredSchema, label: Label) -> StoredSchema:
    """Add a label that nobody sees yet, as a tombstone of ``action``; the schema with it. Raises ``Refused`` for a bad one."""
    schema = _with(stored.schema, label)
    check_schema(schema)
    last = connection.execute(select(func.max(LabelRow.position))).scalar() or 0
    made = connection.execute(
        insert(LabelRow).values(
            kind=kind_of(label),
            name=label.name,
            position=last + 1,
            definition=definition_of(label),
            created_by=action,
            touched_by=action,
            removed_by=action,
        )
    ).inserted_primary_key
    assert made is not None
    is_entity = kind_of(label) == ENTITY
    return StoredSchema(
        schema,
        {**stored.entity_ids, label.name: made[0]} if is_entity else stored.entity_ids,
        stored.relation_ids if is_entity else {**stored.relation_ids, label.name: made[0]},
        {**stored.names, made[0]: label.name},
    )


def show(connection: Connection, action: int) -> tuple[Sequence[str], list[list[Any]]]:
    """Let the labels that the import used be seen, and drop the others: their names, and the edits for its history entry.

    Raises ``Refused`` when somebody added one of that name meanwhile.
    """
    mine = LabelRow.created_by == action
    used = [exists().where(row.label_id == LabelRow.id) for row in (EntityRow, RelationRow)]
    connection.execute(delete(LabelRow).where(mine, ~used[0], ~used[1]))
    names = list(connection.execute(select(LabelRow.name).where(mine).order_by(LabelRow.position)).scalars())
    if not names:
        return (), []
    before = read_schema(connection)
    connection.execute(update(LabelRow).where(mine).values(removed_by=None))
    try:
        check_schema(read_schema(connection).schema)
    except Refused as error:
        raise Refused(
            "Somebody changed the label schema while the import ran. Nothing was changed; import again."
        ) from error
    head = connection.execute(select(SchemaRow.id)).scalar_one()
    entry = Action(connection, 0, action, before)  # only to edit one row as actions do
    entry.edit(SchemaRow, head, {"number": before.schema.version + 1})
    return names, entry.edits


def _with(schema: Schema, label: Label) -> Schema:
    if isinstance(label, EntityType):
        return replace(schema, entity_types=(*schema.entity_types, label))
    return replace(schema, relation_types=(*schema.relation_types, label))
