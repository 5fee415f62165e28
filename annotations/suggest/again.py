"""Relations read again after a correction: between entities that people made or confirmed and those still suggested."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from annotations.report import Entity, Relation, Report, entity_order
from annotations.schema import Schema
from annotations.suggest.knowledge import Knowledge
from annotations.suggest.node import Node
from annotations.suggest.suggester import Suggestions, read, related


class Reader:
    """One report that was read once: its suggestions, and relations between any entities of it.

    ``key`` says what it was read for; who keeps readers may compare it.
    """

    def __init__(self, report: Report, schema: Schema, knowledge: Knowledge, key: object = None) -> None:
        self.key = key
        self._schema = schema
        self._read = read(report, schema, knowledge)
        doc = self._read.reading.doc
        tokens = [doc.original(start, end) for start, end in zip(doc.starts, doc.ends, strict=True)]
        self._starts = [start for start, _ in tokens]
        self._said = {
            (entity.label, entity.start, entity.end): node
            for node, entity in zip(self._read.nodes, self._read.suggestions.entities, strict=True)
        }

    @property
    def suggestions(self) -> Suggestions:
        """What is suggested when nothing is labelled yet."""
        return self._read.suggestions

    def relate(self, entities: Iterable[Entity]) -> tuple[Relation, ...]:
        """The relations between these entities, which ends name by id. Discontinuous ones have none."""
        chosen = sorted((one for one in entities if not one.fragments), key=entity_order)
        pairs = [(node, one) for one in chosen if (node := self._node(one)) is not None]
        nodes, kept = [node for node, _ in pairs], [one for _, one in pairs]
        return tuple(related(self._read.reading, nodes, kept, self._schema))

    def _node(self, entity: Entity) -> Node | None:
        """The entity as rules see it: edges at tokens, with what its words say."""
        known = self._said.get((entity.label, entity.start, entity.end))
        if known is not None:
            return replace(known, sure=1.0)
        doc = self._read.reading.doc
        first = bisect_right(self._starts, entity.start) - 1
        last = bisect_right(self._starts, entity.end - 1) - 1
        if first < 0 or last < first:
            return None
        start, end = doc.starts[first], doc.ends[last]
        return Node(entity.label, start, end, last + 1, said=dict(entity.attributes), sure=1.0)
