"""What can be done to the label schema. Labels in use cannot be deleted; renaming takes them along."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.schema import EntityType, RelationType, Schema


@dataclass(frozen=True, slots=True)
class AddLabel:
    """Add an entity type or a relation type at the end of the schema."""

    label: EntityType | RelationType


@dataclass(frozen=True, slots=True)
class EditLabel:
    """Replace the definition of the label of the same name: names, key, colour, pairs, attributes."""

    label: EntityType | RelationType


@dataclass(frozen=True, slots=True)
class RenameLabel:
    """Rename an entity type or relation type; its labels in all reports are renamed with it."""

    name: str
    new_name: str
    relation: bool = False


@dataclass(frozen=True, slots=True)
class DeleteLabel:
    """Delete an entity type or relation type that no label uses."""

    name: str
    relation: bool = False


@dataclass(frozen=True, slots=True)
class ReplaceSchema:
    """Take another schema; refused when it lacks a label that is in use."""

    schema: Schema
