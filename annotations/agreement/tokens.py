"""The labels of a report's words, as each annotator gave them: what kappa and alpha compare.

A word (syllable or other visible character) has one value: the label of the outermost entity that covers it, or
none. Of nested entities only the outermost counts, as in the CoNLL export; of crossing ones the longest. So the
figures on words leave out nested entities, where one entity ends and the next of the same label begins, and
relations.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from annotations.agreement.spans import length
from annotations.offsets import SYLLABLE
from annotations.report import Entity, Span

OUTSIDE = ""
"""The value of a word that no entity covers."""

Joint = Mapping[tuple[str, ...], int]
"""How many words have this value for each annotator."""

# The words of annotations.offsets.tokens, each with the white space behind it: put together they are the whole text,
# so their lengths tell where they start.
_WORD = re.compile(rf"(?:{SYLLABLE.pattern}|\S[\u0300-\u036f]*)\s*")
_SPACE = re.compile(r"\s*")


class Words:
    """The words of one report's text, by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._covered: dict[Span, Span] = {}
        blank = _SPACE.match(text)
        first = blank.end() if blank else 0
        self.starts = list(accumulate(map(len, _WORD.findall(text, first)), initial=first))[:-1]

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """First word that ``[start, end)`` (code points) covers at least in part, and the one after the last."""
        known = self._covered.get((start, end))
        if known is None:
            known = self._covered[start, end] = self._find(start, end)
        return known

    def _find(self, start: int, end: int) -> Span:
        text = self._text
        while start < end and text[start].isspace():
            start += 1
        if start == end:
            return 0, 0
        return bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)

    def joint(self, sets: Sequence[Sequence[Entity]]) -> Joint:
        """The values that each set gives the words, counted over the words."""
        painted = [self._painted(entities) for entities in sets]
        edges = sorted({0, len(self.starts), *(edge for own in painted for _, *span in own for edge in span)})
        place = {edge: number for number, edge in enumerate(edges)}
        rows = []
        for own in painted:
            values = [OUTSIDE] * (len(edges) - 1)
            for label, first, last in own:
                values[place[first] : place[last]] = [label] * (place[last] - place[first])
            rows.append(values)
        found: Counter[tuple[str, ...]] = Counter()
        for (first, last), values_here in zip(pairwise(edges), zip(*rows, strict=True), strict=True):
            found[values_here] += last - first
        return found

    def _painted(self, entities: Sequence[Entity]) -> list[tuple[str, int, int]]:
        """Labels with the words they cover, in the order of painting: the outermost last."""
        return [
            (entity.label, *self.covered(start, end))
            for entity in sorted(entities, key=_inner_first)
            for start, end in entity.spans
        ]


def _inner_first(entity: Entity) -> tuple[int, int, str]:
    return (length(entity), -entity.start, entity.label)
