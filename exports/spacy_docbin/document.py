"""One annotation set as a spaCy document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from annotations.report import AnnotationSet, Relation, Report
from exports.carried import KEY, entity_part, owner_part, relation_part, report_part
from exports.spacy_docbin import REL, SPANS
from exports.tokens import Grid, Placed, kept_relations, outermost, pieces, place_all

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SHARED_START = "relations of an entity that begins where another does"
DOUBLED = "second relations of one type between the same entities"

Pairs = dict[tuple[int, int], dict[str, float]]


class Words:
    """The tokens of a report as spaCy has them, for all its annotation sets."""

    def __init__(self, text: str, grid: Grid) -> None:
        self.grid = grid
        made = list(pieces(text, grid.tokens))
        self.words = [text[start:end] for start, end, _ in made]
        self.spaces = [space for _, _, space in made]
        numbers = {start: number for number, (start, _, _) in enumerate(made)}
        self.numbers = [numbers[start] for start, _ in grid.tokens]
        first = {self.numbers[row] for row, last in grid.rows() if row < last}
        self.sentence_starts: list[bool | int | None] = [number == 0 or number in first for number in range(len(made))]

    def span(self, placed: Placed) -> tuple[int, int]:
        """The numbers of the entity's tokens, half-open."""
        return self.numbers[placed.first], self.numbers[placed.last - 1] + 1


def document(
    vocab: Vocab, report: Report, labels: AnnotationSet, words: Words, alignment: str, left_out: Counter[str]
) -> tuple[Doc, AnnotationSet]:
    """The document, and what of the annotation set is in it; the rest is counted in ``left_out``."""
    from spacy.tokens import Doc, Span

    doc = Doc(vocab, words=words.words, spaces=words.spaces, sent_starts=words.sentence_starts)
    placed = place_all(labels.entities, words.grid, alignment, left_out)
    spans = {
        one.entity.id: Span(
            doc, *words.span(one), label=one.entity.label, kb_id=one.entity.entry or "", span_id=one.entity.id
        )
        for one in placed
    }
    # That one is inside of another is no loss: spans["sc"] holds both.
    outer = outermost(placed, Counter())
    doc.set_ents([spans[one.entity.id] for one in outer], default="outside")
    doc.spans[SPANS] = list(spans.values())
    pairs, relations = _pairs(kept_relations(labels, placed, left_out), placed, outer, words, left_out)
    user_data: dict[Any, Any] = doc.user_data
    user_data[REL] = pairs
    starts = {one.entity.id: words.span(one)[0] for one in placed}
    carried: dict[str, Any] = {**report_part(report), **owner_part(labels)}
    carried["entities"] = [entity_part(one.entity) for one in placed]
    carried["relations"] = [[one.type, starts[one.source], starts[one.target], relation_part(one)] for one in relations]
    # As a text: metadata may hold what msgpack cannot.
    user_data[KEY] = json.dumps(carried, ensure_ascii=False, default=dict)
    kept = tuple(one.entity for one in placed)
    return doc, AnnotationSet(labels.annotator, entities=kept, relations=tuple(relations))


def _pairs(
    relations: Iterable[Relation],
    placed: Iterable[Placed],
    outer: Iterable[Placed],
    words: Words,
    left_out: Counter[str],
) -> tuple[Pairs, list[Relation]]:
    """The value of ``doc._.rel`` and the relations that are in it."""
    holders: dict[int, str] = {}
    starts: dict[str, int] = {}
    for one in (*outer, *placed):
        starts[one.entity.id] = words.span(one)[0]
        holders.setdefault(starts[one.entity.id], one.entity.id)
    entities = [starts[one.entity.id] for one in outer]
    pairs: Pairs = {(first, second): {} for first in entities for second in entities}
    kept = []
    for relation in relations:
        source, target = starts[relation.source], starts[relation.target]
        if holders[source] != relation.source or holders[target] != relation.target:
            left_out[SHARED_START] += 1
        elif relation.type in pairs.get((source, target), ()):
            left_out[DOUBLED] += 1
        else:
            pairs.setdefault((source, target), {})[relation.type] = 1.0
            kept.append(relation)
    return pairs, kept
