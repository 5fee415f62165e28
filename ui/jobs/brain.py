"""What makes suggestions for a window: it remembers what a project taught, and the last reports it read. No Qt, no database.

It runs in a process of its own (``ui.jobs.aside``), so that nothing it does is felt at the keyboard.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotations.report import AnnotationSet, Entity, Report, Span
from annotations.schema import Schema
from annotations.suggest import Knowledge, Suggestions
from annotations.suggest.again import Reader
from annotations.suggest.beside import Refused, entities_beside, entity_key, relations_beside
from annotations.suggestion_choices import Choices
from ui.jobs.dating import dated

_KEPT = 8
"""Reports that are kept read."""


@dataclass(frozen=True, slots=True)
class Taught:
    """The names (label, surface) that one annotator's labels on one report teach; ``annotator`` None: adjudicated."""

    report_id: str
    annotator: str | None
    names: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tuning:
    """Schema, choices and model of a project. ``trained_on``: reports and annotators whose labels the model has seen."""

    schema: Schema
    choices: Choices = field(default_factory=Choices)
    model: bytes | None = None
    trained_on: frozenset[tuple[str, str | None]] = frozenset()


class Brain:
    """Suggests for any report of one project."""

    def __init__(self) -> None:
        self._tuning: Tuning | None = None
        self._taught: dict[tuple[str, str | None], Taught] = {}
        self._by_name: dict[tuple[str, str], set[tuple[str, str | None]]] = {}
        self._names: dict[str, frozenset[str]] | None = None
        self._readers: OrderedDict[tuple[str, str], Reader] = OrderedDict()
        self._generation = 0

    def tune(self, tuning: Tuning) -> None:
        """Take over schema, settings and model."""
        self._tuning = tuning
        self._generation += 1

    def teach(self, taught: Iterable[Taught]) -> None:
        """Take over names in place of what the same annotators' labels on the same reports taught before."""
        for one in taught:
            place = (one.report_id, one.annotator)
            before = self._taught.get(place)
            if before is not None and before.names == one.names:
                continue
            self._generation += 1
            self._names = None
            for name in before.names if before else ():
                self._by_name[name].discard(place)
            for name in one.names:
                self._by_name.setdefault(name, set()).add(place)
            self._taught[place] = one

    def suggest(
        self, report: Report, annotator: str, own: AnnotationSet, refused: Refused, part: Span | None = None
    ) -> Suggestions:
        """Suggestions beside an annotator's own labels; relations end in suggestions or in those labels.

        ``part``: only of what lies within these offsets, for a long text of which a part is seen. An id names its
        suggestion by place: it is the same from one time to the next, and is never that of a label.
        """
        if part is not None:
            return self._suggest_part(report, annotator, own, refused, part)
        reader = self._reader(report, annotator)
        shown = entities_beside(by_place(reader.suggestions).entities, own, refused)
        sure = [replace(one, confidence=None) for one in own.entities]
        found = Suggestions((*shown, *sure), reader.relate([*shown, *sure]))
        return by_place(Suggestions(shown, relations_beside(found, shown, own, refused)))

    def alone(self, report: Report, annotator: str) -> Suggestions:
        """Suggestions for a report as if nobody had labelled it."""
        return by_place(self._reader(report, annotator).suggestions)

    def knowledge(self, report_id: str, annotator: str) -> Knowledge:
        """What may be known for an annotator on a report: nothing of what others labelled there."""
        tuning = self._tuning
        if tuning is None:
            return Knowledge()
        others = {place for place in self._taught if place[0] == report_id and place[1] != annotator}
        model = tuning.model
        if any(place[0] == report_id and place[1] != annotator for place in tuning.trained_on):
            model = None
        return Knowledge(
            names=self._without(others),
            model=model,
            sources_off=tuning.choices.sources_off,
            labels_off=tuning.choices.labels_off,
            thresholds=tuning.choices.thresholds,
            source_thresholds=tuning.choices.source_thresholds,
            lists=tuning.choices.lists,
        )

    # own

    def _suggest_part(
        self, report: Report, annotator: str, own: AnnotationSet, refused: Refused, part: Span
    ) -> Suggestions:
        start = report.text.rfind("\n", 0, max(0, part[0])) + 1
        end = report.text.find("\n", min(len(report.text), part[1]))
        cut = replace(dated(report), text=report.text[start : end if end >= 0 else None])
        found = Reader(cut, self._tuned().schema, self.knowledge(report.id, annotator)).suggestions
        shifted = tuple(replace(one, start=one.start + start, end=one.end + start) for one in found.entities)
        moved = by_place(Suggestions(shifted, found.relations))
        shown = entities_beside(moved.entities, own, refused)
        return by_place(Suggestions(shown, relations_beside(moved, shown, own, refused)))

    def _tuned(self) -> Tuning:
        if self._tuning is None:
            raise RuntimeError("asked before it was tuned")
        return self._tuning

    def _reader(self, report: Report, annotator: str) -> Reader:
        tuning = self._tuned()
        place = (report.id, annotator)
        reader = self._readers.get(place)
        key = (report, tuning.schema, self._generation)
        if reader is None or reader.key != key:
            reader = Reader(dated(report), tuning.schema, self.knowledge(*place), key)
        self._readers[place] = reader
        self._readers.move_to_end(place)
        while len(self._readers) > _KEPT:
            self._readers.popitem(last=False)
        return reader

    def _without(self, places: set[tuple[str, str | None]]) -> dict[str, frozenset[str]]:
        """All names but those that nothing else than these places teaches."""
        if self._names is None:
            self._names = _by_label(name for name, taught in self._by_name.items() if taught)
        gone = {name for place in places for name in self._taught[place].names if self._by_name[name] <= places}
        if not gone:
            return self._names
        return {label: names - {name for kind, name in gone if kind == label} for label, names in self._names.items()}


def by_place(found: Suggestions) -> Suggestions:
    """The same with ids that name each by its place; ends that are labels keep theirs."""
    entities = tuple(replace(one, id=f"?{entity_key(one)}") for one in found.entities)
    ids = {before.id: after.id for before, after in zip(found.entities, entities, strict=True)}
    relations = []
    for one in found.relations:
        source, target = ids.get(one.source, one.source), ids.get(one.target, one.target)
        relations.append(replace(one, id=f"?{one.type} {source} {target}", source=source, target=target))
    return Suggestions(entities, tuple(relations))


def _by_label(names: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for label, name in names:
        found.setdefault(label, set()).add(name)
    return {label: frozenset(those) for label, those in found.items()}


def expected_benefit(entities: Iterable[Entity]) -> float:
    """How much a person's look would teach: the summed doubt of the suggestions, in expected corrections."""
    return round(sum(1.0 - (one.confidence or 0.0) for one in entities), 4)
