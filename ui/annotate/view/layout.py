"""The column of text: blocks laid out only when somebody looks at them.

A block is a paragraph, or a piece of one that is longer than ``LONGEST``. The
height of a block not yet laid out is estimated from its length and corrected
when it comes. y counts from the text's top, x from the column's left edge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QFont

from annotations.furniture import Furniture
from annotations.report import Entity, Relation
from ui.annotate.view.block import Block
from ui.annotate.view.chips import ChipMaker
from ui.annotate.view.heights import Heights
from ui.annotate.view.index import EntityIndex
from ui.annotate.view.lines import Line, Metrics, Run
from ui.annotate.view.pieces import place_labels
from ui.annotate.view.tracks import TrackMaker

LONGEST = 8_000
"""Code points of a block; longer paragraphs are cut after white space."""
KEPT = 400
"""Blocks kept laid out; those far from the visible ones are let go beyond that."""
_CUT = re.compile(r"\s(?=\S)|$")


def block_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the blocks of ``text``, without newlines."""
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        while end - start > LONGEST:
            found = _CUT.search(text, start + LONGEST, min(end, start + 2 * LONGEST))
            cut = found.end() if found else start + LONGEST
            if cut >= end:
                break
            yield start, cut
            start = cut
        yield start, end
        start = end + 1


@dataclass(frozen=True, slots=True)
class Look:
    """How a column is set. ``chips`` and ``tracks`` are there when entities' names or all arcs stand above the lines."""

    font: QFont
    width: int
    spacing: float = 1.0
    chips: ChipMaker | None = None
    tracks: TrackMaker | None = None


class Column:
    """A text in a column of one width and font, with its labels."""

    def __init__(
        self, text: str, look: Look, entities: Sequence[Entity] = (), relations: Sequence[Relation] = ()
    ) -> None:
        self.text = text
        spans = list(block_spans(text))
        self.starts = [start for start, _end in spans]
        self.ends = [end for _start, end in spans]
        self.index = EntityIndex(self.starts, entities, relations)
        self._laid: dict[int, Block] = {}
        self._stale: set[int] = set()
        self.quiet: set[int] = set()
        self._numbers: list[str] | None = None
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Lay out anew with another font or width, lazily."""
        self._look, self.font, self.width = look, look.font, look.width
        self.metrics = Metrics.of(look.font, look.spacing)
        self._laid.clear()
        self._stale.clear()
        letters = max(1.0, look.width / self.metrics.letter)
        line, empty, gap = self.metrics.line, self.metrics.line // 2, self.metrics.line // 4
        lengths = zip(self.starts, self.ends, strict=True)
        self.heights = Heights(
            line * int(1 + (end - start) / letters) + gap if end > start else empty for start, end in lengths
        )

    def set_quiet(self, spans: Iterable[Furniture]) -> None:
        """Say which paragraphs are no running text; ``quiet`` has the numbers of their blocks."""
        self.quiet = {n for one in spans for n in range(self.number_of(one.start), self.number_of(one.end - 1) + 1)}

    def set_above(self, chips: ChipMaker | None, tracks: TrackMaker | None) -> None:
        """Place chips and tracks anew; the text's own layout stays."""
        self._look = replace(self._look, chips=chips, tracks=tracks)
        self._stale |= self._laid.keys()

    def update_labels(self, entities: Sequence[Entity], relations: Sequence[Relation]) -> tuple[set[int], bool]:
        """Take over new labels; returns the blocks that show others now, and whether relations changed."""
        changed, related = self.index.update(entities, relations)
        if self._look.tracks and (changed or related):
            self._stale |= self._laid.keys()  # words and ways of arcs depend on far ends
        for number in changed & self._laid.keys() - self._stale:
            self._decorate(number, self._laid[number])
        return changed, related

    @property
    def is_settled(self) -> bool:
        """Whether no laid-out block waits for its labels to be placed anew."""
        return not self._stale

    @property
    def has_chips(self) -> bool:
        """Whether entities have chips."""
        return self._look.chips is not None

    def track_of(self, line: Line, run: Run) -> float:
        """The height of a run, counted from its line's top."""
        tracks = self._look.tracks
        return tracks.room(line) - (run.row + 0.5) * tracks.height if tracks else 0.0

    def paragraph_number(self, number: int) -> str:
        """The number, from 1, of the paragraph that block ``number`` begins; empty inside one and for empty ones."""
        if self._numbers is None:
            count, self._numbers = 0, []
            for at, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
                begins = end > start and not (at and self._is_cut(at - 1))
                count += begins
                self._numbers.append(str(count) if begins else "")
        return self._numbers[number]

    def is_laid(self, number: int) -> bool:
        """Whether a block's height is known and not estimated."""
        return number in self._laid and number not in self._stale

    def block(self, number: int) -> Block:
        """The block, laid out now if it was not."""
        block = self._laid.get(number)
        if block is None:
            start, end = self.starts[number], self.ends[number]
            block = Block(start, self.text[start:end], self.font, self.width, self.metrics, self._is_cut(number))
            self._laid[number] = block
            self._decorate(number, block)
        elif number in self._stale:
            self._decorate(number, block)
        return block

    def let_go(self, shown: range) -> None:
        """Forget blocks far from those shown when many are laid out; their heights stay known."""
        if len(self._laid) > KEPT + len(shown):
            near = range(shown.start - 50, shown.stop + 50)
            self._laid = {number: block for number, block in self._laid.items() if number in near}
            self._stale &= self._laid.keys()

    def number_of(self, offset: int) -> int:
        """The block that holds ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def line_of(self, offset: int) -> tuple[Block, Line, int]:
        """The block and line that show ``offset``, and the y of the line's top."""
        number = self.number_of(offset)
        block = self.block(number)
        line = block.lines[block.line_number(offset)]
        return block, line, self.heights.top(number) + line.top

    def line_at(self, y: float) -> tuple[Block, Line, int]:
        """The block and line at height ``y``, and the y of the line's top; the nearest ones beyond the text."""
        number = self.heights.at(y)
        block, top = self.block(number), self.heights.top(number)
        line = block.lines[block.line_at(y - top)]
        return block, line, top + line.top

    def next_line(self, offset: int, step: int) -> tuple[Block, Line] | None:
        """The line after (+1) or before (-1) the one that shows ``offset``."""
        number = self.number_of(offset)
        block = self.block(number)
        wanted = block.line_number(offset) + step
        if 0 <= wanted < len(block.lines):
            return block, block.lines[wanted]
        if not 0 <= number + step < len(self.starts):
            return None
        block = self.block(number + step)
        return block, block.lines[0 if step > 0 else -1]

    def next_character(self, offset: int, step: int) -> int:
        """The offset one letter (with its marks) on or back, newlines counted as letters."""
        number = self.number_of(offset)
        start, end = self.starts[number], self.ends[number]
        if step > 0:
            return min(offset + 1, len(self.text)) if offset >= end else self.block(number).next(offset)
        if offset == start:
            before = max(0, offset - 1)
            return self.block(self.number_of(before)).grapheme(before)
        return self.block(number).previous(offset)

    def _is_cut(self, number: int) -> bool:
        """Whether the paragraph goes on in the next block."""
        return number + 1 < len(self.starts) and self.starts[number + 1] == self.ends[number]

    def _gap(self, number: int) -> int:
        """Room after a block: after a paragraph, but not inside one that was cut."""
        return 0 if self._is_cut(number) else self.metrics.line // 4

    def _decorate(self, number: int, block: Block) -> None:
        """Place a block's labels on its lines, and its lines below each other."""
        self._stale.discard(number)
        metrics, chips, tracks = self.metrics, self._look.chips, self._look.tracks
        if block.start == block.end:
            only = block.lines[0]
            only.text = only.height = self.heights[number] = metrics.line // 2
            return
        place_labels(block, self.index.of_block(number))
        for line in block.lines:
            line.chips, line.runs, line.above = [], {}, metrics.above
            if chips:
                line.above = max(line.above, chips.place(line, self.width, metrics))
        if tracks:
            tracks.plan(block, self.index, self.width)
        top = 0
        for line in block.lines:
            line.above += tracks.room(line) if tracks else 0
            line.top, line.text = top, metrics.text
            line.height = line.above + metrics.text + metrics.room_below(line.lanes)
            top += line.height
        self.heights[number] = top + self._gap(number)
