"""One annotation set as the lines of an ``.ann`` file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from annotations.offsets import trim
from annotations.report import AnnotationSet, Entity, Origin, Relation, Span, make_fragments
from annotations.schema import Schema
from exports.brat.conf import is_choice
from exports.brat.names import type_name

KEPT = "ChuGiai"
"""Type of the ``#`` lines that keep, as JSON, what brat has no place for."""
NOTE = "AnnotatorNotes"
"""Type of the ``#`` lines that are people's notes."""

# All at which Python's codecs, and with them brat, end a line.
_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ESCAPES = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
_PLAIN_NOTE = re.compile(r"(?!\s)[^\n\r\t\v\f\x00-\x1f\x85\u2028\u2029]+(?<!\s)")


def brat_spans(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans as brat takes them: one fragment per line, without white space at the breaks, apart.

    Empty when nothing but line breaks and white space at them is covered.
    """
    pieces: list[Span] = []
    for start, end in spans:
        breaks = [match.span() for match in _BREAK.finditer(text, start, end)]
        if not breaks:
            pieces.append((start, end))
            continue
        edges = [start, *(edge for cut in breaks for edge in cut), end]
        lines = [trim(text, *edges[place : place + 2]) for place in range(0, len(edges), 2)]
        pieces.extend(line for line in lines if line[0] < line[1])
    if not pieces:
        return ()
    start, end, fragments = make_fragments(tuple(pieces))
    return fragments or ((start, end),)


class AnnLines:
    """Numbers and writes the labels of one ``.ann`` file; ``skipped`` are ids of entities that brat cannot hold."""

    def __init__(self, text: str, schema: Schema) -> None:
        self._text = text
        self._schema = schema
        self._numbers: dict[str, str] = {}
        self._attributes = 0
        self._comments = 0
        self.skipped: set[str] = set()

    def lines(self, labels: AnnotationSet) -> Iterator[str]:
        """All lines, entities first, each with its newline."""
        for entity in labels.entities:
            spans = brat_spans(self._text, entity.spans)
            if spans:
                self._numbers[entity.id] = f"T{len(self._numbers) + 1}"
                yield from self._entity(entity, spans)
            else:
                self.skipped.add(entity.id)
        written = (relation for relation in labels.relations if not self.skipped.intersection(ends(relation)))
        for number, relation in enumerate(written, 1):
            yield from self._relation(relation, f"R{number}")

    def _entity(self, entity: Entity, spans: tuple[Span, ...]) -> Iterator[str]:
        number = self._numbers[entity.id]
        places = ";".join(f"{start} {end}" for start, end in spans)
        covered = " ".join(self._text[start:end] for start, end in spans)
        yield f"{number}\t{type_name(entity.label)} {places}\t{covered}\n"
        kept: dict[str, object] = {}
        if type_name(entity.label) != entity.label:
            kept["label"] = entity.label
        if spans != entity.spans:
            kept["spans"] = entity.spans
        free: dict[str, str] = {}
        kind = self._schema.entities_by_name.get(entity.label)
        declared = {attribute.name: attribute for attribute in kind.attributes} if kind else {}
        for name, value in sorted(entity.attributes.items()):
            if name in declared and is_choice(declared[name], value):
                self._attributes += 1
                yield f"A{self._attributes}\t{name} {number} {value}\n"
            else:
                free[name] = value
        if entity.entry is not None:
            kept["entry"] = entity.entry
        yield from self._comments_on(number, entity, kept, free)

    def _relation(self, relation: Relation, number: str) -> Iterator[str]:
        name = type_name(relation.type)
        yield f"{number}\t{name} Arg1:{self._numbers[relation.source]} Arg2:{self._numbers[relation.target]}\t\n"
        kept: dict[str, object] = {} if name == relation.type else {"type": relation.type}
        yield from self._comments_on(number, relation, kept, dict(sorted(relation.attributes.items())))

    def _comments_on(
        self, number: str, label: Entity | Relation, kept: dict[str, object], attributes: Mapping[str, str]
    ) -> Iterator[str]:
        if attributes:
            kept["attributes"] = attributes
        if label.note is not None:
            if _PLAIN_NOTE.fullmatch(label.note):
                yield self._comment(NOTE, number, label.note)
            else:
                kept["note"] = label.note
        if label.origin is not Origin.IMPORTED:
            kept["origin"] = label.origin
        for name, value in (("by", label.by), ("confidence", label.confidence), ("metadata", label.metadata or None)):
            if value is not None:
                kept[name] = value
        made = json.dumps({"id": label.id, **kept}, ensure_ascii=False, default=dict)
        yield self._comment(KEPT, number, made.translate(_ESCAPES))

    def _comment(self, kind: str, number: str, words: str) -> str:
        self._comments += 1
        return f"#{self._comments}\t{kind} {number}\t{words}\n"


def ends(relation: Relation) -> tuple[str, str]:
    """The ids of the two entities."""
    return relation.source, relation.target
