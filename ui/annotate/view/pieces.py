"""Cuts entities into what each line of a block shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from annotations.report import Entity, Span
from ui.annotate.view.block import Block
from ui.annotate.view.index import assign_lanes
from ui.annotate.view.lines import Line, Piece


def place_labels(block: Block, entities: Iterable[Entity]) -> None:
    """Give each line of ``block`` its pieces of ``entities``, outer ones first, so that inner ones are painted on them."""
    for line in block.lines:
        line.pieces = []
    found = list(entities)
    lanes = assign_lanes(found)
    for entity in sorted(found, key=lambda one: -lanes[one.id]):
        place_entity(block, entity, lanes[entity.id])


def place_entity(block: Block, entity: Entity, lane: int) -> None:
    """Add the pieces of one entity to the lines of ``block``; joins between fragments come first, below them."""
    spans = entity.spans
    for (_start, gap_start), (gap_end, _end) in pairwise(spans):
        for line, left, right, _opens, _closes in _cut(block, (gap_start, gap_end)):
            line.pieces.append(Piece(entity, lane, left, right, False, False, join=True))
    for span in spans:
        for line, left, right, opens, closes in _cut(block, span):
            line.pieces.append(Piece(entity, lane, left, right, opens, closes))


def _cut(block: Block, span: Span) -> Iterator[tuple[Line, float, float, bool, bool]]:
    """The lines that show a part of ``span``, with its edges there and whether it really begins and ends there."""
    start, end = max(span[0], block.start), min(span[1], block.end)
    if start >= end:
        return
    for line in block.lines[block.line_number(start) : block.line_number(end - 1) + 1]:
        first, last = max(start, line.start), min(end, line.end)
        if last < end and last > line.visible_end:
            last = max(first, line.visible_end)  # no colour behind the space at which a line was broken
        left, right = block.x_of(line, first), block.x_of(line, last)
        if right > left:
            yield line, left, right, first == span[0], min(end, line.end) == span[1]
