"""Breaches of the span rules: guidance, never a refusal.

Spans of one report should nest or stand apart (not cross), none should lie inside one of
its own label, edges should be tight, and dates should be EDTF. An edge inside a
syllable is no breach: ``UVBTV Tỉnh ủy`` holds ``BTV Tỉnh ủy``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import chain, islice

from annotations.normalise.edtf import is_edtf
from annotations.open_spans import OpenSpans
from annotations.report import Entity, Span, entity_order
from annotations.schema import Schema

_LOOSE = frozenset(",.\"'“”‘’„«»")
_MOST_PARTNERS = 20
_STEP = 100


class NoticeKind(StrEnum):
    """What the rules advise against."""

    CROSSING = "crossing"
    OWN_LABEL = "own_label"
    LOOSE_EDGE = "loose_edge"
    NOT_EDTF = "not_edtf"


@dataclass(frozen=True, slots=True)
class Notice:
    """One breach: the entities concerned (two for crossing and own label, the outer or earlier one first)
    and the code points where it shows: the part shared, the inner entity, the characters too many."""

    kind: NoticeKind
    entity_ids: tuple[str, ...]
    start: int
    end: int


def notices(text: str, entities: Sequence[Entity], schema: Schema) -> tuple[Notice, ...]:
    """All breaches in one annotation set, in text order; of one entity at most 20 crossings with earlier ones."""
    ordered = sorted(entities, key=entity_order)
    return in_text_order(chain.from_iterable(notices_in_steps(text, ordered, schema)))


def notices_in_steps(text: str, entities: Sequence[Entity], schema: Schema) -> Iterator[list[Notice]]:
    """The same breaches of entities in the order of a set, found in many steps of little work; some may come twice."""
    pairs = _pairs(entities)
    while step := list(islice(pairs, _STEP)):
        yield [one for one in step if one is not None]
    for first in range(0, len(entities), _STEP):
        some = entities[first : first + _STEP]
        yield [*_edges(text, some), *_values(some, schema)]


def in_text_order(found: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each once, in text order."""
    return tuple(sorted(set(found), key=lambda notice: (notice.start, notice.end, notice.kind, notice.entity_ids)))


def _pairs(entities: Sequence[Entity]) -> Iterator[Notice | None]:
    """Crossing spans and spans inside their own label, in one sweep over all fragments; None after each fragment."""
    every, by_label = OpenSpans(), defaultdict[str, OpenSpans](OpenSpans)
    for start, minus_end, number in _pieces(entities):
        entity, end = entities[number], -minus_end
        own = by_label[entity.label]
        every.close_before(start)
        own.close_before(start)
        for other, shared_end in islice(every.ending_inside(end), _MOST_PARTNERS):
            yield Notice(NoticeKind.CROSSING, (entities[other].id, entity.id), start, shared_end)
        outer = next(own.reaching(end), None)
        if outer is not None and _holds(entities[outer], entity):
            yield Notice(NoticeKind.OWN_LABEL, (entities[outer].id, entity.id), entity.start, entity.end)
        every.add(start, end, number)
        own.add(start, end, number)
        yield None


def _pieces(entities: Sequence[Entity]) -> Iterator[tuple[int, int, int]]:
    """Start, negative end and number of the entity of each fragment, in this order, without sorting all of them."""
    waiting: list[tuple[int, int, int]] = []
    for number, entity in enumerate(entities):
        while waiting and waiting[0][0] < entity.start:
            yield heappop(waiting)
        for start, end in entity.spans:
            heappush(waiting, (start, -end, number))
    while waiting:
        yield heappop(waiting)


def _holds(outer: Entity, inner: Entity) -> bool:
    return all(any(a <= c and d <= b for a, b in outer.spans) for c, d in inner.spans)


def _edges(text: str, entities: Sequence[Entity]) -> Iterator[Notice]:
    for entity in entities:
        for start, end in entity.spans:
            for loose in _loose_ends(text, start, end):
                yield Notice(NoticeKind.LOOSE_EDGE, (entity.id,), *loose)


def _loose_ends(text: str, start: int, end: int) -> Iterator[Span]:
    """The outer spaces, commas, quotation marks and full stops of a span."""
    start, end = max(0, start), min(end, len(text))  # damage may leave the text; `check` tells of that
    first, last = start, end
    while first < end and _is_loose(text[first]):
        first += 1
    while last > first and _is_loose(text[last - 1]):
        last -= 1
    if start < first:
        yield start, first
    if last < end:
        yield last, end


def _is_loose(letter: str) -> bool:
    return letter in _LOOSE or letter.isspace()


def _values(entities: Sequence[Entity], schema: Schema) -> Iterator[Notice]:
    dated = {
        label.name: [attribute.name for attribute in label.attributes if attribute.kind == "edtf"]
        for label in schema.entity_types
    }
    for entity in entities:
        for name in dated.get(entity.label, ()):
            value = entity.attributes.get(name, "")
            if value and not is_edtf(value):
                yield Notice(NoticeKind.NOT_EDTF, (entity.id,), entity.start, entity.end)
