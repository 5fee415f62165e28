"""From the start of the program to its window, and opening the window on few and on very many reports.

Aims: the first painted window within 3 times bare PySide6 showing a widget, both as processes of their own; opening on
100,000 reports within 20 % of opening on 10. Best times of several rounds, taken turn about.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from small_projects import add_reports

from model.project import Project

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 5
MANY = 100_000

BARE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget = QWidget(); widget.show(); widget.grab(); app.processEvents()
"""
CARD = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from ui.splash import Splash
card = Splash(Path(sys.argv[1])); card.show_now(); card.grab()
"""
WELCOME = """
from PySide6.QtWidgets import QApplication
from ui.app import program
page = program().show_welcome(); page.grab(); QApplication.processEvents()
"""
WINDOW = """
import sys
from PySide6.QtWidgets import QApplication
from ui.app import open_project
window = open_project(sys.argv[1], "lan"); window.grab(); QApplication.processEvents(); window.close()
"""


def _seconds(code: str, settings: Path, *arguments: str) -> float:
    """Wall time of a Python process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "CHUGIAI_SETTINGS": str(settings),
    }
    began = perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True)
    return perf_counter() - began


def _best(tmp_path: Path, codes: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """The best time of each, taken turn about so that all meet the same computer."""
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(ROUNDS):
        for name, (code, *arguments) in codes.items():
            times[name].append(_seconds(code, tmp_path / name, *arguments))
    return {name: min(taken) for name, taken in times.items()}


def _project(path: Path, reports: int) -> str:
    with Project.create(path) as project:
        for first in range(0, reports, 5_000):
            some = range(first, min(first + 5_000, reports))
            add_reports(project, *(f"Tỉnh ủy họp lần {number}." for number in some), names=f"{first}-{{}}.txt")
    return str(path)


def test_start(benchmark: Any, tmp_path: Path) -> None:
    small = _project(tmp_path / "small.chugiai", 10)
    codes = {"bare": (BARE,), "card": (CARD, small), "welcome": (WELCOME,), "window": (WINDOW, small)}
    best = benchmark.pedantic(_best, (tmp_path, codes), rounds=1)
    benchmark.extra_info.update({f"{name} against bare": round(best[name] / best["bare"], 2) for name in codes})


@pytest.mark.slow
def test_opening_on_many_reports(benchmark: Any, tmp_path: Path) -> None:
    codes = {
        "few": (WINDOW, _project(tmp_path / "few.chugiai", 10)),
        "many": (WINDOW, _project(tmp_path / "many.chugiai", MANY)),
    }
    best = benchmark.pedantic(_best, (tmp_path, codes), rounds=1)
    benchmark.extra_info["100,000 reports against 10"] = round(best["many"] / best["few"], 2)
