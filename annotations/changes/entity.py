"""What can be done to entities of the acting annotator's set on one report.

``seen`` maps an entity id to the version the person was looking at; an entity
that has another version by now is not overwritten (``Collision``). An id that
is missing in ``seen`` is changed whatever its version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.report import Entity, Span


@dataclass(frozen=True, slots=True)
class AddEntity:
    """Label a span. ``entity`` carries its own new id."""

    report_id: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class AddEntities:
    """Label many spans, in one or several reports, as one action.

    ``entities`` maps a report id to the entities to add there.
    """

    entities: Mapping[str, tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Relabel:
    """Give entities another label; attributes the new label lacks are kept."""

    report_id: str
    entity_ids: tuple[str, ...]
    label: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetSpans:
    """Give entities other boundaries: entity id → its spans (one, or the fragments)."""

    report_id: str
    spans: Mapping[str, tuple[Span, ...]]
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetEntityAttributes:
    """Set attributes of entities; an empty value removes the attribute, unnamed ones stay."""

    report_id: str
    entity_ids: tuple[str, ...]
    attributes: Mapping[str, str]
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetEntityNote:
    """Set the note of entities; empty removes it."""

    report_id: str
    entity_ids: tuple[str, ...]
    note: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetEntityEntry:
    """Link entities to a registry entry; empty removes the link."""

    report_id: str
    entity_ids: tuple[str, ...]
    entry: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeleteEntities:
    """Delete entities and the relations that end in them."""

    report_id: str
    entity_ids: tuple[str, ...]
    seen: Mapping[str, int] = field(default_factory=dict)
