"""Krippendorff's alpha for nominal data, on words; annotators may be missing on some reports.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C; its reliability data are a test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from annotations.agreement.entities import Counts
from annotations.agreement.figure import NO_TOKENS, ONE_VALUE, Value
from annotations.agreement.tokens import Joint


def count_alpha(counts: Counts, joint: Joint) -> None:
    """Adds units to ``counts``; each has the same number of values, two or more.

    Kept are the number of pairable values by value, and for units of *m* values the sum of m² less the squares of
    how often each value was given (m − 1 times the coincidences of different values).
    """
    pairable: Counter[str] = Counter()
    differing: Counter[int] = Counter()
    for given, count in joint.items():
        by_value = Counter(given)
        number = len(given)
        differing[number] += count * (number * number - sum(times * times for times in by_value.values()))
        for value, times in by_value.items():
            pairable[value] += count * times
    for value, count in pairable.items():
        key = ("alpha", "value", value)
        counts[key] = counts.get(key, 0) + count
    for number, count in differing.items():
        key = ("alpha", "differing", str(number))
        counts[key] = counts.get(key, 0) + count


def alpha(sums: Mapping[tuple[object, ...], int], most: int, values: Iterable[str]) -> Value:
    """Nominal alpha; ``most`` is the largest number of values of one unit, ``values`` are all that occur."""
    pairable = [sums["alpha", "value", value] for value in values]
    total = sum(pairable)
    if not total:
        return None, NO_TOKENS
    expected = total * total - sum(count * count for count in pairable)
    if not expected:
        return None, ONE_VALUE
    observed = sum(sums["alpha", "differing", str(number)] / (number - 1) for number in range(2, most + 1))
    return 1 - (total - 1) * observed / expected, ""
