"""Conflicts of a whole project as a list to work through: what a row shows, filters, the most frequent phrase first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotations.matching import same_word_key
from annotations.report import Entity, Relation
from annotations.review.group import EntityGroup, Group
from annotations.review.phrases import Variant, opinions
from annotations.review.report_review import ReportReview
from annotations.review.settle import Settled, State
from annotations.schema import Schema

UNANIMOUS = "unanimous"
"""Stands for the kind of a group that is no conflict (in a sample)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One group to decide on, with what a list shows of it.

    ``phrase`` is the text it is about (of a relation: both ends, with an arrow); ``key`` is equal for the same words.
    ``length`` is that of the report's text. ``start`` is the offset at which it begins.
    """

    report_id: str
    report_name: str
    length: int
    group: Group
    settled: Settled
    phrase: str
    key: str
    start: int

    @property
    def id(self) -> str:
        """Id of the conflict."""
        return self.group.id

    @property
    def is_open(self) -> bool:
        """Whether a reviewer still has to decide; what was skipped or is to be discussed is open too."""
        return self.settled.is_open

    @property
    def kind(self) -> str:
        """What it is named after: the first kind; a conflict that came back without a difference is ``returned``."""
        if self.group.kinds:
            return str(self.group.kinds[0])
        return str(State.RETURNED) if self.settled.state is State.RETURNED else UNANIMOUS

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels or relation types of the members, each once, in order of name."""
        return tuple(sorted({_label(member) for member in self.group.members.values()}))


def cases_of(review: ReportReview, text: str, groups: Iterable[Group] | None = None) -> list[Case]:
    """The conflicts of one report (or the ``groups`` given) as cases; ``text`` is the report's."""
    places = {(name, entity.id): entity for group in review.entities for name, entity in group.members.items()}
    found = []
    for group in review.conflicts if groups is None else groups:
        if isinstance(group, EntityGroup):
            phrase, start = text[group.start : group.end], group.start
        else:
            name, relation = next(iter(group.members.items()))
            ends = [places.get((name, end)) for end in (relation.source, relation.target)]
            phrase = " → ".join(end.surface(text) if end else "?" for end in ends)
            start = min((end.start for end in ends if end), default=0)
        words = " ".join(phrase.split())
        settled = review.state(group)
        key = same_word_key(phrase)
        found.append(Case(review.report_id, review.report_name, review.length, group, settled, words, key, start))
    return found


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to show; an empty field leaves all. ``state`` is ``undecided``, ``open``, ``set_aside``,
    ``returned`` or ``decided``; ``undecided`` is all but the decided. ``words`` are looked for in phrase and report name."""

    kind: str = ""
    report_id: str = ""
    label: str = ""
    annotator: str = ""
    words: str = ""
    state: str = "undecided"

    def takes(self, case: Case) -> bool:
        """Whether the case is to be shown."""
        if self.kind and self.kind != case.kind and self.kind not in case.group.kinds:
            return False
        if self.report_id and self.report_id != case.report_id:
            return False
        if self.label and self.label not in case.labels:
            return False
        if self.annotator and self.annotator not in odd_ones(case.group):
            return False
        if self.state and not self._has_state(case):
            return False
        wanted = same_word_key(self.words)
        return not wanted or wanted in case.key or wanted in case.report_name.casefold()

    def _has_state(self, case: Case) -> bool:
        return case.is_open if self.state == "undecided" else case.settled.state == self.state


def odd_ones(group: Group) -> tuple[str, ...]:
    """The annotators who differ from most others there; all of them when no opinion has a majority."""
    said = dict(_opinions(group))
    counted = Counter(said.values()).most_common()
    if len(counted) > 1 and counted[0][1] == counted[1][1]:
        return tuple(said)
    return tuple(name for name, opinion in said.items() if opinion != counted[0][0])


def most_frequent_first(cases: Iterable[Case]) -> list[Case]:
    """Cases of the same phrase side by side, the most frequent phrases first; then by phrase, report and offset."""
    found = list(cases)
    counted = Counter(case.key for case in found)
    return sorted(found, key=lambda case: (-counted[case.key], case.key, case.report_name, case.start, case.id))


def alike(case: Case, cases: Iterable[Case]) -> list[Case]:
    """The open entity cases with the same phrase, kinds and opinions as this one, itself first."""
    if not isinstance(case.group, EntityGroup):
        return [case]
    wanted = _likeness(case.group)
    rest = [
        other
        for other in cases
        if other.key == case.key and other.is_open and other.id != case.id
        if isinstance(other.group, EntityGroup) and _likeness(other.group) == wanted
    ]
    return [case, *rest]


def same_opinion(case: Case, annotator: str, other: Case) -> str:
    """Who in the ``other`` case has the opinion that the annotator has in the first. Both are about entities."""
    assert isinstance(case.group, EntityGroup), "only entities have the same phrase"
    assert isinstance(other.group, EntityGroup), "only entities have the same phrase"
    wanted = dict(opinions(case.group))[annotator]
    return next(name for name, variant in opinions(other.group) if variant == wanted)


def names_in(cases: Sequence[Case], schema: Schema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels (in the schema's order, unknown ones last) and annotators that occur, for the filters."""
    labels = {label for case in cases for label in case.labels}
    order = [*schema.entities_by_name, *schema.relations_by_name]
    known = tuple(name for name in order if name in labels)
    annotators = sorted({name for case in cases for name in case.group.annotators})
    return (*known, *sorted(labels - set(order))), tuple(annotators)


def _label(member: Entity | Relation) -> str:
    return member.label if isinstance(member, Entity) else member.type


def _likeness(group: EntityGroup) -> tuple[object, frozenset[Variant]]:
    return group.kinds, frozenset(variant for _, variant in opinions(group))


def _opinions(group: Group) -> Iterator[tuple[str, object]]:
    if isinstance(group, EntityGroup):
        yield from opinions(group)
        return
    for name in group.annotators:
        relation = group.members.get(name)
        said = None if relation is None else (relation.type, group.ends[name], frozenset(relation.attributes.items()))
        yield name, said
