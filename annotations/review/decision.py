"""Answers of a reviewer, and the decision that an answer becomes: a value to store, import and compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotations.report import Entity, Relation
from annotations.review.extents import intersection
from annotations.review.group import Group, content, digest


class Answer(StrEnum):
    """What a reviewer can answer.

    ``TAKE`` takes all of one annotator (keys A, B, C…), also that there is nothing. ``UNION`` and ``INTERSECTION``
    are for extents only. ``SKIP`` and ``DISCUSS`` leave the conflict open, ``DISCUSS`` marked.
    """

    TAKE = "take"
    UNION = "union"
    INTERSECTION = "intersection"
    NEITHER = "neither"
    OWN = "own"
    SKIP = "skip"
    DISCUSS = "discuss"


class Source(StrEnum):
    """Where an adjudicated label comes from."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    THRESHOLD = "threshold"
    DECIDED = "decided"
    OWN = "own"


REASONS = ("ambiguous text", "guideline gap", "slip", "other")
"""The usual reasons, offered but not forced."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer (or a rule) said: the answer and its parts, as in :class:`Decision`."""

    answer: Answer
    taken: str = ""
    label_from: str = ""
    attributes_from: Mapping[str, str] = field(default_factory=dict)
    own: Entity | Relation | None = None
    reason: str = ""
    note: str = ""
    by: str = ""
    at: str = ""
    source: Source = Source.DECIDED


@dataclass(frozen=True, slots=True)
class Seen:
    """A label as it stood when it was decided on; ``digest`` is ``content`` of it."""

    annotator: str
    label_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one conflict (or one unanimous group).

    ``taken`` is the annotator's name for ``TAKE``. ``label_from`` and ``attributes_from`` (attribute → annotator) say
    where label and attributes come from when they were decided separately. ``own`` is the reviewer's own entity or
    relation. ``result`` is the adjudicated label, None for none (ends of a relation are ids of adjudicated entities).
    ``open_points`` is what the answer left open: ``extent``, ``label``, ``attribute:NAME``. ``seen`` and
    ``fingerprint`` are what it was decided on. ``by`` is the reviewer's name, ``at`` the time in UTC (ISO 8601).
    """

    conflict_id: str
    report_id: str
    answer: Answer
    taken: str = ""
    label_from: str = ""
    attributes_from: Mapping[str, str] = field(default_factory=dict)
    own: Entity | Relation | None = None
    result: Entity | Relation | None = None
    open_points: tuple[str, ...] = ()
    source: Source = Source.DECIDED
    reason: str = ""
    note: str = ""
    by: str = ""
    at: str = ""
    seen: tuple[Seen, ...] = ()
    fingerprint: str = ""
    about_relation: bool = False

    @property
    def is_final(self) -> bool:
        """Whether the conflict is closed by it."""
        return self.answer not in (Answer.SKIP, Answer.DISCUSS) and not self.open_points


def letters(group: Group) -> dict[str, str]:
    """The annotators behind the keys A, B, C…: all who finished the report, in order of name."""
    return {chr(ord("A") + place): name for place, name in enumerate(group.annotators)}


def possible_answers(group: Group) -> tuple[str, ...]:
    """Every answer that makes sense for the group, as a sheet or a form offers them: ``A``, ``B``, ``union``…

    Letters stand for ``TAKE``. Union and intersection are offered where extents differ, the latter where all have a
    character in common.
    """
    extents: tuple[Answer, ...] = ()
    members = [each for each in group.members.values() if isinstance(each, Entity)]
    if len({each.spans for each in members}) > 1:
        extents = (Answer.UNION, Answer.INTERSECTION) if intersection(members) else (Answer.UNION,)
    rest = (*extents, Answer.NEITHER, Answer.OWN, Answer.SKIP, Answer.DISCUSS)
    return (*letters(group), *(str(answer) for answer in rest))


def seen_of(group: Group) -> tuple[Seen, ...]:
    """The members as they stand now, in order of annotator."""
    return tuple(Seen(name, label.id, content(label)) for name, label in group.members.items())


def fingerprint(seen: tuple[Seen, ...]) -> str:
    """A hash of all that was seen: it changes when something changed under a decision."""
    return digest("group", sorted(each.digest for each in seen))
