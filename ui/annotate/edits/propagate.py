"""Labelling other occurrences of an entity's words, as one action."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.changes import AddEntities
from annotations.report import Entity, Origin, Report, Span, new_id
from annotations.schema import Schema
from ui.annotate.edits.proposals import proposed_in

_OF_THE_PLACE = frozenset({"status"})
"""Attributes that belong to one mention, not to what it names."""


def propagated(source: Entity, report: Report, span: Span, schema: Schema) -> Entity:
    """A copy of ``source`` at another place: same label and registry entry.

    Values that are read from text and report date are read anew there; others go along.
    """
    read = proposed_in(report, schema, source.label, *span)
    kind = schema.entities_by_name.get(source.label)
    normalised = any(attribute.kind for attribute in kind.attributes) if kind else False
    kept = {} if normalised else {name: value for name, value in source.attributes.items() if name not in _OF_THE_PLACE}
    return Entity(
        new_id(),
        source.label,
        *span,
        attributes={**kept, **read},
        entry=source.entry,
        origin=Origin.PROPAGATED,
        by=source.id,
    )


def propagate(source: Entity, hits: Iterable[tuple[Report, Span]], schema: Schema) -> AddEntities:
    """Label all these places as ``source`` is labelled."""
    entities: dict[str, list[Entity]] = {}
    for report, span in hits:
        entities.setdefault(report.id, []).append(propagated(source, report, span, schema))
    return AddEntities({report_id: tuple(made) for report_id, made in entities.items()})
