"""One report under review: its groups, what is decided, and the adjudicated set that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Status, entity_order
from annotations.review.decision import Answer, Decision
from annotations.review.entity_groups import entity_groups
from annotations.review.group import EntityGroup, Group, Kind, RelationGroup
from annotations.review.relation_groups import Ends, relation_groups
from annotations.review.result import unanimous_entity, unanimous_relation
from annotations.review.settle import Settled, State, settle, state_of

_UNDECIDED_END = {Kind.MISSING, Kind.LABEL, Kind.BOUNDARY}


@dataclass(frozen=True, slots=True)
class ReportReview:
    """Every label of every annotator who finished the report, in exactly one place.

    Entities are in ``entities``; relations in ``relations``, in ``waiting`` (an end is not decided yet) or in ``fallen``
    (an end was decided away), the latter two with the annotator's name. ``settled`` holds the state of the groups that
    were decided on (by group id); ``orphans`` are decisions whose labels are all gone: what they decided stays.
    ``length`` is that of the text in code points.
    """

    report_id: str
    report_name: str
    length: int
    annotators: tuple[str, ...]
    entities: tuple[EntityGroup, ...]
    relations: tuple[RelationGroup, ...]
    waiting: tuple[tuple[str, Relation], ...]
    fallen: tuple[tuple[str, Relation], ...]
    settled: Mapping[str, Settled]
    orphans: tuple[Decision, ...]

    @property
    def is_compared(self) -> bool:
        """Whether two annotators or more finished the report: one alone agrees with nobody."""
        return len(self.annotators) > 1

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, entities first."""
        return (*self.entities, *self.relations)

    @property
    def conflicts(self) -> tuple[Group, ...]:
        """Groups that are not unanimous or came back; entities first, each in order of offset; also decided ones."""
        return tuple(group for group in self.groups if not group.unanimous or self.state(group).state is State.RETURNED)

    @property
    def open_conflicts(self) -> tuple[Group, ...]:
        """Conflicts that a reviewer still has to decide."""
        return tuple(group for group in self.conflicts if self.state(group).is_open)

    def state(self, group: Group) -> Settled:
        """State of one of the groups."""
        return state_of(self.settled, group)


def review_report(
    labelled: LabelledReport, decisions: Iterable[Decision] = (), annotators: Iterable[str] | None = None
) -> ReportReview:
    """The review of one report. Only finished sets count (of ``annotators``, when given); nobody else is "missing".

    ``decisions`` are those stored for this report. The result does not depend on the order of sets, labels or decisions.
    """
    sets = _finished(labelled, annotators)
    entities = entity_groups(labelled.report.id, sets)
    return _settled(labelled, sets, entities, list(decisions))


def review_again(review: ReportReview, labelled: LabelledReport, decisions: Iterable[Decision]) -> ReportReview:
    """The ``review`` of the same labels with other decisions: what is quicker than to begin anew."""
    return _settled(labelled, _finished(labelled, review.annotators), review.entities, list(decisions))


def _finished(labelled: LabelledReport, annotators: Iterable[str] | None) -> dict[str, AnnotationSet]:
    wanted = None if annotators is None else set(annotators)
    return {
        labels.annotator: labels
        for labels in labelled.sets
        if labels.annotator is not None and labels.status is Status.DONE and not labels.adjudicated
        if wanted is None or labels.annotator in wanted
    }


def _settled(
    labelled: LabelledReport,
    sets: Mapping[str, AnnotationSet],
    entities: tuple[EntityGroup, ...],
    decisions: list[Decision],
) -> ReportReview:
    report = labelled.report
    settled, orphans = settle(entities, [each for each in decisions if not each.about_relation])
    relations = relation_groups(report.id, sets, adjudicated_ends(entities, settled))
    settled_relations, orphaned = settle(relations.groups, [each for each in decisions if each.about_relation])
    return ReportReview(
        report_id=report.id,
        report_name=report.name,
        length=len(report.text),
        annotators=tuple(sorted(sets)),
        entities=entities,
        relations=tuple(relations.groups),
        waiting=tuple(relations.waiting),
        fallen=tuple(relations.fallen),
        settled=settled | settled_relations,
        orphans=orphans + orphaned,
    )


def adjudicated_ends(groups: Iterable[EntityGroup], settled: Mapping[str, Settled]) -> Ends:
    """Which adjudicated entity each annotator's entity stands for; undecided ones are not in it.

    Where extent and label are agreed the entity is certain before anybody decides, also when attributes differ.
    """
    ends: dict[tuple[str, str], str | None] = {}
    for group in groups:
        found = _end(group, state_of(settled, group).decision)
        if found is not None:
            for name, entity in group.members.items():
                ends[name, entity.id] = found or None
    return ends


def _end(group: EntityGroup, decision: Decision | None) -> str | None:
    """Id of the adjudicated entity, empty when there is none, None when it is undecided."""
    if decision is not None and decision.answer not in (Answer.SKIP, Answer.DISCUSS):
        if decision.result is not None:
            return decision.result.id
        if not decision.open_points:
            return ""
    return None if _UNDECIDED_END.intersection(group.kinds) else group.id


def labels_of_ends(review: ReportReview) -> dict[str, str]:
    """The label of every adjudicated entity that a relation may end at, by id; undecided ones are not in it."""
    labels: dict[str, str] = {}
    for group in review.entities:
        decision = review.state(group).decision
        found = _end(group, decision)
        if found:
            decided = decision.result if decision is not None else None
            labels[found] = decided.label if isinstance(decided, Entity) else next(iter(group.members.values())).label
    for orphan in review.orphans:
        if isinstance(orphan.result, Entity):
            labels[orphan.result.id] = orphan.result.label
    return labels


def adjudicated_set(review: ReportReview, unanimous: bool = True) -> AnnotationSet:
    """The adjudicated set that the decisions make, with the ``unanimous`` groups nobody decided on, if wanted.

    Relations without both ends in the set are left out. It is done when nothing is open.
    """
    entities: dict[str, Entity] = {}
    relations: dict[str, Relation] = {}
    results = [decision.result for decision in review.orphans]
    for group in review.groups:
        decision = review.state(group).decision
        if decision is not None and decision.answer not in (Answer.SKIP, Answer.DISCUSS):
            results.append(decision.result)
        elif unanimous and group.unanimous and review.is_compared:
            results.append(unanimous_entity(group) if isinstance(group, EntityGroup) else unanimous_relation(group))
    for result in results:
        if isinstance(result, Entity):
            entities[result.id] = result
        elif result is not None:
            relations[result.id] = result
    kept = [each for each in relations.values() if each.source in entities and each.target in entities]
    is_done = not review.open_conflicts and not review.waiting
    return AnnotationSet(
        None,
        Status.DONE if is_done else Status.IN_PROGRESS,
        tuple(sorted(entities.values(), key=entity_order)),
        tuple(sorted(kept, key=lambda relation: (relation.source, relation.target, relation.id))),
        adjudicated=True,
    )
