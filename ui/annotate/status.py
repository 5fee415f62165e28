"""The status line's words: what is selected, and what the next key does."""

from __future__ import annotations

from ui.annotate.relation_mode import RelationMode
from ui.annotate.walk import Walker
from ui.annotate.workplace import Workplace, short
from ui.words import tr


def selection_words(place: Workplace) -> str:
    """What is selected: offsets, text and label; empty when nothing is."""
    sheet, view = place.sheet, place.view
    if sheet is None:
        return ""
    selected = sheet.chosen(view.selected_entities())
    if len(selected) == 1:
        entity = selected[0]
        return tr(
            "{start}–{end} “{text}” {label}",
            start=entity.start,
            end=entity.end,
            text=short(entity.surface(sheet.text)),
            label=place.label_name(entity.label),
        )
    if selected:
        return tr("{count} entities selected", count=len(selected))
    spans = view.selections()
    if not spans:
        return ""
    text = short(" … ".join(sheet.text[start:end] for start, end in spans))
    return tr("{start}–{end} “{text}”", start=spans[0][0], end=spans[-1][1], text=text)


def status_words(place: Workplace, mode: RelationMode, walker: Walker, others: int) -> str:
    """The whole line. ``others``: unlabelled places with the same words as the selected entity."""
    if place.sheet is None:
        return ""
    if mode.active:
        return mode.words()
    parts = [selection_words(place), walker.point_words()]
    if others:
        parts.append(tr("{count} more like this — Ctrl+Shift+A", count=others))
    parts.append(walker.words())
    return " · ".join(part for part in parts if part)
