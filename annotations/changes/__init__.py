"""Changes as values, one class per verb, one file per noun.

A change says what is to be done to the acting annotator's set on one report, or
to the project. ``Workspace.apply`` in ``model`` is the only place where one
takes effect. It is undone from the stored history, so a change holds ids and
values only, never rows or widgets.
"""

from __future__ import annotations

from annotations.changes.collision import SettleCollision
from annotations.changes.entity import (
    AddEntities,
    AddEntity,
    DeleteEntities,
    Relabel,
    SetEntityAttributes,
    SetEntityEntry,
    SetEntityNote,
    SetSpans,
)
from annotations.changes.fact import SetFacts
from annotations.changes.relation import (
    AddRelations,
    DeleteRelations,
    Retype,
    ReverseRelations,
    SetRelationAttributes,
    SetRelationNote,
)
from annotations.changes.report import DeleteReports, EditReports, SetStatus
from annotations.changes.review import Decide
from annotations.changes.schema import AddLabel, DeleteLabel, EditLabel, RenameLabel, ReplaceSchema
from annotations.changes.together import OnBehalf, Together

Change = (
    AddEntity
    | AddEntities
    | Relabel
    | SetSpans
    | SetEntityAttributes
    | SetEntityNote
    | SetEntityEntry
    | DeleteEntities
    | AddRelations
    | Retype
    | ReverseRelations
    | SetRelationAttributes
    | SetRelationNote
    | DeleteRelations
    | EditReports
    | SetStatus
    | DeleteReports
    | AddLabel
    | EditLabel
    | RenameLabel
    | DeleteLabel
    | ReplaceSchema
    | SetFacts
    | SettleCollision
    | Decide
    | Together
    | OnBehalf
)

__all__ = [
    "AddEntities",
    "AddEntity",
    "AddLabel",
    "AddRelations",
    "Change",
    "Decide",
    "DeleteEntities",
    "DeleteLabel",
    "DeleteRelations",
    "DeleteReports",
    "EditLabel",
    "EditReports",
    "OnBehalf",
    "Relabel",
    "RenameLabel",
    "ReplaceSchema",
    "Retype",
    "ReverseRelations",
    "SetEntityAttributes",
    "SetEntityEntry",
    "SetEntityNote",
    "SetFacts",
    "SetRelationAttributes",
    "SetRelationNote",
    "SetSpans",
    "SetStatus",
    "SettleCollision",
    "Together",
]
