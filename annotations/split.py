"""Splitting reports into train, dev and test: by report, seeded, stratified, near-duplicates together.

A report is in one part as a whole, and so are all reports whose texts are nearly the same
(``annotations.near_duplicates``). Groups are dealt out large ones first, each to the part where the shares of reports and of
every label stay nearest to what was asked for; the seed decides the order among groups of about the same size.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.near_duplicates import Alike


class Part(StrEnum):
    """A part of a split."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


PARTS = tuple(Part)
SHARES = (80, 10, 10)
SEED = 7


def check_shares(shares: Sequence[int]) -> None:
    """Raise ``Refused`` unless these are three shares of which one is above zero and none below."""
    if len(shares) != len(PARTS) or min(shares) < 0 or sum(shares) == 0:
        raise Refused(
            "“{shares}” cannot split the reports: give three whole numbers for train, dev and test, like 80,10,10. "
            "Nothing was written.",
            shares=",".join(map(str, shares)),
        )


def split(reports: Iterable[LabelledReport], shares: Sequence[int] = SHARES, seed: int = SEED) -> dict[str, Part]:
    """The part of each report, by report id; the same reports, shares and seed give the same split.

    ``reports`` is read once, as a stream, and may come in any order that is the same each time. Memory is about
    half a kilobyte a report. No part with a share stays empty while another has two groups of texts.
    Raises ``Refused`` for shares that make no sense.
    """
    check_shares(shares)
    ids: list[str] = []
    alike = Alike()
    counts = _Counts()
    for labelled in reports:
        ids.append(labelled.report.id)
        alike.add(labelled.report.text)
        counts.add(labelled)
    members: dict[int, list[int]] = {}
    for number, group in enumerate(alike.groups()):
        members.setdefault(group, []).append(number)
    groups = [_Group(tuple(numbers), counts.shares(numbers)) for numbers in members.values()]
    dealt = _deal(groups, [share / sum(shares) for share in shares], random.Random(seed))
    return {ids[number]: part for group, part in dealt for number in group.members}


class _Counts:
    """Entities by label of each report, in columns."""

    def __init__(self) -> None:
        self._reports = 0
        self._columns: dict[str, array[int]] = {}
        self._totals: dict[str, int] = {}

    def add(self, labelled: LabelledReport) -> None:
        for column in self._columns.values():
            column.append(0)
        self._reports += 1
        for labels in labelled.sets:
            for entity in labels.entities:
                if entity.label not in self._columns:
                    self._columns[entity.label] = array("L", [0]) * self._reports
                    self._totals[entity.label] = 0
                self._columns[entity.label][-1] += 1
                self._totals[entity.label] += 1

    def shares(self, numbers: Sequence[int]) -> Mapping[str, float]:
        """What part of all reports (at ``""``) and of each label's entities these reports hold."""
        made = {"": len(numbers) / self._reports}
        for label, column in self._columns.items():
            count = sum(column[number] for number in numbers)
            if count:
                made[label] = count / self._totals[label]
        return made


@dataclass(frozen=True, slots=True)
class _Group:
    """Reports that stay together, and what part of everything they hold."""

    members: tuple[int, ...]
    shares: Mapping[str, float]

    @property
    def size(self) -> int:
        """The group's weight in powers of two: groups of about the same weight are dealt in random order."""
        return int(sum(self.shares.values()) * 1024).bit_length()


def _deal(groups: list[_Group], wanted: Sequence[float], dice: random.Random) -> Iterator[tuple[_Group, Part]]:
    dice.shuffle(groups)
    groups.sort(key=lambda group: -group.size)
    hands: list[list[_Group]] = [[] for _ in PARTS]
    held: list[dict[str, float]] = [{} for _ in PARTS]
    for group in groups:
        best = min(
            (part for part in range(len(PARTS)) if wanted[part]), key=lambda part: _cost(group, part, held, wanted)
        )
        hands[best].append(group)
        for label, share in group.shares.items():
            held[best][label] = held[best].get(label, 0.0) + share
    _fill_empty(hands, wanted)
    for part, hand in zip(PARTS, hands, strict=True):
        for group in hand:
            yield group, part


def _cost(group: _Group, part: int, held: Sequence[Mapping[str, float]], wanted: Sequence[float]) -> float:
    """How much further from the wanted shares everything is when the part takes the group."""
    # (have + share - want)² - (have - want)², relative to the part's size: small parts must not overflow.
    return sum(
        share * (share + 2 * (held[part].get(label, 0.0) - wanted[part])) / wanted[part]
        for label, share in group.shares.items()
    )


def _fill_empty(hands: list[list[_Group]], wanted: Sequence[float]) -> None:
    for part, hand in enumerate(hands):
        richest = max(hands, key=len)
        if wanted[part] and not hand and len(richest) > 1:
            # The last one is among the smallest.
            hand.append(richest.pop())
