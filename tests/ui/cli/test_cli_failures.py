"""What the world does to a command, and what our own bugs do: one line, status 1, nothing half done."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from command_line import MAIN, chugiai, done, program
from label_files import TEXT, record, write_corpus, write_records

import model.connect
from ui.cli.console import Console


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A file of labels."""
    return write_records(tmp_path / "a.jsonl", record())


@pytest.fixture
def pragma(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pragmas that every new connection to a project gets: how SQLite meets a full disk, a read-only file, a lock."""
    wanted: list[str] = []
    real = sqlalchemy.create_engine

    def create_engine(*args: Any, **named: Any) -> sqlalchemy.Engine:
        engine = real(*args, **named)

        @sqlalchemy.event.listens_for(engine, "connect")
        def on_connect(connection: Any, _record: object) -> None:
            for line in wanted:
                connection.execute(f"PRAGMA {line}")

        @sqlalchemy.event.listens_for(engine, "begin")
        def on_begin(connection: sqlalchemy.Connection) -> None:
            for line in wanted:
                connection.connection.driver_connection.execute(f"PRAGMA {line}")

        return engine

    monkeypatch.setattr(model.connect, "create_engine", create_engine)
    return wanted


def count(project: Path) -> int:
    with closing(sqlite3.connect(project)) as connection:
        return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])


def test_a_full_disk(project: Path, tmp_path: Path, pragma: list[str]) -> None:
    big = write_corpus(tmp_path / "big.jsonl", 60, 20, 10)
    with closing(sqlite3.connect(project)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    pragma.append(f"max_page_count={pages + 20}")
    assert "full" in chugiai("import", project, big).refusal
    pragma.clear()
    done("import", project, big)
    assert count(project) == 60
    done("check", project)


def test_a_read_only_project(project: Path, labels: Path, pragma: list[str]) -> None:
    pragma.append("query_only=ON")
    assert "read-only" in chugiai("import", project, labels).refusal
    pragma.clear()
    assert count(project) == 0


def test_a_project_that_another_program_keeps_locked(project: Path, labels: Path, pragma: list[str]) -> None:
    pragma.append("busy_timeout=20")
    with closing(sqlite3.connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program" in chugiai("import", project, labels).refusal
        assert done("search", project, "hội nghị").out
        other.execute("ROLLBACK")
    done("import", project, labels)


def test_a_search_that_cannot_index_says_that_it_saw_less(project: Path, labels: Path, pragma: list[str]) -> None:
    done("import", project, labels)
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("DELETE FROM search_docsize")
    pragma.append("query_only=ON")
    said = chugiai("search", project, "thuyền")
    assert said.status == 0
    assert "were not looked through" in said.err


def test_stopping_leaves_everything_as_it_was(
    project: Path, labels: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Console, "progress", stop)
        assert "Cancelled" in chugiai("import", project, labels).refusal
        assert count(project) == 0
    done("import", project, labels)
    monkeypatch.setattr(Console, "progress", stop)
    assert "Cancelled" in chugiai("export", project, tmp_path / "o.jsonl", "--format", "jsonl").refusal
    assert "Cancelled" in chugiai("backup", project, tmp_path / "b.chugiai").refusal
    assert not list(tmp_path.glob("*o.jsonl*"))
    assert not list(tmp_path.glob("*b.chugiai*"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT between processes")
def test_ctrl_c_is_one_line(project: Path, tmp_path: Path) -> None:
    big = write_corpus(tmp_path / "big.jsonl", 400, 80, 40)
    # The child says when it is in the middle of the import: its first progress.
    script = (
        "import signal, sys; from ui.cli import run; from ui.cli.console import Console\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "Console.progress = lambda *_: sys.stdout.write('.') and sys.stdout.flush()\n"
        f"sys.exit(run(['import', {str(project)!r}, {str(big)!r}]))"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(MAIN.parent)},
    )
    assert child.stdout is not None
    assert child.stdout.read(1) == "."
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 1
    assert err == "Cancelled. Everything is as it was before.\n"
    assert count(project) == 0


def test_our_own_bug_is_logged_and_told_once(
    project: Path, labels: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHUGIAI_SETTINGS", str(tmp_path / "settings"))

    def bug(*_: object) -> None:
        raise ZeroDivisionError("nothing that the world did")

    monkeypatch.setattr(Console, "progress", bug)
    refusal = chugiai("import", project, labels).refusal
    log = tmp_path / "settings" / "chugiai.log"
    assert str(log) in refusal
    assert "nothing that the world did" in log.read_text("utf-8")
    assert "Traceback" in log.read_text("utf-8")
    assert count(project) == 0


def test_a_log_that_cannot_be_written_is_no_second_failure(
    project: Path, labels: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "settings").write_text("in the way")
    monkeypatch.setenv("CHUGIAI_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setattr(Console, "progress", lambda *_: 1 / 0)
    assert "made a mistake" in chugiai("import", project, labels).refusal


def test_a_reader_that_stops_reading_is_no_failure(project: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, str(MAIN), "schema", str(project)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    child.stdout.close()
    child.stdout = None
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (0, "")


def test_a_console_without_vietnamese_letters(project: Path, labels: Path) -> None:
    done("import", project, labels)
    said = program("search", project, "hoi nghi", PYTHONIOENCODING="ascii")
    assert (said.status, said.err) == (0, "")
    assert "H?i ngh? T?nh u?" in said.out
    as_json = program("search", project, "hoi nghi", "--json", PYTHONIOENCODING="ascii")
    assert "Hội nghị Tỉnh uỷ" in json.loads(as_json.out)["hits"][0]["snippet"]


def test_a_file_gets_utf_8_whatever_the_console_has(project: Path) -> None:
    said = program("schema", project, PYTHONUTF8="0", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert "Cán bộ, lãnh đạo" in said.out


class Terminal(io.StringIO):
    """A terminal that remembers what was written to it."""

    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals_and_leaves_no_trace(
    project: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    from ui.cli import run

    assert run(["import", str(project), str(labels)]) == 0
    written = terminal.getvalue()
    assert "\rImporting: 1/1 (100 %)" in written
    assert written.endswith(" \r")
    assert "\n" not in written
    assert done("search", project, "hội nghị").err == ""


def test_a_surrogate_in_a_file_name_is_shown_somehow(project: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xe1o.txt")
    try:
        (tmp_path / name).write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    said = program("import", project, tmp_path / name)
    assert (said.status, said.err) == (0, "")
    assert "reports added: 1" in said.out
