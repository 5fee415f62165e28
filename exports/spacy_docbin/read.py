"""Reading documents as records, file by file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotations.corpus import ImportedRecord
from annotations.report import new_id
from exports.carried import KEY, Carried, native_entity, native_relation, native_report
from exports.json_records import Json, imported
from exports.jsonl.values import Wrong, check_strings
from exports.packed import unpacked
from exports.spacy_docbin import REL, SPANS, SUFFIX
from exports.spacy_docbin.bins import BinDoc, BinSpan, documents, files

NO_LABEL = "spans without a label"
NO_END = "relations of tokens that begin no span"
_HOLDS = 0.5
"""A relation holds when its value is this or more."""


def read(path: Path) -> Iterator[ImportedRecord]:
    """One record per document, in order of path. Raises ``FormatError`` with file and document for what is wrong."""
    with unpacked(path, frozenset((SUFFIX,))) as found:
        yield from _read(found)


def _read(path: Path) -> Iterator[ImportedRecord]:
    for file in files(path):
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        for number, doc in enumerate(documents(file), 1):
            place = f"{name}, document {number}"
            left_out: Counter[str] = Counter()
            native = _native(doc, left_out)
            try:
                check_strings(native)
            except Wrong as wrong:
                raise wrong.at(place) from wrong
            yield imported(native, place, f"{name.removesuffix('.spacy')}-{number}", left_out)


def _native(doc: BinDoc, left_out: Counter[str]) -> Json:
    starts, text = [], ""
    pieces: list[str] = []
    offset = 0
    for word, space in zip(doc.words, doc.spaces, strict=True):
        starts.append(offset)
        pieces.append(word + " " if space else word)
        offset += len(pieces[-1])
    text = "".join(pieces)
    ends = [start + len(word) for start, word in zip(starts, doc.words, strict=True)]
    carried = _carried(doc.user_data.get(KEY))
    native = native_report(carried, text)
    parts = {part["id"]: part for part in _dicts(carried.get("entities")) if type(part.get("id")) is str}
    native["entities"] = []
    holders: dict[int, str] = {}
    for span in _spans(doc):
        if not span.label:
            left_out[NO_LABEL] += 1
            continue
        own = {"label": span.label, "start": starts[span.first], "end": ends[span.last - 1]}
        entity = native_entity(own, parts.pop(span.id, None), left_out)
        entity.setdefault("id", new_id())
        if span.kb_id:
            entity["entry"] = span.kb_id
        native["entities"].append(entity)
        holders.setdefault(span.first, entity["id"])
    # At one start token the entity of doc.ents comes before those inside of it: the outer one, which is in both.
    native["relations"] = list(_relations(doc.user_data.get(REL), holders, carried.get("relations"), left_out))
    return native


def _carried(value: object) -> Json:
    try:
        made = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        made = None
    return made if type(made) is dict else {}


def _dicts(values: object) -> list[Json]:
    return [value for value in values if type(value) is dict] if type(values) is list else []


def _spans(doc: BinDoc) -> list[BinSpan]:
    """The spans of our group, else of all groups; and the entities that are in none."""
    groups = [doc.groups[SPANS]] if SPANS in doc.groups else list(doc.groups.values())
    made = [span for group in groups for span in group]
    known = {(span.first, span.last, span.label) for span in made}
    return made + [span for span in doc.entities if (span.first, span.last, span.label) not in known]


def _relations(pairs: object, holders: dict[int, str], carried: object, left_out: Counter[str]) -> Iterator[Json]:
    waiting = Carried(_parts(carried))
    for ends, kinds in _pairs(pairs):
        for kind, value in kinds.items():
            if type(value) not in (int, float) or value < _HOLDS:
                continue
            source, target = (holders.get(end) for end in ends)
            if source is None or target is None:
                left_out[NO_END] += 1
                continue
            own = {"type": kind, "source": source, "target": target}
            yield native_relation(own, waiting.take((kind, *ends)) if type(kind) is str else None)


def _pairs(value: object) -> Iterator[tuple[tuple[int, int], dict[Any, Any]]]:
    for ends, kinds in value.items() if type(value) is dict else ():
        if type(ends) is tuple and [type(end) for end in ends] == [int, int] and type(kinds) is dict:
            yield ends, kinds


def _parts(values: object) -> Iterator[tuple[object, Json]]:
    for value in values if type(values) is list else ():
        if type(value) is list and [type(part) for part in value] == [str, int, int, dict]:
            yield tuple(value[:3]), value[3]
