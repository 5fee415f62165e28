"""Every other place of a report that says the same words, to label them at once.

Case, tone style and normal form do not count, diacritics do. Offsets are code points, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.matching import MatchText, same_word_key
from annotations.offsets import SYLLABLE
from annotations.open_spans import OpenSpans
from annotations.report import Entity, Span

_REACH = 48
"""Code points of context to each side, before it is cut to whole words."""
_WORD_BEFORE = re.compile(rf"({SYLLABLE.pattern})[)\"'”’»]?[^\S\n]+[(\"'“‘«]?$")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One hit.

    ``inside`` is the id of the nearest longer entity that holds it; ``taken`` says that
    it already carries the label. ``context`` is the words to the left, the hit, the
    words to the right, within its line. ``group`` gathers like hits: the label of the
    entity that holds it, else the word before it (in small letters), else nothing.
    """

    span: Span
    inside: str | None
    taken: bool
    context: tuple[str, str, str]
    group: str

    @property
    def ticked(self) -> bool:
        """Whether the hit is proposed at first."""
        return self.inside is None and not self.taken


def occurrences(
    text: str, needle: str, entities: Sequence[Entity], label: str, *, whole_word: bool = True
) -> tuple[Occurrence, ...]:
    """All hits of ``needle`` in ``text``, left to right, as seen from one annotation set's ``entities``."""
    hits = list(MatchText(text).find_all(needle, whole_word))
    if not hits:
        return ()
    taken = {(entity.start, entity.end) for entity in entities if entity.label == label and not entity.fragments}
    return tuple(
        Occurrence(
            span,
            holder.id if holder else None,
            span in taken,
            _context(text, *span),
            holder.label if holder else _word_before(text, span[0]),
        )
        for span, holder in _with_holders(hits, entities)
    )


def _with_holders(hits: Sequence[Span], entities: Sequence[Entity]) -> Iterator[tuple[Span, Entity | None]]:
    """Each hit with the longer entity around it whose end is nearest."""
    fragments = sorted((start, -end, number) for number, entity in enumerate(entities) for start, end in entity.spans)
    opened, place = OpenSpans(), 0
    for start, end in hits:
        opened.close_before(start)
        while place < len(fragments) and fragments[place][0] <= start:
            opened.add(fragments[place][0], -fragments[place][1], fragments[place][2])
            place += 1
        around = (entities[item] for item in opened.reaching(end))
        yield (start, end), next((entity for entity in around if entity.end - entity.start > end - start), None)


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if start > _REACH:
        left = left.partition(" ")[2]
    if end + _REACH < len(text):
        right = right.rpartition(" ")[0]
    return left.rpartition("\n")[2].lstrip(), text[start:end], right.partition("\n")[0].rstrip()


def _word_before(text: str, start: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    return same_word_key(match[1]) if match else ""
