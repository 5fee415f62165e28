"""Back up an open or closed project into one file, restore one, keep rotating copies.

Uses SQLite's backup API, so a copy is a whole and consistent project even while
windows are writing.
"""

from __future__ import annotations

import glob
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from annotations.report import new_id
from model.address import Address, Place
from model.copying import check_unused, copy_pages, is_project, move, part_of, remove, sync
from model.database import Database, check_header, stored_version
from model.errors import NotSaved, ProjectError
from model.sweep import sweep
from model.tables import ActionRow

KEPT = 7  # rotating backups, one a day at most

Progress = Callable[[int, int], None]
"""Called with (pages or rows done, how many there are); may raise ``Cancelled``."""


def _nobody_watches(done: int, total: int) -> None:
    """A progress that nobody watches."""


def back_up(project: Place, out: Path, progress: Progress = _nobody_watches, force: bool = False) -> Path:
    """Copy the project, a file or a database, into one new file ``out``; an import under way is left out of it.

    Raises ``ProjectError`` when ``out`` exists (unless ``force``), is the project itself or open somewhere, or
    cannot be written; then ``out`` is as it was.
    """
    check_header(project)
    _check_out(project, out, force)
    beside = part_of(out)
    try:
        _copy(project, beside, progress)
        _drop_imports_under_way(beside)
        move(beside, out)
    except sqlite3.Error as error:
        raise NotSaved(
            "{project} cannot be copied to {out} ({reason}). Nothing was written; the project is as it was.",
            project=project,
            out=out,
            reason=error,
        ) from error
    except NotSaved as error:
        raise NotSaved(
            "{out} cannot be written: there is no room for it, or the disk does not answer. "
            "Nothing is lost; choose another place.",
            out=out,
        ) from error
    except OSError as error:
        raise NotSaved(
            "{out} cannot be written ({reason}). Nothing is lost; choose another place.", out=out, reason=error.strerror
        ) from error
    finally:
        remove(beside)
    return out


def _copy(project: Place, out: Path, progress: Progress) -> None:
    if isinstance(project, Address):
        from model.engines.postgres_copies import save_to_file

        save_to_file(project, out, progress)
    else:
        copy_pages(project, out, progress)


def _check_out(project: Place, out: Path, force: bool) -> None:
    """Raise ``ProjectError`` unless ``out`` may be made or, with ``force``, replaced."""
    if out.is_dir() or (out.exists() and not force):
        raise ProjectError("{path} exists already. Nothing was changed; choose another name.", path=out)
    if not out.parent.is_dir():
        raise ProjectError("The folder {folder} does not exist. Nothing was made; create it first.", folder=out.parent)
    if out.exists() and isinstance(project, Path) and out.samefile(project):
        raise ProjectError("{path} is the project itself. Nothing was changed; choose another name.", path=out)
    if out.exists() and is_project(out):
        check_unused(out)


def _drop_imports_under_way(copy: Path) -> None:
    """Take out of a copy what an import had written but not finished."""
    with Database(copy) as project:
        with project.reading() as connection:
            pending = list(connection.execute(select(ActionRow.id).where(ActionRow.state == "pending")).scalars())
        for action in pending:
            sweep(project, action)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, no companions


def restore(backup: Path, project: Place) -> Path | None:
    """Put a backup in the place of ``project``; what stood there is kept beside it, and its path returned.

    What stands there may be damaged; a database must be empty. Raises ``ProjectError`` when the backup is not a
    whole project, or the project is open somewhere; then nothing was changed.
    """
    check_header(backup)
    stored_version(backup)
    _check_whole(backup)
    if isinstance(project, Address):
        from model.engines.postgres_copies import fill_from_file

        fill_from_file(backup, project, _nobody_watches)
        return None
    _check_place(backup, project)
    beside = part_of(project)
    try:
        copy_pages(backup, beside, _nobody_watches)
        kept = _keep(project) if project.exists() else None
        move(beside, project)
    except (sqlite3.Error, OSError) as error:
        raise NotSaved(
            "{project} cannot be written ({reason}). Nothing is lost; the backup is as it was.",
            project=project,
            reason=error.strerror if isinstance(error, OSError) else error,
        ) from error
    finally:
        remove(beside)
    return kept


def rotate(
    project: Place, today: date | None = None, folder: Path | None = None, progress: Progress = _nobody_watches
) -> Path | None:
    """Make the day's backup unless there is one; older ones than the newest seven go.

    They lie in ``folder``, else in one beside the project. ``today`` is the present day in UTC when nothing else is said. Raises ``ProjectError`` when it cannot be made.
    """
    folder = folder or project.with_name(f"{project.stem}-backups")
    made = folder / f"{project.stem} {today or datetime.now(UTC).date()}{project.suffix}"
    if made.exists():
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(
            "The folder {folder} for backups cannot be made ({reason}). The project itself is safe.",
            folder=folder,
            reason=error.strerror,
        ) from error
    back_up(project, made, progress)
    days = "[0-9]" * 4 + "-[0-9][0-9]-[0-9][0-9]"
    for old in sorted(folder.glob(f"{glob.escape(project.stem)} {days}{glob.escape(project.suffix)}"))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return made


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
            reason=" ".join(str(verdict).split()),
        )


def _check_place(backup: Path, project: Path) -> None:
    """Raise ``ProjectError`` unless a project may stand at ``project``, and nothing uses what stands there."""
    if not project.parent.is_dir():
        raise ProjectError(
            "The folder {folder} does not exist. Nothing was made; create it first.", folder=project.parent
        )
    if not project.exists():
        return
    if project.samefile(backup):
        raise ProjectError("{path} is the backup itself. Nothing was changed; choose another project.", path=project)
    if project.suffix != ".chugiai" or project.is_dir():  # a damaged project may have lost its header
        check_header(project)
    check_unused(project)


def _keep(project: Path) -> Path:
    """A copy of what stands at ``project``, whatever it is, beside it. Raises ``OSError``."""
    stem = f"{project.stem}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    kept = project.with_name(f"{stem}{project.suffix}")
    if kept.exists():
        kept = project.with_name(f"{stem}-{new_id()}{project.suffix}")
    shutil.copy2(project, kept)
    sync(kept)
    # A log that a damaged file still has must not be taken for the new file's.
    for end in ("-wal", "-shm"):
        log = project.with_name(project.name + end)
        if log.exists():
            log.replace(kept.with_name(kept.name + end))
    return kept
