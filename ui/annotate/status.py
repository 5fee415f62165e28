"""The status line's words: what is selected, and what the next key does."""

from __future__ import annotations

from annotations.report import Entity
from ui.annotate.edits.sheet import Sheet
from ui.annotate.relation_mode import RelationMode
from ui.annotate.suggestions.words import item_words
from ui.annotate.walk import Walker
from ui.annotate.workplace import Workplace, short
from ui.words import tr

_RELATIONS = 3
"""So many relations are said; the others are counted."""


def selection_words(place: Workplace) -> str:
    """What is selected: offsets, text and label; or the entity at the caret; empty when there is nothing."""
    sheet, view = place.sheet, place.view
    if sheet is None:
        return ""
    if view.selected_relation():
        return view.relation_words(view.selected_relation())
    selected = sheet.chosen(view.selected_entities())
    if len(selected) == 1:
        alone = [tr("its edges move alone")] if view.edge_alone() else []
        return " · ".join([_entity(place, sheet, selected[0]), *alone])
    if selected:
        return tr("{count} entities selected", count=len(selected))
    spans = view.selections()
    if spans:
        text = short(" … ".join(sheet.text[start:end] for start, end in spans))
        return tr("{start}–{end} “{text}”", start=spans[0][0], end=spans[-1][1], text=text)
    stack = [one for one in view.stack() if one.id in sheet.entities]
    return tr("caret in {entity}", entity=_entity(place, sheet, stack[0])) if stack else ""


def hover_words(place: Workplace, entity_id: str) -> str:
    """The entity below the mouse, with its relations; empty when there is none."""
    sheet = place.sheet
    suggesting = place.suggesting
    if sheet is not None and suggesting is not None and entity_id in suggesting.offered.entities:
        return item_words(place, suggesting.offered, suggesting.offered.entities[entity_id])
    if sheet is None or entity_id not in sheet.entities:
        return ""
    relations = place.view.relations_in_words(entity_id)
    more = [tr("and {count} more", count=len(relations) - _RELATIONS)] if len(relations) > _RELATIONS else []
    return " · ".join([_entity(place, sheet, sheet.entities[entity_id]), *relations[:_RELATIONS], *more])


def _entity(place: Workplace, sheet: Sheet, entity: Entity) -> str:
    return tr(
        "{start}–{end} “{text}” {label}",
        start=entity.start,
        end=entity.end,
        text=short(entity.surface(sheet.text)),
        label=place.label_name(entity.label),
    )


def status_words(place: Workplace, mode: RelationMode, walker: Walker, others: int, hovered: str = "") -> str:
    """The whole line. ``others``: unlabelled places with the same words as the selected entity; ``hovered``: an entity."""
    if place.sheet is None:
        return ""
    if mode.active:
        return mode.words()
    said = hover_words(place, hovered)
    if said:
        return said
    suggested = place.suggesting.words() if place.suggesting else ""
    parts = [suggested or selection_words(place), walker.point_words()]
    if others:
        parts.append(tr("{count} more like this — Ctrl+Shift+A", count=others))
    parts.append(walker.words())
    return " · ".join(part for part in parts if part)
