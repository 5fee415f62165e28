"""Union and intersection of several entities' extents, as spans in code points."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

from annotations.report import Entity, Span, make_fragments

Spans = tuple[Span, ...]


def union(entities: Collection[Entity]) -> Spans:
    """The characters that any of the entities covers."""
    start, end, fragments = make_fragments(tuple(span for entity in entities for span in entity.spans))
    return fragments or ((start, end),)


def intersection(entities: Collection[Entity]) -> Spans:
    """The characters that all of the entities cover; empty when there is none."""
    return reduce(_both, (entity.spans for entity in entities))


def _both(first: Spans, second: Spans) -> Spans:
    common = [(max(a[0], b[0]), min(a[1], b[1])) for a in first for b in second]
    return tuple(sorted((start, end) for start, end in common if start < end))
