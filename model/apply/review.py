"""What review decides: kept as facts, and the adjudicated sets brought in line with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from annotations.changes.fact import SetFacts
from annotations.changes.review import Decide
from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.facts import Fact, Kind
from annotations.report import Entity, Relation
from annotations.review import Decision, decision_value, same_decision
from model.apply.action import Action
from model.apply.adjudicated import AdjudicatedSet
from model.apply.fact import set_facts
from model.apply.rows import Title, cut
from model.queries.review import UnderReview, several_under_review, under_review
from model.tables import ActionRow, AnnotatorRow

Decisions = dict[str, Decision]
"""By conflict id."""


def decide(action: Action, change: Decide) -> Title:
    """Keep and withdraw decisions; each report's adjudicated set then says what was decided.

    Raises ``Refused`` for what the schema forbids, ``Collision`` for a conflict that was decided otherwise meanwhile.
    """
    said = _Said(action, change)
    shown = ""
    found = 0
    for before in several_under_review(action.connection, said.reports):
        found += 1
        report_id = before.labelled.report.id
        wanted = said.after(before)
        known = AdjudicatedSet(action, report_id, before.labelled)
        wanted = known.with_free_ids(wanted)
        _keep(action, before, wanted, said)
        known.become(wanted)
        shown = shown or _phrase(before.labelled, said.first(report_id))
    if found < len(said.reports):
        raise Refused("The report is no longer in the project. Nothing was changed.")
    if change.title:
        return change.title, dict(change.values)
    count = len(change.decisions) or sum(map(len, change.withdrawn.values()))
    if not change.decisions:
        return "Take back {count} decisions", {"count": count}
    if count == 1 and shown:
        return "Decide “{text}”", {"text": shown}
    return "Decide {count} conflicts", {"count": count}


def reconcile(action: Action, report_ids: Iterable[str]) -> None:
    """Bring adjudicated sets in line with the decisions that stand, after an undo that could not put back everything."""
    for report_id in report_ids:
        before = under_review(action.connection, report_id)
        if before is not None:
            decisions = {each.conflict_id: each for each in before.decisions}
            AdjudicatedSet(action, report_id, before.labelled).become(decisions)


@dataclass
class _Said:
    """The decisions of a change, under the acting annotator's name and with the time of the action."""

    action: Action
    change: Decide

    def __post_init__(self) -> None:
        row = self.action.connection.execute(
            select(ActionRow.at, AnnotatorRow.name)
            .join(AnnotatorRow, AnnotatorRow.id == ActionRow.annotator_id)
            .where(ActionRow.id == self.action.id)
        ).one()
        self.seen: dict[str, dict[tuple[str, str, str, str], int]] = {}
        for (report, conflict), version in self.change.seen.items():
            self.seen.setdefault(report, {})[str(Kind.DECISION), report, "", conflict] = version
        self._new: dict[str, Decisions] = {}
        for each in self.change.decisions:
            signed = replace(each, by=each.by or row.name, at=each.at or row.at)
            self._new.setdefault(each.report_id, {})[each.conflict_id] = signed

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that are decided on, in order."""
        return list(dict.fromkeys([*self._new, *self.change.withdrawn]))

    def first(self, report_id: str) -> Decision | None:
        """The first new decision on a report."""
        return next(iter(self._new.get(report_id, {}).values()), None)

    def after(self, before: UnderReview) -> Decisions:
        """The decisions on the report once this is done; one that says nothing new stays as it was."""
        report_id = before.labelled.report.id
        wanted = {each.conflict_id: each for each in before.decisions}
        for conflict_id in self.change.withdrawn.get(report_id, ()):
            wanted.pop(conflict_id, None)
        for conflict_id, decision in self._new.get(report_id, {}).items():
            known = wanted.get(conflict_id)
            if known is None or not same_decision(known, decision):
                wanted[conflict_id] = decision
        return wanted


def _keep(action: Action, before: UnderReview, wanted: Decisions, said: _Said) -> None:
    """Write the facts that differ."""
    report_id = before.labelled.report.id
    known = {each.conflict_id: each for each in before.decisions}
    facts = [
        Fact(Kind.DECISION, key, decision_value(each), report_id)
        for key, each in wanted.items()
        if known.get(key) != each
    ]
    facts += [Fact(Kind.DECISION, key, None, report_id) for key in known if key not in wanted]
    gone = (key for key in before.unreadable if key in said.change.withdrawn.get(report_id, ()))
    facts += [Fact(Kind.DECISION, key, None, report_id) for key in gone]
    seen = said.seen.get(report_id, {})
    if facts:
        set_facts(action, SetFacts(tuple(facts), "", seen=seen))
        action.touches.update(("labels", "others"))  # also when it was decided that there is none: windows show it


def _phrase(labelled: LabelledReport, decision: Decision | None) -> str:
    """The text that a decision is about, for the Edit menu."""
    if decision is None:
        return ""
    if isinstance(decision.result, Entity):
        return cut(decision.result.surface(labelled.report.text))
    if isinstance(decision.result, Relation):
        return decision.result.type
    wanted = {(seen.annotator, seen.label_id) for seen in decision.seen}
    for labels in labelled.sets:
        for entity in labels.entities:
            if (labels.annotator, entity.id) in wanted:
                return cut(entity.surface(labelled.report.text))
        for relation in labels.relations:
            if (labels.annotator, relation.id) in wanted:
                return relation.type
    return ""
