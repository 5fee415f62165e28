"""One annotator's set, made ready to be compared with several others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotations.agreement.spans import Extent
from annotations.report import AnnotationSet, Entity, Relation

Exact = tuple[str, int, int, object]
"""Label, start, end and fragments: equal for two entities of the same label and extent."""


class Side:
    """An annotation set with what every comparison asks for: all lists are parallel to the entities or relations.

    Relations whose ends are not both in the set are left out.
    """

    __slots__ = ("counted", "entities", "exact", "labels", "places", "relations", "types")

    def __init__(self, labels: AnnotationSet) -> None:
        self.entities: Sequence[Entity] = labels.entities
        self.exact: list[Exact] = [(each.label, each.start, each.end, each.fragments) for each in labels.entities]
        self.counted = Counter(self.exact)
        self.labels = Counter([each.label for each in labels.entities])
        self.places = {each.id: place for place, each in enumerate(labels.entities)}
        places = self.places
        self.relations: list[Relation] = [
            each for each in labels.relations if each.source in places and each.target in places
        ]
        self.types = Counter([each.type for each in self.relations])

    def extents(self) -> list[Extent]:
        """The extent of each entity."""
        return [(each.start, each.end, each.fragments) for each in self.entities]
