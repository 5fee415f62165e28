"""The relations of several annotators on one report, put into groups on their adjudicated ends.

Relations between the same two adjudicated entities are matched one to one across annotators: same type and
direction, then same direction, then same type reversed, then the rest; ties by content. A relation with an end that
is not decided yet waits; one with an end that was decided away falls with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from annotations.report import AnnotationSet, Relation
from annotations.review.differences import differing_attributes
from annotations.review.group import Kind, RelationGroup, digest
from annotations.review.join import Joined

Ends = Mapping[tuple[str, str], str | None]
"""By annotator and entity id: the id of the adjudicated entity, or None when it was decided that there is none."""


@dataclass(frozen=True, slots=True)
class OnEnds:
    """One annotator's relation, with the adjudicated entities at its ends."""

    annotator: str
    relation: Relation
    source: str
    target: str


@dataclass(slots=True)
class RelationGroups:
    """Every relation in exactly one place; ``waiting`` and ``fallen`` hold annotator and relation."""

    groups: list[RelationGroup] = field(default_factory=list)
    waiting: list[tuple[str, Relation]] = field(default_factory=list)
    fallen: list[tuple[str, Relation]] = field(default_factory=list)


def relation_groups(report_id: str, sets: Mapping[str, AnnotationSet], ends: Ends) -> RelationGroups:
    """The relations of ``sets`` (finished sets by annotator's name); an end missing from ``ends`` is undecided."""
    found = RelationGroups()
    annotators = tuple(sorted(sets))
    by_ends: dict[tuple[str, str], list[OnEnds]] = defaultdict(list)
    for name in annotators:
        for relation in sorted(sets[name].relations, key=_by_id):
            source, target = (name, relation.source), (name, relation.target)
            if ends.get(source, "") is None or ends.get(target, "") is None:
                found.fallen.append((name, relation))
            elif (one := ends.get(source)) and (other := ends.get(target)):
                by_ends[min(one, other), max(one, other)].append(OnEnds(name, relation, one, other))
            else:
                found.waiting.append((name, relation))
    for both in sorted(by_ends):
        found.groups.extend(_groups(report_id, annotators, by_ends[both]))
    return found


def _by_id(relation: Relation) -> str:
    return relation.id


def _groups(report_id: str, annotators: tuple[str, ...], relations: list[OnEnds]) -> list[RelationGroup]:
    if len(relations) == 1:
        return [_group(report_id, annotators, relations)]
    joined = Joined([each.annotator for each in relations])
    pairs = [
        pair
        for pair in combinations(range(len(relations)), 2)
        if relations[pair[0]].annotator != relations[pair[1]].annotator
    ]
    pairs.sort(key=lambda pair: _likeness(relations[pair[0]], relations[pair[1]]))
    joined.join(pairs, lambda _a, _b: True)
    groups = [_group(report_id, annotators, [relations[place] for place in group]) for group in joined.groups]
    return sorted(groups, key=lambda group: group.id)


def _likeness(one: OnEnds, other: OnEnds) -> tuple[object, ...]:
    same_way = (one.source, one.target) == (other.source, other.target)
    same_type = one.relation.type == other.relation.type
    rank = (0 if same_type else 1) if same_way else (2 if same_type else 3)
    contents = sorted((each.relation.type, each.source, each.annotator, each.relation.id) for each in (one, other))
    return (rank, *contents)


def _group(report_id: str, annotators: tuple[str, ...], relations: Sequence[OnEnds]) -> RelationGroup:
    ordered = sorted(relations, key=lambda each: each.annotator)
    members = {each.annotator: each.relation for each in ordered}
    differing = differing_attributes(members.values())
    kinds = []
    if len(members) < len(annotators):
        kinds.append(Kind.RELATION_MISSING)
    if len({(each.source, each.target) for each in ordered}) > 1:
        kinds.append(Kind.DIRECTION)
    if len({relation.type for relation in members.values()}) > 1:
        kinds.append(Kind.RELATION_TYPE)
    if differing:
        kinds.append(Kind.ATTRIBUTE)
    contents = sorted((each.relation.id, each.relation.type, each.source, each.target) for each in ordered)
    ends = {each.annotator: (each.source, each.target) for each in ordered}
    group_id = digest(report_id, "relation", contents)
    return RelationGroup(group_id, report_id, annotators, members, ends, tuple(kinds), differing)
