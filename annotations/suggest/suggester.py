"""Suggestions for one report: every source proposes, the arbiter chooses, relations are read from what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

from annotations.report import Entity, Origin, Relation, Report, new_id
from annotations.schema import Schema
from annotations.suggest.arbiter import choose
from annotations.suggest.knowledge import Knowledge
from annotations.suggest.node import Node
from annotations.suggest.reading import Reading, Source
from annotations.suggest.relations.apposition import holds_title
from annotations.suggest.relations.items import Link, Scene
from annotations.suggest.relations.nesting import aliases_and_parts, nested, of_term
from annotations.suggest.relations.signs_documents import document_links
from annotations.suggest.relations.signs_meetings import meeting_links
from annotations.suggest.sources.gazetteer import GazetteerSource
from annotations.suggest.sources.learned import LearnedSource
from annotations.suggest.sources.memory import MemorySource
from annotations.suggest.sources.rules import RulesSource
from annotations.suggest.values import Values, fullest_names

_SOURCES: tuple[Source, ...] = (RulesSource(), GazetteerSource(), MemorySource(), LearnedSource())


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Entities and relations of origin ``suggested``; relation ends are ids of these entities. Entities in set order."""

    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A report that was read: its text made ready, what was chosen, and the same as suggestions (same order)."""

    reading: Reading
    nodes: tuple[Node, ...]
    suggestions: Suggestions


def suggest(
    report: Report, schema: Schema, knowledge: Knowledge | None = None, sources: Sequence[Source] | None = None
) -> Suggestions:
    """What the machine would label in ``report``, within ``schema``; offsets are code points of the stored text."""
    return read(report, schema, knowledge, sources).suggestions


def read(
    report: Report, schema: Schema, knowledge: Knowledge | None = None, sources: Sequence[Source] | None = None
) -> Read:
    """As :func:`suggest`, with what relations can be read from again when entities change."""
    known = knowledge or Knowledge()
    reading = Reading(report, known)
    proposed: list[Node] = []
    for source in _SOURCES if sources is None else sources:
        if source.name not in known.sources_off:
            found = list(source.propose(reading))
            if source.name == RulesSource.name:
                reading.proposed = found
            proposed.extend(node for node in found if _is_wanted(node, schema, known))
    nodes = [
        node
        for node in choose(proposed)
        if (node.label, *reading.doc.original(node.start, node.end)) not in known.rejected
    ]
    made = zip(nodes, _entities(reading, nodes, Values(report, reading.units)), strict=True)
    kept = [(node, entity) for node, entity in made if _is_read(entity)]
    entities = fullest_names(tuple(_registered(entity, report.text, known) for _, entity in kept))
    chosen = tuple(node for node, _ in kept)
    return Read(reading, chosen, Suggestions(entities, tuple(related(reading, chosen, entities, schema))))


def _is_wanted(node: Node, schema: Schema, knowledge: Knowledge) -> bool:
    return (
        node.label in schema.entities_by_name
        and node.label not in knowledge.labels_off
        and node.sure >= knowledge.thresholds.get(node.label, 0.0)
        and node.sure >= knowledge.source_thresholds.get(node.by, 0.0)
    )


def _registered(entity: Entity, text: str, knowledge: Knowledge) -> Entity:
    """The entity with the name that the registry has for its surface."""
    name = knowledge.canonical.get((entity.label, entity.surface(text)))
    return replace(entity, attributes={**entity.attributes, "canonical": name}) if name else entity


def _is_read(entity: Entity) -> bool:
    """Whether a date or term of the model means something; the rules' own words were read when they were found."""
    return entity.by != "model" or entity.label not in ("DATE", "TERM") or bool(entity.attributes)


def _entities(reading: Reading, nodes: Sequence[Node], values: Values) -> Iterator[Entity]:
    for node in nodes:
        start, end = reading.doc.original(node.start, node.end)
        attributes = values.of(node, start, end)
        yield Entity(
            new_id(),
            node.label,
            start,
            end,
            attributes=attributes,
            origin=Origin.SUGGESTED,
            by=node.by,
            confidence=node.sure,
        )


def links(scene: Scene) -> Iterator[Link]:
    """All proposed relations of a scene, the surer rules first."""
    yield from nested(scene)
    yield from of_term(scene)
    yield from aliases_and_parts(scene)
    yield from holds_title(scene)
    yield from meeting_links(scene)
    yield from document_links(scene)


def _standing(reading: Reading, scene: Scene, schema: Schema) -> Iterator[tuple[Link, str]]:
    """The links of the rules as the project's own model judges them, if it has learned relations; and who says so."""
    known = reading.knowledge
    ruled = [] if RulesSource.name in known.sources_off else list(links(scene))
    judge = None
    if known.model and LearnedSource.name not in known.sources_off and find_spec("pycrfsuite") is not None:
        from annotations.suggest.learned.tagging import model_of

        judge = model_of(known.model).judge
    if judge is None:
        yield from ((link, RulesSource.name) for link in ruled)
        return
    for link, by_rules in judge.links(scene, schema, ruled, _LEAST_RELATED):
        yield link, RulesSource.name if by_rules else LearnedSource.name


_LEAST_RELATED = 0.7
"""How sure the model must be of a relation that no rule sees."""


def related(reading: Reading, nodes: Sequence[Node], entities: Sequence[Entity], schema: Schema) -> Iterator[Relation]:
    """The links of these mentions that the schema allows, each once; ``nodes`` and ``entities`` go together, in text order."""
    seen: set[tuple[str, int, int]] = set()
    for link, by in _standing(reading, Scene(reading.doc, nodes), schema):
        kind = schema.relations_by_name.get(link.type)
        place = (link.type, link.source, link.target)
        source, target = entities[link.source], entities[link.target]
        if kind is None or place in seen or not kind.joins(source.label, target.label):
            continue
        seen.add(place)
        sure = round(min(link.sure, source.confidence or 1.0, target.confidence or 1.0), 3)
        yield Relation(new_id(), link.type, source.id, target.id, origin=Origin.SUGGESTED, by=by, confidence=sure)
