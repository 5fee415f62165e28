"""Krippendorff's alpha_U: how well annotators agree on where the units are, label by label.

Each report is a continuum of its own, in code points. A label's units are its spans; spans of one label that
overlap in one annotation set are joined first, as the measure knows no nesting in the own label (nesting of other
labels is no matter: every label is measured by itself). Each fragment is a unit.
Observed and expected disagreement of a report count in proportion to (number of annotators) × length², which makes
them sums of squared differences that add up; for one report it is the published formula.
Sources: K. Krippendorff, On the reliability of unitizing contiguous data, Sociological Methodology 25 (1995);
Content Analysis (2nd edition 2004, section 11.6; 3rd edition 2013): the worked examples are tests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, combinations

from annotations.agreement.entities import Counts
from annotations.agreement.figure import NO_UNITS, Value
from annotations.report import Entity, Span

_SCALE = 1024
"""Disagreement is kept in whole 1024ths of a squared code point."""

Units = list[Span]


def count_alpha_u(counts: Counts, sets: Sequence[Sequence[Entity]], length: int) -> None:
    """Adds one report's disagreement by label; ``length`` is the number of code points of its text."""
    by_label: dict[str, list[Units]] = defaultdict(lambda: [[] for _ in sets])
    for place, entities in enumerate(sets):
        for entity in entities:
            by_label[entity.label][place].extend(entity.fragments or ((entity.start, entity.end),))
    for label, spans in by_label.items():
        units = [joined(own) for own in spans]
        observed, expected = disagreement(units, length)
        counts["alpha_u", label, "observed"] = round(observed * _SCALE)
        counts["alpha_u", label, "expected"] = round(expected * _SCALE)


def alpha_u(sums: Mapping[tuple[object, ...], int], labels: Iterable[str]) -> Value:
    """Alpha_U of these labels together (of one alone: give one)."""
    observed = expected = 0
    for label in labels:
        observed += sums["alpha_u", label, "observed"]
        expected += sums["alpha_u", label, "expected"]
    if not expected:
        return None, NO_UNITS
    return 1 - observed / expected, ""


def joined(spans: Iterable[Span]) -> Units:
    """Spans in order, overlapping ones joined; spans that only touch stay two."""
    units: Units = []
    for start, end in sorted(spans):
        if units and start < units[-1][1]:
            units[-1] = (units[-1][0], max(end, units[-1][1]))
        else:
            units.append((start, end))
    return units


def disagreement(units: Sequence[Units], length: int) -> tuple[float, float]:
    """Observed and expected disagreement of two or more annotators, times (annotators × length²)."""
    annotators = len(units)
    squares = 2 * sum(squared_difference(a, b) for a, b in combinations(units, 2))
    return squares / (annotators - 1), _expected(units, length)


def squared_difference(first: Units, second: Units) -> int:
    """Sum of squared differences of two annotators' units.

    Two units that overlap differ by the squares of the distances of their starts and of their ends; a unit that
    overlaps none by the square of its length.
    """
    if first == second:
        return 0
    total, from_place = 0, 0
    met: set[int] = set()
    for start, end in first:
        while from_place < len(second) and second[from_place][1] <= start:
            from_place += 1
        place = from_place
        while place < len(second) and second[place][0] < end:
            total += (start - second[place][0]) ** 2 + (end - second[place][1]) ** 2
            met.add(place)
            place += 1
        if place == from_place:
            total += (end - start) ** 2
    return total + sum((end - start) ** 2 for place, (start, end) in enumerate(second) if place not in met)


def _expected(units: Sequence[Units], length: int) -> float:
    annotators = len(units)
    lengths = [end - start for own in units for start, end in own]
    gaps = sorted(gap for own in units for gap in _gaps(own, length))
    from_end = [0, *accumulate(reversed(gaps))]  # sums of the longest gaps
    total = 0
    for unit in lengths:
        wide = len(gaps) - bisect_left(gaps, unit)
        places = from_end[wide] - wide * (unit - 1)  # where the unit would fit into a gap
        total += unit * ((len(lengths) - 1) * (2 * unit * unit - 3 * unit + 1) + 3 * unit * places)
    whole = annotators * length
    possible = whole * (whole - 1) - sum(unit * (unit - 1) for unit in lengths)
    if not possible:
        return 0.0
    return 2 * whole * total / (3 * possible)


def _gaps(units: Units, length: int) -> list[int]:
    edges = [0, *(edge for unit in units for edge in unit), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
