"""Pairs of entities in sentences, as TACRED has them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from annotations.report import AnnotationSet, Relation, Report
from annotations.schema import Schema
from exports.protocol import Options, Tally
from exports.relation_json.write import Json
from exports.tokens import ACROSS, Grid, Placed, kept_relations, outermost, place_all

NO_RELATION = "no_relation"
HULLS = "gaps of discontinuous entities (written as one span)"
SENTENCES = "relations across sentences"


def numbers(schema: Schema) -> dict[str, object]:
    """``rel2id.json``: a number for each relation type."""
    return {name: number for number, name in enumerate((NO_RELATION, *(kind.name for kind in schema.relation_types)))}


def inside(placed: list[Placed], grid: Grid, tally: Tally) -> list[Placed]:
    """The entities that lie in one sentence; the others are counted."""
    kept = [one for one in placed if not grid.crosses(one)]
    if len(kept) < len(placed):
        tally.left_out[ACROSS] += len(placed) - len(kept)
    return kept


def sentence_of(one: Placed, grid: Grid) -> int:
    """The number of the sentence that the entity begins in."""
    return bisect_right(grid.sentences, one.first) - 1


class Pairs:
    """Makes the records; see ``exports.relation_json``."""

    def __init__(self, schema: Schema, options: Options) -> None:
        self.tally = Tally()
        self._schema = schema
        self._alignment = options.alignment
        self._negatives = 0
        self.tally.about["placeholders"] = "stanford_pos, stanford_head, stanford_deprel"

    def found(self, record: Json) -> int:
        """Whether the record is a relation."""
        return int(record["relation"] != NO_RELATION)

    def records(self, report: Report, labels: AnnotationSet, grid: Grid, several: bool) -> Iterator[Json]:
        """The pairs of each sentence, in order of source, then target."""
        left_out = self.tally.left_out
        placed = inside(place_all(labels.entities, grid, self._alignment, left_out, HULLS), grid, self.tally)
        self.tally.sets += 1
        self.tally.labels.update(one.entity.label for one in placed)
        where = {one.entity.id: sentence_of(one, grid) for one in placed}
        related: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for relation in kept_relations(labels, placed, left_out):
            if where[relation.source] == where[relation.target]:
                related[relation.source, relation.target].append(relation)
            else:
                left_out[SENTENCES] += 1
        sentences: dict[int, list[Placed]] = defaultdict(list)
        for one in placed:
            sentences[where[one.entity.id]].append(one)
        owner = f" ({labels.annotator or 'adjudicated'})" if several else ""
        number = 0
        for sentence, entities in sorted(sentences.items()):
            base = _sentence(report.text, grid, sentence, entities)
            for kind, ends in self._pairs(entities, related, grid.sentences[sentence]):
                number += 1
                made = {"id": f"{report.id}{owner}:{number}", "docid": report.name + owner, "relation": kind}
                yield {**made, "token": base["token"], **ends, **base}
        self.tally.about[NO_RELATION] = str(self._negatives)

    def _pairs(
        self, entities: list[Placed], related: dict[tuple[str, str], list[Relation]], first: int
    ) -> Iterator[tuple[str, Json]]:
        for source in entities:
            for target in entities:
                relations = related.get((source.entity.id, target.entity.id), ())
                ends = _ends(source, target, first)
                for relation in relations:
                    self.tally.types[relation.type] += 1
                    yield relation.type, ends
                labels = source.entity.label, target.entity.label
                if not relations and source is not target and self._schema.relations_between(*labels):
                    self._negatives += 1
                    yield NO_RELATION, ends


def _sentence(text: str, grid: Grid, sentence: int, entities: list[Placed]) -> Json:
    first, last = grid.sentences[sentence : sentence + 2]
    tags = ["O"] * (last - first)
    for one in outermost(entities, Counter()):
        tags[one.first - first : one.last - first] = [one.entity.label] * (one.last - one.first)
    count = last - first
    return {
        "token": [text[start:end] for start, end in grid.tokens[first:last]],
        "stanford_pos": ["X"] * count,
        "stanford_ner": tags,
        "stanford_head": [0] * count,
        "stanford_deprel": ["dep"] * count,
    }


def _ends(source: Placed, target: Placed, first: int) -> Json:
    """Ends are inclusive, as the original has them."""
    return {
        "subj_start": source.first - first,
        "subj_end": source.last - first - 1,
        "obj_start": target.first - first,
        "obj_end": target.last - first - 1,
        "subj_type": source.entity.label,
        "obj_type": target.entity.label,
    }
