"""A corpus with what the machine would label besides: for exports that were asked for suggestions."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from annotations.corpus import Corpus, LabelledReport
from annotations.facts import Kind
from annotations.report import AnnotationSet, Entity, Report, Status, entity_order
from annotations.suggest import Suggestions
from annotations.suggest.beside import entities_beside, relations_beside
from exports.protocol import Progress
from exports.selection import MACHINE
from model.project import Project
from model.queries.facts import facts
from ui.jobs.suggesting import suggester


class WithSuggestions:
    """``corpus`` with suggestions of origin ``suggested``: beside the labels of each set, or ``apart`` in a set of their own.

    Beside labels stand only suggestions that nobody refused and that the span rules allow there. What the first pass
    made is kept in a passing file, so that each pass gives the same. ``entities`` and ``relations`` count what
    the last pass added.
    """

    def __init__(self, project: Project, corpus: Corpus, apart: bool) -> None:
        self._project, self._corpus, self._apart = project, corpus, apart
        self._kept: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object, by close()
        self._places: dict[str, int] = {}
        self._suggest: Callable[[Report], Suggestions] | None = None
        self.entities = self.relations = 0
        self.corpus = replace(corpus, stream=self._stream)

    def close(self) -> None:
        """Throw away what was kept."""
        self._kept.close()

    def prepare(self, progress: Progress) -> None:
        """Make the suggestions of every report, which takes a while; ``progress`` may stop it."""
        for done, labelled in enumerate(self._corpus, 1):
            self._of(labelled.report)
            progress(done, self._corpus.total)

    def _stream(self) -> Iterator[LabelledReport]:
        self.entities = self.relations = 0
        for labelled in self._corpus:
            suggested = self._of(labelled.report)
            if self._apart or not labelled.sets:
                made = AnnotationSet(MACHINE, Status.NEW, suggested.entities, suggested.relations)
                sets: tuple[AnnotationSet, ...] = (*labelled.sets, made)
                self._count(made, 0, 0)
            else:
                sets = tuple(self._beside(labelled.report, labels, suggested) for labels in labelled.sets)
            yield replace(labelled, sets=sets)

    def _beside(self, report: Report, labels: AnnotationSet, suggested: Suggestions) -> AnnotationSet:
        with self._project.reading() as connection:
            found = facts(connection, Kind.REJECTION, report_id=report.id, annotator=labels.annotator or "")
            refused = frozenset(fact.key for fact in found)
        suggested = _apart_from(suggested, labels)
        shown = entities_beside(suggested.entities, labels, refused)
        relations = relations_beside(suggested, shown, labels, refused)
        entities = tuple(sorted((*labels.entities, *shown), key=entity_order))
        made = replace(labels, entities=entities, relations=(*labels.relations, *relations))
        self._count(made, len(labels.entities), len(labels.relations))
        return made

    def _count(self, made: AnnotationSet, entities: int, relations: int) -> None:
        self.entities += len(made.entities) - entities
        self.relations += len(made.relations) - relations

    def _of(self, report: Report) -> Suggestions:
        place = self._places.get(report.id)
        if place is not None:
            self._kept.seek(place)
            made: Suggestions = pickle.load(self._kept)
            return made
        if self._suggest is None:
            self._suggest = suggester(self._project)
        found = _numbered(self._suggest(report))
        self._kept.seek(0, 2)
        self._places[report.id] = self._kept.tell()
        pickle.dump(found, self._kept)
        return found


def _numbered(found: Suggestions) -> Suggestions:
    """Ids by place in the report: the same labels and rules make the same file."""
    ids = {entity.id: f"s{number}" for number, entity in enumerate(found.entities, 1)}
    return Suggestions(
        tuple(replace(entity, id=ids[entity.id]) for entity in found.entities),
        tuple(
            replace(relation, id=f"sr{number}", source=ids[relation.source], target=ids[relation.target])
            for number, relation in enumerate(found.relations, 1)
        ),
    )


def _apart_from(found: Suggestions, labels: AnnotationSet) -> Suggestions:
    """The suggestions under ids that the set does not have."""
    taken = {entity.id for entity in labels.entities}
    arcs = {relation.id for relation in labels.relations}
    if taken.isdisjoint(one.id for one in found.entities) and arcs.isdisjoint(one.id for one in found.relations):
        return found
    ids = {entity.id: _free(entity, taken) for entity in found.entities}
    entities = tuple(replace(entity, id=ids[entity.id]) for entity in found.entities)
    relations = []
    for relation in found.relations:
        name = relation.id
        while name in arcs:
            name += "s"
        relations.append(replace(relation, id=name, source=ids[relation.source], target=ids[relation.target]))
    return Suggestions(entities, tuple(relations))


def _free(entity: Entity, taken: set[str]) -> str:
    name = entity.id
    while name in taken:
        name += "s"
    taken.add(name)
    return name
