"""Which decisions still stand after the annotators' labels were computed again.

A decision stands while the labels it was made on are as they were. It also stands when what is new or changed says
just what was decided, or, where it was decided that there is nothing, when labels are gone. Otherwise the conflict comes
back, with the decision shown, and what was decided stays until it is decided again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from annotations.report import Entity, Relation
from annotations.review.decision import Answer, Decision
from annotations.review.differences import differing_attributes
from annotations.review.group import Group, RelationGroup, content


class State(StrEnum):
    """How far a group is: ``SET_ASIDE`` was skipped, marked for discussion, or answered in part."""

    OPEN = "open"
    SET_ASIDE = "set_aside"
    DECIDED = "decided"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Settled:
    """State of one group, and the decision about it, if any.

    ``inherits`` is True for one group only of those that a decision is about (when a group fell apart): deciding it
    again keeps the id of what was decided.
    """

    state: State
    decision: Decision | None = None
    inherits: bool = False

    @property
    def before(self) -> Decision | None:
        """The decision whose result a new decision replaces."""
        return self.decision if self.inherits else None

    @property
    def is_open(self) -> bool:
        """Whether a reviewer still has to decide, unless the group is unanimous and was never decided."""
        return self.state is not State.DECIDED


UNDECIDED = Settled(State.OPEN)


def settle(groups: Sequence[Group], decisions: Iterable[Decision]) -> tuple[dict[str, Settled], tuple[Decision, ...]]:
    """State by group id; and the decisions none of whose labels is left in any group.

    Of several decisions about one group the latest counts. Decisions about other labels than those of ``groups``
    (relations where these are entities) must not be among ``decisions``.
    """
    by_id: dict[str, Decision] = {}
    by_member: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    everything = sorted(decisions, key=lambda decision: decision.at)
    for decision in everything:
        by_id[decision.conflict_id] = decision
        for seen in decision.seen:
            by_member[seen.annotator, seen.label_id].append(decision)
    settled: dict[str, Settled] = {}
    met: set[int] = set()
    heirs: dict[int, str] = {}
    for group in groups if everything else ():
        about = [found for key in _members(group) for found in by_member.get(key, ())]
        if group.id in by_id:
            about.append(by_id[group.id])
        met.update(map(id, about))
        if about:
            settled[group.id] = _settled(group, _latest(group, about))
            _inherit(heirs, group.id, settled[group.id])
    for heir in heirs.values():
        settled[heir] = replace(settled[heir], inherits=True)
    return settled, tuple(decision for decision in everything if id(decision) not in met)


def _inherit(heirs: dict[int, str], group_id: str, found: Settled) -> None:
    """The group that was decided on is the heir; when it is gone, the first that has a label of it."""
    if found.decision is not None and (id(found.decision) not in heirs or found.decision.conflict_id == group_id):
        heirs[id(found.decision)] = group_id


def _members(group: Group) -> list[tuple[str, str]]:
    return [(name, label.id) for name, label in group.members.items()]


def _latest(group: Group, decisions: Iterable[Decision]) -> Decision:
    """A decision about this very group wins over one about some of its labels; then the latest."""
    return max(decisions, key=lambda decision: (decision.conflict_id == group.id, decision.at, decision.conflict_id))


def _settled(group: Group, decision: Decision) -> Settled:
    if decision.answer in (Answer.SKIP, Answer.DISCUSS) or decision.open_points:
        return Settled(State.SET_ASIDE, decision)
    return Settled(State.DECIDED if stands(group, decision) else State.RETURNED, decision)


def stands(group: Group, decision: Decision) -> bool:
    """Whether the decision still holds for the group as it is now."""
    seen = {(each.annotator, each.label_id): each.digest for each in decision.seen}
    new = [name for name, label in group.members.items() if seen.get((name, label.id)) != content(label)]
    gone = seen.keys() - set(_members(group))
    if decision.result is None:
        return not new
    return not gone and all(_says(group, name, decision.result) for name in new)


def _says(group: Group, annotator: str, result: Entity | Relation) -> bool:
    label = group.members[annotator]
    if isinstance(label, Entity) and isinstance(result, Entity):
        same = (label.label, label.spans) == (result.label, result.spans)
        return same and not differing_attributes([label, result])
    if isinstance(label, Relation) and isinstance(result, Relation) and isinstance(group, RelationGroup):
        same = (label.type, group.ends[annotator]) == (result.type, (result.source, result.target))
        return same and not differing_attributes([label, result])
    return False


def state_of(settled: Mapping[str, Settled], group: Group) -> Settled:
    """The group's state; open when nothing was decided."""
    return settled.get(group.id, UNDECIDED)
