"""Which labels and which phrases annotators disagree on most: what the labelling guide should say more about.

Counted are the conflicts of entities as they are before anybody decides, and, where review gave a reason, the reasons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotations.matching import same_word_key
from annotations.review.group import EntityGroup, Kind
from annotations.review.report_review import ReportReview

NOTHING = ""
"""In place of a label: somebody has no such mention."""
EXAMPLES = 5
"""How many examples of each are kept."""
_AROUND = 60  # code points of text before and after an example


@dataclass(frozen=True, slots=True)
class Example:
    """One conflict: where, the text around it (``marked`` is the place in ``text``), and each annotator's answer."""

    report_id: str
    report_name: str
    start: int
    end: int
    text: str
    marked: tuple[int, int]
    answers: tuple[tuple[str, str, str], ...]
    """Annotator, label (empty: nothing) and covered text."""

    @property
    def phrase(self) -> str:
        """What the conflict is about."""
        return self.text[self.marked[0] : self.marked[1]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Conflicts of one sort: ``name`` is a phrase, or empty for a pair of labels; ``labels`` are the answers given.

    ``kinds`` counts how they differ, ``reasons`` what review gave as the reason.
    """

    name: str
    labels: tuple[str, ...]
    count: int
    reports: int
    kinds: Mapping[Kind, int]
    reasons: Mapping[str, int]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Troubles:
    """All of it: the conflicts counted, in how many reports, and the most frequent pairs of labels and phrases."""

    conflicts: int
    reports: int
    pairs: tuple[Trouble, ...]
    phrases: tuple[Trouble, ...]
    reasons: Mapping[str, int]


@dataclass(slots=True)
class _Sort:
    labels: set[str] = field(default_factory=set)
    count: int = 0
    reports: set[str] = field(default_factory=set)
    kinds: Counter[Kind] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)


def troubles(reviews: Iterable[tuple[ReportReview, str]], most: int = 100) -> Troubles:
    """The most frequent sorts of conflict, in all reports given with their texts; phrases that occur in one only last."""
    pairs: dict[tuple[str, ...], _Sort] = defaultdict(_Sort)
    phrases: dict[str, _Sort] = defaultdict(_Sort)
    shown: dict[str, str] = {}
    reasons: Counter[str] = Counter()
    conflicts, reports = 0, set()
    for review, text in reviews:
        for group in review.entities:
            if group.unanimous:
                continue
            conflicts += 1
            reports.add(review.report_id)
            decision = review.state(group).decision
            reason = decision.reason if decision is not None else ""
            reasons.update([reason] if reason else [])
            labels = tuple(sorted(set(_answers(group).values())))
            key = same_word_key(text[group.start : group.end])
            shown.setdefault(key, " ".join(text[group.start : group.end].split()))
            for sort in (pairs[labels], phrases[key]):
                _count(sort, group, labels, reason)
                if len(sort.examples) < EXAMPLES:
                    sort.examples.append(_example(review, group, text))
    return Troubles(
        conflicts,
        len(reports),
        tuple(_most({"\0".join(labels): sort for labels, sort in pairs.items()}, {}, most)),
        tuple(_most(phrases, shown, most)),
        dict(reasons.most_common()),
    )


def _answers(group: EntityGroup) -> dict[str, str]:
    """Each annotator's label, empty for none."""
    members = group.members
    return {name: members[name].label if name in members else NOTHING for name in group.annotators}


def _count(sort: _Sort, group: EntityGroup, labels: tuple[str, ...], reason: str) -> None:
    sort.labels.update(labels)
    sort.count += 1
    sort.reports.add(group.report_id)
    sort.kinds.update(group.kinds)
    sort.reasons.update([reason] if reason else [])


def _example(review: ReportReview, group: EntityGroup, text: str) -> Example:
    first, last = max(0, group.start - _AROUND), min(len(text), group.end + _AROUND)
    around = text[first:last]
    answers = tuple(
        (name, label, " ".join(group.members[name].surface(text).split()) if label else "")
        for name, label in _answers(group).items()
    )
    marked = (group.start - first, group.end - first)
    return Example(review.report_id, review.report_name, group.start, group.end, around, marked, answers)


def _most(sorts: Mapping[str, _Sort], shown: Mapping[str, str], most: int) -> list[Trouble]:
    found = [
        Trouble(
            shown.get(name, ""),
            tuple(sorted(sort.labels, key=lambda label: (not label, label))),
            sort.count,
            len(sort.reports),
            dict(sort.kinds.most_common()),
            dict(sort.reasons.most_common()),
            tuple(sort.examples),
        )
        for name, sort in sorts.items()
    ]
    return sorted(found, key=lambda one: (-one.count, -one.reports, one.name, one.labels))[:most]
