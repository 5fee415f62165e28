"""Comparing annotators: agreement figures and conflicts of a whole project, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from annotations.agreement import Agreement, Match, Selector, measure
from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.review import conflicts_json
from model.annotators import annotator_names, labelling_annotators
from model.project import Project
from model.queries.corpus import Selection, corpus
from ui.jobs.progress import Progress
from ui.jobs.reviewing import reviews
from ui.words import tr


def agreement_of(
    project: Project, annotators: Sequence[str], match: Match, threshold: float, progress: Progress
) -> Agreement:
    """The agreement of ``annotators`` (none named: all who have labels) on the reports that at least two of them have finished.

    Raises ``Refused`` for an unknown annotator, and when there are fewer than two.
    """
    with project.reading() as connection:
        known = annotator_names(connection)
        labelling = labelling_annotators(connection)
    for name in annotators:
        if name not in known:
            raise Refused(
                "The project has no annotator {name}. Nothing was changed; its annotators are {known}.",
                name=name,
                known=", ".join(known) or "–",
            )
    return measure(_reports(project, progress), tuple(annotators) or labelling, Selector(match, threshold))


def conflicts_of(project: Project, progress: Progress) -> Iterator[dict[str, Any]]:
    """Every conflict of the project, report by report, with what was decided."""
    for _found, review in reviews(project, progress):
        yield from conflicts_json(review)


def _reports(project: Project, progress: Progress) -> Iterator[LabelledReport]:
    whole = corpus(project, Selection(everything=True))
    for done, labelled in enumerate(whole, 1):
        yield labelled
        progress(done, whole.total, tr("comparing"))
