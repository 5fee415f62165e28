"""Back up an open or closed project into one file, restore one, keep rotating copies.

Uses SQLite's backup API, so a copy is a whole and consistent project even while
windows are writing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from annotations.report import new_id
from model.database import Database, check_header, stored_version
from model.errors import NotSaved, ProjectError
from model.sweep import sweep
from model.tables import ActionRow

KEPT = 7  # rotating backups, one a day at most
_PAGES = 256  # pages copied at a time: one megabyte, a moment's lock

Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all); may raise ``Cancelled``."""


def _nobody_watches(done: int, total: int) -> None:
    """A progress that nobody watches."""


def back_up(project: Path, out: Path, progress: Progress = _nobody_watches, force: bool = False) -> Path:
    """Copy the project into one new file ``out``; an import under way is left out of it.

    Raises ``ProjectError`` when ``out`` exists (unless ``force``) or cannot be written; then there is no ``out``.
    """
    check_header(project)
    _check_out(out, force)
    beside = out.with_name(f".{out.name}.{new_id()}.part")
    try:
        _copy(project, beside, progress)
        _drop_imports_under_way(beside)
        _sync(beside)
        beside.replace(out)
    except sqlite3.Error as error:
        raise NotSaved(
            "{project} cannot be copied to {out} ({reason}). Nothing was written; the project is as it was.",
            project=project,
            out=out,
            reason=error,
        ) from error
    except OSError as error:
        raise NotSaved(
            "{out} cannot be written ({reason}). Nothing is lost; choose another place.", out=out, reason=error.strerror
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return out


def restore(backup: Path, project: Path) -> Path | None:
    """Put a backup in the place of ``project``; what stood there is kept beside it, and its path returned.

    Raises ``ProjectError`` when the backup is not a whole project; then nothing was changed.
    """
    check_header(backup)
    stored_version(backup)
    _check_whole(backup)
    if project.exists():
        check_header(project)
        _check_unused(project)
    _check_out(project, force=True)
    beside = project.with_name(f".{project.name}.{new_id()}.part")
    try:
        _copy(backup, beside, _nobody_watches)
        _sync(beside)
        kept = None
        if project.exists():
            kept = _free(project, "before-restore")
            shutil.copy2(project, kept)
            for end in ("-wal", "-shm"):
                with suppress(OSError):
                    project.with_name(project.name + end).unlink()
        beside.replace(project)
    except OSError as error:
        raise NotSaved(
            "{project} cannot be written ({reason}). Nothing is lost; the backup is as it was.",
            project=project,
            reason=error.strerror,
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return kept


def rotate(project: Path) -> Path | None:
    """Make today's backup in the folder beside the project unless there is one; older ones than the newest seven go."""
    folder = project.with_name(f"{project.stem}-backups")
    today = folder / f"{project.stem} {datetime.now(UTC):%Y-%m-%d}{project.suffix}"
    if today.exists():
        return None
    folder.mkdir(exist_ok=True)
    back_up(project, today)
    for old in sorted(folder.glob(f"{project.stem} ????-??-??{project.suffix}"))[:-KEPT]:
        old.unlink()
    return today


def _check_out(out: Path, force: bool) -> None:
    if out.exists() and not force:
        raise ProjectError("{path} exists already. Nothing was changed; choose another name.", path=out)
    if not out.parent.is_dir():
        raise ProjectError("The folder {folder} does not exist. Nothing was made; create it first.", folder=out.parent)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    with closing(sqlite3.connect(source, timeout=30)) as reading, closing(sqlite3.connect(target)) as writing:

        def tell(_status: int, remaining: int, total: int) -> None:
            progress(total - remaining, total)

        reading.execute("BEGIN")  # one snapshot: writers go on, and the copy does not start again
        reading.execute("SELECT 1 FROM project").fetchone()
        reading.backup(writing, pages=_PAGES, progress=tell, sleep=0)


def _drop_imports_under_way(copy: Path) -> None:
    """Take out of a copy what an import had written but not finished."""
    with Database(copy) as project:
        with project.reading() as connection:
            pending = list(connection.execute(select(ActionRow.id).where(ActionRow.state == "pending")).scalars())
        for action in pending:
            sweep(project, action)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, no companions


def _check_whole(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        raise ProjectError(
            "{path} is damaged ({reason}), so it was not restored. Nothing was changed; choose another backup.",
            path=path,
            reason=verdict,
        )


def _check_unused(project: Path) -> None:
    """Empty the write-ahead log; raises ``ProjectError`` while another program has the project open."""
    try:
        with closing(sqlite3.connect(project, timeout=1)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise ProjectError(
            "{project} is open in another window or program. Nothing was changed; close it there, then restore.",
            project=project,
        ) from error
    except sqlite3.DatabaseError:
        return  # damaged: that is why it is being restored


def _free(project: Path, word: str) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    candidate = project.with_name(f"{project.stem}.{word}-{stamp}{project.suffix}")
    return candidate if not candidate.exists() else candidate.with_name(f"{candidate.stem}-{new_id()}{project.suffix}")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
