"""The same words at two places, in one text or in two: which offsets of the one are which of the other.

Words are compared without regard to case, tone style and normal form; how many blanks stand between does not count.
Offsets are code points, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from annotations.matching import same_word_key
from annotations.report import AnnotationSet, Entity, Origin, Relation, Span, new_id

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|\S")
LEAST_WORDS = 4
"""Shorter passages are repeated by chance."""


class Words:
    """A text's words and other signs, with their offsets."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.keys = [same_word_key(text[start:end]) for start, end in found]

    def within(self, start: int, end: int) -> range:
        """The numbers of the words that lie within a span."""
        return range(bisect_left(self.starts, start), bisect_right(self.ends, end))


@dataclass(frozen=True, slots=True)
class Match:
    """``count`` words from number ``first`` on in one text are those from number ``second`` on in the other."""

    first: int
    second: int
    count: int


class Mapping:
    """Leads spans of one text to those of the other where the same words stand."""

    def __init__(self, source: Words, target: Words, matches: Iterable[Match]) -> None:
        self._source, self._target = source, target
        self._matches = sorted((one for one in matches if one.count), key=lambda one: one.first)
        self._firsts = [one.first for one in self._matches]

    def span(self, start: int, end: int) -> Span | None:
        """Where the span stands in the other text; None when not all its words do, side by side, or it cuts a word."""
        words = self._source.within(start, end)
        if not words or self._source.starts[words[0]] != start or self._source.ends[words[-1]] != end:
            return None
        at = bisect_right(self._firsts, words[0]) - 1
        if at < 0 or words[-1] >= self._matches[at].first + self._matches[at].count:
            return None
        shift = self._matches[at].second - self._matches[at].first
        return self._target.starts[words[0] + shift], self._target.ends[words[-1] + shift]


def repeats(text: Words, start: int, end: int) -> Iterator[Match]:
    """The other places of a text where the words of a span stand again; none for a span of few words."""
    words = text.within(start, end)
    wanted = text.keys[words.start : words.stop]
    if len(wanted) < LEAST_WORDS:
        return
    at = 0
    while at + len(wanted) <= len(text.keys):
        apart = at + len(wanted) <= words.start or at >= words.stop
        if apart and text.keys[at] == wanted[0] and text.keys[at : at + len(wanted)] == wanted:
            yield Match(words.start, at, len(wanted))
            at += len(wanted)
        else:
            at += 1


def shared(source: Words, target: Words) -> list[Match]:
    """The runs of words that two texts share in the same order; runs of few words are left out."""
    matcher = SequenceMatcher(None, source.keys, target.keys, autojunk=False)
    return [Match(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size >= LEAST_WORDS]


@dataclass(frozen=True, slots=True)
class Copied:
    """Labels for another place: new ones, whose relations may end in labels that stand there already."""

    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def count(self) -> int:
        """How many labels they are."""
        return len(self.entities) + len(self.relations)


def copied(labels: AnnotationSet, chosen: Sequence[Entity], there: AnnotationSet, mapping: Mapping) -> Copied:
    """The ``chosen`` entities of ``labels`` with their relations, values and links, at the places that they are led to.

    What stands there already (same label and span, same relation) is not made again. Origin: propagated.
    """
    known = {(one.label, one.start, one.end): one.id for one in there.entities if not one.fragments}
    ends: dict[str, str] = {}
    entities: list[Entity] = []
    for one in chosen:
        span = mapping.span(one.start, one.end) if not one.fragments else None
        if span is None:
            continue
        place = (one.label, *span)
        if place not in known:
            known[place] = new_id()
            entities.append(
                Entity(
                    known[place],
                    one.label,
                    *span,
                    attributes=one.attributes,
                    note=one.note,
                    entry=one.entry,
                    origin=Origin.PROPAGATED,
                    by=one.id,
                )
            )
        ends[one.id] = known[place]
    related = {(one.type, one.source, one.target) for one in there.relations}
    relations = tuple(
        Relation(
            new_id(), one.type, *pair, attributes=one.attributes, note=one.note, origin=Origin.PROPAGATED, by=one.id
        )
        for one in labels.relations
        if one.source in ends and one.target in ends
        for pair in [(ends[one.source], ends[one.target])]
        if (one.type, *pair) not in related
    )
    return Copied(tuple(entities), relations)
