"""Which function carries out which change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotations import changes
from annotations.changes import Change
from model.annotators import annotator_row
from model.apply import entity, fact, relation, report, schema
from model.apply.action import Action
from model.apply.rows import Title


def _decide(action: Action, change: changes.Decide) -> Title:
    """Review is not imported before somebody reviews: starting the window is quicker so."""
    from model.apply.review import decide

    return decide(action, change)


def _settle(action: Action, change: changes.SettleCollision) -> Title:
    """Few projects are ever merged."""
    from model.apply.collision import settle

    return settle(action, change)


_HOW: dict[type[Any], Callable[[Action, Any], Title]] = {
    changes.AddEntity: entity.add_entity,
    changes.AddEntities: entity.add_many,
    changes.Relabel: entity.relabel,
    changes.SetSpans: entity.set_spans,
    changes.SetEntityAttributes: entity.set_attributes,
    changes.SetEntityNote: entity.set_note,
    changes.SetEntityEntry: entity.set_entry,
    changes.DeleteEntities: entity.delete_entities,
    changes.AddRelations: relation.add_relations,
    changes.Retype: relation.retype,
    changes.ReverseRelations: relation.reverse,
    changes.SetRelationAttributes: relation.set_attributes,
    changes.SetRelationNote: relation.set_note,
    changes.DeleteRelations: relation.delete,
    changes.EditReports: report.edit_reports,
    changes.SetStatus: report.set_status,
    changes.DeleteReports: report.delete_reports,
    changes.AddLabel: schema.add_label,
    changes.EditLabel: schema.edit_label,
    changes.RenameLabel: schema.rename_label,
    changes.DeleteLabel: schema.delete_label,
    changes.ReplaceSchema: schema.replace_schema,
    changes.SetFacts: fact.set_facts,
    changes.SettleCollision: _settle,
    changes.Decide: _decide,
}


def perform(action: Action, change: Change) -> Title:
    """Carry out ``change`` inside the action; raises ``Refused`` for what the door refuses."""
    if isinstance(change, changes.Together):
        titles = _together(action, change.changes)
        if change.title or not titles:
            return change.title, dict(change.values)
        return titles[0]
    if isinstance(change, changes.OnBehalf):
        return _on_behalf(action, change)
    return _HOW[type(change)](action, change)


def _together(action: Action, parts: tuple[Change, ...]) -> list[Title]:
    """Carry out all; the rules that concern several labels hold for the end, not for what lies between."""
    if action.later is not None:
        return [perform(action, part) for part in parts]
    action.later = []
    titles = [perform(action, part) for part in parts]
    rules, action.later = action.later, None
    for rule in rules:
        rule()
    return titles


def _on_behalf(action: Action, change: changes.OnBehalf) -> Title:
    """Carry out the changes on another annotator's sets; the history entry stays that of who acts."""
    acting, sets = action.annotator, action.sets
    action.annotator, action.sets = annotator_row(action.connection, change.annotator), {}
    if action.annotator != acting:
        action.touches.add("others")
    try:
        titles = _together(action, change.changes)
    finally:
        action.annotator, action.sets = acting, sets
    return titles[0] if titles else ("", {})
