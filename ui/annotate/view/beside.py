"""Labels with suggestions beside them, in text order; of ten thousand only those that differ are looked at again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from annotations.report import AnnotationSet, Entity, Relation, entity_order
from ui.annotate.differing import differing

_MANY = 200
"""From so many differing entities on, all are sorted anew."""


class Beside:
    """What is shown. ``pending`` are the ids of suggestions that no label has taken over."""

    def __init__(self) -> None:
        self._labels: Sequence[Entity] = ()
        self._suggested: Sequence[Entity] = ()
        self._all: list[Entity] = []
        self._joins: tuple[Sequence[Relation], ...] = ()
        self.pending: frozenset[str] = frozenset()

    def update(
        self, labels: AnnotationSet | None, suggested: Sequence[Entity], joins: Sequence[Relation]
    ) -> tuple[Sequence[Entity], Sequence[Relation]]:
        """The entities in text order and the relations that are to be shown; a suggestion whose id a label has is left out."""
        entities = labels.entities if labels else ()
        relations = labels.relations if labels else ()
        if suggested or joins:
            taken = {one.id for one in entities} | {one.id for one in relations}
            suggested = [one for one in suggested if one.id not in taken] if suggested else ()
            joins = [one for one in joins if one.id not in taken]
        pending = frozenset([one.id for one in suggested] + [one.id for one in joins])
        if pending != self.pending:
            self.pending = pending
        if not suggested:
            self._labels, self._suggested, self._all = (), (), []
            return entities, (*relations, *joins) if joins else relations
        self._place(entities, suggested)
        return self._all, (*relations, *joins)

    def _place(self, labels: Sequence[Entity], suggested: Sequence[Entity]) -> None:
        """Bring the list of all up to date."""
        pairs = (differing(self._labels, labels), differing(self._suggested, suggested))
        self._labels, self._suggested = labels, suggested
        if sum(len(gone) + len(come) for gone, come in pairs) > _MANY:
            self._all = sorted((*labels, *suggested), key=entity_order)
            return
        self._all = list(self._all)
        for gone, _come in pairs:
            for entity in gone:
                del self._all[self._all.index(entity, self._at(entity))]
        for _gone, come in pairs:
            for entity in come:
                self._all.insert(self._at(entity), entity)

    def _at(self, entity: Entity) -> int:
        return bisect_left(self._all, entity_order(entity), key=entity_order)
