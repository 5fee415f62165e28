"""Where the labels of a passage can be copied to: the same words elsewhere in the report, or in nearly identical reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.changes import AddEntities, AddRelations, Change, Together
from annotations.near_duplicates import ALIKE, signature
from annotations.passages import Copied, Mapping, Words, copied, repeats, shared
from annotations.report import AnnotationSet, Entity, Report, Span
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.labels import read_own_set
from model.schema_rows import StoredSchema
from ui.annotate.edits.sheet import Sheet
from ui.jobs.progress import Progress

_REST = 0.002  # seconds: the interpreter lock is the window's meanwhile


@dataclass(frozen=True, slots=True)
class Target:
    """A place for copies: the report, the words there, what would be made."""

    report: Report
    words: str
    made: Copied


def in_report(sheet: Sheet, passage: Span) -> Iterator[Target]:
    """The other places of the report that repeat the passage, where something would be copied to."""
    chosen = inside(sheet, passage)
    words = Words(sheet.text)
    there = sheet.labels
    for match in repeats(words, *passage) if chosen else ():
        made = copied(sheet.labels, chosen, there, Mapping(words, words, [match]))
        if made.count:
            start, end = words.starts[match.second], words.ends[match.second + match.count - 1]
            yield Target(sheet.report, sheet.text[start:end], made)


def in_project(
    sheet: Sheet, project: Project, annotator: str, stored: StoredSchema, progress: Progress
) -> list[Target]:
    """The reports whose texts are nearly the same, with what would be copied there. ``progress`` may stop it."""
    every = corpus(project, Selection(everything=True))
    own, words = signature(sheet.text), Words(sheet.text)
    found: list[Target] = []
    for done, labelled in enumerate(every, 1):
        progress(done, every.total, "")
        report = labelled.report
        near = len(sheet.text) < 3 * len(report.text) and len(report.text) < 3 * len(sheet.text)
        if report.id == sheet.report.id or not near:
            continue
        time.sleep(_REST)
        theirs = signature(report.text)
        if sum(one == other for one, other in zip(own, theirs, strict=True)) < ALIKE * len(own):
            continue
        with project.reading() as connection:
            there = read_own_set(connection, report.id, annotator, stored) or AnnotationSet(annotator)
        target = Words(report.text)
        made = copied(sheet.labels, sheet.labels.entities, there, Mapping(words, target, shared(words, target)))
        if made.count:
            found.append(Target(report, report.title or report.name, made))
    return found


def inside(sheet: Sheet, passage: Span) -> tuple[Entity, ...]:
    """The labelled entities that lie within a passage."""
    return tuple(one for one in sheet.labels.entities if passage[0] <= one.start and one.end <= passage[1])


def change_for(targets: list[Target]) -> Change | None:
    """The copies as one action; None without any."""
    entities: dict[str, tuple[Entity, ...]] = {}
    relations: list[Change] = []
    for target in targets:
        made = target.made
        if made.entities:
            entities[target.report.id] = (*entities.get(target.report.id, ()), *made.entities)
        if made.relations:
            relations.append(AddRelations(target.report.id, made.relations))
    changes: list[Change] = [AddEntities(entities)] if entities else []
    changes += relations
    if not changes:
        return None
    count = sum(target.made.count for target in targets)
    return Together(tuple(changes), "Copy {count} labels to repeated passages", {"count": count})


Finder = Callable[[Progress], list[Target]]
"""Finds targets beside the window."""
