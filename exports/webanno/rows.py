"""A report with its annotation set as WebAnno TSV 3.3.

A span stands on the tokens that it covers, on a part of a token (``1-3.1``) where it begins or ends inside of it. Spans of
several tokens and stacked ones have a disambiguation number. A relation stands on the first row of its target.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotations.report import AnnotationSet, Entity, Report, Span
from exports.cas.features import entity_features, info_feature, relation_features
from exports.cas.layers import CARRIED, INFO, RELATION, SPAN, Layers
from exports.tokens import sentence_tokens
from exports.utf16 import Utf16
from exports.webanno.values import EMPTY, NOTHING, escaped, escaped_text

HULL = "hull"
GAPS = "gaps"
FORMAT = "#FORMAT=WebAnno TSV 3.3"

Unit = tuple[int, Span]
"""A token's number with the part of it that is meant: the whole of it, or less."""


def header(layers: Layers) -> str:
    """The lines before the first sentence."""
    return (
        f"{FORMAT}\n#T_SP={INFO}|{CARRIED}\n#T_SP={SPAN}|{'|'.join(layers.span)}\n"
        f"#T_RL={RELATION}|{'|'.join(layers.relation)}|BT_{SPAN}\n\n"
    )


class Tokens:
    """The tokens of a text, and where a span can stand on them."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def clipped(self, start: int, end: int) -> Span | None:
        """The span without what no token covers at its ends; None when nothing is left."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if first >= last:
            return None
        return max(start, self._starts[first]), min(end, self._ends[last - 1])

    def units(self, start: int, end: int) -> list[Unit]:
        """The rows of a clipped span, in order."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return [(n, (max(start, self._starts[n]), min(end, self._ends[n]))) for n in range(first, last)]


class Table:
    """The rows of one report. ``kept`` are the ids of the entities that have any."""

    def __init__(self, report: Report, labels: AnnotationSet | None, layers: Layers) -> None:
        self._text = report.text
        self._layers = layers
        self._blank = f"{NOTHING}\t" * (len(layers.span) + len(layers.relation) + 2)
        self._sentences = [row for row in sentence_tokens(report.text, False) if row]
        self.tokens = Tokens([span for row in self._sentences for span in row])
        self._names: dict[Unit, str] = {}
        self._stacks: dict[Unit, list[int]] = defaultdict(list)
        self._entities: list[tuple[dict[str, str], list[Unit]]] = []
        self._numbers: dict[int, int] = {}
        self._arcs: dict[Unit, list[tuple[dict[str, str], int, int]]] = defaultdict(list)
        self.kept: dict[str, int] = {}
        self._info = info_feature(report, labels, {GAPS: gaps(report.text, self._sentences)})
        if labels is not None:
            known = frozenset(layers.span_attributes)
            for entity in labels.entities:
                self._add(entity, known)
            self._number()
            self._add_relations(labels)

    def __bool__(self) -> bool:
        return bool(self.tokens.spans)

    def _add(self, entity: Entity, known: frozenset[str]) -> None:
        clipped = self.tokens.clipped(entity.start, entity.end)
        if clipped is None:
            return
        # Outer white space has no row: the whole span is carried, and comes back unless someone moves it.
        whole = clipped == (entity.start, entity.end)
        features = entity_features(entity, known, None if whole else {HULL: [entity.start, entity.end]})
        number = len(self._entities)
        units = self.tokens.units(*clipped)
        self.kept[entity.id] = number
        self._entities.append((features, units))
        for unit in units:
            self._stacks[unit].append(number)

    def _number(self) -> None:
        """Disambiguation numbers for what stands on several rows, or with others on one."""
        stacked = {number for stack in self._stacks.values() if len(stack) > 1 for number in stack}
        for number, (_, units) in enumerate(self._entities):
            if len(units) > 1 or number in stacked:
                self._numbers[number] = len(self._numbers) + 1

    def _add_relations(self, labels: AnnotationSet) -> None:
        known = frozenset(self._layers.relation_attributes)
        for relation in labels.relations:
            source, target = self.kept.get(relation.source), self.kept.get(relation.target)
            if source is not None and target is not None:
                place = self._entities[target][1][0]
                self._arcs[place].append((relation_features(relation, known), source, target))

    def lines(self) -> Iterator[str]:
        """The sentences with their rows, each with its line break."""
        units = Utf16(self._text).units
        parts: dict[int, list[Unit]] = defaultdict(list)
        for unit in sorted(self._stacks, key=lambda unit: (unit[0], unit[1])):
            if unit[1] != self.tokens.spans[unit[0]]:
                parts[unit[0]].append(unit)
        rows = list(self._rows(parts))
        # A relation may come from a row below: every row has its name before the first is written.
        self._names = {unit: name for _, unit, name in rows}
        sentence = 0
        for number, unit, name in rows:
            if number != sentence:
                sentence = number
                row = self._sentences[number - 1]
                yield f"\n#Text={escaped_text(self._text[row[0][0] : row[-1][1]])}\n"
            start, end = unit[1]
            yield f"{name}\t{units(start)}-{units(end)}\t{self._text[start:end]}\t{self._cells(unit)}\n"

    def _rows(self, parts: dict[int, list[Unit]]) -> Iterator[tuple[int, Unit, str]]:
        """The number of the sentence, the unit and its name, for each row."""
        number = 0
        for sentence, row in enumerate(self._sentences, 1):
            for place, span in enumerate(row, 1):
                yield sentence, (number, span), f"{sentence}-{place}"
                for part, unit in enumerate(parts.get(number, ()), 1):
                    yield sentence, unit, f"{sentence}-{place}.{part}"
                number += 1

    def _cells(self, unit: Unit) -> str:
        """All columns of a row, each with its tab, as WebAnno writes them."""
        first = unit == (0, self.tokens.spans[0])
        if unit not in self._stacks and not first:
            return self._blank  # most rows: a relation stands on an entity's row
        stack = [(self._entities[number][0], self._bracket(number)) for number in self._stacks.get(unit, ())]
        arcs = self._arcs.get(unit, ())
        return "".join(
            [
                f"{escaped(self._info) if first else NOTHING}\t",
                *[_column(name, stack) for name in self._layers.span],
                *[_column(name, [(features, "") for features, _, _ in arcs]) for name in self._layers.relation],
                f"{'|'.join([self._reference(source, target) for _, source, target in arcs]) or NOTHING}\t",
            ]
        )

    def _bracket(self, number: int) -> str:
        return f"[{self._numbers[number]}]" if number in self._numbers else ""

    def _reference(self, source: int, target: int) -> str:
        ids = self._numbers.get(source, 0), self._numbers.get(target, 0)
        bracket = f"[{ids[0]}_{ids[1]}]" if any(ids) else ""
        return self._names[self._entities[source][1][0]] + bracket


def _column(name: str, stack: Iterable[tuple[dict[str, str], str]]) -> str:
    values = [(escaped(features[name]) if name in features else EMPTY) + bracket for features, bracket in stack]
    return f"{'|'.join(values) or NOTHING}\t"


def gaps(text: str, sentences: Iterable[tuple[Span, ...]]) -> list[str]:
    """What stands before, between and after the sentences: white space, for which the format has no place."""
    made = []
    done = 0
    for row in sentences:
        made.append(text[done : row[0][0]])
        done = row[-1][1]
    return [*made, text[done:]]
