"""Counts that add up, and resampling them."""

from __future__ import annotations

import random

from annotations.agreement.tally import Tally


def _tally(reports: int, blocks: int = 2048) -> Tally:
    tally = Tally(blocks=blocks)
    for number in range(reports):
        tally.add({("a",): number, ("late",) if number > 2 else ("early",): 1})
    return tally


def test_resamples_draw_whole_reports() -> None:
    tally = _tally(5)
    drawn = random.Random(3)
    expected = sum(drawn.choices(range(5), k=5))
    assert next(tally.resamples(1, 3))["a",] == expected


def test_the_seed_decides() -> None:
    def drawn(seed: int) -> list[int]:
        return [sums["a",] for sums in _tally(50).resamples(5, seed)]

    assert drawn(3) == drawn(3) != drawn(4)


def test_a_column_never_counted_is_zero() -> None:
    assert _tally(2).total["unknown",] == 0
    assert next(_tally(2).resamples(1, 3))["unknown",] == 0


def test_blocks_stay_bounded_and_lose_nothing() -> None:
    tally = _tally(1000, blocks=8)
    assert len(tally.blocks) <= 8
    assert tally.reports == 1000
    assert tally.total["a",] == sum(range(1000))
    mask = (1 << 64) - 1
    assert sum(block & mask for block in tally.blocks) == sum(range(1000))


def test_columns_only_summed_up_are_not_resampled() -> None:
    tally = Tally(frozenset({"confusion"}))
    tally.add({("confusion", "a", "b"): 3, ("kept",): 1})
    tally.add({("confusion", "a", "b"): 4})
    assert tally.total["confusion", "a", "b"] == 7
    assert next(tally.resamples(1, 1))["confusion", "a", "b"] == 0


def test_counts_that_could_overflow_are_noticed() -> None:
    tally = Tally()
    tally.add({("a",): 1 << 62})
    tally.add({("a",): 1})
    assert not tally.fits()
    assert _tally(4).fits()
