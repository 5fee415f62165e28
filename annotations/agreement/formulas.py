"""The list of all figures of one measurement, by name, with the formula of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from annotations.agreement.alpha import alpha
from annotations.agreement.alpha_u import alpha_u
from annotations.agreement.bootstrap import Wanted
from annotations.agreement.figure import NO_ENDS, NO_REPORTS, TWO_ONLY, Value, f1
from annotations.agreement.kappa import cohen, fleiss
from annotations.agreement.tally import Key


@dataclass(frozen=True, slots=True)
class Occurring:
    """What occurs in the reports: entity labels, values of words, and by pair the labels and relation types."""

    labels: tuple[str, ...]
    values: tuple[str, ...]
    by_pair: Mapping[tuple[str, int], tuple[str, ...]]

    @classmethod
    def of(cls, total: Iterable[Key]) -> Occurring:
        """Reads it off the columns that were counted."""
        labels, values = set(), set()
        by_pair: dict[tuple[str, int], set[str]] = {}
        for key in total:
            match key:
                case ("alpha_u", str(label), "observed"):
                    labels.add(label)
                case ("alpha", "value", str(value)):
                    values.add(value)
                case (("entities" | "relations") as kind, int(pair), str(label), _) if label:
                    by_pair.setdefault((kind, pair), set()).add(label)
        ordered = {key: tuple(sorted(found)) for key, found in by_pair.items()}
        return cls(tuple(sorted(labels)), tuple(sorted(values)), ordered)

    def of_pair(self, kind: str, pair: int) -> tuple[str, ...]:
        """The labels (``entities``) or types (``relations``) that the pair used."""
        return self.by_pair.get((kind, pair), ())


def wanted_figures(occurring: Occurring, annotators: int, pairs: int, also: int = 0) -> dict[Key, Wanted]:
    """Every figure by name: ``(kind, pair, label)``, label empty for all; ``("kappa", pair)``, ``("alpha",)`` and so on.

    ``("also", number, pair)`` is the F1 of all entities by the further ways to match, of which there are ``also``.
    """
    wanted: dict[Key, Wanted] = {}
    for pair in range(pairs):
        used = ("reports", pair)
        for kind in ("entities", "relations"):
            for label in ("", *occurring.of_pair(kind, pair)):
                wanted[kind, pair, label] = Wanted(partial(_shared, kind, pair, label), used)
        for number in range(also):
            wanted["also", number, pair] = Wanted(partial(_also, number, pair), used)
        wanted["ends", pair] = Wanted(partial(_type_given_ends, pair), used)
        wanted["kappa", pair] = Wanted(partial(_kappa, pair, occurring.values), used)
    wanted["fleiss",] = Wanted(partial(_fleiss, annotators, occurring.values), ("all",))
    wanted["alpha",] = Wanted(partial(_alpha, annotators, occurring.values), ("used",))
    wanted["alpha_u",] = Wanted(partial(_alpha_u, occurring.labels), ("used",))
    for label in occurring.labels:
        wanted["alpha_u", label] = Wanted(partial(_alpha_u, (label,)), ("used",))
    return wanted


Sums = Mapping[Key, int]


def _shared(kind: str, pair: int, label: str, sums: Sums) -> Value:
    if not sums["reports", pair]:
        return None, NO_REPORTS
    both = sums[kind, pair, label, "both"]
    return f1(both, sums[kind, pair, label, "a"] - both, sums[kind, pair, label, "b"] - both)


def _also(number: int, pair: int, sums: Sums) -> Value:
    if not sums["reports", pair]:
        return None, NO_REPORTS
    both = sums["also", number, pair]
    return f1(both, *(sums["entities", pair, "", side] - both for side in ("a", "b")))


def _type_given_ends(pair: int, sums: Sums) -> Value:
    if not sums["reports", pair]:
        return None, NO_REPORTS
    ends = sums["ends", pair]
    return (sums["relations", pair, "", "both"] / ends, "") if ends else (None, NO_ENDS)


def _kappa(pair: int, values: tuple[str, ...], sums: Sums) -> Value:
    return cohen(sums, pair, values) if sums["reports", pair] else (None, NO_REPORTS)


def _fleiss(annotators: int, values: tuple[str, ...], sums: Sums) -> Value:
    if annotators < 3:
        return None, TWO_ONLY
    return fleiss(sums, annotators, values) if sums["all",] else (None, NO_REPORTS)


def _alpha(annotators: int, values: tuple[str, ...], sums: Sums) -> Value:
    return alpha(sums, annotators, values) if sums["used",] else (None, NO_REPORTS)


def _alpha_u(labels: tuple[str, ...], sums: Sums) -> Value:
    return alpha_u(sums, labels) if sums["used",] else (None, NO_REPORTS)
