"""The label schema: entity types, relation types and the pairs they join."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotations.errors import Refused

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ANY = "*"
"""In a relation type's sources or targets: every label."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An optional attribute of a label; its values are strings, several joined by ``;``.

    ``choices`` are the usual values, offered but not forced. ``kind`` names a
    normalisation (``edtf``, ``resolution``) that proposes a value, or is empty.
    """

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class EntityType:
    """A label for spans. ``names`` maps a language (``vi``, ``en``) to the shown name;
    ``key`` is the digit that labels a selection, or empty; ``colour`` is ``#rrggbb``."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    colour: str = "#888888"
    description: str = ""
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationType:
    """A typed pair *source → target*; ``same_label`` asks for two ends of one label."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = (ANY,)
    targets: tuple[str, ...] = (ANY,)
    same_label: bool = False
    key: str = ""
    colour: str = "#888888"
    description: str = ""
    attributes: tuple[Attribute, ...] = ()

    def joins(self, source_label: str, target_label: str) -> bool:
        """Whether the schema allows this type between entities of these labels."""
        if self.same_label and source_label != target_label:
            return False
        return (ANY in self.sources or source_label in self.sources) and (
            ANY in self.targets or target_label in self.targets
        )


@dataclass(frozen=True)
class Schema:
    """What may be labelled. ``version`` is stamped on annotation sets and exports."""

    id: str
    entity_types: tuple[EntityType, ...] = ()
    relation_types: tuple[RelationType, ...] = ()
    version: int = 1

    @cached_property
    def entities_by_name(self) -> Mapping[str, EntityType]:
        """Entity types by label."""
        return {entity_type.name: entity_type for entity_type in self.entity_types}

    @cached_property
    def relations_by_name(self) -> Mapping[str, RelationType]:
        """Relation types by name."""
        return {relation_type.name: relation_type for relation_type in self.relation_types}

    def relations_between(self, source_label: str, target_label: str) -> tuple[RelationType, ...]:
        """The relation types allowed from one label to another, in schema order."""
        return tuple(kind for kind in self.relation_types if kind.joins(source_label, target_label))


def shown_name(label: EntityType | RelationType | Attribute, language: str) -> str:
    """The label's name in ``language``, else English, else its own name."""
    return label.names.get(language) or label.names.get("en") or label.name


def check_schema(schema: Schema) -> None:
    """Raise ``Refused`` unless the schema makes sense.

    Names are not empty and hold no white space, no name or key stands twice among the entity types (nor a
    name among the relation types), colours are ``#rrggbb``, relations join labels that exist.
    """
    labels = {entity_type.name for entity_type in schema.entity_types}
    for kinds in (schema.entity_types, schema.relation_types):
        _check_unique(
            [kind.name for kind in kinds], "The label {value} stands twice in the schema. Nothing was changed."
        )
        for kind in kinds:
            if not kind.name or any(letter.isspace() for letter in kind.name):
                raise Refused(
                    "“{label}” cannot be a label: a label is one word without spaces. Nothing was changed.",
                    label=kind.name,
                )
            if not _COLOUR.fullmatch(kind.colour):
                raise Refused(
                    "{colour} of the label {label} is not a colour like #0072b2. Nothing was changed.",
                    colour=kind.colour,
                    label=kind.name,
                )
    keys = [kind.key for kind in schema.entity_types if kind.key]
    _check_unique(keys, "The key {value} is given to two labels. Nothing was changed; give one of them another key.")
    for relation in schema.relation_types:
        for end in (*relation.sources, *relation.targets):
            if end != ANY and end not in labels:
                raise Refused(
                    "The relation {relation} joins {label}, which the schema lacks. Nothing was changed.",
                    relation=relation.name,
                    label=end,
                )


def _check_unique(values: list[str], sentence: str) -> None:
    doubled = [value for value, count in Counter(values).items() if count > 1]
    if doubled:
        raise Refused(sentence, value=doubled[0])
