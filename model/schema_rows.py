"""The label schema as rows, and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from annotations.report import new_id
from annotations.schema import Attribute, EntityType, RelationType, Schema
from model.clock import now
from model.tables import ActionRow, LabelRow, SchemaRow
from model.unreadable import damage_told

ENTITY, RELATION = "entity", "relation"

# Asked with every change, so put together once.
_HEAD = select(SchemaRow.schema_id, SchemaRow.number)
_LABELS = (
    select(LabelRow.id, LabelRow.kind, LabelRow.name, LabelRow.definition)
    .where(LabelRow.removed_by.is_(None))
    .order_by(LabelRow.position, LabelRow.id)
)


@dataclass(frozen=True)
class StoredSchema:
    """A schema with the internal ids of its labels, both ways."""

    schema: Schema
    entity_ids: dict[str, int]
    relation_ids: dict[str, int]
    names: dict[int, str]


def definition_of(label: EntityType | RelationType) -> dict[str, Any]:
    """Everything of a label but its name, as JSON values."""
    values = asdict(label)
    del values["name"]
    return values


def _label(name: str, kind: str, definition: dict[str, Any]) -> EntityType | RelationType:
    values = dict(definition)
    values["attributes"] = tuple(
        Attribute(**{**attribute, "choices": tuple(attribute["choices"])}) for attribute in values["attributes"]
    )
    if kind == ENTITY:
        return EntityType(name=name, **values)
    values["sources"], values["targets"] = tuple(values["sources"]), tuple(values["targets"])
    return RelationType(name=name, **values)


def kind_of(label: EntityType | RelationType) -> str:
    """How the label's row is marked."""
    return ENTITY if isinstance(label, EntityType) else RELATION


@damage_told()
def read_schema(connection: Connection) -> StoredSchema:
    """The project's schema as it stands in this transaction."""
    head = connection.execute(_HEAD).one()
    rows = connection.execute(_LABELS).all()
    labels = [(row.id, row.kind, _label(row.name, row.kind, row.definition)) for row in rows]
    return StoredSchema(
        Schema(
            head.schema_id,
            tuple(label for _, _, label in labels if isinstance(label, EntityType)),
            tuple(label for _, _, label in labels if isinstance(label, RelationType)),
            head.number,
        ),
        {label.name: key for key, kind, label in labels if kind == ENTITY},
        {label.name: key for key, kind, label in labels if kind == RELATION},
        {key: label.name for key, _, label in labels},
    )


def write_new_schema(connection: Connection, schema: Schema) -> None:
    """Write the schema of a new project, as its first action."""
    action = connection.execute(
        insert(ActionRow).values(
            action_id=new_id(),
            at=now(),
            kind="do",
            title="Create the project",
            title_values={},
            state="done",
            payload={},
        )
    ).inserted_primary_key
    assert action is not None
    made = {"created_by": action[0], "touched_by": action[0]}
    connection.execute(insert(SchemaRow).values(schema_id=schema.id, number=schema.version, **made))
    labels: list[EntityType | RelationType] = [*schema.entity_types, *schema.relation_types]
    for position, label in enumerate(labels):
        connection.execute(
            insert(LabelRow).values(
                kind=kind_of(label), name=label.name, position=position, definition=definition_of(label), **made
            )
        )
