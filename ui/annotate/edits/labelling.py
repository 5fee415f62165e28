"""Labelling a selection, and giving entities another label or other boundaries."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.changes import AddEntity, Change, DeleteEntities, Relabel, SetEntityAttributes, SetSpans
from annotations.offsets import overlaps, trim
from annotations.report import Entity, Span, make_fragments, new_id
from ui.annotate.edits.proposals import proposed, refreshed
from ui.annotate.edits.sheet import Sheet, seen, together


def tidy(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without outer white space, in order and apart; empty ones are left out."""
    inside = (trim(text, max(0, start), min(len(text), end)) for start, end in spans)
    kept = tuple(span for span in inside if span[0] < span[1])
    if not kept:
        return ()
    start, end, fragments = make_fragments(kept)
    return fragments or ((start, end),)


def label_selection(sheet: Sheet, spans: Iterable[Span], label: str) -> Change | None:
    """Label the selected spans (several are one discontinuous entity); None when that is so already.

    An entity of the same label that the selection overlaps is re-extended to it: id,
    relations, attributes and note stay. Of several it is the one with the largest overlap.
    """
    wanted = tidy(sheet.text, spans)
    if not wanted:
        return None
    first, last = wanted[0][0], wanted[-1][1]
    near = (one for one in sheet.labels.entities if one.start < last and first < one.end and one.label == label)
    own = [entity for entity in near if _shared(entity.spans, wanted)]
    if any(entity.spans == wanted for entity in own):
        return None
    if own:
        return set_spans(sheet, max(own, key=lambda entity: _shared(entity.spans, wanted)), wanted)
    start, end, fragments = make_fragments(wanted)
    attributes = proposed(sheet, label, start, end)
    return AddEntity(sheet.report.id, Entity(new_id(), label, start, end, fragments, attributes))


def set_spans(sheet: Sheet, entity: Entity, spans: tuple[Span, ...]) -> Change | None:
    """Give one entity other boundaries, and the value that they propose where its value was a proposal."""
    return move_spans(sheet, {entity.id: spans})


def move_spans(sheet: Sheet, spans: dict[str, tuple[Span, ...]]) -> Change | None:
    """Give entities other boundaries, and the values that they propose where the values were proposals."""
    moved = {one.id: one for one in sheet.chosen(spans) if one.spans != spans[one.id]}
    if not moved:
        return None
    wanted = {one: spans[one] for one in moved}
    changes: list[Change] = [SetSpans(sheet.report.id, wanted, seen(moved.values()))]
    for entity in moved.values():
        start, end = spans[entity.id][0][0], spans[entity.id][-1][1]
        changes.extend(_refresh(sheet, entity, entity.label, start, end))
    return together(changes)


def relabel(sheet: Sheet, entity_ids: Iterable[str], label: str) -> Change | None:
    """Give entities another label; those that have it, or would double one, are left out."""
    taken = {entity.spans for entity in sheet.labels.entities if entity.label == label}
    changed: list[Entity] = []
    for entity in sheet.chosen(entity_ids):
        if entity.spans not in taken:
            taken.add(entity.spans)
            changed.append(entity)
    if not changed:
        return None
    changes: list[Change] = [Relabel(sheet.report.id, tuple(one.id for one in changed), label, seen(changed))]
    for entity in changed:
        changes.extend(_refresh(sheet, entity, label, entity.start, entity.end))
    return together(changes)


def delete_entities(sheet: Sheet, entity_ids: Iterable[str]) -> Change | None:
    """Delete entities with the relations that end in them."""
    chosen = sheet.chosen(entity_ids)
    if not chosen:
        return None
    return DeleteEntities(sheet.report.id, tuple(entity.id for entity in chosen), seen(chosen))


def _refresh(sheet: Sheet, entity: Entity, label: str, start: int, end: int) -> list[Change]:
    values = refreshed(sheet, entity, label, start, end)
    return [SetEntityAttributes(sheet.report.id, (entity.id,), values)] if values else []


def _shared(first: tuple[Span, ...], second: tuple[Span, ...]) -> int:
    """How many characters two lists of spans share."""
    return sum(
        min(one[1], other[1]) - max(one[0], other[0]) for one in first for other in second if overlaps(one, other)
    )
