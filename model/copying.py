"""Copies of project files: made beside their place and moved there when they are whole."""

from __future__ import annotations

import glob
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from annotations.report import new_id
from model import one_program
from model.database import check_header
from model.errors import ProjectError
from model.shared_folder import is_shared_folder

_PAGES = 256  # pages copied at a time: one megabyte, a moment's lock
_COMPANIONS = ("", "-wal", "-shm", "-journal")
_DEAD_S = 3600  # a copy that is being made is written to all the time


def part_of(out: Path) -> Path:
    """Where a file is made before it is moved to ``out``. What copies that died left in the folder goes."""
    for old in out.parent.glob(f".*{glob.escape(out.suffix)}.{'[0-9a-f]' * 16}.part*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _DEAD_S:
                old.unlink()
    return out.with_name(f".{out.name}.{new_id()}.part")


def remove(part: Path) -> None:
    """Take an unfinished copy away, with what SQLite puts beside it."""
    for end in _COMPANIONS:
        with suppress(OSError):
            part.with_name(part.name + end).unlink()


def move(part: Path, out: Path) -> None:
    """Put a finished copy in its place, for good. Raises ``OSError``."""
    sync(part)
    part.replace(out)
    if sys.platform != "win32":
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sync(path: Path) -> None:
    """See that a file is on the disk. Raises ``OSError``."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def copy_pages(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy one snapshot of a database, page by page. Raises ``sqlite3.Error``."""
    with closing(sqlite3.connect(source, timeout=30)) as reading, closing(sqlite3.connect(target)) as writing:

        def tell(_status: int, remaining: int, total: int) -> None:
            progress(total - remaining, total)

        reading.execute("BEGIN")  # one snapshot: writers go on, and the copy does not start again
        reading.execute("SELECT 1 FROM project").fetchone()
        reading.backup(writing, pages=_PAGES, progress=tell, sleep=0)


def is_project(path: Path) -> bool:
    """Whether ``path`` is a project file, as far as its header says."""
    try:
        check_header(path)
    except ProjectError:
        return False
    return True


def check_unused(project: Path) -> None:
    """Empty the write-ahead log; raises ``ProjectError`` while a program, also this one, has the project open."""
    in_use = ProjectError(
        "{project} is open in another window or program. Nothing was changed; close it there first.",
        project=project,
    )
    if is_shared_folder(project):
        if one_program.has(project):
            raise in_use
        one_program.release(one_program.take(project))
    try:
        with closing(sqlite3.connect(project, timeout=1)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise in_use from error
    except sqlite3.DatabaseError:
        return  # damaged: nothing can have it open, and that is why it is being replaced
