"""The values every room speaks: reports, entities, relations, annotation sets.

Offsets are Unicode code points into the report's stored text, half-open:
``text[start:end]`` is the surface form.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Span = tuple[int, int]
"""Half-open pair of offsets ``(start, end)`` in code points."""


class Origin(StrEnum):
    """How a label came to be."""

    MANUAL = "manual"
    SUGGESTED = "suggested"
    PROPAGATED = "propagated"
    IMPORTED = "imported"
    ADJUDICATED = "adjudicated"


class Status(StrEnum):
    """How far an annotation set is."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    DONE = "done"


def new_id() -> str:
    """A random id for an entity, a relation or a report: 16 hexadecimal digits."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Entity:
    """One labelled span of an annotation set (a mention).

    ``start`` and ``end`` are the hull. ``fragments`` is empty for a continuous
    entity, else its two or more spans in text order, apart from each other.
    ``by`` and ``confidence`` (0..1) say what suggested it and how sure it was.
    ``version`` grows with every edit; a change made against an older version collides.
    ``metadata`` holds keys of an imported record that we do not know.
    """

    id: str
    label: str
    start: int
    end: int
    fragments: tuple[Span, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    entry: str | None = None
    origin: Origin = Origin.MANUAL
    by: str | None = None
    confidence: float | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    version: int = field(default=1, compare=False)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The fragments, or the one span of a continuous entity."""
        return self.fragments or ((self.start, self.end),)

    def surface(self, text: str) -> str:
        """The covered text; fragments are joined by one space."""
        return " ".join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed, directed pair of entities of the same annotation set; ends are entity ids."""

    id: str
    type: str
    source: str
    target: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    origin: Origin = Origin.MANUAL
    by: str | None = None
    confidence: float | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    version: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """One news text. ``date`` is EDTF without zone (``2021-04-29``, ``2020-10``) or empty.

    ``metadata`` holds what else is known of it (``source_path``, unknown keys of an imported record).
    """

    id: str
    name: str
    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    locality: str = ""
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """All entities and relations of one annotator, or of the review, on one report.

    ``annotator`` is the annotator's name; None exactly when ``adjudicated``.
    Entities are ordered by start, then longer first, then id; relations by source, then target, then id.
    """

    annotator: str | None
    status: Status = Status.IN_PROGRESS
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    adjudicated: bool = False


def entity_order(entity: Entity) -> tuple[int, int, str]:
    """Sort key of entities in an annotation set: outer before inner."""
    return (entity.start, -entity.end, entity.id)


def make_fragments(spans: tuple[Span, ...]) -> tuple[int, int, tuple[Span, ...]]:
    """Hull and fragments of ``spans``: sorted, overlapping or touching ones joined.

    Returns ``(start, end, fragments)`` with ``fragments`` empty when one span is left.
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined[0][0], joined[-1][1], tuple(joined) if len(joined) > 1 else ()
