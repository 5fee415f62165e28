"""What others changed since an annotator was last here, and what review made of her labels."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.review import review_report
from annotations.review.told import Told, told
from model.project import Project
from model.queries.news import ReportNews, changed_reports, decided_reports, handed_out_since
from model.queries.review import under_review
from model.seen import newest, seen_until

MOST = 200
"""How many reports are told of at most."""


@dataclass(frozen=True, slots=True)
class News:
    """``until`` is the number of the newest action that is told. ``first`` says that she was never told anything before.

    ``told`` are her labels that review has otherwise: since last time, or (``everything``) all of them.
    """

    until: int
    first: bool = False
    everything: bool = False
    reports: tuple[ReportNews, ...] = ()
    told: tuple[tuple[str, Told], ...] = ()
    """Report name and what became of the label."""
    handed_out: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.reports or self.told or self.handed_out)


def news_of(project: Project, annotator: str, everything: bool = False) -> News:
    """Read the news; with ``everything`` all that review changed of hers, whenever that was."""
    with project.reading() as connection:
        until, since = newest(connection), seen_until(connection, annotator)
        if since is None and not everything:
            return News(until, first=True)
        start = 0 if everything or since is None else since
        decided = decided_reports(connection, annotator, start, MOST)
        changed: tuple[ReportNews, ...] = ()
        handed_out = 0
        if not everything:
            changed = tuple(changed_reports(connection, annotator, start, MOST))
            handed_out = handed_out_since(connection, annotator, start)
        found: list[tuple[str, Told]] = []
        for report_id, keys in decided.items():
            here = under_review(connection, report_id)
            if here is not None:
                review = review_report(here.labelled, here.decisions)
                name = here.labelled.report.name
                found.extend((name, one) for one in told(review, here.labelled, annotator) if one.conflict_id in keys)
    return News(until, since is None, everything, changed, tuple(found), handed_out)
