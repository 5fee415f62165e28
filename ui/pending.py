"""How labels look with changes that are not saved yet: a change applied to values, for display only.

The door in ``model`` decides what a change does; this follows it closely enough to show what waits.
Versions grow as they will, so that a further edit of a waiting label does not collide with itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotations import changes
from annotations.changes import Change
from annotations.report import AnnotationSet, Entity, Relation, Report, Status, entity_order, make_fragments


def with_pending(shown: AnnotationSet, report_id: str, waiting: Iterable[Change]) -> AnnotationSet:
    """The set as it will be when all of ``waiting`` is in; changes to other reports do nothing here."""
    for change in waiting:
        shown = _apply(shown, report_id, change)
    return shown


def report_with_pending(report: Report, waiting: Iterable[Change]) -> Report:
    """The report with metadata that are not saved yet."""
    for change in waiting:
        if isinstance(change, changes.Together):
            report = report_with_pending(report, change.changes)
        elif isinstance(change, changes.EditReports) and report.id in change.fields:
            fields: dict[str, Any] = dict(change.fields[report.id])
            report = replace(report, **fields)
    return report


def _apply(shown: AnnotationSet, report_id: str, change: Change) -> AnnotationSet:
    if isinstance(change, changes.Together):
        return with_pending(shown, report_id, change.changes)
    if isinstance(change, changes.SetStatus):
        return replace(shown, status=change.status) if report_id in change.report_ids else shown
    if isinstance(change, changes.AddEntities):
        return _add(shown, change.entities.get(report_id, ()))
    if getattr(change, "report_id", None) != report_id:
        return shown
    return _entities(shown, change) or _relations(shown, change) or shown


def _entities(shown: AnnotationSet, change: Change) -> AnnotationSet | None:
    match change:
        case changes.AddEntity():
            return _add(shown, (change.entity,))
        case changes.Relabel():
            return _edit(shown, change.entity_ids, lambda one: replace(one, label=change.label))
        case changes.SetSpans():
            return _edit(shown, change.spans, lambda one: _moved(one, change.spans[one.id]))
        case changes.SetEntityAttributes():
            return _edit(shown, change.entity_ids, lambda one: replace(one, attributes=_merged(one, change.attributes)))
        case changes.SetEntityNote():
            return _edit(shown, change.entity_ids, lambda one: replace(one, note=change.note or None))
        case changes.SetEntityEntry():
            return _edit(shown, change.entity_ids, lambda one: replace(one, entry=change.entry or None))
        case changes.DeleteEntities():
            return _without(shown, frozenset(change.entity_ids))
    return None


def _relations(shown: AnnotationSet, change: Change) -> AnnotationSet | None:
    match change:
        case changes.AddRelations():
            return _relate(shown, change.relations)
        case changes.Retype():
            return _edit_relations(shown, change.relation_ids, lambda one: replace(one, type=change.type))
        case changes.ReverseRelations():
            return _edit_relations(
                shown, change.relation_ids, lambda one: replace(one, source=one.target, target=one.source)
            )
        case changes.SetRelationAttributes():
            return _edit_relations(
                shown, change.relation_ids, lambda one: replace(one, attributes=_merged(one, change.attributes))
            )
        case changes.SetRelationNote():
            return _edit_relations(shown, change.relation_ids, lambda one: replace(one, note=change.note or None))
        case changes.DeleteRelations():
            gone = frozenset(change.relation_ids)
            return replace(shown, relations=tuple(one for one in shown.relations if one.id not in gone))
    return None


def _add(shown: AnnotationSet, entities: tuple[Entity, ...]) -> AnnotationSet:
    if not entities:
        return shown
    status = Status.IN_PROGRESS if shown.status is Status.NEW else shown.status
    return replace(shown, status=status, entities=tuple(sorted((*shown.entities, *entities), key=entity_order)))


def _edit(shown: AnnotationSet, ids: Collection[str], edit: Callable[[Entity], Entity]) -> AnnotationSet:
    def edited(one: Entity) -> Entity:
        made = edit(one) if one.id in ids else one
        return one if made == one else replace(made, version=one.version + 1)

    return replace(shown, entities=tuple(sorted(map(edited, shown.entities), key=entity_order)))


def _edit_relations(shown: AnnotationSet, ids: Collection[str], edit: Callable[[Relation], Relation]) -> AnnotationSet:
    def edited(one: Relation) -> Relation:
        made = edit(one) if one.id in ids else one
        return one if made == one else replace(made, version=one.version + 1)

    return replace(shown, relations=tuple(map(edited, shown.relations)))


def _moved(entity: Entity, spans: tuple[tuple[int, int], ...]) -> Entity:
    start, end, fragments = make_fragments(spans)
    return replace(entity, start=start, end=end, fragments=fragments)


def _merged(label: Entity | Relation, attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**label.attributes, **attributes}.items() if value != ""}


def _without(shown: AnnotationSet, gone: frozenset[str]) -> AnnotationSet:
    return replace(
        shown,
        entities=tuple(one for one in shown.entities if one.id not in gone),
        relations=tuple(one for one in shown.relations if one.source not in gone and one.target not in gone),
    )


def _relate(shown: AnnotationSet, relations: tuple[Relation, ...]) -> AnnotationSet:
    there = {(one.type, one.source, one.target) for one in shown.relations}
    added = tuple(one for one in relations if (one.type, one.source, one.target) not in there)
    status = Status.IN_PROGRESS if shown.status is Status.NEW else shown.status
    return replace(shown, status=status, relations=(*shown.relations, *added))
