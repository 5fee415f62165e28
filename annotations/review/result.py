"""The adjudicated label that an answer stands for; nothing is checked against the schema here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from annotations.errors import Refused
from annotations.report import Entity, Origin, Relation, make_fragments
from annotations.review.decision import Answer, Said
from annotations.review.extents import Spans, intersection, union
from annotations.review.group import ENTRY, EntityGroup, Kind, RelationGroup


def unanimous_entity(group: EntityGroup) -> Entity:
    """What a group stands for whose members have one extent and one label: attributes that all have alike.

    Of notes nothing is taken over: they are the annotators' own.
    """
    members = list(group.members.values())
    return _built(group, members[0].spans, members[0].label, *_alike(group))


def unanimous_relation(group: RelationGroup) -> Relation:
    """What a group of relations stands for that have one type and direction: attributes that all have alike."""
    taken = _taken_relation(group, next(iter(group.members)))
    alike = {name: value for name, value in taken.attributes.items() if name not in group.differing}
    return replace(taken, attributes=alike)


def entity_result(group: EntityGroup, said: Said) -> tuple[Entity | None, tuple[str, ...]]:
    """The entity that the answer makes (None for none), and the points it leaves open. Raises ``Refused``.

    Where only attributes are in question, ``NEITHER`` keeps the entity without them.
    """
    if said.answer is Answer.NEITHER and group.kinds == (Kind.ATTRIBUTE,):
        return unanimous_entity(group), ()
    if said.answer in (Answer.NEITHER, Answer.SKIP, Answer.DISCUSS):
        return None, ()
    if said.answer is Answer.OWN:
        if not isinstance(said.own, Entity):
            raise Refused("An entity is asked for, and the own answer is a relation. Nothing was changed.")
        return replace(said.own, id=group.id, origin=Origin.ADJUDICATED), ()
    if said.answer is Answer.TAKE:
        return _taken_entity(group, said)
    members = list(group.members.values())
    spans = union(members) if said.answer is Answer.UNION else intersection(members)
    if not spans:
        raise Refused("These entities have no character in common, so there is no intersection. Nothing was changed.")
    label = _label(group, said.label_from)
    attributes, entry, differing = _attributes(group, said.attributes_from)
    open_points = ("label",) if label is None else ()
    return _built(group, spans, label or "", attributes, entry) if label else None, (*open_points, *differing)


def _taken_entity(group: EntityGroup, said: Said) -> tuple[Entity | None, tuple[str, ...]]:
    member = group.members.get(said.taken)
    if member is None:
        return None, ()
    labelled = group.members.get(said.label_from) or member  # attributes belong to the label
    given, entry, _ = _attributes(group, said.attributes_from)
    attributes = {name: value for name, value in labelled.attributes.items() if name not in said.attributes_from}
    attributes |= {name: given[name] for name in said.attributes_from if name in given}
    taken_entry = entry if ENTRY in said.attributes_from else labelled.entry or entry
    return _built(group, member.spans, labelled.label, attributes, taken_entry), ()


def _label(group: EntityGroup, label_from: str) -> str | None:
    """The label of the named annotator, else the one that most members have; None when no one can tell."""
    if label_from:
        member = group.members.get(label_from)
        return member.label if member else None
    counted = Counter(member.label for member in group.members.values()).most_common()
    if len(counted) > 1 and counted[0][1] == counted[1][1]:
        return None
    return counted[0][0]


def _attributes(
    group: EntityGroup, attributes_from: Mapping[str, str]
) -> tuple[dict[str, str], str | None, tuple[str, ...]]:
    """Attributes and entry that are decided or alike; and the points still open, as ``attribute:NAME``."""
    attributes, entry = _alike(group)
    still_open = []
    for name in group.differing:
        if name not in attributes_from:
            still_open.append(f"attribute:{name}")
            continue
        member = group.members.get(attributes_from[name])
        if name == ENTRY:
            entry = member.entry if member else None
        elif member and name in member.attributes:
            attributes[name] = member.attributes[name]
    return attributes, entry, tuple(still_open)


def _alike(group: EntityGroup) -> tuple[dict[str, str], str | None]:
    """The attributes on which the members do not differ, as the first of them writes them; and their entry."""
    members = list(group.members.values())
    attributes = {name: value for name, value in members[0].attributes.items() if name not in group.differing}
    entries = {member.entry for member in members if member.entry is not None}
    return attributes, entries.pop() if len(entries) == 1 else None


def _built(group: EntityGroup, spans: Spans, label: str, attributes: Mapping[str, str], entry: str | None) -> Entity:
    start, end, fragments = make_fragments(spans)
    return Entity(group.id, label, start, end, fragments, attributes, entry=entry, origin=Origin.ADJUDICATED)


def relation_result(group: RelationGroup, said: Said) -> Relation | None:
    """The relation that the answer makes, on adjudicated ends; None for none. Raises ``Refused``.

    Where only attributes are in question, ``NEITHER`` keeps the relation without them.
    """
    match said.answer:
        case Answer.NEITHER if group.kinds == (Kind.ATTRIBUTE,):
            return unanimous_relation(group)
        case Answer.NEITHER | Answer.SKIP | Answer.DISCUSS:
            return None
        case Answer.OWN:
            if not isinstance(said.own, Relation):
                raise Refused("A relation is asked for, and the own answer is an entity. Nothing was changed.")
            return replace(said.own, id=group.id, origin=Origin.ADJUDICATED)
        case Answer.TAKE:
            return _taken_relation(group, said.taken) if said.taken in group.members else None
        case _:
            raise Refused("Union and intersection are for the extent of an entity. Nothing was changed.")


def _taken_relation(group: RelationGroup, name: str) -> Relation:
    member, (source, target) = group.members[name], group.ends[name]
    return Relation(group.id, member.type, source, target, member.attributes, origin=Origin.ADJUDICATED)
