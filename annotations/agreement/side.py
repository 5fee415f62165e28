"""One annotator's set, made ready to be compared with several others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from annotations.agreement.spans import Extent
from annotations.report import AnnotationSet, Entity, Relation

Exact = tuple[str, int, int, object]
"""Label, start, end and fragments: equal for two entities of the same label and extent."""


class Side:
    """An annotation set with what every comparison asks for: all lists are parallel to the entities or relations.

    Relations whose ends are not both in the set are left out.
    """

    def __init__(self, labels: AnnotationSet) -> None:
        self.entities: Sequence[Entity] = labels.entities
        self.exact: list[Exact] = [(each.label, each.start, each.end, each.fragments) for each in labels.entities]
        self.labels = Counter([each.label for each in labels.entities])
        self._all_relations = labels.relations

    @cached_property
    def counted(self) -> Mapping[Exact, int]:
        """How often each label and extent stands in the set."""
        return Counter(self.exact)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each entity, by id."""
        return {each.id: place for place, each in enumerate(self.entities)}

    @cached_property
    def relations(self) -> Sequence[Relation]:
        """The relations whose ends are both in the set."""
        places = self.places
        return [each for each in self._all_relations if each.source in places and each.target in places]

    @cached_property
    def types(self) -> Mapping[str, int]:
        """How many relations there are of each type."""
        return Counter([each.type for each in self.relations])

    def extents(self) -> list[Extent]:
        """The extent of each entity."""
        return [(each.start, each.end, each.fragments) for each in self.entities]
