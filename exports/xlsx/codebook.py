"""Rows of the sheet Codebook: the schema, types first, so that their names stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.schema import Attribute, EntityType, RelationType, Schema
from exports.xlsx.rows import YES
from exports.xlsx.sheet import Cell, Coloured
from exports.xlsx.styles import Styles

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def codebook_rows(schema: Schema, styles: Styles) -> Iterator[list[Cell]]:
    """Entity types, relation types, then the attributes of each."""
    for kind in schema.entity_types:
        yield _type_row("entity type", kind, styles)
    for relation in schema.relation_types:
        yield _type_row("relation type", relation, styles)
    owners: tuple[EntityType | RelationType, ...] = (*schema.entity_types, *schema.relation_types)
    for owner in owners:
        for attribute in owner.attributes:
            yield _attribute_row(owner.name, attribute)


def name_ranges(schema: Schema) -> tuple[str, str]:
    """The cells that hold the names of entity types and of relation types; empty without any."""
    first = 2
    middle = first + len(schema.entity_types)
    last = middle + len(schema.relation_types)
    return _names(first, middle), _names(middle, last)


def _names(first: int, after: int) -> str:
    return f"Codebook!$B${first}:$B${after - 1}" if after > first else ""


def _type_row(kind: str, entry: EntityType | RelationType, styles: Styles) -> list[Cell]:
    joins = entry if isinstance(entry, RelationType) else None
    return [
        kind,
        entry.name,
        "",
        entry.names.get("vi", ""),
        entry.names.get("en", ""),
        entry.key,
        Coloured(entry.colour, styles.colour(entry.colour)) if _COLOUR.fullmatch(entry.colour) else entry.colour,
        ", ".join(joins.sources) if joins else "",
        ", ".join(joins.targets) if joins else "",
        YES if joins and joins.same_label else "",
        "",
        "",
        entry.description,
    ]


def _attribute_row(owner: str, attribute: Attribute) -> list[Cell]:
    names = attribute.names
    choices = ", ".join(attribute.choices)
    return [
        "attribute",
        attribute.name,
        owner,
        names.get("vi", ""),
        names.get("en", ""),
        *("", "", "", "", ""),
        choices,
        attribute.kind,
        "",
    ]
