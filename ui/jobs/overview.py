"""What the overview shows: figures of agreement with all that is behind them, and the conflicts that come most often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from annotations.agreement import (
    Agreement,
    Behind,
    Part,
    ReportAgreement,
    Selector,
    behind,
    confused,
    measure,
    per_report,
    relations_behind,
)
from annotations.corpus import LabelledReport
from annotations.report import Entity, Relation
from annotations.review import ReportReview, review_report
from annotations.review.guidelines import Troubles, troubles
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.finishers import finish_times, finishers
from model.queries.labels import read_labelled
from model.queries.review import all_under_review, count_to_review
from model.schema_rows import read_schema
from ui.jobs.progress import Progress
from ui.words import tr

Pair = tuple[str, str]
MOST = 2_000
"""How many places behind a figure are listed."""
_AROUND = 40  # code points of text before and after a place
Label = TypeVar("Label", Entity, Relation)


class What(StrEnum):
    """What is behind a figure."""

    ENTITIES = "entities"
    RELATIONS = "relations"
    CONFUSION = "confusion"


@dataclass(frozen=True, slots=True)
class Question:
    """What is behind a figure? ``name`` says which figure, for people.

    ``label`` restricts to one label or relation type; ``labels`` are those of a confusion; ``report_ids`` restricts to
    some reports (empty: all).
    """

    name: str
    pairs: tuple[Pair, ...]
    selector: Selector
    what: What = What.ENTITIES
    label: str = ""
    labels: tuple[str, str] = ("", "")
    report_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One place behind a figure: what each of the pair has there (label and text; empty: nothing), and where it is."""

    report_id: str
    report_name: str
    pair: Pair
    part: Part
    first: tuple[str, str]
    second: tuple[str, str]
    start: int
    end: int
    around: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places behind a figure: those that only one has first; ``total`` counts also those that are not listed."""

    question: Question
    places: tuple[Place, ...]
    total: int
    shared: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures, and the same report by report with the time when the last annotator finished it."""

    agreement: Agreement
    reports: tuple[tuple[str, ReportAgreement], ...]


def known_annotators(project: Project) -> tuple[str, ...]:
    """Who has finished a report."""
    with project.reading() as connection:
        return finishers(connection)


def measured(
    project: Project,
    annotators: Sequence[str],
    selector: Selector,
    also: Sequence[Selector],
    gamma: bool,
    progress: Progress,
) -> Measured:
    """Measure in one pass. Raises ``Refused`` for fewer than two annotators, ``Cancelled`` when that was asked for."""
    with project.reading() as connection:
        times = finish_times(connection)
    every = corpus(project, Selection(everything=True))
    found: list[ReportAgreement] = []

    def watched() -> Iterator[LabelledReport]:
        for done, labelled in enumerate(every, 1):
            progress(done, every.total, tr("Comparing reports"))
            found.extend(per_report((labelled,), annotators, selector))
            yield labelled

    def told(done: int, total: int) -> None:
        progress(done, total, tr("Computing intervals"))

    agreement = measure(watched(), annotators, selector, also=also, gamma=gamma, told=told)
    return Measured(agreement, tuple((times.get(one.report_id, ""), one) for one in found))


def places_behind(project: Project, question: Question, progress: Progress) -> Places:
    """The places behind a figure, at most ``MOST``."""
    kept: tuple[list[Place], list[Place]] = ([], [])
    total = shared = 0
    for labelled in _reports(project, question.report_ids, progress):
        for pair in question.pairs:
            for one in sorted(_behind(labelled, pair, question), key=_start):
                is_shared = one.part is Part.BOTH and question.what is not What.CONFUSION
                total += 1
                shared += is_shared
                if len(kept[is_shared]) < MOST:
                    kept[is_shared].append(_place(labelled, pair, one))
    return Places(question, tuple((kept[False] + kept[True])[:MOST]), total, shared)


def most_trouble(project: Project, progress: Progress) -> Troubles:
    """The conflicts that come most often, in all reports that two annotators or more have finished."""
    with project.reading() as connection:
        total = count_to_review(connection)

    def reviews() -> Iterator[tuple[ReportReview, str]]:
        for done, one in enumerate(all_under_review(project), 1):
            progress(done, max(done, total), tr("Looking for conflicts"))
            yield review_report(one.labelled, one.decisions), one.labelled.report.text

    return troubles(reviews())


def _reports(project: Project, report_ids: Sequence[str], progress: Progress) -> Iterator[LabelledReport]:
    what = tr("Looking for places")
    if not report_ids:
        every = corpus(project, Selection(everything=True))
        for done, labelled in enumerate(every, 1):
            progress(done, every.total, what)
            yield labelled
        return
    with project.reading() as connection:
        stored = read_schema(connection)
    for done, report_id in enumerate(report_ids, 1):
        progress(done, len(report_ids), what)
        with project.reading() as connection:
            found = read_labelled(connection, report_id, stored)
        if found is not None:
            yield found


def _behind(
    labelled: LabelledReport, pair: Pair, question: Question
) -> Iterable[Behind[Entity]] | Iterable[Behind[Relation]]:
    if question.what is What.CONFUSION:
        return confused((labelled,), pair, question.labels)
    if question.what is What.RELATIONS:
        return relations_behind((labelled,), pair, question.selector, question.label)
    return behind((labelled,), pair, question.selector, question.label)


def _start(one: Behind[Entity] | Behind[Relation]) -> int:
    """Where an entity is; relations stay in the order in which they come."""
    return min((label.start for label in (one.first, one.second) if isinstance(label, Entity)), default=0)


def _place(labelled: LabelledReport, pair: Pair, one: Behind[Entity] | Behind[Relation]) -> Place:
    text = labelled.report.text
    entities = [
        {entity.id: entity for entity in labels.entities}
        for name in pair
        for labels in labelled.sets
        if labels.annotator == name and not labels.adjudicated
    ]
    said: list[tuple[str, str]] = []
    spans: list[tuple[int, int]] = []
    for label, known in zip((one.first, one.second), entities, strict=True):
        if isinstance(label, Relation):
            ends = known[label.source], known[label.target]
            said.append((label.type, " → ".join(_words(end.surface(text)) for end in ends)))
            spans += [(end.start, end.end) for end in ends]
        elif label is not None:
            said.append((label.label, _words(label.surface(text))))
            spans.append((label.start, label.end))
        else:
            said.append(("", ""))
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    around = _words(text[max(0, start - _AROUND) : min(end, start + 120) + _AROUND])
    return Place(one.report_id, one.report_name, pair, one.part, said[0], said[1], start, end, around)


def _words(text: str) -> str:
    return " ".join(text.split())
