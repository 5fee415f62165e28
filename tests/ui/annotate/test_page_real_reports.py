"""The page with the real reports, where they are there: forty places labelled by Space and a digit."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.annotate.annotate_bench import Bench
from ui.jobs.importing import import_files


def test_forty_labels_by_keys_alone(bench: Bench, real_reports: list[Path]) -> None:
    summary = import_files(bench.desk.project, real_reports)
    bench.desk.bus.poll()
    assert summary.refused == ()
    for path in real_reports:
        while bench.desk.report is None or bench.desk.report.name != path.name:
            assert bench.desk.open_next(1, unfinished=False)
        labelled: set[str] = set()
        for number in range(40):
            bench.key(Qt.Key.Key_Space)
            bench.key(Qt.Key(Qt.Key.Key_1 + number % 8))
            labelled.update(bench.page.view.selected_entities())
        stored = bench.stored().entities
        assert {one.id for one in stored} == labelled
        assert len(stored) == 40
        assert bench.page.entity_model.rowCount() == 40
        for _ in range(40):
            bench.desk.undo()
        assert bench.stored().entities == ()
