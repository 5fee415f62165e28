"""Handing out reports to annotators, as values: who is to label what, evenly, and the same for the same question."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from annotations.errors import Refused

Pair = tuple[str, str]
"""Two annotators, in order of name."""


class Way(StrEnum):
    """How reports are handed out.

    ``ALL``            every report to every annotator; with reports chosen by hand, also assignment by hand
    ``PER_ANNOTATOR``  ``number`` further reports to each annotator, different ones as long as there are enough
    ``PER_REPORT``     ``number`` annotators to each report
    ``OVERLAP``        the ``share`` of the reports to ``number`` annotators each, the rest to one each
    """

    ALL = "all"
    PER_ANNOTATOR = "per_annotator"
    PER_REPORT = "per_report"
    OVERLAP = "overlap"


class Balance(StrEnum):
    """What is to be equal between annotators."""

    COUNT = "count"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Piece:
    """A report to hand out; ``length`` in code points; ``has`` are the annotators it is assigned to already."""

    report_id: str
    length: int = 1
    has: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the lead wants. ``number`` and ``share`` (0 to 1) mean what :class:`Way` says.

    Raises ``Refused`` for what cannot be.
    """

    annotators: tuple[str, ...]
    way: Way = Way.ALL
    number: int = 1
    share: float = 0.2
    balance: Balance = Balance.COUNT

    def __post_init__(self) -> None:
        count = len(set(self.annotators))
        if not count or count < len(self.annotators) or not all(name.strip() for name in self.annotators):
            raise Refused("Choose at least one annotator, each once. Nothing was handed out.")
        if not 0 <= self.share <= 1:
            raise Refused("{share} is no share: give a number from 0 to 1. Nothing was handed out.", share=self.share)
        if self.number < 1:
            raise Refused("{number} is too few: give 1 or more. Nothing was handed out.", number=self.number)
        if self.way in (Way.PER_REPORT, Way.OVERLAP) and self.number > count:
            raise Refused(
                "{number} annotators for a report are more than the {count} chosen. Nothing was handed out.",
                number=self.number,
                count=count,
            )


@dataclass(frozen=True, slots=True)
class Load:
    """What one annotator has: reports and their code points; ``new`` and ``new_length`` of them by this plan."""

    reports: int = 0
    length: int = 0
    new: int = 0
    new_length: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be handed out: (report id, annotator) in a fixed order; the load of each annotator; what pairs share.

    ``loads`` and ``overlap`` count what the annotators will have when this is done, of the reports that were given.
    """

    assigned: tuple[tuple[str, str], ...]
    loads: Mapping[str, Load] = field(default_factory=dict)
    overlap: Mapping[Pair, int] = field(default_factory=dict)


def hand_out(pieces: Iterable[Piece], wish: Wish) -> Plan:
    """Who gets which report, in addition to what is assigned already.

    The result does not depend on the order of annotators, and on that of reports only for ``PER_ANNOTATOR``, which
    takes them in the order given. When nothing was assigned before, two annotators differ by one report at most
    (``COUNT``), or, except for ``PER_ANNOTATOR``, by the length of one report (``LENGTH``).
    Raises ``Refused`` when there are fewer reports than are asked for.
    """
    given = list(pieces)
    dealer = _Dealer(given, wish)
    if wish.way is Way.PER_ANNOTATOR:
        dealer.deal_numbers(given)
    else:
        dealer.deal(given, _wanted(given, wish))
    return dealer.plan()


def _wanted(pieces: Sequence[Piece], wish: Wish) -> dict[str, int]:
    """How many annotators each report is to have."""
    if wish.way is Way.ALL:
        return {piece.report_id: len(wish.annotators) for piece in pieces}
    if wish.way is Way.PER_REPORT:
        return {piece.report_id: wish.number for piece in pieces}
    drawn = sorted((piece for piece in pieces if not piece.has), key=lambda piece: _drawn(piece.report_id))
    several = round(wish.share * len(drawn))
    return {piece.report_id: wish.number if place < several else 1 for place, piece in enumerate(drawn)}


def _drawn(report_id: str) -> str:
    """A number that has nothing to do with name or date: so reports are drawn, always the same ones."""
    return hashlib.sha256(report_id.encode("utf-8", "surrogatepass")).hexdigest()


class _Dealer:
    """Gives reports one after another, the largest first, to who has least."""

    def __init__(self, pieces: Iterable[Piece], wish: Wish) -> None:
        self._names = sorted(wish.annotators)
        self._by_length = wish.balance is Balance.LENGTH
        self._number = wish.number
        self._had = {piece.report_id: piece for piece in pieces}
        self._given: dict[str, list[str]] = {}
        self._load: Counter[str] = Counter()
        self._shared: Counter[Pair] = Counter()
        for piece in self._had.values():
            here = sorted(piece.has.intersection(self._names))
            self._load.update(dict.fromkeys(here, self._weight(piece)))
            self._shared.update(combinations(here, 2))

    def _weight(self, piece: Piece) -> int:
        return piece.length if self._by_length else 1

    def deal(self, pieces: Iterable[Piece], wanted: Mapping[str, int]) -> None:
        """Bring each report to as many of the annotators as ``wanted``."""
        order = sorted(
            pieces, key=lambda one: (-wanted.get(one.report_id, 0), -self._weight(one), _drawn(one.report_id))
        )
        for piece in order:
            have = piece.has.intersection(self._names)
            for _ in range(wanted.get(piece.report_id, 0) - len(have)):
                self._give(piece, {})

    def deal_numbers(self, pieces: Sequence[Piece]) -> None:
        """Give each annotator ``number`` reports: those that nobody has first, each to one, as long as they last."""
        left = dict.fromkeys(self._names, self._number)
        self._deal_round([piece for piece in pieces if not piece.has], left)
        while any(left.values()) and self._deal_round(pieces, left):
            pass
        if any(left.values()):
            raise Refused(
                "There are not {number} reports for each annotator that she does not have yet. Nothing was handed out; "
                "ask for fewer, or import more.",
                number=self._number,
            )

    def _deal_round(self, pieces: Sequence[Piece], left: dict[str, int]) -> bool:
        """Give each of the first reports that somebody can still take to one annotator; False when there are none."""
        chosen = [piece for piece in pieces if self._takers(piece, left)][: sum(left.values())]
        for piece in sorted(chosen, key=lambda one: (-self._weight(one), _drawn(one.report_id))):
            if self._takers(piece, left):
                left[self._give(piece, left)] -= 1
        return bool(chosen)

    def _takers(self, piece: Piece, left: Mapping[str, int]) -> list[str]:
        """Annotators who do not have the report, and may still be given one."""
        has = piece.has.union(self._given.get(piece.report_id, ()))
        return [name for name in self._names if name not in has and left.get(name, 1)]

    def _give(self, piece: Piece, left: Mapping[str, int]) -> str:
        """To who still lacks most, then has least, then shares least with those who have the report already."""
        others = sorted(piece.has.intersection(self._names).union(self._given.get(piece.report_id, ())))

        def rank(name: str) -> tuple[int, int, int, str]:
            return -left.get(name, 0), self._load[name], sum(self._shared[_pair(name, one)] for one in others), name

        taker = min(self._takers(piece, left), key=rank)
        self._given.setdefault(piece.report_id, []).append(taker)
        self._load[taker] += self._weight(piece)
        self._shared.update(_pair(taker, one) for one in others)
        return taker

    def plan(self) -> Plan:
        """What was dealt."""
        loads = dict.fromkeys(self._names, Load())
        for piece in self._had.values():
            new = self._given.get(piece.report_id, ())
            for name in piece.has.intersection(self._names).union(new):
                loads[name] = _add(loads[name], piece.length, name in new)
        assigned = tuple((report, name) for report in self._had for name in sorted(self._given.get(report, ())))
        overlap = {pair: self._shared[pair] for pair in combinations(self._names, 2)}
        return Plan(assigned, loads, overlap)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _add(load: Load, length: int, new: bool) -> Load:
    return Load(load.reports + 1, load.length + length, load.new + new, load.new_length + length * new)
