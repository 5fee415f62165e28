"""How long a label takes to be saved while another process imports 1,000 reports (aim: 300 ms at most).

Two windows label in two processes, at a person's pace at its fastest.
Nothing is asserted about time (`pytest tests/benchmarks/test_contention.py -s`).
"""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from project_children import Told, child, import_and_stop, label_at_a_pace
from small_projects import TEXT, add_reports

from model.project import Project
from ui.saving import QUICK_MS

PAUSE_S = 0.02
"""Between two labels: far faster than a person."""


@pytest.mark.parametrize(("reports", "entities"), [(1_000, 6), (1_000, 80), (1_000, 140)])
def test_labels_while_an_import_runs(tmp_path: Path, reports: int, entities: int) -> None:
    path, until, bulk = tmp_path / "project.chugiai", tmp_path / "until", Told(tmp_path / "bulk.told")
    with Project.create(path) as project:
        add_reports(project, TEXT, TEXT + " Hết.")
    told = [Told(tmp_path / f"window-{number}.told") for number in range(2)]
    with (
        child(label_at_a_pace, path, told[0].path, "lan", "id-report-0.txt", until, PAUSE_S, QUICK_MS / 1000) as first,
        child(
            label_at_a_pace, path, told[1].path, "minh", "id-report-1.txt", until, PAUSE_S, QUICK_MS / 1000
        ) as second,
    ):
        for ledger, process in zip(told, (first, second), strict=True):
            ledger.wait(process)
        with child(import_and_stop, path, bulk.path, until, reports, entities) as importing:
            importing.join()
        first.join()
        second.join()
    (done,) = bulk.lines()
    assert done["added"] == reports
    took = sorted(ms for ledger in told for ms in ledger.lines()[-1]["took"])
    retries = sum(ledger.lines()[-1]["retries"] for ledger in told)
    print(  # noqa: T201 (the figures are the point)
        f"\n{reports} reports of {entities} entities in {done['seconds']:.2f} s, longest lock {done['locked'] * 1000:.0f} ms; "
        f"{len(took)} labels: median {statistics.median(took):.1f}, 99 % {took[len(took) * 99 // 100]:.0f}, "
        f"longest {took[-1]:.0f} ms, {sum(ms > 300 for ms in took)} over 300 ms, {retries} retries"
    )
