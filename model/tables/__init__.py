"""The mapping: what a project file holds.

Integer keys never leave ``model``. Rows that people create are never deleted but
carry the action that removed them (a tombstone), so that every action can be
undone as a set. ``touched_by`` is the last action that changed the row, which is
how an undo sees that somebody changed it since.
"""

from __future__ import annotations

from model.tables.base import APPLICATION_ID, HEAD, NAMING, Base, Tracked
from model.tables.facts import FactRow, MeasureRow, ModelRow, SeenRow, SuggestionRow
from model.tables.labels import EntityRow, LabelRow, RelationRow, ReportRow, SchemaRow, SetRow, TextRow
from model.tables.project import ActionReportRow, ActionRow, AnnotatorRow, ProjectRow

TRACKED: dict[str, type[Tracked]] = {
    "schema": SchemaRow,
    "label": LabelRow,
    "report": ReportRow,
    "annotation_set": SetRow,
    "entity": EntityRow,
    "relation": RelationRow,
    "fact": FactRow,
}
"""The tables whose rows actions create, edit and remove, by table name."""

__all__ = [
    "APPLICATION_ID",
    "HEAD",
    "NAMING",
    "TRACKED",
    "ActionReportRow",
    "ActionRow",
    "AnnotatorRow",
    "Base",
    "EntityRow",
    "FactRow",
    "LabelRow",
    "MeasureRow",
    "ModelRow",
    "ProjectRow",
    "RelationRow",
    "ReportRow",
    "SchemaRow",
    "SeenRow",
    "SetRow",
    "SuggestionRow",
    "TextRow",
    "Tracked",
]
