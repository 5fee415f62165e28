"""One conflict on the page: its text with lanes, who says what, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.report import Entity, Span
from annotations.review import Answer, Group, ReportReview, State
from annotations.review.cases import Case
from annotations.review.settle import Settled
from model.queries.review import UnderReview
from ui.review.answers import Opinion
from ui.review.lanes import bars, focus, order_of
from ui.review.words import decision_words, differences, opinion_words, point_words

if TYPE_CHECKING:
    from ui.review.page import ReviewPage


@dataclass(frozen=True, slots=True)
class Shown:
    """The conflict that is looked at, as it stands now. ``order`` are the annotators behind A, B, C….

    ``open_point`` is what the decision left open first (``label``, ``attribute:NAME``), else empty.
    """

    case: Case
    group: Group
    settled: Settled
    text: str
    order: tuple[str, ...]
    focus: Span
    open_point: str = ""
    open_point_words: str = ""


def show_case(page: ReviewPage, case: Case, there: tuple[UnderReview, ReportReview]) -> Shown | None:
    """Show a conflict on the page; None when it is no longer there."""
    found, review = there
    group = next((each for each in review.groups if each.id == case.id), None)
    if group is None:
        return None
    schema, text = page.desk.schema, found.labelled.report.text
    settled = review.state(group)
    order = order_of(case, page.names_hidden)
    letters = {name: chr(ord("A") + place) for place, name in enumerate(order)}
    where = focus(review, group)
    page.text.show_conflict(text, bars(found.labelled, review, group, order), tuple(letters.values()), where, schema)
    places = {(name, entity.id): entity for each in review.entities for name, entity in each.members.items()}
    taken = settled.decision.taken if settled.decision is not None else ""
    opinions = [
        Opinion(
            letters[name],
            "" if page.names_hidden else name,
            opinion_words(case, name, text, schema, places),
            _colour(page, group, name),
            name == taken,
        )
        for name in order
    ]
    called = {name: letters[name] if page.names_hidden else name for name in order}
    decided = decision_words(settled.decision, text, schema, called) if settled.decision is not None else ""
    heading = f"{found.labelled.report.title or case.report_name} · {differences(case, schema)}"
    page.answers.show_opinions(heading, decided, opinions)
    point = _open_point(settled)
    said = ""
    if point:
        label = case.labels[0] if case.labels else ""
        said = point_words(schema, label, point)
    return Shown(case, group, settled, text, order, where, point, said)


def _open_point(settled: Settled) -> str:
    """What union or intersection left open."""
    decision = settled.decision
    if decision is None or decision.answer not in (Answer.UNION, Answer.INTERSECTION):
        return ""
    return decision.open_points[0] if settled.state is State.SET_ASIDE and decision.open_points else ""


def _colour(page: ReviewPage, group: Group, name: str) -> str:
    member = group.members.get(name)
    if member is None:
        return ""
    schema = page.desk.schema
    if isinstance(member, Entity):
        kind = schema.entities_by_name.get(member.label)
        return kind.colour if kind else "#888888"
    relation = schema.relations_by_name.get(member.type)
    return relation.colour if relation else "#888888"
