"""Cohen's kappa (two annotators) and Fleiss' kappa (three and more) on words.

Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960);
J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971).
Their worked examples are tests. What the words leave out: see ``annotations.agreement.tokens``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from annotations.agreement.entities import Counts
from annotations.agreement.figure import NO_TOKENS, ONE_VALUE, Value
from annotations.agreement.tokens import Joint


def count_cohen(counts: Counts, pair: int, a: int, b: int, joint: Joint) -> None:
    """Adds one report's words: how many agree, and each value's number by annotator (places ``a`` and ``b``)."""
    same = 0
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for values, count in joint.items():
        rows[values[a]] += count
        columns[values[b]] += count
        if values[a] == values[b]:
            same += count
    counts["cohen", pair, "same"] = same
    for value, count in rows.items():
        counts["cohen", pair, "row", value] = count
    for value, count in columns.items():
        counts["cohen", pair, "column", value] = count


def cohen(sums: Mapping[tuple[object, ...], int], pair: int, values: Iterable[str]) -> Value:
    """Cohen's kappa of the pair; ``values`` are all values that occur."""
    marginals = [(sums["cohen", pair, "row", value], sums["cohen", pair, "column", value]) for value in values]
    total = sum(row for row, _ in marginals)
    if not total:
        return None, NO_TOKENS
    by_chance = sum(row * column for row, column in marginals)
    if by_chance == total * total:
        return None, ONE_VALUE
    return (total * sums["cohen", pair, "same"] - by_chance) / (total * total - by_chance), ""


def count_fleiss(counts: Counts, joint: Joint) -> None:
    """Adds one report's words: their number, the squares of how many annotators gave each value, the values."""
    values: Counter[str] = Counter()
    squares = words = 0
    for given, count in joint.items():
        by_value = Counter(given)
        words += count
        squares += count * sum(number * number for number in by_value.values())
        for value, number in by_value.items():
            values[value] += count * number
    counts["fleiss", "words"] = words
    counts["fleiss", "squares"] = squares
    for value, count in values.items():
        counts["fleiss", "value", value] = count


def fleiss(sums: Mapping[tuple[object, ...], int], annotators: int, values: Iterable[str]) -> Value:
    """Fleiss' kappa of ``annotators`` annotators, each of whom gave every word a value."""
    words = sums["fleiss", "words"]
    if not words:
        return None, NO_TOKENS
    observed = (sums["fleiss", "squares"] - words * annotators) / (words * annotators * (annotators - 1))
    given = words * annotators
    squared = sum(sums["fleiss", "value", value] ** 2 for value in values)
    if squared == given * given:
        return None, ONE_VALUE
    by_chance = squared / (given * given)
    return (observed - by_chance) / (1 - by_chance), ""
