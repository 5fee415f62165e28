"""From a reviewer's answer to the change that keeps it: also for all cases that are alike. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotations.changes import Decide
from annotations.errors import Refused
from annotations.review import (
    Answer,
    Decision,
    EntityGroup,
    RelationGroup,
    ReportReview,
    Said,
    decide,
    decide_relation,
    labels_of_ends,
)
from annotations.review.cases import Case, same_opinion
from annotations.schema import Schema

Read = Callable[[str], ReportReview | None]
"""Gives the review of a report as it stands, by the report's id; None when it is gone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The change that keeps an answer, and why some of the cases could not be answered so."""

    change: Decide
    refused: tuple[Refused, ...] = ()


def verdict(
    cases: Sequence[Case], said: Said, schema: Schema, read: Read, versions: Mapping[tuple[str, str], int]
) -> Verdict:
    """The same answer for all ``cases``, given on the first. Raises ``Refused`` when the first cannot be answered so.

    ``versions`` are those of the decisions that were looked at, by report and conflict id; what is missing counts 0.
    """
    made: list[Decision] = []
    refused: list[Refused] = []
    for number, case in enumerate(cases):
        review = read(case.report_id)
        group = next((each for each in review.groups if each.id == case.id), None) if review else None
        try:
            if review is None or group is None:
                raise Refused("This conflict is no longer there. Nothing was changed.")
            found = _decided(case, group, _said_of(cases[0], said, case), schema, review)
        except Refused as error:
            if number == 0:
                raise
            refused.append(error)
        else:
            made.append(found)
    seen = {(each.report_id, each.conflict_id): versions.get((each.report_id, each.conflict_id), 0) for each in made}
    return Verdict(Decide(tuple(made), seen=seen), tuple(refused))


def _said_of(first: Case, said: Said, case: Case) -> Said:
    """The answer with the annotators who say in this case what is said in the first."""
    if case is first:
        return said
    if said.answer is Answer.OWN:
        raise Refused("An own answer is for one conflict. Nothing was changed.")

    def same(name: str) -> str:
        return same_opinion(first, name, case) if name else ""

    given = {attribute: same(name) for attribute, name in said.attributes_from.items()}
    return replace(said, taken=same(said.taken), label_from=same(said.label_from), attributes_from=given)


def _decided(
    case: Case, group: EntityGroup | RelationGroup, said: Said, schema: Schema, review: ReportReview
) -> Decision:
    before = review.state(group).before
    if isinstance(group, EntityGroup):
        found = decide(group, said, schema, review.length, before=before)
    else:
        found = decide_relation(group, said, schema, labels_of_ends(review), before=before)
    if found.breaches:
        raise found.breaches[0]
    assert found.decision.conflict_id == case.id
    return found.decision
