"""What the disk and other programs do to us becomes one sentence of the right class; bugs stay bugs."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from labelled_projects import content, labelled_project
from project_children import Told, child
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from annotations.changes import AddEntity, EditReports
from annotations.report import Entity
from model.connect import LABEL_WAIT_MS
from model.errors import Busy, NotSaved, ProjectError, known_error, known_sentence
from model.project import Project
from model.workspace import Workspace

REPORT = "id-report-0.txt"
ONE = AddEntity(REPORT, Entity("one", "ORG", 0, 3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A labelled project that nothing has open."""
    return labelled_project(tmp_path / "project.chugiai")


@pytest.fixture
def space(path: Path) -> Iterator[Workspace]:
    """Lan at work on it."""
    with Project.open(path, wait_ms=LABEL_WAIT_MS) as project:
        yield Workspace(project, "lan")


def ids(space: Workspace) -> set[str]:
    """The ids of lan's entities on the first report."""
    labels = space.annotation_set(REPORT)
    assert labels is not None
    return {entity.id for entity in labels.entities}


@pytest.mark.parametrize(
    ("said", "kind", "begins"),
    [
        ("database is locked", Busy, "p is being written by another program. Nothing is lost"),
        ("database table is locked: entity", Busy, "p is being written by another program. Nothing is lost"),
        ("database or disk is full", NotSaved, "The disk that holds p is full, so this was not saved."),
        ("attempt to write a readonly database", NotSaved, "p is read-only, so this was not saved."),
        ("disk I/O error", NotSaved, "The disk that holds p does not answer, so this was not saved."),
        ("unable to open database file", NotSaved, "p cannot be opened: it is gone, or this account may not"),
        ("database disk image is malformed", ProjectError, "p is damaged."),
        ("file is not a database", ProjectError, "p is not a Chú Giải project."),
        ("no such table: entity", ProjectError, "p lacks parts of a project."),
        ("vtable constructor failed: search", ProjectError, "The search index of p is damaged"),
        ("invalid fts5 file format (found 0, expected 4) - run 'rebuild'", ProjectError, "The search index of p"),
    ],
)
def test_what_sqlite_says_in_our_words(said: str, kind: type[ProjectError], begins: str) -> None:
    error = known_error(OperationalError("SELECT 1", {}, sqlite3.OperationalError(said)), "p")
    assert type(error) is kind
    assert str(error).startswith(begins)
    assert type(known_sentence(sqlite3.OperationalError(said), "p")) is kind


@pytest.mark.parametrize("said", ["no such column: x", 'near "SELEC": syntax error', "UNIQUE constraint failed: a.b"])
def test_bugs_are_not_dressed_up(said: str) -> None:
    assert known_error(OperationalError("SELECT 1", {}, sqlite3.OperationalError(said)), "p") is None


def test_a_broken_constraint_is_a_bug_and_passes_through(space: Workspace) -> None:
    with pytest.raises(IntegrityError), space.project.writing() as connection:
        connection.exec_driver_sql("INSERT INTO annotator (annotator_id, name, created_at) VALUES ('x', 'lan', '')")


def test_a_locked_project_is_busy_and_then_takes_the_change(space: Workspace, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="is being written by another program"):
            space.apply(ONE)
        assert "one" not in ids(space)
        other.rollback()
    space.apply(ONE)
    assert "one" in ids(space)


def test_a_lock_that_goes_in_time_is_waited_for(path: Path) -> None:
    """The other lets go at our first look: SQLite's own waiting is off, ours is not."""
    with (
        closing(sqlite3.connect(path, check_same_thread=False)) as other,
        Project.open(path, wait_ms=60_000) as project,
    ):
        space = Workspace(project, "lan")
        other.execute("BEGIN IMMEDIATE")
        looks: list[str] = []

        def look(*_values: Any) -> None:
            looks.append("look")
            if len(looks) == 3:
                other.rollback()

        from sqlalchemy import event

        event.listen(
            project._store.engine, "before_cursor_execute", lambda *values: look() if "IMMEDIATE" in values[2] else None
        )
        space.apply(ONE)
        assert len(looks) == 3
        assert "one" in ids(space)


def test_a_full_disk_saves_nothing_and_says_so(space: Workspace) -> None:
    with space.project.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # kept by the connection; not below the present size
    before = ids(space)
    with pytest.raises(NotSaved, match="is full, so this was not saved"):
        space.apply(EditReports({REPORT: {"title": "long " * 20_000}}))
    assert ids(space) == before
    with space.project.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    space.apply(ONE)
    assert "one" in ids(space)


def test_a_connection_that_may_only_read(space: Workspace) -> None:
    with space.project.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(NotSaved, match="is read-only, so this was not saved"):
        space.apply(ONE)
    with space.project.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    space.apply(ONE)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("other", [False, True], ids=["moved away", "replaced"])
def test_a_file_that_went_away_takes_no_change_and_takes_it_when_it_is_back(
    space: Workspace, path: Path, tmp_path: Path, other: bool
) -> None:
    away = tmp_path / "away.chugiai"
    copy = labelled_project(tmp_path / "copy.chugiai")
    path.rename(away)
    if other:
        copy.rename(path)
    with pytest.raises(NotSaved, match="was moved, deleted or replaced while it was open, so this was not saved"):
        space.apply(ONE)
    assert "one" not in ids(space)
    away.replace(path)
    space.apply(ONE)
    assert "one" in ids(space)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_deleted_file_is_told(space: Workspace, path: Path) -> None:
    path.unlink()
    with pytest.raises(NotSaved, match="was moved, deleted or replaced"):
        space.apply(ONE)


def read_as_nobody(path: Path, told: Path) -> None:
    """Without the powers of root: open, read and try to write; tell what was said."""
    if os.geteuid() == 0:
        os.setuid(65534)
    said = []
    try:
        with Project.open(path, wait_ms=LABEL_WAIT_MS) as project:
            with project.reading() as connection:
                said.append(str(connection.exec_driver_sql("SELECT count(*) FROM report").scalar()))
            Workspace(project, "nobody")
    except ProjectError as error:
        said.append(f"{type(error).__name__}: {error}")
    finally:
        os.write(os.open(told, os.O_WRONLY | os.O_APPEND), (repr(said) + "\n").encode())


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize(
    ("file", "folder", "said"),
    [
        (0o444, 0o777, "['2', 'NotSaved: {path} is read-only, so this was not saved"),
        (0o444, 0o555, "['2', 'NotSaved: {path} is read-only, so this was not saved"),
        (0o000, 0o777, "['NotSaved: {path} cannot be opened: it is gone, or this account may not"),
        (0o666, 0o000, "['ProjectError: {path} cannot be opened: Permission denied"),
    ],
)
def test_a_file_of_somebody_else(tmp_path: Path, file: int, folder: int, said: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        held = Path(place) / "held"
        held.mkdir()
        path = labelled_project(held / "project.chugiai")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # as copies are: one file that may lie on any disk
        told = Path(place) / "told"
        told.touch()
        told.chmod(0o666)
        path.chmod(file)
        held.chmod(folder)
        with child(read_as_nobody, path, told) as process:
            process.join()
        held.chmod(0o777)
        assert told.read_text().startswith(said.format(path=path))
        path.chmod(0o666)
        assert len(content(path)[1]) == 2


def test_no_error_of_the_database_leaves_the_model(path: Path) -> None:
    """Whatever a page of zeros breaks is told as a ``ProjectError``, wherever it is met."""
    whole = path.read_bytes()
    pages = range(4096, len(whole), 4096)
    for at in pages:
        path.write_bytes(whole[:at] + bytes(4096) + whole[at + 4096 :])
        try:
            with Project.open(path) as project:
                space = Workspace(project, "lan")
                space.annotation_set(REPORT)
                space.apply(ONE)
                space.undo()
        except ProjectError:
            continue
        except DBAPIError as error:  # pragma: no cover
            pytest.fail(f"page {at // 4096}: {error}")


def test_told_lines_survive(tmp_path: Path) -> None:
    ledger = Told(tmp_path / "told")
    ledger.tell(first=1)
    ledger.tell(second="hai")
    assert ledger.lines() == [{"first": 1}, {"second": "hai"}]
