"""What there is to import at some paths, and of which kind each file is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.errors import ChuGiaiError
from exports.errors import FormatError
from exports.formats import formats, importer, recognise
from exports.hf import CARD
from exports.labelstudio import CONFIG, TASKS
from exports.manifest import MANIFEST
from exports.plain import find_files, is_plain
from exports.spacy_docbin import ABOUT
from exports.xlsx.read import is_own_workbook

PLAIN = "plain"
"""The kind of a file without labels; all other kinds are keys of ``exports.formats``."""
BRAT = "brat"
WORKBOOK = "xlsx"
"""The kind of a workbook that we exported and people edited: changes come from it, not reports."""
REVIEW = "xlsx-review"
"""A workbook of conflicts, from which decisions come; found under the kind of the other workbooks."""
SIDECAR = "reports.jsonl"
_WHOLE = {CARD: "hf", ABOUT: "spacy"}
_MANIFEST_HEAD = b'{\n"format": '
_BRAT_SETTINGS = frozenset(("annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import, or a folder that holds a brat collection (its other files are sources of their own).

    ``name`` is the report name of a plain file. ``refused`` says why nothing can be read from it. ``all_texts``: also
    the texts of a collection that nothing in it describes are its reader's.
    """

    path: Path
    name: str
    kind: str = PLAIN
    refused: ChuGiaiError | None = None
    all_texts: bool = False


def find_sources(paths: Iterable[Path], format: str | None = None) -> list[Source]:
    """The sources at ``paths`` and in their folders, in order of name; what does not exist is a refused one.

    ``format`` (``plain`` or the key of a labelled format) says of which kind all files are; else their content does.
    Raises ``FormatError`` for a format that there is not.
    """
    _check_format(format)
    there = list(dict.fromkeys(paths))
    missing = [path for path in there if not os.path.lexists(path)]
    there = [path for path in there if path not in missing]
    collections = [path for path in there if path.is_dir() and _is_collection(path, format)]
    found = find_files(there)
    found = [(path, name) for path, name in found if path in there or not _is_manifest(path)]
    datasets = _datasets([path for path, _ in found], format)
    found = [(path, name) for path, name in found if not any(folder in path.parents for folder in datasets)]
    return [
        *(Source(path, path.name, refused=_missing(path)) for path in missing),
        *(
            Source(path, path.name, refused=_empty(path))
            for path in there
            if _holds_nothing(path, [*(file for file, _ in found), *datasets])
        ),
        *(Source(path, path.name, BRAT, all_texts=format == BRAT) for path in collections),
        *(Source(folder, folder.name, kind) for folder, kind in datasets.items()),
        *(
            _source(path, name, format)
            for path, name in found
            if not _is_configuration(path) and not any(_belongs(path, collection, format) for collection in collections)
        ),
    ]


def in_collection(file: Path) -> bool:
    """Whether a ``.txt`` of a brat collection is described there: by an ``.ann``, or in its folder's sidecar."""
    return file.with_suffix(".ann").is_file() or _is_sidecar(file.with_name(SIDECAR))


def known_formats() -> list[str]:
    """What ``format`` can be."""
    return [PLAIN, *(info.key for info in formats() if info.reads or info.comes_back)]


def _check_format(format: str | None) -> None:
    known = known_formats()
    if format is not None and format not in known:
        raise FormatError(
            "There is no import format {key}. Nothing was imported; the known ones are {known}.",
            key=format,
            known=", ".join(known),
        )


def _is_collection(folder: Path, format: str | None) -> bool:
    if format == BRAT:
        return not any(folder.rglob("*.zip")) or any(folder.rglob("*.txt"))
    return format is None and importer(BRAT).recognises(folder)


def _belongs(file: Path, collection: Path, format: str | None) -> bool:
    """Whether the collection's reader takes the file."""
    if not file.is_relative_to(collection):
        return False
    if format == BRAT or file.suffix == ".ann" or file.name in _BRAT_SETTINGS:
        return True
    return in_collection(file) if file.suffix == ".txt" else file.name == SIDECAR and _is_sidecar(file)


def _is_configuration(file: Path) -> bool:
    """What Label Studio's tasks were labelled with, or the types of UIMA files: no report, and not read."""
    return (file.name == CONFIG and file.with_name(TASKS).is_file()) or file.name == "TypeSystem.xml"


def _is_sidecar(file: Path) -> bool:
    """A sidecar has no texts; a native file of the same name has."""
    return file.is_file() and not importer("jsonl").recognises(file)


def _source(path: Path, name: str, format: str | None) -> Source:
    own = is_own_workbook(path)
    if own and format in (None, WORKBOOK, REVIEW):
        return Source(path, name, WORKBOOK)
    if own and format == PLAIN:  # each entity's sentence in it would become a report
        return Source(path, name, PLAIN, _edited(path))
    if format in (WORKBOOK, REVIEW):
        return Source(path, name, WORKBOOK, _not_ours(path))
    return Source(path, name, _kind(path, format))


def _kind(path: Path, format: str | None) -> str:
    if format is not None:
        return format
    if is_plain(path) and path.suffix.lower() != ".tsv":  # a table, or WebAnno's format
        return PLAIN
    return recognise(path) or ("jsonl" if path.suffix.lower() == ".jsonl" else PLAIN)


def _datasets(files: Sequence[Path], format: str | None) -> dict[Path, str]:
    """Folders that are one thing of one format, by the file that says so."""
    found: dict[Path, str] = {}
    for file in files:
        for name, kind in _WHOLE.items():
            if file.name == name and format in (None, kind) and importer(kind).recognises(file.parent):
                found.setdefault(file.parent, kind)
    return {folder: kind for folder, kind in found.items() if not any(outer in found for outer in folder.parents)}


def _is_manifest(file: Path) -> bool:
    """What an export wrote beside its data about it."""
    if not file.name.endswith(MANIFEST):
        return False
    try:
        with file.open("rb") as opened:
            return opened.read(len(_MANIFEST_HEAD)) == _MANIFEST_HEAD
    except OSError:
        return False


def _holds_nothing(path: Path, found: Sequence[Path]) -> bool:
    return path.is_dir() and not any(file.is_relative_to(path) for file in found)


def _edited(path: Path) -> FormatError:
    return FormatError(
        "{path} is a workbook that Chú Giải exported, not reports. Nothing was imported from it; to take over what was edited "
        "in it, import it without --format plain.",
        path=path,
    )


def _not_ours(path: Path) -> FormatError:
    return FormatError(
        "{path} is no workbook that Chú Giải exported. Nothing was imported from it; import it as plain reports.",
        path=path,
    )


def _missing(path: Path) -> FormatError:
    return FormatError("{path} does not exist; nothing was imported from it.", path=path)


def _empty(path: Path) -> FormatError:
    return FormatError("{path} holds no files; nothing was imported from it.", path=path)
