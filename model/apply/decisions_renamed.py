"""A label gets another name: the decisions of review that speak of it do so by the new one, and stand as before."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from annotations.changes.fact import SetFacts
from annotations.changes.schema import RenameLabel
from annotations.corpus import LabelledReport
from annotations.facts import Fact, Kind
from annotations.report import Entity, Relation
from annotations.review import Decision, Seen, decision_value
from annotations.review.group import content
from model.apply.action import Action
from model.apply.fact import set_facts
from model.queries.review import under_review
from model.tables import FactRow, ReportRow

Label = Entity | Relation
Digests = dict[tuple[str, str, str], str]
"""By annotator, label id and what it was seen as: what it is to be seen as."""


def rename_in_decisions(action: Action, change: RenameLabel) -> None:
    """Rewrite the decisions, after the label's row was renamed."""
    decided = (
        select(ReportRow.report_id)
        .join(FactRow, FactRow.report_id == ReportRow.id)
        .where(FactRow.kind == Kind.DECISION.value, FactRow.removed_by.is_(None), ReportRow.removed_by.is_(None))
        .distinct()
    )
    facts: list[Fact] = []
    for report_id in list(action.connection.execute(decided).scalars()):
        found = under_review(action.connection, report_id)
        if found is not None and found.decisions:
            digests = _digests(found.labelled, change)
            for decision in found.decisions:
                renamed = _renamed(decision, digests, change)
                if renamed != decision:
                    facts.append(Fact(Kind.DECISION, decision.conflict_id, decision_value(renamed), report_id))
    if facts:
        set_facts(action, SetFacts(tuple(facts), ""))


def _digests(labelled: LabelledReport, change: RenameLabel) -> Digests:
    return {
        (labels.annotator or "", label.id, content(_named(label, change.name))): content(label)
        for labels in labelled.sets
        for label in (labels.relations if change.relation else labels.entities)
        if _name(label) == change.new_name
    }


def _renamed(decision: Decision, digests: Digests, change: RenameLabel) -> Decision:
    seen = tuple(
        Seen(each.annotator, each.label_id, digests.get((each.annotator, each.label_id, each.digest), each.digest))
        for each in decision.seen
    )
    result, own = (
        _named(label, change.new_name) if label is not None and _is_meant(label, change) else label
        for label in (decision.result, decision.own)
    )
    return replace(decision, seen=seen, result=result, own=own)


def _name(label: Label) -> str:
    return label.label if isinstance(label, Entity) else label.type


def _is_meant(label: Label, change: RenameLabel) -> bool:
    return isinstance(label, Relation) is change.relation and _name(label) == change.name


def _named(label: Label, name: str) -> Label:
    return replace(label, label=name) if isinstance(label, Entity) else replace(label, type=name)
