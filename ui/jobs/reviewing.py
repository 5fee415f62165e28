"""Review of a whole project: its conflicts, bulk decisions, a sample of what is unanimous. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotations.changes import Decide
from annotations.changes.outcome import Outcome
from annotations.errors import Refused
from annotations.review import (
    Bulk,
    Decision,
    Preview,
    ReportReview,
    Rule,
    Source,
    bulk,
    preview,
    review_report,
    sample_of_unanimous,
)
from annotations.review.cases import Case, cases_of
from model.project import Project
from model.queries.review import UnderReview, all_under_review, count_to_review, under_review
from model.schema_rows import read_schema
from model.workspace import Workspace
from ui.jobs.progress import Progress
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything there is to review: the conflicts, how many reports are compared, how many unanimous groups wait on each."""

    cases: tuple[Case, ...]
    reports: int
    unanimous: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What a rule would decide: the counts to show before, and the decisions to take over."""

    rule: Rule
    counts: Preview
    decisions: tuple[Decision, ...]


def reviews(project: Project, progress: Progress) -> Iterator[tuple[UnderReview, ReportReview]]:
    """The reports under review, one after the other, each with its conflicts."""
    with project.reading() as connection:
        total = count_to_review(connection)
    for done, found in enumerate(all_under_review(project), 1):
        yield found, review_report(found.labelled, found.decisions)
        progress(done, max(done, total), tr("comparing"))


def load(project: Project, progress: Progress) -> Overview:
    """All conflicts of the project, decided ones too."""
    cases: list[Case] = []
    reports = 0
    unanimous: dict[str, int] = {}
    for found, review in reviews(project, progress):
        cases.extend(cases_of(review, found.labelled.report.text))
        reports += review.is_compared
        unanimous[review.report_id] = waiting(review)
    return Overview(tuple(cases), reports, unanimous)


def load_report(project: Project, report_id: str) -> tuple[UnderReview, ReportReview] | None:
    """One report as it stands now, or None when it is gone."""
    with project.reading() as connection:
        found = under_review(connection, report_id)
    return None if found is None else (found, review_report(found.labelled, found.decisions))


def waiting(review: ReportReview) -> int:
    """How many unanimous groups nobody accepted yet."""
    if not review.is_compared:
        return 0
    return sum(group.unanimous and review.state(group).decision is None for group in review.groups)


def plan_bulk(project: Project, rule: Rule, progress: Progress) -> BulkPlan:
    """What the rule would decide in the whole project; nothing is changed."""
    with project.reading() as connection:
        schema = read_schema(connection).schema
        total = count_to_review(connection)
    decisions: list[Decision] = []

    def all_reports() -> Iterator[Bulk]:
        for done, found in enumerate(all_under_review(project), 1):
            progress(done, max(done, total), tr("comparing"))
            made = bulk(found.labelled, found.decisions, rule, schema)
            decisions.extend(made.decisions)
            yield made

    counts = preview(all_reports())
    return BulkPlan(rule, counts, tuple(decisions))


def apply_bulk(project: Project, annotator: str, plan: BulkPlan) -> Outcome:
    """Take the plan's decisions over as one action of the annotator.

    Raises ``Collision`` when one of the conflicts was decided meanwhile, ``Refused`` when there is nothing to take over.
    """
    if not plan.decisions:
        raise Refused("There is nothing that this would decide. Nothing was changed.")
    seen = {(each.report_id, each.conflict_id): 0 for each in plan.decisions}
    change = Decide(plan.decisions, title=_TITLES[plan.rule.source], values={"count": len(plan.decisions)}, seen=seen)
    return Workspace(project, annotator).apply(change)


_TITLES = {
    Source.UNANIMOUS: "Accept {count} unanimous labels",
    Source.MAJORITY: "Decide {count} conflicts by majority",
    Source.THRESHOLD: "Decide {count} conflicts by threshold",
}


def sample(project: Project, size: int, seed: int, progress: Progress) -> list[Case]:
    """A random sample of the unanimous entities, the same for the same seed: what all marked may be wrong in all."""
    kept: dict[str, tuple[ReportReview, str]] = {}

    def all_reviews() -> Iterator[ReportReview]:
        for found, review in reviews(project, progress):
            text = found.labelled.report.text
            yield review
            kept[review.report_id] = (review, text)
            if len(kept) > _KEPT:
                kept.pop(next(iter(kept)))

    drawn = sample_of_unanimous(all_reviews(), size, seed)
    cases: list[Case] = []
    for report_id, group in drawn:
        there = kept.get(report_id)
        if there is None:
            read = load_report(project, report_id)
            there = (read[1], read[0].labelled.report.text) if read else None
        if there is not None:
            cases.extend(cases_of(*there, groups=[group]))
    return cases


_KEPT = 200


def decide_all(
    project: Project, annotator: str, decisions: Sequence[Decision], seen: dict[tuple[str, str], int]
) -> Outcome:
    """Take over decisions of many reports beside the window, as one action."""
    signed = tuple(replace(each, by=annotator) for each in decisions)
    return Workspace(project, annotator).apply(Decide(signed, seen=seen))
