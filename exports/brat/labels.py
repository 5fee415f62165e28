"""Entities and relations from the lines of an ``.ann`` file and the text they stand on."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

from annotations.report import Entity, Origin, Relation, Span, make_fragments, new_id
from exports.brat.lines import brat_spans
from exports.brat.standoff import ON_EVENTS, Arc, Standoff, TextBound
from exports.errors import FormatError


class _Kept(NamedTuple):
    """What every label has besides its place, from a ``ChuGiai`` line where there is one."""

    id: str | None
    own: dict[str, Any]  # Any: JSON, checked where it is used
    attributes: dict[str, str]
    note: str | None
    origin: Origin
    by: str | None
    confidence: float | None
    metadata: dict[str, object]


def entities(found: Standoff, text: str, file: str) -> dict[str, Entity]:
    """The entities by their ``T`` id, in file order."""
    made: dict[str, Entity] = {}
    give_id = _ids(found, [*found.entities], file)
    for name, bound in found.entities.items():
        spans = checked_spans(bound, text, file)
        kept = _kept(found, name, file)
        start, end, fragments = make_fragments(_own_spans(kept.own.get("spans"), spans, text))
        label = _text(kept.own.get("label")) or bound.label
        entry = _text(kept.own.get("entry"))
        made[name] = Entity(
            give_id(name, kept.id), label, start, end, fragments, kept.attributes, kept.note, entry, *kept[4:]
        )
    return made


def relations(found: Standoff, ends: dict[str, Entity], file: str) -> tuple[Relation, ...]:
    """The relations, in file order. Those of events are counted in ``found.left_out``."""
    made: list[Relation] = []
    give_id = _ids(found, [*found.relations], file)
    for name, arc in found.relations.items():
        source, target = ends.get(arc.source), ends.get(arc.target)
        if source is None or target is None:
            _check_event_end(arc, ends, file)
            found.left_out[ON_EVENTS] += 1
            continue
        kept = _kept(found, name, file)
        kind = _text(kept.own.get("type")) or arc.type
        made.append(Relation(give_id(name, kept.id), kind, source.id, target.id, kept.attributes, kept.note, *kept[4:]))
    return tuple(made)


def checked_spans(bound: TextBound, text: str, file: str) -> tuple[Span, ...]:
    """The spans in text order. Raises ``FormatError`` when they are outside, overlap or touch, or the covered
    text is another (a line break counts as the space that brat writes for it)."""
    spans = tuple(sorted(bound.spans))
    inside = all(0 <= start < end <= len(text) for start, end in spans)
    if not inside or not all(first[1] < second[0] for first, second in pairwise(spans)):
        raise FormatError(
            "{file}, line {line}: the offsets lie outside of the text, are empty or touch each other. "
            "Nothing was taken from it.",
            file=file,
            line=bound.line,
        )
    if not agrees(bound, text):
        raise FormatError(
            "{file}, line {line}: the text is “{stated}”, but the offsets cover “{covered}”. Nothing was taken from it.",
            file=file,
            line=bound.line,
            stated=(bound.covered or "")[:80],
            covered=_covered(bound, text)[:80],
        )
    return spans


def agrees(bound: TextBound, text: str) -> bool:
    """Whether the text column, where there is one, is what the offsets cover."""
    if bound.covered is None:
        return True
    covered = _covered(bound, text)
    return bound.covered in (covered, covered.replace("\n", " "))


def _covered(bound: TextBound, text: str) -> str:
    return " ".join(text[start:end] for start, end in bound.spans)


def _own_spans(kept: object, spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """The spans that were cut for brat, unless someone has moved the entity since."""
    if not isinstance(kept, list):
        return spans
    own = tuple((pair[0], pair[1]) for pair in kept if isinstance(pair, list) and len(pair) == 2)
    if not own or not all(
        type(start) is int and type(end) is int and 0 <= start < end <= len(text) for start, end in own
    ):
        return spans
    return own if brat_spans(text, own) == spans else spans


def _kept(found: Standoff, name: str, file: str) -> _Kept:
    words, line = found.kept.get(name, ("{}", 0))
    own = _object(words, file, line)
    attributes = dict(found.attributes.get(name, {}))
    metadata = _mapping(own, "metadata", file, line)
    for key, value in _mapping(own, "attributes", file, line).items():
        attributes.setdefault(key, str(value))
    if name in found.references:
        metadata["reference"] = list(found.references[name])
    origin = own.get("origin", Origin.IMPORTED)
    if origin not in tuple(Origin):
        raise _bad_note(file, line)
    confidence = own.get("confidence")
    if confidence is not None and (type(confidence) not in (int, float) or not 0 <= confidence <= 1):
        raise _bad_note(file, line)
    note = "\n".join(found.notes[name]) if name in found.notes else _text(own.get("note"))
    return _Kept(
        _text(own.get("id")), own, attributes, note, Origin(origin), _text(own.get("by")), confidence, metadata
    )


def _object(words: str, file: str, line: int) -> dict[str, Any]:
    try:
        own = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise _bad_note(file, line) from error
    if not isinstance(own, dict):
        raise _bad_note(file, line)
    return own


def _mapping(own: dict[str, Any], key: str, file: str, line: int) -> dict[str, Any]:
    found = own.get(key, {})
    if not isinstance(found, dict):
        raise _bad_note(file, line)
    return dict(found)


def _bad_note(file: str, line: int) -> FormatError:
    return FormatError(
        "{file}, line {line}: the ChuGiai note cannot be read. Nothing was taken from it.", file=file, line=line
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _ids(found: Standoff, names: list[str], file: str) -> Callable[[str, str | None], str]:
    """Gives each label the id that its note keeps, else its brat id, else (taken by another's note) a new one."""
    kept = [_kept(found, name, file).id for name in names if name in found.kept]
    if len(set(kept)) < len(kept):
        raise FormatError("{file}: an id stands in two ChuGiai notes. Nothing was taken from it.", file=file)
    taken = set(kept)

    def give(name: str, own: str | None) -> str:
        return own or (new_id() if name in taken else name)

    return give


def _check_event_end(arc: Arc, ends: dict[str, Entity], file: str) -> None:
    missing = arc.target if arc.source in ends else arc.source
    if not missing.startswith("E"):
        raise FormatError(
            "{file}, line {line}: the relation joins {id}, which is not in the file. Nothing was taken from it.",
            file=file,
            line=arc.line,
            id=missing,
        )
