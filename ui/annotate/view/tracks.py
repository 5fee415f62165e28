"""Room for arcs above the lines, when all arcs are shown: a track for each, so that no two names or arcs lie on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from annotations.report import Entity, Relation
from ui.annotate.view.block import Block
from ui.annotate.view.chips import small_font
from ui.annotate.view.index import EntityIndex
from ui.annotate.view.lines import Line, Run, own_stretch

BESIDE = 9.0
"""Pixels between the leg of an arc and what is written beside it."""
_GAP = 8.0
_PAD = 8.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entity begins: its line, the edges of its chip or of what its first piece has for itself."""

    number: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class ArcWords:
    """What is written on an arc: ``name`` of its type, ``far`` of an end out of sight (True: its target)."""

    visible: Callable[[Relation], bool]
    name: Callable[[Relation], str]
    far: Callable[[Relation, Entity, bool], str]


class TrackMaker:
    """Plans the tracks of blocks from the relations of the entities that begin there."""

    def __init__(self, font: QFont, words: ArcWords) -> None:
        self._measured = QFontMetricsF(small_font(font))
        self._words = words
        self.height = round(self._measured.height()) + 3

    def plan(self, block: Block, index: EntityIndex, column: float) -> None:
        """Give each line of ``block`` the runs of the arcs that begin or end there."""
        places = _places(block)
        legs: dict[tuple[str, bool], float] = {}
        relations: dict[str, Relation] = {}
        for entity_id, place in places.items():
            own = sorted(self._shown(index, entity_id), key=lambda one: _leg_order(one, entity_id, index))
            relations.update((one.id, one) for one in own)
            for nth, one in enumerate(own):
                leg = place.left + (place.right - place.left) * (nth + 1) / (len(own) + 1)
                legs[one.id, one.source == entity_id] = leg
        for relation in relations.values():
            self._add(block, relation, legs, places, index, column)
        for line in block.lines:
            _pack(line, column)

    def room(self, line: Line) -> int:
        """The height above ``line`` that its tracks need."""
        return self.height * max((run.row + 1 for run in line.runs.values()), default=0)

    def _shown(self, index: EntityIndex, entity_id: str) -> list[Relation]:
        known, visible = index.by_id, self._words.visible
        found = (one for one in index.relations_of(entity_id) if one.source in known and one.target in known)
        return [one for one in found if one.source != one.target and visible(one)]

    def _add(
        self,
        block: Block,
        relation: Relation,
        legs: dict[tuple[str, bool], float],
        places: dict[str, _Place],
        index: EntityIndex,
        column: float,
    ) -> None:
        source, target = places.get(relation.source), places.get(relation.target)
        if source and target and source.number == target.number:
            leg, other = legs[relation.id, True], legs[relation.id, False]
            width = min(column, self._measured.horizontalAdvance(self._words.name(relation)) + _PAD)
            run = Run(leg, other, *_between(leg, other, width, column))
            block.lines[source.number].runs.update({(relation.id, True): run, (relation.id, False): run})
            return
        if source and target:
            to_left = source.left + source.right + target.left + target.right < 2 * column
        else:
            to_left = index.by_id[relation.source].start > index.by_id[relation.target].start
        for place, is_source in ((source, True), (target, False)):
            if place is not None:
                far = index.by_id[relation.target if is_source else relation.source]
                words = self._words.far(relation, far, is_source)
                width = min(column, self._measured.horizontalAdvance(words) + 2 * _PAD)
                leg = legs[relation.id, is_source]
                label = _towards(leg, to_left, width, column)
                block.lines[place.number].runs[relation.id, is_source] = Run(leg, None, *label, to_left)


def _leg_order(relation: Relation, entity_id: str, index: EntityIndex) -> tuple[bool, int, str]:
    """Legs to the left before legs to the right, so ordered that low arcs do not cross the legs of high ones."""
    here = index.by_id[entity_id].start
    there = index.by_id[relation.target if relation.source == entity_id else relation.source].start
    return there > here, -there, relation.id


def _between(leg: float, other: float, width: float, column: float) -> tuple[float, float]:
    """Room for a name of that width: between the legs, else beside the target's, else beside the source's."""
    if abs(other - leg) >= width + 2 * BESIDE:
        left = (leg + other - width) / 2
        return left, left + width
    outwards = other > leg
    for x, to_right in ((other, outwards), (leg, not outwards)):
        left = x + BESIDE if to_right else x - BESIDE - width
        if left >= 0 and left + width <= column:
            return left, left + width
    left = max(0.0, min(other - width / 2, column - width))
    return left, left + width


def _towards(leg: float, to_left: bool, width: float, column: float) -> tuple[float, float]:
    """Room of that width beside a leg: on the gutter's side when it fits there, else on the other side."""
    left_side, right_side = leg - BESIDE - width, leg + BESIDE
    wanted = (left_side, right_side) if to_left else (right_side, left_side)
    left = next((one for one in wanted if one >= 0 and one + width <= column), max(0.0, min(leg, column - width)))
    return left, left + width


def _places(block: Block) -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    for number, line in enumerate(block.lines):
        found.update((chip.entity.id, _Place(number, chip.left, chip.left + chip.width)) for chip in line.chips)
        for piece in line.pieces:
            if not piece.join and piece.entity.id not in found and line.start <= piece.entity.start < line.end:
                found[piece.entity.id] = _Place(number, *own_stretch(piece, line))
    return found


def _pack(line: Line, column: float) -> None:
    """Put each run of a line in the lowest track where it lies on no other; short ones first."""
    rows: list[list[tuple[float, float]]] = []
    unique = {id(run): (run, run.extent(column)) for run in line.runs.values()}
    for run, (left, right) in sorted(unique.values(), key=lambda one: (one[1][1] - one[1][0], one[1][0])):
        run.row = next((n for n, row in enumerate(rows) if _is_free(row, left, right)), len(rows))
        if run.row == len(rows):
            rows.append([])
        rows[run.row].append((left, right))


def _is_free(row: Iterable[tuple[float, float]], left: float, right: float) -> bool:
    return all(end + _GAP <= left or right + _GAP <= start for start, end in row)
