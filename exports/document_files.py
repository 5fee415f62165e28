"""Reading collections of one file per report and annotator: a folder, a zip, a zip of zips, or one file.

INCEpTION's project export has ``annotation/DOCUMENT/ANNOTATOR.zip`` (or the file itself) and ``curation/DOCUMENT/CURATION_USER.zip``;
a document that it exports alone is a zip of the file and its type system. Nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from exports.errors import FormatError
from exports.json_records import Json
from exports.packed import DAMAGE, check_entry

FILE_LIMIT = 32 * 1024 * 1024
"""Bytes of one file at most, unpacked."""
TOTAL_LIMIT = 8 * 1024 * 1024 * 1024
"""Bytes of all files of a zip at most, unpacked."""

CURATION = "CURATION_USER"
INITIAL = "INITIAL_CAS"
_HEAD = 4096
_ZIP = ".zip"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """One file: ``place`` for messages, ``name`` for its report, ``owner`` as INCEpTION's folders say it."""

    place: str
    content: bytes
    name: str
    owner: Json


def recognises(path: Path, suffix: str, is_ours: Callable[[bytes], bool]) -> bool:
    """Whether the file, or the first such file in the folder or zip, begins as the format does. Never raises."""
    try:
        if path.is_dir():
            first = next((file for file in path.rglob(f"*{suffix}") if file.is_file()), None)
            return first is not None and is_ours(_head(first))
        if not zipfile.is_zipfile(path):
            return path.is_file() and is_ours(_head(path))
        with zipfile.ZipFile(path) as packed:
            return _zip_recognised(packed, suffix, is_ours)
    except (OSError, FormatError, *DAMAGE):
        return False


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)


def _zip_recognised(
    packed: zipfile.ZipFile, suffix: str, is_ours: Callable[[bytes], bool], deeper: bool = True
) -> bool:
    entries = [entry for entry in packed.infolist() if entry.compress_type in _PACKED and not entry.flag_bits & 1]
    first = next((entry for entry in entries if _wanted(entry.filename, suffix)), None)
    if first is not None:
        with packed.open(first) as file:
            return is_ours(file.read(_HEAD))
    inner = next((entry for entry in entries if entry.filename.endswith(_ZIP)), None)
    if inner is None or not deeper or inner.file_size > FILE_LIMIT:
        return False
    with zipfile.ZipFile(io.BytesIO(_limited(packed, inner.filename))) as found:
        return _zip_recognised(found, suffix, is_ours, deeper=False)


def documents(path: Path, suffix: str) -> Iterator[DocumentFile]:
    """The files in order of their paths, one in memory at a time.

    Raises ``FormatError`` for what cannot be read, is too large, locked, or points out of its zip.
    """
    try:
        if path.is_dir():
            yield from _folder(path, suffix)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from _members(path.name, packed, suffix)
        else:
            yield _file(path, path.name)
    except FormatError:
        raise
    except DAMAGE as error:
        raise FormatError("{path} is no zip, or a damaged one; nothing was taken from it.", path=path) from error
    except OSError as error:
        raise FormatError("{path} could not be read: {why}.", path=path, why=error.strerror or error) from error


def _folder(path: Path, suffix: str) -> Iterator[DocumentFile]:
    found = []
    for file in path.rglob("*"):
        name = file.relative_to(path).as_posix()
        if file.is_file() and (_wanted(name, suffix) or (name.endswith(_ZIP) and not _hidden(name))):
            found.append((name, file))
    for name, file in sorted(found):
        if name.endswith(_ZIP):
            with _damage(name), zipfile.ZipFile(file) as packed:
                yield from _members(name, packed, suffix, deeper=False)
        elif PurePosixPath(name).stem != INITIAL:
            yield _file(file, name)


def _file(file: Path, name: str) -> DocumentFile:
    if file.stat().st_size > FILE_LIMIT:
        raise _too_large(name)
    return _document(name, name, file.read_bytes())


def _members(place: str, packed: zipfile.ZipFile, suffix: str, deeper: bool = True) -> Iterator[DocumentFile]:
    entries = packed.infolist()
    for entry in entries:
        check_entry(place, entry)
    if sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
        raise FormatError(
            "{path} unpacks to more than {limit} GB; nothing was taken from it.", path=place, limit=TOTAL_LIMIT >> 30
        )
    for name in sorted(entry.filename for entry in entries):
        # A zip within an annotator's folder names the document and the annotator by its own path.
        path = name if deeper else f"{place.removesuffix(_ZIP)}/{name}"
        if deeper and name.endswith(_ZIP) and not _hidden(name):
            with _damage(f"{place}, {name}"), zipfile.ZipFile(io.BytesIO(_limited(packed, name))) as inner:
                yield from _members(name, inner, suffix, deeper=False)
        elif _wanted(name, suffix) and PurePosixPath(name).stem != INITIAL:
            yield _document(f"{place}, {name}" if deeper else path, path, _limited(packed, name))


@contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise FormatError("{path} is no zip, or a damaged one; nothing was taken from it.", path=name) from error


def _document(place: str, path: str, content: bytes) -> DocumentFile:
    """The file with what INCEpTION's folders say of it."""
    parts = PurePosixPath(path).parts
    for number, part in enumerate(parts[:-2]):
        if part in ("annotation", "curation"):
            who = PurePosixPath(parts[number + 2]).stem if len(parts) == number + 3 else parts[number + 2]
            curated = part == "curation" or who == CURATION
            return DocumentFile(
                place, content, parts[number + 1], {"adjudicated": True} if curated else {"annotator": who}
            )
    return DocumentFile(place, content, str(PurePosixPath(path).with_suffix("")), {})


def _wanted(name: str, suffix: str) -> bool:
    return name.endswith(suffix) and not _hidden(name)


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _limited(packed: zipfile.ZipFile, name: str) -> bytes:
    # The size that the zip states may be a lie, so no more than the limit is unpacked.
    with packed.open(name) as file:
        content = file.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise _too_large(name)
    return content


def _too_large(name: str) -> FormatError:
    return FormatError(
        "{name} is larger than {limit} MB, which no report is; nothing was taken.", name=name, limit=FILE_LIMIT >> 20
    )
