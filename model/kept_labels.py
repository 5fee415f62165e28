"""The labels of one set in their order, kept so that a few changed rows cost little among many.

Values that did not change stay the same objects: who shows them sees by identity what is new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from annotations.report import Entity, Relation, entity_order
from model.queries.labels import KeyedRelation, Labels, with_ends

_Value = TypeVar("_Value")
_Order = tuple[Any, ...]

RowOf = tuple[int, bool, _Value]
"""A row as it is now: its key, whether it was removed, its value."""


class _Sorted(Generic[_Value]):
    """Values by row key, in the order of what each is sorted by."""

    def __init__(self, found: Iterable[tuple[int, _Order, _Value]]) -> None:
        rows = sorted((order, key, value) for key, order, value in found)
        self._places = [(order, key) for order, key, _value in rows]
        self._values = [value for _order, _key, value in rows]
        self._order_of = {key: order for order, key, _value in rows}

    def put(self, key: int, order: _Order, value: _Value) -> None:
        """Add a value, or put it in the place of the one with this key."""
        self.drop(key)
        at = bisect_left(self._places, (order, key))
        self._places.insert(at, (order, key))
        self._values.insert(at, value)
        self._order_of[key] = order

    def drop(self, key: int) -> None:
        """Take a value away, if it is there."""
        order = self._order_of.pop(key, None)
        if order is not None:
            at = bisect_left(self._places, (order, key))
            del self._places[at], self._values[at]

    def values(self) -> tuple[_Value, ...]:
        """All in order."""
        return tuple(self._values)


class KeptLabels:
    """Entities and relations of one set, by their row keys."""

    def __init__(self, entities: Iterable[RowOf[Entity]] = (), relations: Iterable[RowOf[KeyedRelation]] = ()) -> None:
        self._entities = {key: entity for key, gone, entity in entities if not gone}
        self._relations = {key: relation for key, gone, relation in relations if not gone}
        self._of_end: dict[int, set[int]] = {}
        for key, relation in self._relations.items():
            self._join(key, relation)
        self._sorted_entities = _Sorted((key, entity_order(one), one) for key, one in self._entities.items())
        placed = ((key, self._placed(relation)) for key, relation in self._relations.items())
        self._sorted_relations = _Sorted((key, *found) for key, found in placed if found is not None)

    def update(self, entities: Iterable[RowOf[Entity]], relations: Iterable[RowOf[KeyedRelation]]) -> None:
        """Take over rows that changed, came or went."""
        again: set[int] = set()
        for key, gone, entity in entities:
            again |= self._of_end.get(key, set())  # their order and ends follow the entity's
            if gone:
                self._entities.pop(key, None)
                self._sorted_entities.drop(key)
            else:
                self._entities[key] = entity
                self._sorted_entities.put(key, entity_order(entity), entity)
        for key, gone, relation in relations:
            again.add(key)
            before = self._relations.pop(key, None)
            for end in before[:2] if before else ():
                self._of_end[end].discard(key)
            if not gone:
                self._relations[key] = relation
                self._join(key, relation)
        for key in again:
            kept = self._relations.get(key)
            found = self._placed(kept) if kept is not None else None
            if found is None:
                self._sorted_relations.drop(key)
            else:
                self._sorted_relations.put(key, *found)

    def labels(self) -> Labels:
        """The labels in their order; a relation whose end is gone is passed over."""
        return self._sorted_entities.values(), self._sorted_relations.values()

    def _join(self, key: int, relation: KeyedRelation) -> None:
        for end in relation[:2]:
            self._of_end.setdefault(end, set()).add(key)

    def _placed(self, keyed: KeyedRelation) -> tuple[_Order, Relation] | None:
        """What a relation is sorted by, and its value with the ids of its ends; None when one of them is gone."""
        source, target = self._entities.get(keyed[0]), self._entities.get(keyed[1])
        if source is None or target is None:
            return None
        relation = keyed[2]
        order = (source.start, source.id, target.start, target.id, relation.id)
        return order, with_ends(relation, source.id, target.id)
