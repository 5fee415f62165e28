"""Figures with their bootstrap intervals: the reports are drawn again and again, with replacement.

Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13 (percentile intervals).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotations.agreement.figure import FEW_REPORTS, NOT_RESAMPLED, SHAKY, TOO_LARGE, Figure, Value
from annotations.agreement.tally import Key, Tally

RESAMPLES = 1000
SEED = 7

Formula = Callable[[Mapping[Key, int]], Value]
"""Computes a figure from sums of counts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure to compute: its formula, and the column that counts the reports it uses (none: the total)."""

    formula: Formula
    used: Key


def figures(
    tally: Tally,
    wanted: Mapping[Key, Wanted],
    total: int,
    resamples: int,
    seed: int,
    told: Callable[[int, int], None] | None = None,
) -> dict[Key, Figure]:
    """Every wanted figure with its interval, all from the same resamples; ``told(done, resamples)`` may raise."""
    values: dict[Key, list[float]] = {name: [] for name in wanted}
    why = _why_no_interval(tally, resamples)
    if not why:
        for done, sums in enumerate(tally.resamples(resamples, seed), 1):
            if told is not None:
                told(done, resamples)
            for name, each in wanted.items():
                value = each.formula(sums)[0]
                if value is not None:
                    values[name].append(value)
    return {name: _figure(each, tally, values[name], total, resamples, why) for name, each in wanted.items()}


def _why_no_interval(tally: Tally, resamples: int) -> str:
    if not resamples:
        return NOT_RESAMPLED
    if len(tally.blocks) < 2:
        return FEW_REPORTS
    return "" if tally.fits() else TOO_LARGE


def _figure(each: Wanted, tally: Tally, values: list[float], total: int, resamples: int, why: str) -> Figure:
    used = tally.total[each.used]
    value, reason = each.formula(tally.total)
    if value is None:
        return Figure(None, reason, interval_reason=reason, used=used, total=total)
    if not why and used < 2:
        why = FEW_REPORTS
    if not why and 10 * len(values) < 9 * resamples:
        why = SHAKY
    if why:
        return Figure(value, interval_reason=why, used=used, total=total)
    values.sort()
    low, high = values[int(0.025 * (len(values) - 1))], values[-1 - int(0.025 * (len(values) - 1))]
    return Figure(value, low=low, high=high, used=used, total=total)
