"""Projects with labels of several annotators, and what reviewers do to them, for tests of every room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from several_annotators import TEXT, Brief, by_name

from annotations.changes import Decide
from annotations.corpus import ImportedRecord, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Report, Status
from annotations.review import (
    Decision,
    EntityGroup,
    Group,
    ReportReview,
    Said,
    decide,
    decide_relation,
    labels_of_ends,
    review_report,
)
from model.bulk import ImportBatch
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.review import under_review
from model.workspace import Workspace

REPORT = "r1"


def dump(project: Project) -> tuple[Any, ...]:
    """Everything of a project but its history, as values."""
    whole = corpus(project, Selection(everything=True))
    return whole.schema, tuple(whole)


def put(project: Project, sets: Mapping[str, AnnotationSet], text: str = TEXT, report_id: str = REPORT) -> str:
    """Import finished sets on one report, as a file would bring them; the report's id."""
    with ImportBatch.open(project) as batch:
        for name, labels in sets.items():
            report = Report(report_id, f"{report_id}.txt", text)
            batch.add(
                name,
                ImportedRecord(report, name, name, False, Status.DONE, labels.entities, labels.relations, True),
            )
        results = batch.publish()
    assert not [result.refused for result in results.values() if result.refused]
    return report_id


def put_brief(project: Project, report_id: str = REPORT, text: str = TEXT, **entities: Sequence[Brief | Entity]) -> str:
    """Import finished sets of brief entities on one report; the report's id."""
    found = by_name(**entities)
    return put(project, {labels.annotator or "": labels for labels in found.sets}, text, report_id)


def labelled_of(project: Project, report_id: str = REPORT) -> LabelledReport:
    """The report with all its sets."""
    with project.reading() as connection:
        found = under_review(connection, report_id)
    assert found is not None
    return found.labelled


def decisions_of(project: Project, report_id: str = REPORT) -> tuple[Decision, ...]:
    """What is decided on the report."""
    with project.reading() as connection:
        found = under_review(connection, report_id)
    assert found is not None
    return found.decisions


def review_of(project: Project, report_id: str = REPORT) -> ReportReview:
    """The report's conflicts and their states."""
    return review_report(labelled_of(project, report_id), decisions_of(project, report_id))


def adjudicated(project: Project, report_id: str = REPORT) -> AnnotationSet | None:
    """The stored adjudicated set of the report."""
    return next((labels for labels in labelled_of(project, report_id).sets if labels.adjudicated), None)


def answer(review: ReportReview, group: Group, said: Said) -> Decision:
    """The decision that an answer makes."""
    before = review.state(group).before
    if isinstance(group, EntityGroup):
        return decide(group, said, DEFAULT_SCHEMA, review.length, before=before).decision
    return decide_relation(group, said, DEFAULT_SCHEMA, labels_of_ends(review), before=before).decision


def say(project: Project, space: Workspace, said: Said, at: int = 0) -> Decision:
    """Answer the conflict at this place of the first report's list."""
    review = review_of(project)
    decision = answer(review, review.conflicts[at], said)
    space.apply(Decide((decision,)))
    return decision
