"""Documents with their entities, as DocRED has them."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import Schema, shown_name
from exports.protocol import Options, Tally
from exports.relation_json.tacred import HULLS, inside, sentence_of
from exports.relation_json.write import Json
from exports.tokens import Grid, Placed, kept_relations, place_all

ITSELF = "relations of an entity with itself (one registry entry)"
AGAIN = "relations told again between the same entities (written once)"


def names(schema: Schema, language: str) -> dict[str, object]:
    """``rel_info.json``: the names for people of the relation types."""
    return {kind.name: shown_name(kind, language) for kind in schema.relation_types}


class Documents:
    """Makes the records; see ``exports.relation_json``."""

    def __init__(self, options: Options) -> None:
        self.tally = Tally()
        self._alignment = options.alignment

    def found(self, record: Json) -> int:
        """The labels of the record."""
        return len(record["labels"])

    def records(self, report: Report, labels: AnnotationSet, grid: Grid, several: bool) -> Iterator[Json]:
        """One record."""
        left_out = self.tally.left_out
        placed = inside(place_all(labels.entities, grid, self._alignment, left_out, HULLS), grid, self.tally)
        vertices: dict[tuple[str, ...], list[Json]] = {}
        places: dict[tuple[str, ...], int] = {}
        numbers: dict[str, int] = {}
        sentence: dict[str, int] = {}
        for one in placed:
            key = _vertex(one.entity)
            vertices.setdefault(key, []).append(_mention(report.text, one, grid))
            numbers[one.entity.id] = places.setdefault(key, len(places))
            sentence[one.entity.id] = sentence_of(one, grid)
        self.tally.sets += 1
        self.tally.labels.update(one.entity.label for one in placed)
        owner = f" ({labels.annotator or 'adjudicated'})" if several else ""
        yield {
            "title": report.name + owner,
            "sents": [[report.text[start:end] for start, end in grid.tokens[a:b]] for a, b in grid.rows()],
            "vertexSet": list(vertices.values()),
            "labels": self._labels(kept_relations(labels, placed, left_out), numbers, sentence),
        }

    def _labels(self, relations: list[Relation], numbers: dict[str, int], sentence: dict[str, int]) -> list[Json]:
        made: dict[tuple[int, int, str], set[int]] = {}
        for relation in relations:
            head, tail = numbers[relation.source], numbers[relation.target]
            evidence = {sentence[relation.source], sentence[relation.target]}
            if head == tail:
                self.tally.left_out[ITSELF] += 1
            elif (head, tail, relation.type) in made:
                self.tally.left_out[AGAIN] += 1
                made[head, tail, relation.type] |= evidence
            else:
                self.tally.types[relation.type] += 1
                made[head, tail, relation.type] = evidence
        return [
            {"r": kind, "h": head, "t": tail, "evidence": sorted(found)} for (head, tail, kind), found in made.items()
        ]


def _vertex(entity: Entity) -> tuple[str, ...]:
    """What the mentions of one entity have in common."""
    if entity.entry:
        return (entity.label, "entry", entity.entry)
    canonical = entity.attributes.get("canonical")
    return (entity.label, "canonical", canonical) if canonical else (entity.label, "mention", entity.id)


def _mention(text: str, one: Placed, grid: Grid) -> Json:
    sentence = sentence_of(one, grid)
    first = grid.sentences[sentence]
    return {
        "name": text[one.start : one.end],
        "pos": [one.first - first, one.last - first],
        "sent_id": sentence,
        "type": one.entity.label,
    }
