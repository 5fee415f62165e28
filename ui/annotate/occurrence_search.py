"""Where else the words of an entity stand: in its report, or report by report through the project.

Only the acting annotator's own labels are looked at: what others labelled says nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.occurrences import Occurrence, occurrences
from annotations.report import Entity, Report
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.labels import read_own_set, read_report
from model.queries.search import index_waiting, search
from model.schema_rows import StoredSchema

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A report and the places in it; ``searched`` of ``total`` reports were looked through so far (total 0: unknown)."""

    report: Report
    hits: tuple[Occurrence, ...]
    searched: int = 1
    total: int = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the words, the label they are to get, whether only whole words count."""

    words: str
    label: str
    whole_word: bool = True


def in_report(report: Report, entities: tuple[Entity, ...], wanted: Wanted) -> Found:
    """The places in one report."""
    found = occurrences(report.text, wanted.words, entities, wanted.label, whole_word=wanted.whole_word)
    return Found(report, found)


def in_project(
    project: Project, annotator: str, stored: StoredSchema, wanted: Wanted, cancelled: Callable[[], bool]
) -> Iterator[Found]:
    """The places in all reports; ends early when ``cancelled()``. Reports without a place come with no hits."""
    with project.reading() as connection:
        by_index = wanted.whole_word and not index_waiting(connection)
    source = _by_index(project, annotator, stored, wanted) if by_index else _one_by_one(project, annotator, wanted)
    for found in source:
        if cancelled():
            return
        yield found


def _by_index(project: Project, annotator: str, stored: StoredSchema, wanted: Wanted) -> Iterator[Found]:
    """Only reports in which the full-text index knows the words, a page at a time."""
    after, searched = None, 0
    while True:
        with project.reading() as connection:
            page = search(connection, wanted.words, after, _PAGE)
            read = [
                (read_report(connection, hit.report_id), read_own_set(connection, hit.report_id, annotator, stored))
                for hit in page.rows
            ]
        for report, labels in read:
            searched += 1
            if report is not None:
                hits = in_report(report, labels.entities if labels else (), wanted).hits
                yield Found(report, hits, searched, 0)
        after = page.after
        if after is None or after[0] > 1:  # the third stage knows the words only apart from each other
            return


def _one_by_one(project: Project, annotator: str, wanted: Wanted) -> Iterator[Found]:
    """All reports: parts of words are not in the index, and a fresh import may not be in it yet."""
    every = corpus(project, Selection(everything=True))
    for searched, labelled in enumerate(every, 1):
        own = next((one for one in labelled.sets if one.annotator == annotator and not one.adjudicated), None)
        hits = in_report(labelled.report, own.entities if own else (), wanted).hits
        yield Found(labelled.report, hits, searched, every.total)
