"""What an edit is made on: a report, one's own labels on it as they are shown, and the schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotations.changes import Change, Together
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order
from annotations.schema import EntityType, Schema
from ui.annotate.differing import by_id


@dataclass(frozen=True)
class Sheet:
    """A report with the acting annotator's labels. Changes carry the versions of these values (``seen``)."""

    report: Report
    labels: AnnotationSet
    schema: Schema

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id, in text order."""
        return by_id(self.labels.entities)

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """Relations by id, in their order."""
        return by_id(self.labels.relations)

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    def entity_type(self, entity: Entity) -> EntityType | None:
        """The entity's type; None when the schema lacks its label."""
        return self.schema.entities_by_name.get(entity.label)

    def chosen(self, entity_ids: Iterable[str]) -> tuple[Entity, ...]:
        """The entities of these ids that are there, in text order."""
        found = (self.entities[one] for one in dict.fromkeys(entity_ids) if one in self.entities)
        return tuple(sorted(found, key=entity_order))

    def chosen_relations(self, relation_ids: Iterable[str]) -> tuple[Relation, ...]:
        """The relations of these ids that are there, in their order."""
        wanted = set(relation_ids)
        return tuple(relation for relation in self.labels.relations if relation.id in wanted)


def seen(labels: Iterable[Entity] | Iterable[Relation]) -> dict[str, int]:
    """The versions that the person is looking at, by id."""
    return {label.id: label.version for label in labels}


def together(changes: list[Change], title: str = "") -> Change | None:
    """The changes as one action; None without any."""
    if len(changes) < 2:
        return changes[0] if changes else None
    return Together(tuple(changes), title)
