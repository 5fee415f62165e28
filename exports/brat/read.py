"""Reading a brat collection, one record per text, in order of path."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from annotations.corpus import ImportedRecord
from annotations.report import Report, Status, new_id
from exports.brat.collection import Collection, opened
from exports.brat.labels import agrees, entities, relations
from exports.brat.standoff import Standoff, parse
from exports.brat.write import SIDECAR
from exports.errors import FormatError

_BOM = "\ufeff"
_Info = Mapping[str, Any]  # Any: JSON, each value is checked where it is used


def read(path: Path) -> Iterator[ImportedRecord]:
    """The records. A text without ``.ann`` comes without labels; an ``.ann`` without its text is refused.

    Raises ``FormatError`` with file and line at the first thing that is wrong.
    """
    with opened(path) as collection:
        names = set(collection.names)
        alone = next((name for name in collection.names if name.endswith(".ann") and _txt(name) not in names), None)
        if alone is not None:
            raise FormatError("{name} has no {text} beside it; nothing was taken.", name=alone, text=_txt(alone))
        sidecars: dict[str, dict[str, _Info]] = {}
        for name in collection.names:
            if not name.endswith(".txt"):
                continue
            place = PurePosixPath(name)
            folder = str(place.parent)
            if folder not in sidecars:
                sidecar = str(place.parent / SIDECAR)
                sidecars[folder] = _sidecar(collection, sidecar) if sidecar in names else {}
            yield _record(collection, name, f"{name[:-4]}.ann" in names, sidecars[folder].get(place.stem))


def _txt(name: str) -> str:
    return f"{name[:-4]}.txt"


def _record(collection: Collection, name: str, labelled: bool, info: _Info | None) -> ImportedRecord:
    ann = f"{name[:-4]}.ann"
    found = parse(_decoded(collection.read(ann), ann).removeprefix(_BOM), ann) if labelled else Standoff()
    text = _decoded(collection.read(name), name)
    if info is None and text.startswith(_BOM) and not _counts_bom(found, text):
        text = text[1:]
    ends = entities(found, text, ann)
    arcs = relations(found, ends, ann)
    report, annotator, adjudicated, status = _report(info or {}, name, text)
    return ImportedRecord(
        report,
        ann if labelled else name,
        annotator,
        adjudicated,
        status,
        tuple(ends.values()),
        arcs,
        adjudicated or annotator is not None or bool(ends),
        dict(sorted(found.left_out.items())),
    )


def _counts_bom(found: Standoff, text: str) -> bool:
    """Whether the offsets count a byte order mark as a character, as brat itself does."""
    return bool(found.entities) and all(agrees(bound, text) for bound in found.entities.values())


def _decoded(content: bytes, name: str) -> str:
    """The text with LF newlines, as brat's universal newlines count them."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            "{name} is not UTF-8 (byte {byte}); nothing was taken from it.", name=name, byte=error.start + 1
        ) from error
    if "\0" in text:
        raise FormatError("{name} holds a NUL; nothing was taken from it.", name=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sidecar(collection: Collection, name: str) -> dict[str, _Info]:
    """What ``reports.jsonl`` says, by file name without suffix."""
    infos: dict[str, _Info] = {}
    for number, line in enumerate(_decoded(collection.read(name), name).split("\n"), 1):
        if not line.strip():
            continue
        try:
            info = json.loads(line)
        except (ValueError, RecursionError):
            info = None
        if not isinstance(info, dict) or not isinstance(info.get("file"), str) or not _is_sound(info):
            raise FormatError(
                "{name}, line {line} is not what an export wrote there; nothing was taken.", name=name, line=number
            )
        infos[info["file"]] = info
    return infos


def _is_sound(info: _Info) -> bool:
    texts = ("id", "name", "title", "date", "source", "locality", "annotator", "status")
    return (
        all(isinstance(info.get(key, ""), str) for key in texts)
        and isinstance(info.get("metadata", {}), dict)
        and info.get("status", Status.DONE) in tuple(Status)
    )


def _report(info: _Info, name: str, text: str) -> tuple[Report, str | None, bool, Status | None]:
    report = Report(
        info.get("id") or new_id(),
        info.get("name") or name,
        text,
        info.get("title", ""),
        info.get("date", ""),
        info.get("source", ""),
        info.get("locality", ""),
        info.get("metadata", {}),
    )
    status = Status(info["status"]) if "status" in info else None
    return report, info.get("annotator") or None, info.get("adjudicated") is True, status
