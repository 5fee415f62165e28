"""Labels with suggestions beside them, in text order; of ten thousand only those that differ are looked at again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from annotations.report import AnnotationSet, Entity, Relation, entity_order
from ui.annotate.differing import differing, ids_of

_MANY = 200
"""From so many differing entities on, all are sorted anew."""


class Beside:
    """What is shown. ``pending`` are the ids of suggestions that no label has taken over."""

    def __init__(self) -> None:
        self.pending: frozenset[str] = frozenset()
        self._forget()

    def _forget(self) -> None:
        self._labels: Sequence[Entity] = ()
        self._suggested: Sequence[Entity] = ()
        self._label_ids: set[str] = set()
        self._suggested_ids: set[str] = set()
        self._all: list[Entity] = []

    def update(
        self, labels: AnnotationSet | None, suggested: Sequence[Entity], joins: Sequence[Relation]
    ) -> tuple[Sequence[Entity], Sequence[Relation]]:
        """The entities in text order and the relations that are to be shown; a suggestion whose id a label has is left out."""
        entities = labels.entities if labels else ()
        relations = labels.relations if labels else ()
        if joins:
            taken = ids_of(relations) & ids_of(joins)
            joins = [one for one in joins if one.id not in taken] if taken else joins
        if suggested:
            self._place(entities, suggested)
        else:
            self._forget()
        pending = self._suggested_ids | ids_of(joins)
        if pending != self.pending:
            self.pending = frozenset(pending)
        return (self._all if suggested else entities), ((*relations, *joins) if joins else relations)

    def _place(self, labels: Sequence[Entity], suggested: Sequence[Entity]) -> None:
        """Bring the list of all up to date."""
        labels_gone, labels_come = differing(self._labels, labels)
        gone, come = differing(self._suggested, suggested)
        few = len(labels_gone) + len(labels_come) + len(gone) + len(come) <= _MANY
        self._labels, self._suggested = labels, suggested
        self._label_ids = self._label_ids - ids_of(labels_gone) | ids_of(labels_come)
        self._suggested_ids = self._suggested_ids - ids_of(gone) | ids_of(come)
        if not few or not self._label_ids.isdisjoint(self._suggested_ids):
            left = [one for one in suggested if one.id not in self._label_ids]
            self._suggested, self._suggested_ids = left, ids_of(left)
            self._all = sorted((*labels, *left), key=entity_order)
            return
        self._all = list(self._all)
        for entity in (*labels_gone, *gone):
            del self._all[self._all.index(entity, self._at(entity))]
        for entity in (*labels_come, *come):
            self._all.insert(self._at(entity), entity)

    def _at(self, entity: Entity) -> int:
        return bisect_left(self._all, entity_order(entity), key=entity_order)
