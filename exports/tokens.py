"""Tokens of a report for formats that label tokens: by sentence, with entities aligned to them and every misfit counted.

Tokens are syllables and single other characters (``annotations.offsets.tokens``) or, at word level, the words of
``annotations.words``. Offsets are code points; token numbers count from 0 over the whole report; both are half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.offsets import tokens
from annotations.report import AnnotationSet, Entity, Relation, Span, entity_order
from annotations.sentences import sentence_spans

NESTED = "nested in another entity"
OVERLAPPING = "overlapping another entity"
DISCONTINUOUS = "discontinuous entities"
OFF_TOKENS = "not on a token boundary"
ACROSS = "crossing a sentence boundary"
MOVED = "moved to a token boundary"
ENDS_LEFT_OUT = "relations of entities left out"
ATTRIBUTES = "attributes"
RELATIONS = "relations"
UNLABELLED = "reports without labels"


class Alignment(StrEnum):
    """What becomes of an entity that does not begin and end with a token.

    ``strict`` leaves it out, ``expand`` widens it to all tokens that it touches, ``contract`` narrows it to those that it holds.
    """

    STRICT = "strict"
    EXPAND = "expand"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entity on its tokens ``first`` to ``last`` (half-open); ``start`` and ``end`` are the tokens' offsets."""

    entity: Entity
    first: int
    last: int
    start: int
    end: int


def tokenizer_name(word_level: bool) -> str:
    """What makes the tokens, with its version: for a summary or a file beside the data."""
    if not word_level:
        return "syllables and single other characters"
    from annotations.words import words_version

    return words_version()


def sentence_tokens(text: str, word_level: bool) -> list[tuple[Span, ...]]:
    """The tokens of each sentence, as spans of ``text``."""
    if not word_level:
        return [tuple(tokens(text, start, end)) for start, end in sentence_spans(text)]
    from annotations.words import word_spans

    return [
        tuple((start + first, start + last) for first, last in word_spans(text[start:end]))
        for start, end in sentence_spans(text)
    ]


class Grid:
    """The tokens of one report and what lies on them.

    ``tokens`` are their spans, ``sentences`` the number of each sentence's first token, ending with the number of all tokens.
    """

    def __init__(self, text: str, word_level: bool = False) -> None:
        rows = sentence_tokens(text, word_level)
        self.tokens: list[Span] = [span for row in rows for span in row]
        self.sentences = [0]
        for row in rows:
            self.sentences.append(self.sentences[-1] + len(row))
        self._starts = [start for start, _ in self.tokens]
        self._ends = [end for _, end in self.tokens]

    def rows(self) -> Iterator[Span]:
        """The token numbers of each sentence, as (first, last)."""
        yield from zip(self.sentences, self.sentences[1:], strict=False)

    def place(self, entity: Entity, alignment: str) -> Placed | None:
        """The hull of the entity on its tokens; None when no tokens are left of it."""
        if alignment == Alignment.CONTRACT:
            first, last = bisect_left(self._starts, entity.start), bisect_right(self._ends, entity.end)
        else:
            first, last = bisect_right(self._ends, entity.start), bisect_left(self._starts, entity.end)
        if first >= last:
            return None
        start, end = self._starts[first], self._ends[last - 1]
        if alignment == Alignment.STRICT and (start, end) != (entity.start, entity.end):
            return None
        return Placed(entity, first, last, start, end)

    def crosses(self, placed: Placed) -> bool:
        """Whether the entity goes over the end of a sentence."""
        row = bisect_right(self.sentences, placed.first)
        return placed.last > self.sentences[row]


def place_all(
    entities: Iterable[Entity], grid: Grid, alignment: str, left_out: Counter[str], hulls: str = ""
) -> list[Placed]:
    """The entities that can be placed, outer before inner; what is left out or moved is counted by reason.

    Discontinuous entities are left out, or placed as their hull and counted under ``hulls`` when it is given.
    """
    made = []
    for entity in sorted(entities, key=entity_order):
        placed = None if entity.fragments and not hulls else grid.place(entity, alignment)
        if placed is None:
            left_out[DISCONTINUOUS if entity.fragments and not hulls else OFF_TOKENS] += 1
            continue
        if entity.fragments:
            left_out[hulls] += 1
        if (placed.start, placed.end) != (entity.start, entity.end):
            left_out[MOVED] += 1
        made.append(placed)
    return made


def outermost(placed: Sequence[Placed], left_out: Counter[str]) -> list[Placed]:
    """The entities of a flat format: of those that share a token the outermost, else the first.

    ``placed`` is in order, as ``place_all`` gives it; the others are counted by reason.
    """
    kept: list[Placed] = []
    for one in sorted(placed, key=lambda one: (one.first, -one.last)):
        if not kept or one.first >= kept[-1].last:
            kept.append(one)
        else:
            left_out[NESTED if one.last <= kept[-1].last else OVERLAPPING] += 1
    return kept


def kept_relations(labels: AnnotationSet, placed: Iterable[Placed], left_out: Counter[str]) -> list[Relation]:
    """The relations whose both ends were placed; the others are counted."""
    ids = {one.entity.id for one in placed}
    kept = [relation for relation in labels.relations if relation.source in ids and relation.target in ids]
    if len(kept) < len(labels.relations):
        left_out[ENDS_LEFT_OUT] += len(labels.relations) - len(kept)
    return kept


def pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Tokens as spaCy has them: ``(start, end, followed by a space)``, together the whole text.

    One space behind a token belongs to it; any other white space is a token of its own.
    """
    done = 0
    for start, end in (*spans, (len(text), len(text))):
        if start > done:
            yield done, start, False
        space = end < len(text) and text[end] == " " and end > start
        if end > start:
            yield start, end, space
        done = end + space
