"""Learning works: what is taught on more invented reports is found better on held-back ones, entities and relations."""

from __future__ import annotations

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.suggest import Knowledge, suggest
from annotations.suggest.evaluation import Evaluation, total
from annotations.suggest.learned.training import PAIRS, Trainer, pack
from tests.helpers.invented_reports import invented

pytest.importorskip("pycrfsuite")

HELD_BACK = list(invented(12, seed=99))


def _figures(model: bytes | None) -> tuple[float, float]:
    """Exact F1 of entities, and F1 of relations, all sources together."""
    evaluation = Evaluation()
    for report, entities, relations in HELD_BACK:
        evaluation.add(suggest(report, DEFAULT_SCHEMA, Knowledge(model=model)), entities, relations)
    return total(evaluation.exact).f1, total(evaluation.relations).f1


def _trained(count: int) -> bytes:
    trainer = Trainer(DEFAULT_SCHEMA)
    for report, entities, relations in invented(count, seed=3):
        trainer.add(report, entities, relations)
    for step in trainer.steps():
        trainer.step(step)
    return pack(trainer.trained(), count)


def test_more_reports_teach_more() -> None:
    untaught = _figures(None)
    taught = [_figures(_trained(count)) for count in (1, 5, 20, 50)]
    entities = [untaught[0], *(one[0] for one in taught)]
    assert entities[0] < entities[1] < entities[2] < entities[3] <= entities[4]
    assert entities[4] > entities[0] + 0.15
    assert untaught[1] < taught[1][1] < taught[2][1]
    assert taught[3][1] >= taught[2][1] - 0.02


def test_relations_are_judged_only_when_enough_were_confirmed() -> None:
    trainer = Trainer(DEFAULT_SCHEMA)
    (few,) = invented(1, seed=3)
    trainer.add(*few)
    assert PAIRS not in trainer.steps()
    for lesson in invented(20, seed=4):
        trainer.add(*lesson)
    assert trainer.steps()[-1] == PAIRS


def test_a_relation_that_no_rule_sees_says_that_the_model_made_it() -> None:
    report, entities, relations = HELD_BACK[0]
    without = {(one.type, one.by) for one in suggest(report, DEFAULT_SCHEMA).relations}
    found = suggest(report, DEFAULT_SCHEMA, Knowledge(model=_trained(20))).relations
    assert {by for _, by in without} == {"rules"}
    assert {one.by for one in found} == {"rules", "model"}
    assert {one.type for one in found} >= {one.type for one in relations}
    assert len(entities) > 10
