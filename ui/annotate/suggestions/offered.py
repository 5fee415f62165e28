"""What is suggested for the open report beside its labels: as values, without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from annotations.report import AnnotationSet, Entity, Relation
from annotations.suggest import Suggestions
from annotations.suggest.beside import (
    Refused,
    entities_beside,
    entity_key,
    leave_room,
    relation_key,
    relations_beside,
)
from ui.annotate.differing import differing
from ui.annotate.edits.sheet import Sheet

Item = Entity | Relation
"""Something that is suggested."""
Order = tuple[int, int, int, str]
"""Sort key of what is walked."""
_FEW = 50


@dataclass(frozen=True)
class Offered:
    """Suggestions that can still be made. ``found`` is what was worked out, ``refused`` what the annotator does not want."""

    found: Suggestions = field(default_factory=Suggestions)
    refused: Refused = frozenset()
    own: AnnotationSet = field(default_factory=lambda: AnnotationSet(""))

    def beside(self, own: AnnotationSet) -> Offered:
        """The same beside other labels; only what lies near those that differ is compared with labels again."""
        made = replace(self, own=own)
        gone, come = differing(self.own.entities, own.entities)
        if len(gone) + len(come) <= _FEW:
            left = leave_room(self.entities.values(), come)
            if not gone and len(left) == len(self.entities):
                made.__dict__["entities"] = self.entities
                made.__dict__["relations"] = self._relations_beside(made, come)
                return made
            kept = {one.id for one in left}
            again = [one for one in _touching(self.found.entities, gone) if one.id not in self.entities]
            near = replace(own, entities=tuple(_touching(own.entities, again)))
            kept |= {one.id for one in entities_beside(again, near, self.refused)}
            made.__dict__["entities"] = {one.id: one for one in self.found.entities if one.id in kept}
            if not gone:
                made.__dict__["relations"] = self._relations_beside(made, come)
        return made

    def _relations_beside(self, made: Offered, come: Sequence[Entity]) -> Mapping[str, Relation]:
        """The relations offered so far that stand beside ``come``; where one came on a suggested end, it is that end."""
        became = {
            one.id: label.id
            for one in self.entities.values()
            if one.id not in made.entities
            for label in come
            if (one.label, one.start, one.end) == (label.label, label.start, label.end)
        }
        related = {frozenset((one.source, one.target)) for one in differing(self.own.relations, made.own.relations)[1]}
        if not related and made.entities is self.entities:
            return self.relations
        found: dict[str, Relation] = {}
        for relation in self.relations.values():
            ends = [became.get(end, end) for end in (relation.source, relation.target)]
            lost = any(end in self.entities and end not in made.entities for end in ends)
            if not lost and ends[0] != ends[1] and frozenset(ends) not in related:
                same = ends == [relation.source, relation.target]
                found[relation.id] = relation if same else replace(relation, source=ends[0], target=ends[1])
        return found

    def without(self, keys: Iterable[str]) -> Offered:
        """The same with more refused."""
        return replace(self, refused=self.refused | frozenset(keys))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """By id, in text order."""
        return {one.id: one for one in entities_beside(self.found.entities, self.own, self.refused)}

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """By id; ends are suggested entities or labels."""
        found = relations_beside(self.found, self.entities.values(), self.own, self.refused)
        return {one.id: one for one in found}

    @cached_property
    def ends(self) -> Mapping[str, Entity]:
        """Everything that relations can join, by id: labels and suggested entities."""
        return {**{one.id: one for one in self.own.entities}, **self.entities}

    @cached_property
    def in_order(self) -> tuple[tuple[Order, Item], ...]:
        """What is walked: in text order, a relation after both its ends."""
        return tuple(sorted(((self.order(item), item) for item in self._items()), key=lambda one: one[0]))

    def _items(self) -> Iterator[Item]:
        yield from self.entities.values()
        yield from self.relations.values()

    def order(self, item: Item) -> Order:
        """Where a suggestion comes when all are walked."""
        if isinstance(item, Entity):
            return item.start, 0, -item.end, item.id
        return max(self.ends[item.source].start, self.ends[item.target].start), 1, 0, item.id

    def item(self, item_id: str) -> Item | None:
        """The suggestion of this id."""
        return self.entities.get(item_id) or self.relations.get(item_id)

    def key(self, item: Item) -> str:
        """Names a suggestion in a refusal; empty for a relation that has lost an end."""
        return entity_key(item) if isinstance(item, Entity) else relation_key(item, self.ends)

    def place_of(self, item: Item) -> tuple[int, int]:
        """The span of an entity, or the hull of a relation's ends."""
        if isinstance(item, Entity):
            return item.start, item.end
        source, target = self.ends[item.source], self.ends[item.target]
        return min(source.start, target.start), max(source.end, target.end)

    def with_labels(self, sheet: Sheet) -> Sheet:
        """The sheet as it would be with every suggested entity labelled, to look things up in."""
        if not self.entities:
            return sheet
        every = tuple(self.ends.values())
        return Sheet(sheet.report, replace(sheet.labels, entities=every), sheet.schema)


def _touching(entities: Iterable[Entity], others: Sequence[Entity]) -> list[Entity]:
    """The entities that lie somewhere between the first and the last of the others."""
    if not others:
        return []
    first, last = min(one.start for one in others), max(one.end for one in others)
    return [one for one in entities if one.start < last and first < one.end]
