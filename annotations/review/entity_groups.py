"""The entities of several annotators on one report, put into groups.

First what every finished set has with the same extent and label. The rest is matched one to one across annotators:
same label by largest overlap, then any label by largest overlap, ties by closer boundaries, then by offset. All
members of a group overlap each other. An entity well inside one of another label is a mention of its own
(``annotations.agreement.spans.nested_apart``). The result does not depend on the order of annotators or of labels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from annotations.agreement.spans import extent, length, nested_apart, overlapping, shared
from annotations.report import AnnotationSet, Entity
from annotations.review.differences import differing_attributes
from annotations.review.group import EntityGroup, Kind, digest
from annotations.review.join import Joined

Exact = tuple[str, int, int, object]
Item = tuple[str, Entity]


def entity_groups(report_id: str, sets: Mapping[str, AnnotationSet]) -> tuple[EntityGroup, ...]:
    """Every entity of ``sets`` (finished sets by annotator's name) in exactly one group, in order of offset."""
    annotators = tuple(sorted(sets))
    same, rest = _unanimous({name: sets[name].entities for name in annotators})
    members = [dict(zip(annotators, entities, strict=True)) for entities in same]
    members += [dict(sorted((rest[place] for place in group), key=_name)) for group in _matched(rest)]
    groups = [_group(report_id, annotators, each) for each in members]
    return tuple(sorted(groups, key=lambda group: (group.start, -group.end, group.id)))


def _exact(entity: Entity) -> Exact:
    return (entity.label, entity.start, entity.end, entity.fragments)


def _name(item: Item) -> str:
    return item[0]


def _unanimous(entities: Mapping[str, Sequence[Entity]]) -> tuple[list[tuple[Entity, ...]], list[Item]]:
    """Entities that every annotator has, one of each; and the rest, in an order that depends on content alone."""
    by_exact: list[dict[Exact, list[Entity]]] = []
    for own in entities.values():
        found: dict[Exact, list[Entity]] = defaultdict(list)
        for entity in own:
            found[_exact(entity)].append(entity)
        by_exact.append(found)
    same: list[tuple[Entity, ...]] = []
    rest: list[Item] = []
    everyone = set(by_exact[0]).intersection(*by_exact[1:]) if by_exact else set()
    for exact in everyone:
        lists = [_by_id(found[exact]) for found in by_exact]
        same.extend(zip(*lists, strict=False))
    for name, found in zip(entities, by_exact, strict=True):
        for exact, own in found.items():
            common = min(len(each[exact]) for each in by_exact) if exact in everyone else 0
            rest.extend((name, entity) for entity in _by_id(own)[common:])
    return same, rest


def _by_id(entities: list[Entity]) -> list[Entity]:
    return entities if len(entities) == 1 else sorted(entities, key=lambda entity: entity.id)


def _matched(rest: Sequence[Item]) -> list[list[int]]:
    """Places in ``rest``, group by group."""
    if not rest:
        return []
    numbers = {name: number for number, name in enumerate(sorted({name for name, _ in rest}))}
    entities = [entity for _, entity in rest]
    pairs = [
        (a, b)
        for a, b in overlapping(entities, [numbers[name] for name, _ in rest])
        if shared(entities[a], entities[b])
    ]
    pairs.sort(key=lambda pair: _closeness(rest[pair[0]], rest[pair[1]]))
    joined = Joined([name for name, _ in rest])

    def same_label(a: int, b: int) -> bool:
        return entities[a].label == entities[b].label and shared(entities[a], entities[b]) > 0

    def one_mention(a: int, b: int) -> bool:
        return shared(entities[a], entities[b]) > 0 and not nested_apart(entities[a], entities[b])

    for allowed in (same_label, one_mention):
        joined.join([pair for pair in pairs if allowed(*pair)], allowed)
    return joined.groups


def _closeness(first: Item, second: Item) -> tuple[object, ...]:
    """Sort key: largest overlap, then closest boundaries, then offset; the same for (second, first)."""
    one, other = first[1], second[1]
    common = shared(one, other)
    contents = sorted((extent(each), each.label, name, each.id) for name, each in (first, second))
    return (-common, length(one) + length(other) - 2 * common, *contents)


def _group(report_id: str, annotators: tuple[str, ...], members: Mapping[str, Entity]) -> EntityGroup:
    found = members.values()
    differing = differing_attributes(found)
    kinds = []
    if len(members) < len(annotators):
        kinds.append(Kind.MISSING)
    if len({entity.label for entity in found}) > 1:
        kinds.append(Kind.LABEL)
    if len({extent(entity) for entity in found}) > 1:
        kinds.append(Kind.BOUNDARY)
    if differing:
        kinds.append(Kind.ATTRIBUTE)
    group_id = digest(report_id, sorted((entity.id, entity.start, entity.end, entity.label) for entity in found))
    return EntityGroup(group_id, report_id, annotators, members, tuple(kinds), differing)


def count_entities(groups: Iterable[EntityGroup]) -> Counter[str]:
    """How many entities of each annotator the groups hold."""
    return Counter(name for group in groups for name in group.members)
