"""Which function carries out which change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotations import changes
from annotations.changes import Change
from model.apply import entity, relation, report, schema
from model.apply.action import Action
from model.apply.rows import Title

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
}


def perform(action: Action, change: Change) -> Title:
    """Carry out ``change`` inside the action; raises ``Refused`` for what the door refuses."""
    if isinstance(change, changes.Together):
        titles = [perform(action, part) for part in change.changes]
        if change.title or not titles:
            return change.title, {}
        return titles[0]
    return _HOW[type(change)](action, change)
