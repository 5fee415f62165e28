"""A document of the CAS family as a native record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annotations.corpus import ImportedRecord
from annotations.report import new_id
from exports.carried import native_entity, native_relation, native_report
from exports.cas.document import Arc, Document, Mark, is_entity_layer
from exports.cas.features import CONTROLS, decoded, unpacked, with_controls
from exports.cas.layers import ENTRY, LABEL, NAMED_ENTITY, NOTE, RELATION, SPAN
from exports.json_records import Json, imported
from exports.jsonl.values import Wrong

NAMED = "named entities beside other spans"
OTHER_LAYERS = "annotations of other layers"
OTHER_ENDS = "relations between annotations of other layers"
NO_LENGTH = "annotations of no length"

_LABELS = (LABEL, "value", "DependencyType")
"""Features that hold the label in layers that are not ours, the first first."""


def record(found: Document, place: str, name: str, owner: Json) -> ImportedRecord:
    """The document as an imported record.

    ``name`` and ``owner`` (``annotator`` or ``adjudicated``) are what the file's place says; what our own files say holds.
    Raises ``FormatError`` with ``place`` for what is wrong in it.
    """
    left_out = found.left_out
    try:
        info = decoded(found.info)
        made = native_report(info, with_controls(found.text, info.get(CONTROLS)))
        if not made.keys() & {"annotator", "adjudicated"} and found.info is None:
            made.update(owner)
        keys: dict[str, str] = {}
        made["entities"] = list(_entities(found, keys, left_out))
        made["relations"] = list(_relations(found, keys, left_out))
    except Wrong as wrong:
        raise wrong.at(place) from wrong
    return imported(made, place, name, left_out)


def _entities(found: Document, keys: dict[str, str], left_out: Counter[str]) -> Iterator[Json]:
    """The entities; ``keys`` is filled with the entity id of each mark."""
    used: set[str] = set()
    for mark in _label_marks(found, keys, left_out):
        if mark.begin == mark.end:
            left_out[NO_LENGTH] += 1
            continue
        label, carried = _entity_parts(mark)
        own = {"label": label, "start": mark.begin, "end": mark.end}
        entity = native_entity(own, carried, left_out)
        entity["id"] = _unused(entity.get("id"), used)
        keys[mark.key] = entity["id"]
        yield entity


def _label_marks(found: Document, keys: dict[str, str], left_out: Counter[str]) -> Iterator[Mark]:
    """The marks that are entities: those of custom layers, and named entities unless they are copies of such.

    Beside our spans a named entity that matches none was left behind when its span was changed: it is counted.
    """
    marks = found.marks
    spans = Counter((mark.begin, mark.end, mark.features.get(LABEL, "")) for mark in marks if mark.layer == SPAN)
    for mark in marks:
        copy = (mark.begin, mark.end, mark.features.get("value", ""))
        if mark.layer == NAMED_ENTITY and spans[copy]:
            spans[copy] -= 1
        elif mark.layer == NAMED_ENTITY and spans and found.info is not None:
            left_out[NAMED] += 1
        elif is_entity_layer(mark.layer):
            yield mark
        else:
            left_out[OTHER_LAYERS] += 1


def _entity_parts(mark: Mark) -> tuple[str, Json]:
    """The label, and what native_entity takes as carried."""
    plain, carried = unpacked(mark.features)
    label, plain = _label(mark.layer, plain)
    parts = {**carried, "attributes": {**_mapping(carried.get("attributes"))}}
    parts["note"], parts["entry"] = plain.pop(NOTE, None), plain.pop(ENTRY, None)
    parts["attributes"].update(plain)
    return label, parts


def _label(layer: str, plain: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The label and the other features; a layer with one feature has its label there, one without any is the label."""
    name = next((name for name in _LABELS if name in plain), None)
    if layer in (SPAN, RELATION):
        name = LABEL
    elif name is None and len(plain.keys() - {NOTE, ENTRY}) == 1:
        (name,) = plain.keys() - {NOTE, ENTRY}
    label = plain.get(name, "") if name else ""
    rest = {key: value for key, value in plain.items() if key != name}
    return label or layer.rpartition(".")[2] or layer, rest


def _relations(found: Document, keys: dict[str, str], left_out: Counter[str]) -> Iterator[Json]:
    used: set[str] = set()
    for arc in found.arcs:
        if arc.source not in keys or arc.target not in keys:
            left_out[OTHER_ENDS] += 1
            continue
        kind, carried = _relation_parts(arc)
        own = {"type": kind, "source": keys[arc.source], "target": keys[arc.target]}
        relation = native_relation(own, carried)
        relation["id"] = _unused(relation.get("id"), used)
        yield relation


def _relation_parts(arc: Arc) -> tuple[str, Json]:
    plain, carried = unpacked(arc.features)
    kind, plain = _label(arc.layer, plain)
    parts = {**carried, "attributes": {**_mapping(carried.get("attributes"))}, "note": plain.pop(NOTE, None)}
    parts["attributes"].update(plain)
    return kind, parts


def _mapping(value: object) -> Json:
    return value if type(value) is dict else {}


def _unused(wanted: object, used: set[str]) -> str:
    """The id, or a new one where a label was doubled in the other tool."""
    given = wanted if type(wanted) is str and wanted and wanted not in used else new_id()
    used.add(given)
    return given
