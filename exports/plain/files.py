"""Which files an import reads, under which names, and their bytes."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from exports.errors import FormatError

TEXT = (".txt",)
WEB = (".html", ".htm")
WORD = (".docx",)
TABLE = (".csv", ".tsv", ".xlsx")
SUFFIXES = TEXT + WEB + WORD + TABLE
"""The kinds of file that plain reports are read from."""

LARGEST = 64 * 2**20
"""Bytes of the largest text, page or Word document; spreadsheets are read as a stream and have no limit."""


def is_plain(path: Path) -> bool:
    """Whether the file's name says that plain reports can be read from it."""
    return path.suffix.lower() in SUFFIXES


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """The files at ``paths`` and in their folders, with unique report names, in order of name.

    The name is the path inside the given folder with ``/`` (``2021/a.txt``), for a file its own name; where two would be
    equal, the folder's name is put before, then a number behind. Hidden and lock files are left out. A file
    of a kind that cannot be read, and a folder that cannot be opened, are in the list: ``read_file`` says why
    they are refused. Raises ``FormatError`` for a path that does not exist.
    """
    found: list[tuple[Path, str, str]] = []
    for path in paths:
        if not os.path.lexists(path):
            raise FormatError("{path} does not exist; nothing was imported from it.", path=_shown(str(path)))
        if path.is_dir():
            label = _real_name(path)
            found += [(file, _relative(file, path), label) for file in _walk(path)]
        else:
            found.append((path, _shown(path.name), _real_name(path.parent)))
    return _named(found)


def load(path: Path, name: str, largest: int | None = LARGEST) -> bytes:
    """The bytes of a file. Raises ``FormatError`` when they cannot be had or are more than ``largest``."""
    check_readable(path, name, largest)
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, name) from error


def check_readable(path: Path, name: str, largest: int | None = None) -> None:
    """Raise ``FormatError`` unless ``path`` is an ordinary file of a bearable size, with something in it."""
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            with os.scandir(path):
                pass
            raise FormatError("{name} was not imported: it is a folder, not a file.", name=name)
    except OSError as error:
        raise unreadable(error, name) from error
    if not stat.S_ISREG(info.st_mode):
        raise FormatError("{name} was not imported: it is not an ordinary file.", name=name)
    if info.st_size == 0:
        raise FormatError("{name} was not imported: the file is empty.", name=name)
    if largest is not None and info.st_size > largest:
        raise FormatError(
            "{name} was not imported: it is larger than {limit} MB, which no report is; split it.",
            name=name,
            limit=largest // 2**20,
        )


def unreadable(error: OSError, name: str) -> FormatError:
    """What the system's refusal means, in a sentence."""
    if isinstance(error, FileNotFoundError):
        return FormatError("{name} was not imported: it does not exist (any more).", name=name)
    if isinstance(error, PermissionError):
        return FormatError(
            "{name} was not imported: you are not allowed to read it; change its permissions and import it again.",
            name=name,
        )
    reason = error.strerror or type(error).__name__
    return FormatError("{name} was not imported: it cannot be read ({reason}).", name=name, reason=reason)


def shown_path(path: Path) -> str:
    """The path as text that can be stored: bytes of a file name that are no text are replaced."""
    return _shown(str(path))


def _shown(words: str) -> str:
    text = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def _real_name(path: Path) -> str:
    """The name of what ``path`` (``.``, a link) really is; unlike ``Path.resolve`` a circle of links is no error."""
    return _shown(Path(os.path.realpath(path)).name)


def _relative(path: Path, folder: Path) -> str:
    return "/".join(map(_shown, path.relative_to(folder).parts)) or _real_name(path)


def _walk(folder: Path) -> Iterator[Path]:
    """Files in and under ``folder``; a folder that cannot be opened comes as itself, one seen before not again."""
    seen: set[str] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        real = os.path.realpath(here)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(here) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            yield here
            continue
        for entry in inside:
            if _is_hidden(entry.name):
                continue
            if _is_folder(entry):
                waiting.append(here / entry.name)
            else:
                yield here / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_hidden(name: str) -> bool:
    """Hidden files, and what systems and Office leave beside documents."""
    return name.startswith((".", "~$")) or name.lower() in ("desktop.ini", "thumbs.db", "__macosx")


def _named(found: list[tuple[Path, str, str]]) -> list[tuple[Path, str]]:
    """Unique names; a file that was given twice comes once."""
    seen: set[str] = set()
    single = []
    for path, name, label in found:
        key = os.path.realpath(path)
        if key not in seen:
            seen.add(key)
            single.append((path, name, label))
    counts = Counter(name for _, name, _ in single)
    taken: set[str] = set()
    named = []
    for path, name, label in single:
        wanted = f"{label}/{name}" if counts[name] > 1 and label else name
        unique, number = wanted, 1
        while unique in taken:
            number += 1
            unique = f"{wanted} ({number})"
        taken.add(unique)
        named.append((path, unique))
    return sorted(named, key=lambda row: row[1])
