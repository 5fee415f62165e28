"""Folders as one zip, out and in."""

from __future__ import annotations

import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from exports.errors import FormatError
from exports.files import scratch_folder, writing

UNPACKED_LIMIT = 2 * 1024 * 1024 * 1024
"""Bytes of all files of a zip at most, unpacked."""
MOST_TIMES = 200
"""So many times its packed size a file may have: JSON lines of labels have some twenty."""
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)
"""What a damaged zip makes the standard library raise, besides OSError."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 1 << 20


@contextmanager
def folder_or_zip(path: Path, force: bool, marker: str, suffixes: frozenset[str]) -> Iterator[Path]:
    """A hidden folder to write to; it becomes ``path``, or a zip of it does when ``path`` ends with ``.zip``.

    The arguments and errors are those of ``exports.files.writing``.
    """
    if path.suffix.lower() != ".zip":
        with writing(path, force, folder=True, marker=marker, suffixes=suffixes) as part:
            yield part
    else:
        with writing(path, force) as part, scratch_folder(part) as scratch:
            yield scratch
            pack(scratch, part)


def pack(folder: Path, part: Path) -> None:
    """Pack the folder into a zip, a piece at a time; the same content is the same bytes."""
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                info = zipfile.ZipInfo(file.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                info.file_size = file.stat().st_size
                with packed.open(info, "w") as out, file.open("rb") as content:
                    shutil.copyfileobj(content, out, _CHUNK)


def names_in(path: Path) -> list[str]:
    """The names in a zip; none when it is no zip, or a damaged one."""
    try:
        if not path.is_file() or not zipfile.is_zipfile(path):
            return []
        with zipfile.ZipFile(path) as packed:
            return packed.namelist()
    except (OSError, *DAMAGE):
        return []


@contextmanager
def unpacked(path: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """``path`` itself, or for a zip a passing folder of those of its files that have such a suffix.

    Raises ``FormatError`` for a zip that is damaged, locked, too large or points out of itself.
    """
    if path.is_dir() or not zipfile.is_zipfile(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="chugiai-") as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                _unpack(path, packed, Path(folder), suffixes)
        except DAMAGE as error:
            raise FormatError("{path} is no zip, or a damaged one; nothing was taken from it.", path=path) from error
        except OSError as error:
            raise FormatError("{path} could not be read: {why}.", path=path, why=error.strerror or error) from error
        yield Path(folder)


def _unpack(path: Path, packed: zipfile.ZipFile, folder: Path, suffixes: frozenset[str]) -> None:
    entries = packed.infolist()
    for entry in entries:
        check_entry(path, entry)
    left = UNPACKED_LIMIT
    for entry in entries:
        if entry.is_dir() or PurePosixPath(entry.filename).suffix not in suffixes:
            continue
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        limit = min(left, MOST_TIMES * entry.compress_size + _CHUNK)
        # The size that the zip states may be a lie, so no more than the limit is unpacked.
        with packed.open(entry) as content, target.open("wb") as out:
            while piece := content.read(_CHUNK):
                limit, left = limit - len(piece), left - len(piece)
                if limit < 0:
                    raise FormatError(
                        "{path} unpacks to far more than it holds ({name}); nothing was taken from it.",
                        path=path,
                        name=entry.filename,
                    )
                out.write(piece)


def check_entry(path: Path | str, entry: zipfile.ZipInfo) -> None:
    """Raise ``FormatError`` for a file of a zip that points out of it, is a link, locked, or packed in a way we do not read."""
    name = entry.filename
    if not name:  # zipfile itself stumbles over it
        raise FormatError("{path} is no zip, or a damaged one; nothing was taken from it.", path=path)
    unsafe = name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in PurePosixPath(name).parts
    if unsafe or stat.S_ISLNK(entry.external_attr >> 16):
        raise FormatError(
            "{path} holds {name}, which points out of it or is a link; nothing was taken from it.", path=path, name=name
        )
    if entry.flag_bits & 0x1:
        raise FormatError("{path} is locked with a password; nothing was taken from it.", path=path)
    if entry.compress_type not in _PACKED:
        raise FormatError(
            "{path} is packed in an unusual way; pack it again as an ordinary zip. Nothing was taken from it.",
            path=path,
        )
