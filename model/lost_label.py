"""What a label was whose row is gone: its name may still stand elsewhere."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.schema import ANY, EntityType, RelationType, Schema
from model.schema_rows import ENTITY, kind_of, read_schema


def lost_label(connection: Connection, kind: str, row: int) -> EntityType | RelationType:
    """The label that had this row key, as far as it can be told, else one named ``LOST_<row>``.

    Projects number their labels in the order of the schema that they began with; relation types name
    the entity types that they join.
    """
    stored = read_schema(connection)
    known = stored.entity_ids if kind == ENTITY else stored.relation_ids
    at_first: list[EntityType | RelationType] = [*DEFAULT_SCHEMA.entity_types, *DEFAULT_SCHEMA.relation_types]
    first = at_first[row - 1] if row <= len(at_first) else None
    like = first if first and kind_of(first) == kind and stored.schema.id == DEFAULT_SCHEMA.id else None
    named = _named_only(stored.schema) if kind == ENTITY else set()
    if len(named) == 1:
        name = named.pop()
        return replace(like, name=name) if like else EntityType(name)
    if like and like.name not in known:
        return like
    return (EntityType if kind == ENTITY else RelationType)(f"LOST_{row}")


def _named_only(schema: Schema) -> set[str]:
    """Entity types that relation types name and the schema lacks."""
    ends = {end for relation in schema.relation_types for end in (*relation.sources, *relation.targets)}
    return ends - {ANY} - set(schema.entities_by_name)
