"""Writing a file or folder whole or not at all.

What is written stands beside its place under a hidden name
(``.name.1a2b3c4d.part``) until it is complete, on the disk and counted again;
then it is renamed. A killed process leaves at most the hidden part.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from exports.errors import FormatError

_WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "writing there is not allowed",
    errno.EPERM: "writing there is not allowed",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
}


@contextmanager
def writing(
    path: Path, force: bool = False, folder: bool = False, marker: str = "", suffixes: frozenset[str] = frozenset()
) -> Iterator[Path]:
    """A hidden place beside ``path`` to write to; it becomes ``path`` when the block ends well.

    The place is an empty file, or an empty folder when ``folder``. When the block raises, it is removed and
    ``path`` is as it was. With ``force`` an existing ``path`` is replaced; a folder only when it is empty or an
    earlier export: it holds the file ``marker``, and all its files have a suffix in ``suffixes`` (so that a slip
    does not delete a home folder).
    Replacing a folder takes two renames; a process killed between them leaves the old one as ``.name.….old``.
    Raises ``FormatError`` when ``path`` exists without ``force``, its folder is missing, or the
    system refuses to write.
    """
    path = path.resolve() if path.is_symlink() else path.absolute()
    _check_place(path, force, folder, marker, suffixes)
    part = _beside(path, "part")
    try:
        if folder:
            part.mkdir()
        else:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield part
        _to_disk(part)
        _check_place(path, force, folder, marker, suffixes)
        _into_place(part, path)
    except OSError as error:
        why = _WHY.get(error.errno or 0) or error.strerror or type(error).__name__
        raise FormatError(
            "{path} could not be written: {why}. Nothing was left there; your project is untouched.", path=path, why=why
        ) from error
    finally:
        _remove(part)


def check_target(path: Path, force: bool) -> None:
    """Raise ``FormatError`` when a file could not be placed at ``path``: it exists (without ``force``), or is of another kind."""
    _check_place(path.absolute(), force, False, "", frozenset())


@contextmanager
def scratch_folder(part: Path) -> Iterator[Path]:
    """A hidden folder beside a part, for what is packed into it; removed at the end."""
    folder = part.with_name(f"{part.name}.files")
    try:
        folder.mkdir()
        yield folder
    finally:
        _remove(folder)


def files_below(folder: Path, suffix: str = "") -> Iterator[Path]:
    """The files in a folder and its folders, one at a time and in no order: ``rglob`` keeps all paths in memory."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_below(Path(entry.path), suffix)
            elif entry.name.endswith(suffix):
                yield Path(entry.path)


def check_counts(path: Path, written: tuple[int, ...], found: tuple[int, ...]) -> None:
    """Refuse to place a file in which not everything is found again.

    Both are counts of the same things in the same order (records, entities, relations …).
    """
    if written != found:
        raise FormatError(
            "{path} was not placed: {found} were counted in the written file where {written} were written. "
            "Your project is untouched; please check the disk and export again.",
            path=path,
            found="/".join(map(str, found)),
            written="/".join(map(str, written)),
        )


def _beside(path: Path, kind: str) -> Path:
    # 55 characters are at most 220 bytes of UTF-8: with the rest within the 255 of a file name.
    return path.with_name(f".{path.name[:55]}.{secrets.token_hex(4)}.{kind}")


def _check_place(path: Path, force: bool, folder: bool, marker: str, suffixes: frozenset[str]) -> None:
    if not path.parent.is_dir():
        raise FormatError("The folder {folder} does not exist. Make it first; nothing was written.", folder=path.parent)
    if not os.path.lexists(path):
        return
    if not force:
        raise FormatError("{path} exists already and was left as it is. Choose another name, or --force.", path=path)
    if path.is_dir() != folder or not (folder or path.is_file()):
        raise FormatError("{path} exists and is of another kind; it was left as it is. Choose another name.", path=path)
    if folder:
        files = [file for file in path.rglob("*") if not file.is_dir()]
        if files and not ((path / marker).is_file() and all(file.suffix in suffixes for file in files)):
            raise FormatError(
                "{path} is no earlier export, so it was left as it is, also with --force. Choose another name.",
                path=path,
            )


def _to_disk(part: Path) -> None:
    """fsync a file, or a folder with all it holds."""
    if part.is_dir():
        with os.scandir(part) as entries:
            for inner in entries:
                _to_disk(Path(inner.path))
        _sync_folder(part)
    else:
        with part.open("rb+") as file:
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, some network folders cannot be synced: the rename itself is still whole.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _into_place(part: Path, path: Path) -> None:
    if part.is_dir() and path.is_dir():
        old = _beside(path, "old")
        path.rename(old)
        try:
            part.rename(path)
        except OSError:
            old.rename(path)
            raise
        shutil.rmtree(old, ignore_errors=True)
    else:
        part.replace(path)
    _sync_folder(path.parent)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        with suppress(OSError):
            part.unlink(missing_ok=True)
