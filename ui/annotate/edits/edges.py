"""Moving an edge of an entity, together with the nested entities that share it. Offsets are code points."""

from __future__ import annotations

from annotations.changes import Change
from annotations.offsets import trim
from annotations.report import Entity, Span
from ui.annotate.edits.labelling import move_spans
from ui.annotate.edits.sheet import Sheet


def with_edges(entity: Entity, start: int, end: int) -> tuple[Span, ...] | None:
    """The entity's spans with its outer edges moved; None when its first or last fragment would be empty."""
    spans = list(entity.spans)
    spans[0] = (start, spans[0][1] if len(spans) > 1 else end)
    if len(spans) > 1:
        spans[-1] = (spans[-1][0], end)
    if any(first >= last for first, last in spans):
        return None
    return tuple(spans)


def move_edge(sheet: Sheet, entity_id: str, start: int, end: int, alone: bool = False) -> Change | None:
    """Move an entity's edges to ``start`` and ``end``; entities that share a moved edge go along unless ``alone``.

    Edges are made tight (no outer white space) and stay inside the text. One that would
    leave an entity empty is not moved: None when that is the entity itself, else the other one stays behind.
    """
    entity = sheet.entities.get(entity_id)
    if entity is None:
        return None
    start, end = trim(sheet.text, max(0, start), min(len(sheet.text), end))
    own = with_edges(entity, start, end) if start < end else None
    if own is None:
        return None
    spans = {entity.id: own}
    for other in () if alone else sheet.labels.entities:
        if other.id == entity.id:
            continue
        left = start if other.start == entity.start else other.start
        right = end if other.end == entity.end else other.end
        moved = with_edges(other, left, right)
        if moved is not None and moved != other.spans:
            spans[other.id] = moved
    return move_spans(sheet, spans)
