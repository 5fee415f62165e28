"""A killed import leaves no half of itself: the process is killed at random moments between open and end."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from command_line import MAIN, done
from label_files import record, write_corpus, write_records

KILLS = 25
REPORTS = 100
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")


def start_import(project: Path, file: Path) -> subprocess.Popen[bytes]:
    """Start an import in a process of its own, and wait until it has opened the project (or ended)."""
    child = subprocess.Popen(
        [sys.executable, str(MAIN), "import", str(project), str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    log = project.with_name(project.name + "-wal")
    while child.poll() is None and not log.exists():
        time.sleep(0.001)
    return child


def number_of(project: Path, rows: str) -> int:
    """How many rows there are, visible or not."""
    with closing(sqlite3.connect(project)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])


def test_killing_an_import_at_any_moment(project: Path, tmp_path: Path) -> None:
    kept = write_records(tmp_path / "kept.jsonl", record())
    done("import", project, kept)
    file = write_corpus(tmp_path / "corpus.jsonl", REPORTS, 20, 10)
    trial = tmp_path / "trial.chugiai"
    shutil.copy(project, trial)
    child = start_import(trial, file)
    began = time.perf_counter()
    assert child.wait() == 0
    usual = time.perf_counter() - began
    assert number_of(trial, "report") == 1 + REPORTS

    delays = random.Random()
    half_way = 0
    for number in range(8 * KILLS):
        if number >= KILLS and half_way:
            break
        victim = tmp_path / f"victim-{number}.chugiai"
        shutil.copy(project, victim)
        child = start_import(victim, file)
        time.sleep(delays.uniform(0, usual))
        child.kill()
        child.wait()
        half_way += number_of(victim, "action WHERE state = 'pending'")
        done("check", victim)
        assert number_of(victim, "report") in (1, 1 + REPORTS)
        visible = done("export", victim, tmp_path / "out.jsonl", "--format", "jsonl", "--all", "--force", "--json").json
        assert (visible["reports"], visible["sets"]) in ((1, 1), (1 + REPORTS, 1 + REPORTS))
        again = done("import", victim, file, kept, "--json").json["totals"]
        assert again["added"] + again["unchanged"] == REPORTS + 1
        assert len(done("search", victim, "Lê Thị Thủy", "--json").json["hits"]) == 1 + REPORTS
        done("check", victim)
    # The kills are no use if none of them comes while an import is under way.
    assert half_way
