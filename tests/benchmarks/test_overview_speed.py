"""The overview on 1,000 reports, three annotators and 80 entities, read from a project file.

Times are those of the processor; the bare pass reads the same rows into the same values and does nothing with them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from annotations.agreement.by_match import ALL
from annotations.assigning import Balance, Way, Wish, hand_out
from annotations.corpus import ImportedRecord
from annotations.report import Entity, Report, Status
from annotations.work import Assignment, assign
from model.bulk import ImportBatch
from model.project import Project
from model.queries.assignments import pieces
from model.queries.corpus import Selection, corpus
from model.workspace import Workspace
from ui.jobs.overview import Question, measured, most_trouble, places_behind
from ui.jobs.progress import nobody_watches

REPORTS, ENTITIES, NAMES = 1000, 80, ("lan", "minh", "thu")
LINE = "Sáng ngày 26/4, Ban Thường vụ (BTV) Tỉnh ủy tiếp tục phiên họp hội nghị. "
LABELS = ("ORG", "OFFICIAL", "TITLE", "PLACE", "DATE")
Result = TypeVar("Result")


def _labels(drawn: random.Random) -> tuple[Entity, ...]:
    """One entity a sentence: nine in ten as everybody has them, else another edge, label, or none."""
    found = []
    for number in range(ENTITIES):
        start, label, slip = number * len(LINE) + 16, LABELS[number % 5], drawn.random()
        end = start + 27 - (6 if slip < 0.05 else 0)
        label = drawn.choice(LABELS) if 0.05 <= slip < 0.08 else label
        if slip >= 0.02:
            found.append(Entity(f"e{number:04}", label, start, end))
    return tuple(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    drawn = random.Random(7)
    path: Path = tmp_path_factory.mktemp("overview") / "p.chugiai"
    with Project.create(path) as made:
        with ImportBatch.open(made) as batch:
            for number in range(REPORTS):
                report = Report(f"r{number}", f"{number:05}.txt", f"{LINE * ENTITIES}{number}", date="2021-04-29")
                for name in NAMES:
                    record = ImportedRecord(report, "", name, False, Status.DONE, _labels(drawn), (), True)
                    batch.add("file", record)
            (result,) = batch.publish().values()
        assert result.refused is None
        yield made


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def test_everything_that_the_overview_shows(benchmark: Any, project: Project) -> None:
    bare, read = _timed(lambda: sum(1 for _ in corpus(project, Selection(everything=True))))
    assert read == REPORTS
    pairs = (("lan", "minh"), ("lan", "thu"), ("minh", "thu"))

    def everything() -> Any:
        return measured(project, NAMES, ALL[0], ALL[1:], False, nobody_watches)

    figures, found = _timed(lambda: benchmark.pedantic(everything, rounds=1, warmup_rounds=0))
    behind, places = _timed(lambda: places_behind(project, Question("", pairs, ALL[0]), nobody_watches))
    one, _ = _timed(lambda: places_behind(project, Question("", pairs, ALL[0], report_ids=("r5",)), nobody_watches))
    worst, trouble = _timed(lambda: most_trouble(project, nobody_watches))
    assert found.agreement.used == len(found.reports) == REPORTS
    assert places.total >= REPORTS * ENTITIES * 3
    assert trouble.reports == REPORTS
    benchmark.extra_info.update(
        {
            "cpu_seconds_bare_pass": round(bare, 2),
            "cpu_seconds_all_figures_with_intervals": round(figures, 2),
            "figures_times_a_bare_pass": round(figures / bare, 1),
            "cpu_seconds_places_behind_a_figure": round(behind, 2),
            "cpu_seconds_places_behind_a_report": round(one, 3),
            "cpu_seconds_labels_and_phrases_with_most_conflicts": round(worst, 2),
            "conflicts": trouble.conflicts,
        }
    )


def test_handing_out(benchmark: Any, project: Project) -> None:
    def plan() -> Any:
        with project.reading() as connection:
            stock = pieces(connection)
        return hand_out(stock, Wish(NAMES, Way.OVERLAP, 2, 0.2, Balance.LENGTH))

    planned = benchmark.pedantic(plan, rounds=1, warmup_rounds=0)
    seconds, _ = _timed(lambda: plan())
    change = assign((Assignment(*one) for one in planned.assigned), "lan")
    written, outcome = _timed(lambda: Workspace(project, "lan").apply(change))
    assert len(planned.assigned) == REPORTS * 6 // 5
    assert not outcome.nothing
    benchmark.extra_info.update({"cpu_seconds_plan": round(seconds, 3), "cpu_seconds_written": round(written, 3)})
