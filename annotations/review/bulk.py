"""Deciding many groups at once: what is unanimous, what a majority has, what a share of the annotators has.

Only what nobody decided yet is filled. Entities come first, relations are computed on their decided ends. A
decision that would break the schema is not made.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.report import Entity
from annotations.review.decide import Decided, decide, decide_relation
from annotations.review.decision import Answer, Decision, Said, Source
from annotations.review.differences import values_of
from annotations.review.group import EntityGroup, Group
from annotations.review.report_review import ReportReview, labels_of_ends, review_again, review_report
from annotations.review.settle import State
from annotations.schema import Schema


@dataclass(frozen=True, slots=True)
class Rule:
    """What to accept. Holders of a variant have the same extent, label and attributes (or all have nothing there).

    ``UNANIMOUS`` accepts what all have. ``MAJORITY`` what at least ``at_least`` annotators have (0: more than half).
    ``THRESHOLD`` what at least ``share`` (above 0, at most 1) of them have. A tie is never accepted.
    """

    source: Source = Source.UNANIMOUS
    at_least: int = 0
    share: float = 1.0

    def accepts(self, holders: int, annotators: int) -> bool:
        """Whether so many holders among so many annotators are enough."""
        match self.source:
            case Source.UNANIMOUS:
                return holders == annotators
            case Source.MAJORITY:
                return holders >= (self.at_least or annotators // 2 + 1)
            case Source.THRESHOLD:
                return holders >= self.share * annotators
            case _:
                raise Refused("{rule} is no rule to decide many conflicts by. Nothing was changed.", rule=self.source)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a rule decides on one report; ``refused`` are the decisions that the schema forbids."""

    decisions: tuple[Decision, ...]
    kinds: Mapping[str, str]
    refused: tuple[Decided, ...]
    review: ReportReview


def bulk(
    labelled: LabelledReport, decisions: Iterable[Decision], rule: Rule, schema: Schema, *, by: str = "", at: str = ""
) -> Bulk:
    """The rule's decisions on one report, after the ``decisions`` already made; nothing of these is changed.

    A report that fewer than two annotators finished is left alone. ``by`` and ``at`` are as in :class:`Decision`.
    """
    made: list[Decision] = []
    kinds: dict[str, str] = {}
    refused: list[Decided] = []
    known = list(decisions)
    review = review_report(labelled, known)
    for relations in (False, True):
        labels = labels_of_ends(review) if relations else {}
        for group in review.relations if relations else review.entities:
            said = _said(group, review, rule, by, at)
            if said is None:
                continue
            decided = (
                decide(group, said, schema, review.length)
                if isinstance(group, EntityGroup)
                else decide_relation(group, said, schema, labels)
            )
            if decided.breaches:
                refused.append(decided)
            else:
                made.append(decided.decision)
                kinds[group.id] = str(group.kinds[0]) if group.kinds else ""
        if made:
            review = review_again(review, labelled, known + made)
    return Bulk(tuple(made), kinds, tuple(refused), review)


def _said(group: Group, review: ReportReview, rule: Rule, by: str, at: str) -> Said | None:
    if not review.is_compared or review.state(group).state is not State.OPEN:
        return None
    holders: dict[object, list[str]] = {}
    for name in group.annotators:
        holders.setdefault(_variant(group, name), []).append(name)
    ordered = sorted(holders.values(), key=len, reverse=True)
    is_tie = len(ordered) > 1 and len(ordered[0]) == len(ordered[1])
    if is_tie or not rule.accepts(len(ordered[0]), len(group.annotators)):
        return None
    return Said(Answer.TAKE, ordered[0][0], by=by, at=at, source=rule.source)


def _variant(group: Group, name: str) -> object:
    if name not in group.members:
        return None
    label = group.members[name]
    attributes = frozenset((key, values_of(value)) for key, value in label.attributes.items() if values_of(value))
    if isinstance(label, Entity):
        return label.label, label.spans, attributes, label.entry
    return label.type, None if isinstance(group, EntityGroup) else group.ends[name], attributes


@dataclass(slots=True)
class Preview:
    """What a bulk decision would do, in counts; ``left`` are the conflicts that stay open."""

    reports: int = 0
    entities: int = 0
    relations: int = 0
    nothing: int = 0
    refused: int = 0
    left: int = 0
    by_label: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)


def preview(bulks: Iterable[Bulk]) -> Preview:
    """Adds up what each report's bulk would do; ``by_kind`` leaves out the unanimous."""
    found = Preview()
    for each in bulks:
        found.reports += bool(each.decisions)
        found.refused += len(each.refused)
        found.left += len(each.review.open_conflicts)
        for decision in each.decisions:
            result = decision.result
            if result is None:
                found.nothing += 1
            elif isinstance(result, Entity):
                found.entities += 1
                found.by_label[result.label] += 1
            else:
                found.relations += 1
                found.by_label[result.type] += 1
            if each.kinds[decision.conflict_id]:
                found.by_kind[each.kinds[decision.conflict_id]] += 1
    return found


def sample_of_unanimous(reviews: Iterable[ReportReview], size: int, seed: int = 7) -> list[tuple[str, EntityGroup]]:
    """A random sample (the same for the same seed) of unanimous entities, with report ids, in the order read.

    Shared wrong suggestions look like agreement; a sample shows whether they are.
    """
    drawn = random.Random(seed)
    kept: list[tuple[int, str, EntityGroup]] = []
    for number, (report_id, group) in enumerate(_unanimous(reviews)):
        if len(kept) < size:
            kept.append((number, report_id, group))
        elif (place := drawn.randrange(number + 1)) < size:
            kept[place] = (number, report_id, group)
    return [(report_id, group) for _, report_id, group in sorted(kept, key=lambda each: each[0])]


def _unanimous(reviews: Iterable[ReportReview]) -> Iterator[tuple[str, EntityGroup]]:
    for review in reviews:
        if review.is_compared:
            yield from ((review.report_id, group) for group in review.entities if group.unanimous)
