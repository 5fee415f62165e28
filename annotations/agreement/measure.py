"""Measuring the agreement of chosen annotators over a stream of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import combinations

from annotations.agreement.bootstrap import RESAMPLES, SEED, figures
from annotations.agreement.count import count_report, finished_sets
from annotations.agreement.figure import Figure
from annotations.agreement.formulas import Occurring, wanted_figures
from annotations.agreement.gamma import GammaSample
from annotations.agreement.result import Agreement, Compared, PairAgreement
from annotations.agreement.selector import Selector
from annotations.agreement.tally import Key, Tally
from annotations.corpus import LabelledReport
from annotations.errors import Refused

_EXACT = Selector()
_SUMMED_ONLY = frozenset({"confusion"})


def measure(
    reports: Iterable[LabelledReport],
    annotators: Sequence[str],
    selector: Selector = _EXACT,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    gamma: bool = False,
    also: Sequence[Selector] = (),
    told: Callable[[int, int], None] | None = None,
) -> Agreement:
    """The agreement of ``annotators`` (two or more names) on ``reports``, read once.

    Only finished sets count (status done); a report with fewer than two is not used. ``selector`` says when two
    entities are the same; the figures on words and alpha_U do not depend on it. Memory does not grow with the number
    of reports. ``gamma`` asks for gamma too, which is slow. ``also`` are further ways to match, of which only the F1 of
    all entities is wanted. ``told(done, total)`` is called while resampling and may raise. Raises ``Refused`` for fewer than two annotators.
    """
    names = tuple(dict.fromkeys(annotators))
    if len(names) < 2:
        raise Refused("Agreement needs at least two annotators. Nothing was changed; choose two or more.")
    numbers = {pair: number for number, pair in enumerate(combinations(range(len(names)), 2))}
    tally, total, sample = Tally(_SUMMED_ONLY), 0, GammaSample(asked=gamma, seed=seed)
    for labelled in reports:
        total += 1
        sets = finished_sets(labelled, names)
        if len(sets) > 1:
            tally.add(count_report(labelled.report.text, sets, numbers, len(names), selector, also))
            sample.offer(sets)
    occurring = Occurring.of(tally.total)
    wanted = wanted_figures(occurring, len(names), len(numbers), len(also))
    found = figures(tally, wanted, total, resamples, seed, told)
    pair_of = partial(_pair, tally, found, occurring, also)
    return Agreement(
        selector=selector,
        annotators=names,
        used=tally.total["used",],
        total=total,
        pairs=tuple(pair_of(number, (names[a], names[b])) for (a, b), number in numbers.items()),
        fleiss=found["fleiss",],
        alpha=found["alpha",],
        alpha_u=found["alpha_u",],
        alpha_u_by_label={label: found["alpha_u", label] for label in occurring.labels},
        gamma=sample.figure(total),
    )


def _pair(
    tally: Tally,
    found: dict[Key, Figure],
    occurring: Occurring,
    also: Sequence[Selector],
    number: int,
    names: tuple[str, str],
) -> PairAgreement:
    def compared(kind: str, label: str) -> Compared:
        both, a, b = (tally.total[kind, number, label, side] for side in ("both", "a", "b"))
        return Compared(found[kind, number, label], both, a - both, b - both)

    confusion = {
        (str(key[2]), str(key[3])): count
        for key, count in tally.total.items()
        if key[0] == "confusion" and key[1] == number
    }
    return PairAgreement(
        annotators=names,
        reports=tally.total["reports", number],
        entities=compared("entities", ""),
        by_label={label: compared("entities", label) for label in occurring.of_pair("entities", number)},
        relations=compared("relations", ""),
        by_type={kind: compared("relations", kind) for kind in occurring.of_pair("relations", number)},
        same_ends=tally.total["ends", number],
        type_given_ends=found["ends", number],
        kappa=found["kappa", number],
        confusion=dict(sorted(confusion.items())),
        also={selector: found["also", place, number] for place, selector in enumerate(also)},
    )
