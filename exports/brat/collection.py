"""The files of a brat collection, wherever they are: a folder, a zip, or one pair.

Names are relative, with ``/``. Nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exports.errors import FormatError
from exports.packed import DAMAGE, check_entry

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of one text or annotation file at most, unpacked."""
SIDECAR_LIMIT = 1024 * 1024 * 1024
"""Bytes of one sidecar at most: it has a line for each report of its folder."""
TOTAL_LIMIT = 8 * 1024 * 1024 * 1024
"""Bytes of all files of a zip at most, unpacked."""

_WANTED = (".txt", ".ann", ".jsonl")


@dataclass(frozen=True, slots=True)
class Collection:
    """``names`` of the texts, annotation files and sidecars, sorted; ``read`` gives the bytes of one."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]


def recognises(path: Path) -> bool:
    """Whether there is an ``.ann`` with its ``.txt``: in the folder, in the zip, or ``path`` itself."""
    try:
        if path.is_dir():
            return any(file.with_suffix(".txt").is_file() for file in path.rglob("*.ann"))
        if path.suffix == ".ann":
            return path.is_file() and path.with_suffix(".txt").is_file()
        if not zipfile.is_zipfile(path):
            return False
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (OSError, *DAMAGE):
        return False
    return any(name.endswith(".ann") and f"{name[:-4]}.txt" in names for name in names)


@contextmanager
def opened(path: Path) -> Iterator[Collection]:
    """The collection at ``path``. Raises ``FormatError`` for what cannot be read or is not safe."""
    try:
        if path.is_dir():
            yield _folder(path)
        elif path.suffix == ".ann":
            yield _pair(path)
        else:
            with zipfile.ZipFile(path) as packed:
                yield _zip(path, packed)
    except FormatError:
        raise
    except DAMAGE as error:
        raise FormatError("{path} is no zip, or a damaged one; nothing was taken from it.", path=path) from error
    except OSError as error:
        raise FormatError("{path} could not be read: {why}.", path=path, why=error.strerror or error) from error


def _folder(path: Path) -> Collection:
    files = (file for file in path.rglob("*") if file.suffix in _WANTED and file.is_file())
    names = (file.relative_to(path).as_posix() for file in files)
    shown = (name for name in names if not any(part.startswith(".") for part in name.split("/")))
    return Collection(tuple(sorted(shown)), lambda name: _limited((path / name).read_bytes, name, path / name))


def _pair(path: Path) -> Collection:
    files = (path, path.with_suffix(".txt"), path.with_name("reports.jsonl"))
    folder = path.parent
    return Collection(
        tuple(file.name for file in files if file.is_file()),
        lambda name: _limited((folder / name).read_bytes, name, folder / name),
    )


def _limited(read: Callable[[], bytes], name: str, file: Path) -> bytes:
    if file.stat().st_size > _limit(name):
        raise _too_large(name)
    return read()


def _zip(path: Path, packed: zipfile.ZipFile) -> Collection:
    entries = packed.infolist()
    for entry in entries:
        check_entry(path, entry)
    if sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
        raise FormatError(
            "{path} unpacks to more than {limit} GB; nothing was taken from it.", path=path, limit=TOTAL_LIMIT >> 30
        )
    names = sorted(
        entry.filename
        for entry in entries
        if not entry.is_dir() and entry.filename.endswith(_WANTED) and not entry.filename.startswith("__MACOSX/")
    )

    def read(name: str) -> bytes:
        # The size that the zip states may be a lie, so no more than the limit is unpacked.
        with packed.open(name) as file:
            content = file.read(_limit(name) + 1)
        if len(content) > _limit(name):
            raise _too_large(name)
        return content

    return Collection(tuple(names), read)


def _too_large(name: str) -> FormatError:
    return FormatError(
        "{name} is larger than {limit} MB, which no report is; nothing was taken.", name=name, limit=_limit(name) >> 20
    )


def _limit(name: str) -> int:
    return SIDECAR_LIMIT if name.endswith(".jsonl") else FILE_LIMIT
