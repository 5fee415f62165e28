"""The learned model: it learns, it can be cancelled, it stays within the span rules, and it is not needed."""

from __future__ import annotations

import pytest

from annotations.corpus import ImportedRecord
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Cancelled, Refused
from annotations.report import Entity, Report
from annotations.suggest import Knowledge, suggest
from annotations.suggest.evaluation import Evaluation, total
from annotations.suggest.learned.training import train
from annotations.suggest.sources.learned import LearnedSource, starting_model
from annotations.suggest.sources.rules import RulesSource
from exports.jsonl import JsonLines
from ui.demo import demo_reports

pytest.importorskip("pycrfsuite")

TEXT = "Đội trống Hoa Mai biểu diễn. Mọi người khen đội trống Hoa Mai."


def _labelled() -> list[ImportedRecord]:
    with demo_reports() as path:
        return [record for record in JsonLines().read(path) if record.annotator == "lan"]


def _f1(model: bytes, records: list[ImportedRecord]) -> float:
    """Exact F1 of the model alone."""
    evaluation = Evaluation()
    for record in records:
        suggestions = suggest(record.report, DEFAULT_SCHEMA, Knowledge(model=model), [LearnedSource()])
        evaluation.add(suggestions, record.entities, ())
    return total(evaluation.exact).f1


def _lessons(records: list[ImportedRecord]) -> list[tuple[Report, tuple[Entity, ...]]]:
    return [(record.report, record.entities) for record in records]


def test_more_reports_teach_more() -> None:
    records = _labelled()
    held_back = records[7:9]
    few, many = (_f1(train(_lessons(records[:count])), held_back) for count in (1, 5))
    assert few < many


def test_it_learns_what_no_rule_knows() -> None:
    first = TEXT.index("Hoa Mai")
    second = TEXT.rindex("Hoa Mai")
    labels = tuple(Entity(f"e{start}", "ORG", start - 10, start + 7) for start in (first, second))
    report = Report("r", "r.txt", TEXT)
    model = train([(report, labels)] * 8)
    assert [
        entity.label for entity in suggest(report, DEFAULT_SCHEMA, Knowledge(model=model), [RulesSource()]).entities
    ] == []
    found = suggest(report, DEFAULT_SCHEMA, Knowledge(model=model)).entities
    assert {(entity.label, entity.surface(TEXT).lower(), entity.by) for entity in found} == {
        ("ORG", "đội trống hoa mai", "model")
    }


def test_learning_says_how_far_it_is_and_can_be_cancelled() -> None:
    seen: list[tuple[int, int]] = []

    def watch(done: int, in_all: int) -> None:
        seen.append((done, in_all))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        train(_lessons(_labelled()[:1]), watch)
    assert seen == [(0, 8), (1, 8), (2, 8)]


def test_without_labels_there_is_nothing_to_learn() -> None:
    with pytest.raises(Refused, match="no confirmed labels"):
        train([(Report("r", "r.txt", TEXT), ())])


def test_the_starting_model_is_shipped_and_used() -> None:
    assert starting_model()
    report = _labelled()[0].report
    alone = suggest(report, DEFAULT_SCHEMA, None, [LearnedSource()]).entities
    assert {entity.by for entity in alone} == {"model"}
    assert len(alone) > 100


def test_a_source_can_be_switched_off() -> None:
    off = Knowledge(sources_off=frozenset(("rules", "gazetteer", "project")))
    assert {entity.by for entity in suggest(_labelled()[0].report, DEFAULT_SCHEMA, off).entities} == {"model"}
