"""How suggestions are measured."""

from __future__ import annotations

import pytest

from annotations.report import Entity, Relation
from annotations.suggest import Suggestions
from annotations.suggest.evaluation import Evaluation, Tally, total


def _entity(id: str, label: str, start: int, end: int, **more: str) -> Entity:
    return Entity(id, label, start, end, attributes=more, by="rules")


def test_exact_overlap_values_and_relations() -> None:
    given = Suggestions(
        (_entity("a", "ORG", 0, 5, level="province"), _entity("b", "ORG", 10, 20), _entity("c", "DATE", 30, 35)),
        (Relation("r", "part_of", "a", "b"), Relation("s", "part_of", "b", "a")),
    )
    wanted = (_entity("1", "ORG", 0, 5, level="district"), _entity("2", "ORG", 10, 18), _entity("3", "TITLE", 30, 35))
    evaluation = Evaluation()
    evaluation.add(given, wanted, (Relation("x", "part_of", "1", "2"),))
    assert evaluation.exact["ORG"] == Tally(2, 2, 1)
    assert evaluation.overlap["ORG"] == Tally(2, 2, 2)
    assert evaluation.exact["DATE"] == Tally(1, 0, 0)
    assert evaluation.exact["TITLE"] == Tally(0, 1, 0)
    assert evaluation.sources["rules"] == Tally(3, 0, 1)
    assert evaluation.values["ORG.level"] == Tally(1, 1, 0)
    assert evaluation.relations["part_of"] == Tally(2, 1, 0)  # the second end is not exact


def test_one_mention_counts_once_for_overlap() -> None:
    evaluation = Evaluation()
    evaluation.add(
        Suggestions((_entity("a", "ORG", 0, 5), _entity("b", "ORG", 6, 9))), (_entity("1", "ORG", 0, 9),), ()
    )
    assert evaluation.overlap["ORG"] == Tally(2, 1, 1)


def test_figures() -> None:
    tally = total({"A": Tally(4, 2, 1), "B": Tally(0, 2, 0)})
    assert (tally.precision, tally.recall) == (0.25, 0.25)
    assert tally.f1 == pytest.approx(0.25)
    assert Tally().f1 == Tally().precision == Tally().recall == 0
