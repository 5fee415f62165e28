"""One label in the window, on a report of real size: from the key press to durable, and to painted.

Beside a bare SQLite commit (WAL, synchronous=FULL, one row) to the same disk, in turn with the labels. Nothing is
asserted about time; the figures are told (`pytest tests/benchmarks/test_label_speed.py -s`).
"""

from __future__ import annotations

import json
import sqlite3
import statistics
from importlib.resources import files
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.candidates import next_candidate
from annotations.corpus import ImportedRecord
from annotations.report import Entity, Relation, Report, Status
from model.bulk import ImportBatch
from model.project import Project
from ui.app import open_project
from ui.main_window import MainWindow

ROUNDS = 60
LEFT_FREE = 700
"""The text from here on stays without labels, to have something to label."""


def labelled_report(times: int) -> ImportedRecord:
    """Lan's labels on the first demo report, the text ``times`` over; its end is left free."""
    lines = (files("ui") / "demo" / "reports.jsonl").read_text("utf-8").splitlines()
    found = next(one for one in map(json.loads, lines) if one.get("annotator") == "lan")
    size = len(found["text"]) + 1
    text = "\n".join([found["text"]] * times)
    entities: list[Entity] = []
    relations: list[Relation] = []
    for copy in range(times):
        by = copy * size
        kept = [one for one in found["entities"] if one["end"] + by < len(text) - LEFT_FREE]
        entities += [Entity(f"{copy}{one['id']}", one["label"], one["start"] + by, one["end"] + by) for one in kept]
        ids = {one["id"] for one in kept}
        relations += [
            Relation(f"{copy}{one['id']}", one["type"], f"{copy}{one['source']}", f"{copy}{one['target']}")
            for one in found["relations"]
            if one["source"] in ids and one["target"] in ids
        ]
    report = Report("r", found["name"], text, title=found["title"], date=found["date"])
    return ImportedRecord(
        report, report.name, "Lan", False, Status.IN_PROGRESS, tuple(entities), tuple(relations), True
    )


def window_on(path: Path, record: ImportedRecord, qtbot: QtBot) -> MainWindow:
    with Project.create(path) as project, ImportBatch.open(project, title="Import {count} files") as batch:
        batch.add("reports", record)
        batch.publish({"count": 1})
    made = open_project(path, "Lan")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    return made


def bare_database(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, words TEXT)")
    return bare


def bare_commit(bare: sqlite3.Connection) -> float:
    start = perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO row (words) VALUES ('one row of a label')")
    bare.execute("COMMIT")
    return (perf_counter() - start) * 1000


@pytest.mark.parametrize("times", [1, 30], ids=["a report", "thirty in one"])
def test_one_label_from_key_to_durable_and_to_painted(tmp_path: Path, qtbot: QtBot, times: int) -> None:
    record = labelled_report(times)
    window, bare = window_on(tmp_path / "p.chugiai", record, qtbot), bare_database(tmp_path / "bare.db")
    desk, view, pane = window.desk, window.view, window.view.viewport()
    here = len(view.text) - LEFT_FREE
    took: dict[str, list[float]] = {"bare": [], "durable": [], "painted": [], "settled": []}
    for _round in range(ROUNDS):
        span = next_candidate(view.text, [(one.start, one.end) for one in desk.annotation_set.entities], here)
        assert span is not None
        view.select(*span)
        QTest.qWait(50)  # what came of the last one is done with
        took["bare"].append(bare_commit(bare))
        start = perf_counter()
        QTest.keyClick(view, Qt.Key.Key_3)
        took["durable"].append((perf_counter() - start) * 1000)
        assert desk.saving_state.saved
        pane.repaint()
        took["painted"].append((perf_counter() - start) * 1000)
        QApplication.processEvents()
        took["settled"].append((perf_counter() - start) * 1000)
        here = span[1] if span[1] < len(view.text) - 60 else len(view.text) - LEFT_FREE
        if len(desk.annotation_set.entities) > len(record.entities) + 8:
            while len(desk.annotation_set.entities) > len(record.entities):
                desk.undo()
    figures: dict[str, float] = {"entities": len(record.entities)}
    for name, ms in took.items():
        figures |= {f"{name}_least_ms": min(ms), f"{name}_median_ms": statistics.median(ms)}
    for name in ("durable", "painted"):
        figures[f"{name}_to_bare"] = statistics.median(took[name]) / statistics.median(took["bare"])
    print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}))  # noqa: T201
    bare.close()
    window.close()
    window.deleteLater()
