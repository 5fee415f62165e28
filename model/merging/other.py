"""The other copy: read from a snapshot in a temporary folder, so that the file itself is never touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import pathname2url

from annotations.errors import Refused
from model.damage import Damage
from model.damaged_labels import LABELS
from model.damaged_rows import ROWS
from model.database import check_header, stored_version
from model.errors import ProjectError, known_sentence
from model.project import Project

Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all); may raise ``Cancelled``."""
_PAGES = 256
_HARMLESS = {Damage.FORBIDDEN_RELATION, Damage.DUPLICATE_ID}


@contextmanager
def snapshot(path: Path, project: Path | None, progress: Progress) -> Iterator[Project]:
    """The project at ``path`` as it is at this moment, open as a copy that is thrown away; older ones are migrated there.

    Raises ``ProjectError`` or ``Refused`` when it is none, damaged, newer than this program, or ``project`` itself.
    """
    _check_exists(path)
    if project is not None and path.samefile(project):
        raise Refused("{path} is the project itself. Nothing was changed; choose another copy.", path=path)
    with TemporaryDirectory(prefix="chugiai-") as folder:
        copy = Path(folder) / f"{path.stem}.chugiai"
        _copy(path, copy, progress)
        try:
            check_header(copy)
            stored_version(copy)
            _check_whole(copy)
            opened = Project.open(copy)
        except ProjectError as error:
            raise _about(error, copy, path) from error
        with opened:
            yield opened


def _check_exists(path: Path) -> None:
    try:
        folder = path.is_dir()
        path.stat()
    except FileNotFoundError:
        raise ProjectError("There is no project {path}. Nothing was changed; check the name.", path=path) from None
    except OSError as error:
        raise ProjectError("{path} cannot be opened: {reason}.", path=path, reason=error.strerror) from error
    if folder:
        raise ProjectError("{path} is a folder, not a Chú Giải project. Choose a .chugiai file.", path=path)


def _copy(path: Path, copy: Path, progress: Progress) -> None:
    """One snapshot of the file, which is opened for reading only.

    SQLite leaves companions beside a closed file that has been in WAL mode, even when it only reads it; so a file that
    nobody has open is read as one that cannot change, and read again when it did.
    """
    try:
        before = _state(path)
        _copy_pages(path, copy, "mode=ro" if before[1:] != (False, False) else "immutable=1", progress)
        if before[1:] == (False, False) and _state(path) != before:
            _copy_pages(path, copy, "mode=ro", progress)
    except sqlite3.Error as error:
        known = known_sentence(error, str(path))
        if known is not None:
            raise known from error
        raise _damaged(path, error) from error


def _state(path: Path) -> tuple[tuple[int, int], bool, bool]:
    """When the file was written last and how long it is; whether a program has it open, or writes to it."""
    found = path.stat()
    log, journal = (path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    return (found.st_mtime_ns, found.st_size), log, journal


def _copy_pages(path: Path, copy: Path, how: str, progress: Progress) -> None:
    address = f"file:{pathname2url(str(path.resolve()))}?{how}"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as reading:
        reading.execute("BEGIN")  # one snapshot, also while others write
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(copy)) as writing:
            reading.backup(
                writing, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total), sleep=0
            )


def _check_whole(copy: Path) -> None:
    """Raise ``ProjectError`` for a damaged file."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _damaged(copy, error) from error
    if verdict != "ok":
        raise _damaged(copy, " ".join(str(verdict).split()))


def check_labels(project: Project, path: Path) -> None:
    """Raise ``ProjectError`` when labels of the copy do not hold together."""
    with project.reading() as connection:
        for look in (*ROWS, *LABELS):
            for finding in look(connection):
                if finding.is_damage and finding.kind not in _HARMLESS:
                    raise _damaged(path, finding.sentence.format(**finding.values))


def _damaged(path: Path, reason: object) -> ProjectError:
    return ProjectError(
        "{path} is damaged ({reason}), so it was not merged. Nothing was changed; mend it with "
        "“chugiai check {path} --repair”, or take another copy.",
        path=path,
        reason=reason,
    )


def _about(error: ProjectError, copy: Path, path: Path) -> ProjectError:
    """The sentence with the name of the file that was meant, not of the snapshot."""
    values = {name: path if value in (copy, str(copy)) else value for name, value in error.values.items()}
    return type(error)(error.sentence, **values)
