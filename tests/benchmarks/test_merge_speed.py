"""Merging 1,000 reports × 80 labels against importing the same labels, and a second merge that brings nothing.

Aim: at most 3 times the CPU time of the import; others wait at most 0.2 s for any step (on a computer that is not busy).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import pytest
from copies import copy_of, do, unwatched

import model.merging.merge as merging
from annotations.changes import AddEntities, DeleteEntities, SetEntityNote
from annotations.corpus import ImportedRecord
from annotations.report import Entity, Report
from model.bulk import ImportBatch
from model.merging import merge_copy, snapshot
from model.project import Project

REPORTS, LABELS = 1_000, 80
TEXT = "Sáng 26/4, Ban Thường vụ Tỉnh ủy họp. " * 90

pytestmark = pytest.mark.slow


def record(number: int, labelled: bool) -> ImportedRecord:
    """One report, with labels or without."""
    entities = tuple(Entity(f"e{at}", "ORG", 20 + at * 30, 30 + at * 30) for at in range(LABELS if labelled else 0))
    report = Report(f"r{number}", f"r{number}.txt", f"{number}. {TEXT}")
    return ImportedRecord(report, "", "lan" if labelled else None, entities=entities, has_labels=labelled)


def fill(path: Path, labelled: bool) -> tuple[float, float]:
    """Import; seconds on the clock and of computing."""
    with Project.open(path) as project, ImportBatch.open(project) as batch:
        began, spent = perf_counter(), process_time()
        for number in range(REPORTS):
            batch.add("all", record(number, labelled))
        batch.publish()
        return perf_counter() - began, process_time() - spent


def merged(ours: Path, theirs: Path) -> tuple[float, float]:
    """Merge; seconds on the clock and of computing."""
    began, spent = perf_counter(), process_time()
    with Project.open(ours) as project, snapshot(theirs, ours, unwatched) as copy:
        merge_copy(project, copy, {}, "lead", "theirs", unwatched)
    return perf_counter() - began, process_time() - spent


def test_merging_a_thousand_labelled_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = tmp_path / "ours.chugiai"
    Project.create(ours).close()
    fill(ours, labelled=False)
    theirs = copy_of(ours, "theirs")
    bare = fill(theirs, labelled=True)
    steps: list[float] = []
    step = merging._Job._in_a_step

    def timed(self: merging._Job, what: object) -> float:
        began = perf_counter()
        spent = step(self, what)  # type: ignore[arg-type]
        steps.append(perf_counter() - began)
        return spent

    monkeypatch.setattr(merging._Job, "_in_a_step", timed)
    new = merged(ours, theirs)
    again = merged(ours, theirs)
    some = tuple(f"r{number}" for number in range(200))
    more = {report: tuple(Entity(f"n{at}", "DATE", 25 + at * 30, 29 + at * 30) for at in range(8)) for report in some}
    do(theirs, "lan", AddEntities(more))
    for report in some:
        do(theirs, "lan", SetEntityNote(report, ("e1", "e2"), "!"), DeleteEntities(report, ("e3", "e4")))
    edits = merged(ours, theirs)
    told = {
        "import_s": round(bare[0], 2),
        "merge_s": round(new[0], 2),
        "merge_cpu_s": round(new[1], 2),
        "cpu_ratio_to_import": round(new[1] / bare[1], 2),
        "again_s": round(again[0], 2),
        "edits_in_200_sets_s": round(edits[0], 2),
        "steps": len(steps),
        "longest_step_ms": round(1000 * max(steps)),
        "median_step_ms": round(1000 * sorted(steps)[len(steps) // 2]),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    assert new[1] < 6 * bare[1]
