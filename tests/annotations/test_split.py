"""Train, dev and test: by report, stratified, near-duplicates together, the seed decides."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.near_duplicates import Alike, signature
from annotations.report import AnnotationSet, Entity, Report
from annotations.split import Part, check_shares, split

WORDS = [f"từ{number}" for number in range(4000)]


def words(seed: int, count: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def report(number: int, text: str | None = None, labels: str = "") -> LabelledReport:
    entities = tuple(Entity(str(place), label, 0, 1) for place, label in enumerate(labels))
    made = Report(f"r{number}", f"r{number}", " ".join(words(number)) if text is None else text)
    return LabelledReport(made, (AnnotationSet("lan", entities=entities),) if labels else ())


def test_shares_are_kept_by_reports_and_by_label() -> None:
    made = [
        report(number, labels="A" * (number % 7 + 1) + "B" * (number % 3) + "C" * (number % 50 == 0))
        for number in range(400)
    ]
    parts = split(made)
    assert Counter(parts.values()) == {Part.TRAIN: 320, Part.DEV: 40, Part.TEST: 40}
    for label in "AB":
        counts = Counter[Part]()
        for one in made:
            for labels in one.sets:
                counts[parts[one.report.id]] += sum(entity.label == label for entity in labels.entities)
        assert counts[Part.TRAIN] / counts.total() == pytest.approx(0.8, abs=0.02)
        assert counts[Part.DEV] / counts.total() == pytest.approx(0.1, abs=0.02)


def test_a_rare_label_is_in_every_part() -> None:
    made = [report(number, labels="A" + "R" * (number < 3)) for number in range(60)]
    parts = split(made, (60, 20, 20))
    assert {parts[f"r{number}"] for number in range(3)} == set(Part)


def test_near_duplicates_stay_together() -> None:
    dice = random.Random(5)
    made = []
    for number in range(60):
        first = words(number)
        copy = [word if dice.random() > 0.05 else "khác" for word in first]
        made += [report(2 * number, " ".join(first)), report(2 * number + 1, " ".join(["Nguồn", "Báo", *copy]).upper())]
    for seed in range(5):
        parts = split(made, (50, 25, 25), seed)
        assert all(parts[f"r{number}"] is parts[f"r{number + 1}"] for number in range(0, 120, 2))
        assert len(set(parts.values())) == 3


@pytest.mark.parametrize("text", ["", " ", "Tỉnh uỷ", "a b", "!?", "Hội nghị lần thứ 18"])
def test_short_texts_that_fold_to_the_same_stay_together(text: str) -> None:
    made = [report(0, text), report(1, text.upper() + "."), *(report(number) for number in range(2, 20))]
    for seed in range(8):
        parts = split(made, seed=seed)
        assert parts["r0"] is parts["r1"]


def test_different_texts_are_not_joined() -> None:
    alike = Alike()
    for number in range(300):
        # A page's furniture is the same in all of them.
        alike.add(" ".join([*words(number, 120), "Các tin khác", "Nguồn Báo Hà Nam", "Bản quyền thuộc về toà soạn"]))
    assert list(alike.groups()) == list(range(300))


def test_a_chain_of_likeness_is_one_group() -> None:
    alike = Alike()
    kept = words(1)
    for step in range(4):
        kept[step * 25 : step * 25 + 25] = words(100 + step, 25)
        alike.add(" ".join(kept))
    alike.add(" ".join(words(2)))
    assert list(alike.groups()) == [0, 0, 0, 0, 4]


def test_very_many_copies_of_one_text() -> None:
    parts = split([report(number, "Bản tin thời tiết hôm nay không mưa") for number in range(500)])
    assert set(parts.values()) == {Part.TRAIN}


def test_the_seed_decides_and_is_repeatable() -> None:
    made = [report(number, labels="A" * (number % 5 + 1)) for number in range(50)]
    assert split(made, seed=3) == split(iter(made), seed=3)
    assert len({tuple(sorted(split(made, seed=seed).items())) for seed in range(4)}) == 4


def test_the_reports_are_read_once_as_a_stream() -> None:
    def stream() -> Iterator[LabelledReport]:
        yield from (report(number) for number in range(10))

    assert len(split(stream())) == 10


def test_few_reports() -> None:
    assert split([]) == {}
    assert split([report(1)]) == {"r1": Part.TRAIN}
    assert set(split([report(number) for number in range(3)]).values()) == set(Part)
    assert Counter(split([report(number) for number in range(2)], (50, 0, 50)).values()) == {
        Part.TRAIN: 1,
        Part.TEST: 1,
    }


def test_a_part_without_a_share_stays_empty() -> None:
    assert set(split([report(number) for number in range(30)], (90, 10, 0)).values()) == {Part.TRAIN, Part.DEV}


@pytest.mark.parametrize("shares", [(80, 20), (0, 0, 0), (80, -10, 30), ()])
def test_shares_that_make_no_sense(shares: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="80,10,10"):
        check_shares(shares)
    with pytest.raises(Refused):
        split([report(1)], shares)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.text(max_size=40), st.text("ABC", max_size=5)), max_size=12),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)),
    st.integers(0, 3),
)
def test_each_report_has_one_part_with_a_share(
    given_reports: list[tuple[str, str]], shares: tuple[int, int, int], seed: int
) -> None:
    made = [report(number, text, labels) for number, (text, labels) in enumerate(given_reports)]
    parts = split(made, shares, seed)
    assert sorted(parts) == sorted(one.report.id for one in made)
    assert {part for part, share in zip(Part, shares, strict=True) if not share}.isdisjoint(parts.values())
    same = {}
    for one in made:
        assert parts[one.report.id] is same.setdefault(tuple(signature(one.report.text)), parts[one.report.id])


def test_the_real_reports(real_reports: list[Path]) -> None:
    texts = [file.read_text("utf-8") for file in real_reports]
    made = [report(number, text) for number, text in enumerate([*texts, *(text.lower() for text in texts)])]
    alike = Alike()
    for one in made:
        alike.add(one.report.text)
    assert len(set(alike.groups())) <= len(texts)
