"""One program at a time on a network or synced folder, where SQLite's own locks cannot be relied on.

A small file beside the project says who has it open. The program holds a lock of the
operating system on that file, which ends with the program; another computer is told
by the name in it, because locks do not travel with a synced folder.
"""

from __future__ import annotations

import os
import platform
import sys
import threading
from contextlib import suppress
from pathlib import Path

from model.clock import now
from model.errors import ProjectError

_guard = threading.Lock()
_held: dict[Path, tuple[int, int]] = {}  # lock file → descriptor, how many of this program's projects use it


def lock_file(project: Path) -> Path:
    """The file beside ``project`` that says who has it open."""
    return project.with_name(f"{project.name}.lock")


def take(project: Path) -> Path:
    """Claim ``project`` for this program; what to give to :func:`release`. Raises ``ProjectError`` when it is taken."""
    file = lock_file(project.resolve())
    with _guard:
        descriptor, users = _held.get(file, (-1, 0))
        if not users:
            descriptor = _claim(file, project)
        _held[file] = (descriptor, users + 1)
    return file


def has(project: Path) -> bool:
    """Whether this program has ``project`` open."""
    with _guard:
        return lock_file(project.resolve()) in _held


def release(file: Path) -> None:
    """Give up one claim; the last one takes the file away."""
    with _guard:
        descriptor, users = _held.pop(file, (-1, 0))
        if users > 1:
            _held[file] = (descriptor, users - 1)
        elif users:
            if sys.platform == "win32":  # an open file cannot be deleted there
                os.close(descriptor)
                descriptor = -1
            with suppress(OSError):
                file.unlink()
            if descriptor >= 0:
                os.close(descriptor)


def _claim(file: Path, project: Path) -> int:
    """Lock the file and write this computer's name into it; its descriptor."""
    while True:
        try:
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise ProjectError(
                "{path} lies on a network or synced folder, and {file} cannot be made there ({reason}). "
                "Nothing was changed; make the folder writable, or copy the project to this computer.",
                path=project,
                file=file.name,
                reason=error.strerror,
            ) from error
        try:
            _check_free(descriptor, file, project)
            if _is_still(descriptor, file):
                os.ftruncate(descriptor, 0)
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, f"{platform.node()}\n{now()}\n".encode())
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # whoever had it took it away meanwhile: claim the new one


def _check_free(descriptor: int, file: Path, project: Path) -> None:
    """Lock the open file; raises ``ProjectError`` when another program has it."""
    if not _lock(descriptor):
        raise ProjectError(
            "{path} is open in another window or program, and it lies on a network or synced folder, where only one "
            "at a time can have it open. Nothing was changed; close it there first.",
            path=project,
        )
    computer = os.read(descriptor, 1000).decode("utf-8", "replace").partition("\n")[0]
    if computer not in ("", platform.node()):
        raise ProjectError(
            "{path} is open on the computer {computer}. Nothing was changed; close it there first. "
            "If it is not open there any more, delete the file {file}.",
            path=project,
            computer=computer,
            file=file,
        )


def _is_still(descriptor: int, file: Path) -> bool:
    """Whether ``file`` is the file that is open, and not gone or a newer one."""
    try:
        found, ours = file.stat(), os.fstat(descriptor)
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)


def _lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; False when another program has locked it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # beyond the text, which others may read
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
