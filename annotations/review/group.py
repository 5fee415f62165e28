"""Labels of several annotators that are one mention or one relation: unanimous, or a conflict."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotations.report import Entity, Relation


class Kind(StrEnum):
    """How a group's labels differ; in the order in which a conflict is named after one of them."""

    MISSING = "missing"
    LABEL = "label"
    BOUNDARY = "boundary"
    RELATION_MISSING = "relation_missing"
    DIRECTION = "direction"
    RELATION_TYPE = "relation_type"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """Entities of one report that are one mention: at most one of each annotator.

    ``annotators`` are all who finished the report, in order of name, also those without a member here; one who has no
    finished set on the report is not among them. ``members`` is in the same order. ``kinds`` is empty when the group
    is unanimous. ``differing`` names the attributes on which members differ (``ENTRY`` for the registry entry).
    ``id`` depends on the report and on the members' ids, extents and labels, not on names or on order.
    """

    id: str
    report_id: str
    annotators: tuple[str, ...]
    members: Mapping[str, Entity]
    kinds: tuple[Kind, ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def unanimous(self) -> bool:
        """Whether every annotator has the same extent, label and attributes."""
        return not self.kinds

    @property
    def start(self) -> int:
        """Where the first member starts, in code points."""
        return min(entity.start for entity in self.members.values())

    @property
    def end(self) -> int:
        """Where the last member ends, in code points."""
        return max(entity.end for entity in self.members.values())


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """Relations of one report between the same two adjudicated entities: at most one of each annotator.

    ``ends`` are the ids of the adjudicated entities at source and target of each member. The rest is as in
    :class:`EntityGroup`.
    """

    id: str
    report_id: str
    annotators: tuple[str, ...]
    members: Mapping[str, Relation]
    ends: Mapping[str, tuple[str, str]]
    kinds: tuple[Kind, ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def unanimous(self) -> bool:
        """Whether every annotator has the same relation with the same attributes."""
        return not self.kinds


Group = EntityGroup | RelationGroup

ENTRY = "#entry"
"""Stands for the registry entry among the names of attributes; no attribute's name has a ``#``."""


def digest(*parts: object) -> str:
    """A short hash of values: 16 hexadecimal digits."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def content(label: Entity | Relation) -> str:
    """A hash of all that a decision about the label rests on; notes and origin are no part of it."""
    attributes = sorted(label.attributes.items())
    if isinstance(label, Entity):
        return digest("entity", label.id, label.label, label.spans, attributes, label.entry)
    return digest("relation", label.id, label.type, label.source, label.target, attributes)
