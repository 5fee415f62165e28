"""Reading the entities and relations of a record; one pass, since a corpus has many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, TypeVar

from annotations.report import Entity, Origin, Relation, Span, make_fragments, new_id
from exports.jsonl.values import Newlines, Wrong, read_attributes, read_metadata, text_of, wrong_type

_ORIGINS = {origin.value: origin for origin in Origin}
_RARE = ("by", "confidence", "metadata")
_USUAL_ENTITY = frozenset(("id", "label", "start", "end", "text", "fragments", "attributes", "note", "entry", "origin"))
_USUAL_RELATION = frozenset(("id", "type", "source", "target", "attributes", "note", "origin"))
_ENTITY_KEYS = _USUAL_ENTITY.union(_RARE)
_RELATION_KEYS = _USUAL_RELATION.union(_RARE)

_PLAIN: tuple[None, None, Mapping[str, object]] = (None, None, {})

_Label = TypeVar("_Label", Entity, Relation)


def read_entities(values: object, newlines: Newlines) -> tuple[Entity, ...]:
    """The entities of a record on its text; None is none.

    Raises ``Wrong`` for what is no entity, spans outside of the text or empty, a ``text``
    that is not the covered one, and an id that stands twice.
    """
    return _read(values, "entities", "entity", lambda value: _entity(value, newlines))


def read_relations(values: object, entity_ids: set[str]) -> tuple[Relation, ...]:
    """The relations of a record; None is none. Raises ``Wrong`` for ends that are no entity of the record."""
    return _read(values, "relations", "relation", lambda value: _relation(value, entity_ids))


def _read(values: object, key: str, noun: str, read_one: Callable[[dict[str, Any]], _Label]) -> tuple[_Label, ...]:
    if values is None:
        return ()
    if type(values) is not list:
        raise wrong_type(key, "a list")
    labels: list[_Label] = []
    seen: set[str] = set()
    for number, value in enumerate(values, 1):
        try:
            if type(value) is not dict:
                raise wrong_type(noun, "an object")
            label = read_one(value)
            if label.id in seen:
                raise Wrong("{place}: its id stands twice; nothing was taken from this file.")
        except Wrong as wrong:
            name = value.get("id") if type(value) is dict else None
            wrong.part = f"{noun} {name}" if type(name) is str else f"{noun} number {number}"
            raise
        seen.add(label.id)
        labels.append(label)
    return tuple(labels)


def _entity(value: dict[str, Any], newlines: Newlines) -> Entity:
    get = value.get
    label = get("label")
    if type(label) is not str or not label:
        raise wrong_type("label", "a text")
    text = newlines.original
    start: Any = get("start")
    end: Any = get("end")
    fragments: tuple[Span, ...] = ()
    if "fragments" in value or newlines.changed:
        start, end, fragments = _spans(value, newlines)
    else:
        _check_span(start, end, text)
        _check_covered(get("text"), text[start:end])
    return Entity(
        _id(get("id")),
        label,
        start,
        end,
        fragments,
        read_attributes(get("attributes")),
        text_of(value, "note"),
        text_of(value, "entry"),
        _origin(get("origin")),
        *(_PLAIN if _USUAL_ENTITY.issuperset(value) else _rare(value, _ENTITY_KEYS)),
    )


def _relation(value: dict[str, Any], entity_ids: set[str]) -> Relation:
    get = value.get
    kind, source, target = get("type"), get("source"), get("target")
    if type(kind) is not str or not kind:
        raise wrong_type("type", "a text")
    if type(source) is not str or type(target) is not str:
        raise wrong_type("source or target", "the id of an entity")
    if source not in entity_ids or target not in entity_ids:
        raise Wrong(
            "{place}: it joins the entity {id}, which is not in the record; nothing was taken from this file.",
            id=target if source in entity_ids else source,
        )
    return Relation(
        _id(get("id")),
        kind,
        source,
        target,
        read_attributes(get("attributes")),
        text_of(value, "note"),
        _origin(get("origin")),
        *(_PLAIN if _USUAL_RELATION.issuperset(value) else _rare(value, _RELATION_KEYS)),
    )


def _id(value: object) -> str:
    if value is None:
        return new_id()
    if type(value) is not str or not value:
        raise wrong_type("id", "a text")
    return value


def _origin(stated: object) -> Origin:
    if stated is None:
        return Origin.IMPORTED
    if type(stated) is not str or stated not in _ORIGINS:
        raise wrong_type("origin", "one of " + ", ".join(_ORIGINS))
    return _ORIGINS[stated]


def _rare(value: dict[str, Any], known: frozenset[str]) -> tuple[str | None, float | None, Mapping[str, object]]:
    """By, confidence and metadata, which few labels have."""
    confidence = value.get("confidence")
    if confidence is not None:
        if type(confidence) not in (int, float) or not 0 <= confidence <= 1:
            raise wrong_type("confidence", "a number from 0 to 1")
        confidence = float(confidence)
    return text_of(value, "by"), confidence, read_metadata(value, known)


def _spans(value: dict[str, Any], newlines: Newlines) -> tuple[int, int, tuple[Span, ...]]:
    """Hull and fragments in the text with LF, checked against the text as it came."""
    text = newlines.original
    hull: tuple[Any, Any] = value.get("start"), value.get("end")
    _check_span(*hull, text)
    given = value.get("fragments")
    spans: tuple[Span, ...] = (hull,) if given is None else _fragments(given, hull, text)
    _check_covered(value.get("text"), " ".join([text[start:end] for start, end in spans]))
    mapped = tuple([newlines.span(span) for span in spans])
    for span in mapped:
        # A span of half a CRLF has nothing left.
        _check_span(*span, newlines.text)
    return make_fragments(mapped)


def _check_span(start: object, end: object, text: str) -> None:
    # bool is a subclass of int, and no offset.
    if type(start) is not int or type(end) is not int:
        raise wrong_type("start or end", "a whole number")
    if not 0 <= start < end <= len(text):
        raise Wrong(
            "{place}: {start}–{end} is empty or lies outside of the text of {length} characters; "
            "nothing was taken from this file.",
            start=start,
            end=end,
            length=len(text),
        )


def _fragments(given: object, hull: tuple[object, object], text: str) -> tuple[Span, ...]:
    if type(given) is not list or not given or not all(type(pair) is list and len(pair) == 2 for pair in given):
        raise wrong_type("fragments", "a list of pairs")
    for start, end in given:
        _check_span(start, end, text)
    apart = all(first[1] < second[0] for first, second in pairwise(given))
    if not apart or (given[0][0], given[-1][1]) != hull:
        raise Wrong(
            "{place}: its fragments do not go from start to end in order and apart; nothing was taken from this file."
        )
    return tuple([(start, end) for start, end in given])


def _check_covered(stated: object, covered: str) -> None:
    if stated != covered and stated is not None:
        raise Wrong(
            "{place}: its text is “{stated}”, but it covers “{covered}”; nothing was taken from this file.",
            stated=str(stated)[:80],
            covered=covered[:80],
        )
