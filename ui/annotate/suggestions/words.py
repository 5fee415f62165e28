"""Suggestions in words: who made one, how sure it is, what a relation joins."""

from __future__ import annotations

from annotations.report import Entity, Relation
from ui.annotate.suggestions.offered import Item, Offered
from ui.annotate.view.names import made_by, source_name
from ui.annotate.workplace import Workplace, name_of, short
from ui.words import tr

__all__ = ["ends_words", "item_words", "kind_words", "made_by", "source_name", "type_name"]


def kind_words(place: Workplace, item: Item) -> str:
    """``Official · rules 0.93``."""
    return f"{type_name(place, item)} · {made_by(item)}"


def type_name(place: Workplace, item: Item) -> str:
    """The name of a suggestion's label or relation type in the interface language."""
    if isinstance(item, Entity):
        return place.label_name(item.label)
    kind = place.desk.schema.relations_by_name.get(item.type)
    return name_of(kind) if kind else item.type


def ends_words(offered: Offered, relation: Relation, text: str, longest: int = 28) -> str:
    """``Lê Thị Thủy → Bí thư Tỉnh ủy``."""
    source, target = offered.ends[relation.source], offered.ends[relation.target]
    return f"{short(source.surface(text), longest)} → {short(target.surface(text), longest)}"


def item_words(place: Workplace, offered: Offered, item: Item) -> str:
    """For the status line: where, what, of which kind, by whom; values too, since they are confirmed along."""
    sheet = place.sheet
    if sheet is None:
        return ""
    if isinstance(item, Relation):
        return f"{ends_words(offered, item, sheet.text)} · {kind_words(place, item)}"
    said = tr(
        "{start}–{end} “{text}” {label}",
        start=item.start,
        end=item.end,
        text=short(item.surface(sheet.text)),
        label=kind_words(place, item),
    )
    values = [item.attributes[name] for name in ("value", "norm", "canonical") if item.attributes.get(name)]
    return f"{said} · {short(values[0])}" if values and values[0] != item.surface(sheet.text) else said
