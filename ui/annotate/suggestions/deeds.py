"""What can be done with suggestions, as changes: each is one action that is undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from annotations.changes import AddEntities, AddRelations, Change, Relabel, SetFacts, Together
from annotations.facts import Fact, Kind
from annotations.report import Entity, Origin, Relation, Span, make_fragments, new_id
from ui.annotate.edits.labelling import tidy
from ui.annotate.edits.proposals import proposed_in
from ui.annotate.edits.sheet import Sheet, seen
from ui.annotate.suggestions.offered import Item, Offered


@dataclass(frozen=True, slots=True)
class Deed:
    """A change, and the ids of the labels that the suggestions become, by the suggestions' ids."""

    change: Change | None
    became: Mapping[str, str]


def confirm(sheet: Sheet, offered: Offered, ids: Iterable[str]) -> Deed:
    """Label what these suggestions say; a relation takes its ends along that nobody has confirmed yet."""
    items = [item for one in dict.fromkeys(ids) if (item := offered.item(one)) is not None]
    return _made(sheet, offered, _with_ends(offered, items), [one for one in items if isinstance(one, Relation)])


def relabel(sheet: Sheet, offered: Offered, ids: Iterable[str], label: str) -> Deed:
    """Confirm the entities with another label, and give it to those among ``ids`` that are labels already."""
    wanted = tuple(dict.fromkeys(ids))
    changed = [_as(sheet, offered.entities[one], label) for one in wanted if one in offered.entities]
    deed = _made(sheet, offered, changed, [])
    labels = [one for one in sheet.chosen(wanted) if one.label != label]
    if not labels or deed.change is None:
        return deed
    also = Relabel(sheet.report.id, tuple(one.id for one in labels), label, seen(labels))
    return Deed(Together((deed.change, also)), deed.became)


def move(sheet: Sheet, offered: Offered, entity_id: str, start: int, end: int) -> Deed:
    """Confirm an entity with other boundaries; nothing when these hold no text."""
    entity, spans = offered.entities.get(entity_id), tidy(sheet.text, [(start, end)])
    if entity is None or not spans:
        return Deed(None, {})
    return _made(sheet, offered, [_at(sheet, entity, spans)], [])


def relate(sheet: Sheet, offered: Offered, source: str, target: str, kind: str) -> Deed:
    """Relate two entities, each a label or a suggestion, which is then confirmed."""
    relation = Relation(new_id(), kind, source, target)
    ends = [offered.entities[one] for one in (source, target) if one in offered.entities]
    return _made(sheet, offered, ends, [], (relation,))


def reject(sheet: Sheet, offered: Offered, ids: Iterable[str]) -> tuple[Change | None, frozenset[str]]:
    """Refuse suggestions for this report and annotator for good; the keys of what is refused."""
    items = [item for one in dict.fromkeys(ids) if (item := offered.item(one)) is not None]
    named = {key: item for item in items if (key := offered.key(item))}
    if not named:
        return None, frozenset()
    who = sheet.labels.annotator or ""
    facts = tuple(
        Fact(Kind.REJECTION, key, {"by": item.by, "confidence": item.confidence}, sheet.report.id, who)
        for key, item in named.items()
    )
    if len(items) > 1:
        return SetFacts(facts, "Reject {count} suggestions", {"count": len(items)}), frozenset(named)
    return SetFacts(facts, "Reject the suggestion “{text}”", {"text": _words(sheet, offered, items[0])}), frozenset(
        named
    )


# own


def _with_ends(offered: Offered, items: Iterable[Item]) -> list[Entity]:
    wanted: dict[str, Entity] = {}
    for item in items:
        for one in (item.id,) if isinstance(item, Entity) else (item.source, item.target):
            if one in offered.entities:
                wanted[one] = offered.entities[one]
    return list(wanted.values())


def _made(
    sheet: Sheet, offered: Offered, entities: list[Entity], relations: list[Relation], own: tuple[Relation, ...] = ()
) -> Deed:
    became = {one.id: new_id() for one in entities}
    labels = tuple(replace(one, id=became[one.id], origin=Origin.SUGGESTED, version=1) for one in entities)
    joined = tuple(
        replace(
            one,
            id=new_id(),
            source=became.get(one.source, one.source),
            target=became.get(one.target, one.target),
        )
        for one in (*relations, *own)
    )
    changes: list[Change] = []
    if labels:
        changes.append(AddEntities({sheet.report.id: labels}))
    if joined:
        changes.append(AddRelations(sheet.report.id, joined))
    if not changes:
        return Deed(None, became)
    count = len(entities) + len(relations)
    if count == 1 and not own:
        title, values = "Confirm “{text}”", {"text": _words(sheet, offered, (entities or relations)[0])}
        return Deed(Together(tuple(changes), title, values), became)
    if own:
        return Deed(Together(tuple(changes)) if labels else changes[0], became)
    return Deed(Together(tuple(changes), "Confirm {count} suggestions", {"count": count}), became)


def _as(sheet: Sheet, entity: Entity, label: str) -> Entity:
    """The entity with another label and what its words say of that label's attributes."""
    if entity.label == label:
        return entity
    return replace(
        entity, label=label, attributes=proposed_in(sheet.report, sheet.schema, label, entity.start, entity.end)
    )


def _at(sheet: Sheet, entity: Entity, spans: tuple[Span, ...]) -> Entity:
    """The entity elsewhere; values that are read from text are read anew, those of the former words are dropped."""
    start, end, fragments = make_fragments(spans)
    read = proposed_in(sheet.report, sheet.schema, entity.label, start, end)
    kept = {name: value for name, value in entity.attributes.items() if name in _OF_THE_KIND}
    return replace(entity, start=start, end=end, fragments=fragments, attributes={**kept, **read})


_OF_THE_KIND = frozenset({"system", "level", "rank", "status", "kind"})
"""Attributes that other boundaries do not make wrong."""


def _words(sheet: Sheet, offered: Offered, item: Item) -> str:
    """A suggestion in words, for the Edit menu."""
    if isinstance(item, Entity):
        return _short(item.surface(sheet.text))
    source, target = (_short(offered.ends[one].surface(sheet.text), 20) for one in (item.source, item.target))
    return f"{source} → {target}"


def _short(words: str, longest: int = 40) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
