"""Agreement and conflicts of 1,000 reports, three annotators and 80 entities, against nervaluate and a bare pass.

Aims: F1 by four ways to match ten times faster than nervaluate's, on the same data and with the same counts; all
figures with intervals, and all conflicts, in seconds. Times are those of the processor. The bare pass reads every row once (label and offsets of each entity), which
is the least that anything can do.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pytest

from annotations.agreement import Agreement, Match, Selector, Shared, by_match, measure
from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, Status
from annotations.review import Rule, Source, bulk, conflicts_json, preview, review_report

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


def _assert_same_counts(
    ours: Mapping[tuple[str, str], Mapping[str, Shared]], theirs: dict[tuple[str, str], Any], strategy: str
) -> None:
    for pair, counted in ours.items():
        assert set(counted) == {"", *LABELS}
        for label, one in counted.items():
            found = theirs[pair]["entities"][label] if label else theirs[pair]["overall"]
            assert one.both == found[strategy].correct
            assert one.both + one.only_a == found[strategy].possible
            assert one.both + one.only_b == found[strategy].actual
            assert one.f1 == pytest.approx(found[strategy].f1)


def test_agreement_against_nervaluate(benchmark: Any, reports: list[LabelledReport]) -> None:
    """nervaluate counts four strategies in one run; so do we (overlap in place of its partial matches)."""
    everything: Agreement = benchmark.pedantic(lambda: measure(reports, NAMES), rounds=1, warmup_rounds=0)
    all_seconds, everything = _timed(lambda: measure(reports, NAMES))
    bare, _ = _timed(lambda: _bare_pass(reports))
    seconds, ours = _timed(lambda: by_match(reports, NAMES))
    theirs_seconds, theirs = _timed(lambda: _nervaluate(reports))
    for match, strategy in STRATEGIES.items():
        _assert_same_counts(ours[Selector(match)], theirs, strategy)
    for pair in everything.pairs:
        assert pair.entities.both == theirs[pair.annotators]["overall"]["strict"].correct
    benchmark.extra_info.update(
        {
            "cpu_seconds_all_figures_with_intervals": round(all_seconds, 2),
            "cpu_seconds_f1_by_four_matches": round(seconds, 2),
            "cpu_seconds_nervaluate": round(theirs_seconds, 2),
            "f1_times_faster_than_nervaluate": round(theirs_seconds / seconds, 1),
            "all_figures_times_faster_than_nervaluate": round(theirs_seconds / all_seconds, 1),
            "all_figures_times_a_bare_pass": round(all_seconds / bare),
            "f1_times_a_bare_pass": round(seconds / bare),
        }
    )


def test_conflicts(benchmark: Any, reports: list[LabelledReport]) -> None:
    """All conflicts of all reports; then what a majority decides, as a preview."""
    reviews = benchmark.pedantic(lambda: [review_report(each) for each in reports], rounds=1, warmup_rounds=0)
    seconds, reviews = _timed(lambda: [review_report(each) for each in reports])
    bare, _ = _timed(lambda: _bare_pass(reports))
    print_seconds, printed = _timed(lambda: [entry for each in reviews for entry in conflicts_json(each)])
    rule = Rule(Source.MAJORITY)
    bulk_seconds, found = _timed(lambda: preview(bulk(each, (), rule, DEFAULT_SCHEMA) for each in reports))
    assert len(printed) == sum(len(each.conflicts) for each in reviews)
    assert found.entities > REPORTS * ENTITIES * 0.9
    benchmark.extra_info.update(
        {
            "conflicts": len(printed),
            "cpu_seconds_conflicts": round(seconds, 2),
            "cpu_seconds_as_json": round(print_seconds, 2),
            "cpu_seconds_majority_preview": round(bulk_seconds, 2),
            "conflicts_times_a_bare_pass": round(seconds / bare),
        }
    )
