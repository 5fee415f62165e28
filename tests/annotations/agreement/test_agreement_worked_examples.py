"""The figures that the papers themselves work out."""

from __future__ import annotations

from collections import Counter

import pytest

from annotations.agreement.alpha import alpha, count_alpha
from annotations.agreement.alpha_u import alpha_u as alpha_u_of
from annotations.agreement.alpha_u import count_alpha_u, disagreement, squared_difference
from annotations.agreement.entities import Counts
from annotations.agreement.kappa import cohen, count_cohen, count_fleiss, fleiss
from annotations.agreement.tally import Sums
from annotations.report import Entity

# J. Cohen (1960), the table of joint frequencies behind kappa = .492.
COHEN_1960 = ((88, 14, 18), (10, 40, 10), (2, 6, 12))

# J. L. Fleiss (1971), table 1: 30 patients, 6 psychiatrists, 5 categories.
FLEISS_1971 = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)

# K. Krippendorff (2011), section C: four observers, twelve units, missing values.
KRIPPENDORFF_2011_C = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def test_cohen_1960() -> None:
    joint = {(str(row), str(column)): count for row, line in enumerate(COHEN_1960) for column, count in enumerate(line)}
    counts: Counts = {}
    count_cohen(counts, 0, 0, 1, joint)
    value, _ = cohen(Sums(counts), 0, "012")
    assert value == pytest.approx(0.492, abs=0.0005)


def test_fleiss_1971() -> None:
    joint: Counter[tuple[str, ...]] = Counter()
    for patient in FLEISS_1971.split():
        joint[tuple(str(category) for category, number in enumerate(patient) for _ in range(int(number)))] += 1
    counts: Counts = {}
    count_fleiss(counts, joint)
    value, _ = fleiss(Sums(counts), 6, "01234")
    assert value == pytest.approx(0.430, abs=0.0005)


def _alpha(reliability_data: tuple[str, ...]) -> float | None:
    counts: Counts = {}
    for unit in zip(*reliability_data, strict=True):
        given = tuple(value for value in unit if value != ".")
        if len(given) > 1:
            count_alpha(counts, {given: 1})
    return alpha(Sums(counts), len(reliability_data), "012345abcde")[0]


def test_krippendorff_2011_two_observers_binary() -> None:
    assert _alpha(("0100000000", "1110010010")) == pytest.approx(0.095, abs=0.0005)


def test_krippendorff_2011_two_observers_nominal() -> None:
    assert _alpha(("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=0.0005)


def test_krippendorff_2011_many_observers_missing_values() -> None:
    assert _alpha(KRIPPENDORFF_2011_C) == pytest.approx(0.743, abs=0.0005)


def test_krippendorff_2004_alpha_u() -> None:
    """Content Analysis (2nd edition 2004), section 11.6: continuum 150 to 450, categories c and k."""
    first = [("c", 225, 295), ("c", 370, 400), ("k", 180, 240), ("k", 300, 350)]
    second = [("c", 220, 300), ("c", 355, 375), ("c", 400, 420), ("k", 180, 240), ("k", 300, 350)]
    sets = [
        [Entity(str(number), label, start - 150, end - 150) for number, (label, start, end) in enumerate(own)]
        for own in (first, second)
    ]
    counts: Counts = {}
    count_alpha_u(counts, sets, 300)
    sums = Sums(counts)
    assert alpha_u_of(sums, "c")[0] == pytest.approx(0.7286, abs=0.0001)
    assert alpha_u_of(sums, "k")[0] == 1.0
    assert alpha_u_of(sums, "ck")[0] == pytest.approx(0.8591, abs=0.0005)


def test_krippendorff_2004_disagreement() -> None:
    units = [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]]
    observed, expected = (value / (2 * 300**2) for value in disagreement(units, 300))
    assert observed == pytest.approx(0.0144, abs=0.00005)
    assert expected == pytest.approx(0.0532, abs=0.00005)


def test_krippendorff_2004_differences() -> None:
    """Section 11.6, figure of differences: a unit of 6 against units that move along it."""
    unit = [(5, 11)]
    differences = {(2, 4): 40, (3, 5): 40, (4, 6): 26, (5, 7): 16, (6, 8): 10, (7, 9): 8, (6, 10): 2, (5, 11): 0}
    assert {other: squared_difference(unit, [other]) for other in differences} == differences
    assert squared_difference([(225, 295)], [(220, 300)]) == 50
    assert squared_difference([(370, 400)], [(355, 375)]) == 850


# K. Krippendorff (1995), figure of four pairs of observers on a continuum of 24, stretched as in its table.
PAIRS_1995 = {
    "A": ([(2, 10), (14, 20)], [(4, 8), (15, 17)]),
    "B": ([(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)]),
    "C": ([(2, 8), (10, 12), (14, 18), (20, 22)], [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)]),
    "D": ([(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)], [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)]),
}


@pytest.mark.parametrize(
    ("name", "observed", "alpha_u"),
    [("A", 0.03125, 0.553), ("B", 2.26736, -0.926), ("C", 0.02777, 0.679), ("D", 0.38715, 0.066)],
)
def test_krippendorff_1995_alpha_u(name: str, observed: float, alpha_u: float) -> None:
    """The 1995 paper's expected disagreement has a slip that 2004 corrects: its alphas hold to two hundredths."""
    units = [[(start * 50_000, end * 50_000) for start, end in own] for own in PAIRS_1995[name]]
    length = 24 * 50_000
    found, expected = disagreement(units, length)
    assert found / (2 * length**2) == pytest.approx(observed, abs=0.00001)
    assert 1 - found / expected == pytest.approx(alpha_u, abs=0.02)
