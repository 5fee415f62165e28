"""Labels of imported records under the project's names: mapped, left out, or added to the schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from annotations.corpus import ImportedRecord
from annotations.schema import EntityType, RelationType
from exports.label_map import LabelMap
from model.bulk import ImportBatch
from ui.swatches import free_colour

Name = tuple[str, str]
"""``entity`` or ``relation``, and the label's name."""
ENTITY, RELATION = "entity", "relation"


@dataclass(frozen=True, slots=True)
class IncomingLabels:
    """What becomes of labels as files name them: ``names`` renames them or leaves them out, then those of ``added`` that
    the schema lacks are added to it (all of them when ``add_all``). What is still unknown is refused, with its file."""

    names: LabelMap = field(default_factory=LabelMap)
    added: Collection[Name] = ()
    add_all: bool = False

    def take(self, record: ImportedRecord, batch: ImportBatch) -> ImportedRecord:
        """The record with its labels as they come into the project. Raises ``Refused`` for what can be no label."""
        if self.names:
            left_out = Counter(record.left_out)
            entities, relations = self.names.labels(record.entities, record.relations, left_out)
            record = replace(record, entities=entities, relations=relations, left_out=dict(sorted(left_out.items())))
        if self.added or self.add_all:
            self._add(record, batch)
        return record

    def _add(self, record: ImportedRecord, batch: ImportBatch) -> None:
        schema = batch.stored.schema
        for kind, known, names in (
            (ENTITY, schema.entities_by_name, dict.fromkeys(entity.label for entity in record.entities)),
            (RELATION, schema.relations_by_name, dict.fromkeys(relation.type for relation in record.relations)),
        ):
            for name in names:
                if name in known or not (self.add_all or (kind, name) in self.added):
                    continue
                colour = free_colour({one.colour for one in batch.stored.schema.entity_types})
                batch.add_label(EntityType(name, colour=colour) if kind == ENTITY else RelationType(name))


AS_THEY_ARE = IncomingLabels()
