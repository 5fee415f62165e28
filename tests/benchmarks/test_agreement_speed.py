"""Agreement and conflicts of 1,000 reports, three annotators and 80 entities, against nervaluate and a bare pass.

Aims: all figures with intervals ten times faster than nervaluate's counts alone, on the same data and with the
same counts; all conflicts in seconds. The bare pass reads every row once (label and offsets of each entity), which
is the least that anything can do.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from annotations.agreement import Agreement, Match, Selector, measure
from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, Status

REPORTS = 1000
ENTITIES = 80
NAMES = ("lan", "minh", "thu")
LABELS = tuple(kind.name for kind in DEFAULT_SCHEMA.entity_types)
LINE = "Sáng ngày 26/4, Ban Thường vụ (BTV) Tỉnh ủy tiếp tục phiên họp hội nghị. "  # one entity in each
TYPES = ("holds_title", "title_at", "attends", "part_of")
STRATEGIES = {Match.EXACT: "strict", Match.BOUNDARY: "exact", Match.TYPE: "ent_type"}
Result = TypeVar("Result")


def _labels(drawn: random.Random, name: str) -> AnnotationSet:
    """Flat entities, one a sentence: nine in ten as everybody has them, else another edge, label, or none."""
    entities = []
    for number in range(ENTITIES):
        start, label = number * len(LINE) + 16, LABELS[number % len(LABELS)]
        end = start + 27
        slip = drawn.random()
        if slip < 0.05:
            end -= drawn.choice((6, 9, 13))
        elif slip < 0.08:
            label = drawn.choice(LABELS)
        elif slip < 0.1:
            continue
        entities.append(Entity(f"{name}{number:04}", label, start, end))
    relations = tuple(
        Relation(f"{name}r{place:04}", drawn.choice(TYPES[:1] * 9 + TYPES), one.id, other.id)
        for place, (one, other) in enumerate(zip(entities[::2], entities[1::2], strict=False))
    )
    return AnnotationSet(name, Status.DONE, tuple(entities), relations)


@pytest.fixture(scope="module")
def reports() -> list[LabelledReport]:
    drawn = random.Random(7)
    found = []
    for number in range(REPORTS):
        report = Report(f"{number:016x}", f"{number:05}.txt", LINE * ENTITIES, date="2021-04-29")
        found.append(LabelledReport(report, tuple(_labels(drawn, name) for name in NAMES)))
    return found


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def _bare_pass(reports: list[LabelledReport]) -> int:
    read = 0
    for labelled in reports:
        for labels in labelled.sets:
            for entity in labels.entities:
                read += entity.end - entity.start + len(entity.label)
            for relation in labels.relations:
                read += len(relation.type)
    return read


def _rows(reports: list[LabelledReport], name: str) -> list[list[dict[str, Any]]]:
    return [
        [
            {"label": entity.label, "start": entity.start, "end": entity.end - 1}  # nervaluate's ends are inclusive
            for labels in labelled.sets
            if labels.annotator == name
            for entity in labels.entities
        ]
        for labelled in reports
    ]


def _nervaluate(reports: list[LabelledReport]) -> dict[tuple[str, str], Any]:
    evaluator = pytest.importorskip("nervaluate").Evaluator
    rows = {name: _rows(reports, name) for name in NAMES}
    pairs = [(one, other) for place, one in enumerate(NAMES) for other in NAMES[place + 1 :]]
    return {
        pair: evaluator(rows[pair[0]], rows[pair[1]], tags=list(LABELS), loader="dict").evaluate() for pair in pairs
    }


def _assert_same_counts(ours: Agreement, theirs: dict[tuple[str, str], Any]) -> None:
    strategy = STRATEGIES[ours.selector.match]
    for pair in ours.pairs:
        found = theirs[pair.annotators]
        counted = {"": (pair.entities, found["overall"][strategy])}
        counted |= {label: (pair.by_label[label], found["entities"][label][strategy]) for label in LABELS}
        for one, other in counted.values():
            assert one.both == other.correct
            assert one.both + one.only_a == other.possible
            assert one.both + one.only_b == other.actual
            assert one.f1.value == pytest.approx(other.f1)


def test_agreement_against_nervaluate(benchmark: Any, reports: list[LabelledReport]) -> None:
    def all_figures() -> list[Agreement]:
        return [measure(reports, NAMES, Selector(match)) for match in STRATEGIES]

    ours = benchmark.pedantic(all_figures, rounds=1, warmup_rounds=0)
    seconds = benchmark.stats.stats.min / len(STRATEGIES)
    bare, _ = _timed(lambda: _bare_pass(reports))
    theirs_seconds, theirs = _timed(lambda: _nervaluate(reports))
    for agreement in ours:
        _assert_same_counts(agreement, theirs)
    benchmark.extra_info.update(
        {
            "seconds_one_match_with_intervals": round(seconds, 2),
            "seconds_nervaluate": round(theirs_seconds, 2),
            "times_faster_than_nervaluate": round(theirs_seconds / seconds, 1),
            "times_a_bare_pass": round(seconds / bare),
        }
    )
