"""A report with its annotation set as feature structures, in the order in which they are written.

Offsets are UTF-16 units of the text. Sentences and tokens (``exports.tokens``) cover all that is visible in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from annotations.report import AnnotationSet, Report, Span
from exports.cas.features import CONTROLS, entity_features, fitting, info_feature, relation_features
from exports.cas.layers import CARRIED, ENTRY, INFO, LABEL, META, NAMED_ENTITY, RELATION, SENTENCE, SPAN, TOKEN, Layers
from exports.tokens import sentence_tokens
from exports.utf16 import Utf16

FIRST = 2
"""The number of the first structure; the sofa is 1."""


class Structure(NamedTuple):
    """A feature structure; ``ends`` are the numbers of a relation's Governor and Dependent."""

    type: str
    begin: int
    end: int
    features: dict[str, str] | None = None
    ends: tuple[int, int] | None = None


def structures(
    report: Report, labels: AnnotationSet | None, layers: Layers, text: str, controls: list[list[int]]
) -> list[Structure]:
    """The structures on ``text`` (the report's, as it is written); the one at ``i`` has the number ``FIRST + i``."""
    units = Utf16(text).units
    rows = sentence_tokens(text, False)
    length = units(len(text))
    made = [Structure(META, 0, length, _meta(report))]
    made += [Structure(SENTENCE, units(row[0][0]), units(row[-1][1])) for row in rows if row]
    made += [Structure(TOKEN, units(start), units(end)) for row in rows for start, end in row]
    start, end = first_token(rows)
    info = info_feature(report, labels, {CONTROLS: controls} if controls else None)
    made.append(Structure(INFO, units(start), units(end), {CARRIED: info}))
    if labels is not None:
        _add_labels(made, labels, layers, units)
    return made


def first_token(rows: list[tuple[Span, ...]]) -> Span:
    """Where what is known of the report is fixed: as little of the text as possible."""
    return next((row[0] for row in rows if row), (0, 0))


def _meta(report: Report) -> dict[str, str]:
    return {
        "language": "vi",
        "documentTitle": fitting(report.title or report.name),
        "documentId": fitting(report.id),
        "isLastSegment": "false",
    }


def _add_labels(made: list[Structure], labels: AnnotationSet, layers: Layers, units: Callable[[int], int]) -> None:
    known = frozenset(layers.span_attributes)
    numbers: dict[str, int] = {}
    for entity in labels.entities:
        features = entity_features(entity, known)
        numbers[entity.id] = FIRST + len(made)
        made.append(Structure(SPAN, units(entity.start), units(entity.end), features))
    for number in numbers.values():
        span = made[number - FIRST]
        named = {"value": span.features[LABEL]} if span.features else {}
        if span.features and ENTRY in span.features:
            named[ENTRY] = span.features[ENTRY]
        made.append(Structure(NAMED_ENTITY, span.begin, span.end, named))
    known = frozenset(layers.relation_attributes)
    for relation in labels.relations:
        source, target = numbers[relation.source], numbers[relation.target]
        # CAS Doctor, INCEpTION's check, asks that a relation stands where its Dependent stands.
        begin, end = made[target - FIRST][1:3]
        made.append(Structure(RELATION, begin, end, relation_features(relation, known), (source, target)))
