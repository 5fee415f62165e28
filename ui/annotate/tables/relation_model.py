"""The rows of the relation table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from annotations.report import Entity, Relation
from annotations.schema import shown_name
from ui.annotate.edits.relating import types_between
from ui.annotate.edits.sheet import Sheet
from ui.annotate.swatch import swatch
from ui.annotate.tables.rows import CHOICES_ROLE, Column, RowModel
from ui.words import language, tr


class RelationColumn(IntEnum):
    """The columns of the relation table."""

    SOURCE = 0
    TYPE = 1
    TARGET = 2
    NOTE = 3


C = RelationColumn


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation with its two ends."""

    relation: Relation
    source: Entity
    target: Entity


class RelationModel(RowModel[RelationRow]):
    """Relations of the open report; ends show their text."""

    columns = (
        Column(),
        Column(editable=True, many=True),
        Column(),
        Column(editable=True, many=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._titles = (tr("Source"), tr("Type"), tr("Target"), tr("Note"))

    def titles(self) -> tuple[str, ...]:
        """The columns' titles."""
        return self._titles

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show the relations of a report; of the same report only what changed."""
        before, self._sheet = self._sheet, sheet
        rows = self._rows(sheet) if sheet else {}
        if sheet is None or before is None or before.report.id != sheet.report.id or before.schema != sheet.schema:
            self.show_anew(rows)
        else:
            self.show(rows)

    def place(self, item: RelationRow) -> tuple[int, int]:
        """Text order of the source, then of the target."""
        return (item.source.start, item.target.start)

    def cell(self, item: RelationRow, column: int) -> str:
        """What a cell shows."""
        match column:
            case C.SOURCE:
                return self._surface(item.source)
            case C.TARGET:
                return self._surface(item.target)
            case C.TYPE:
                kind = self._sheet.schema.relations_by_name.get(item.relation.type) if self._sheet else None
                return shown_name(kind, language()) if kind else item.relation.type
        return item.relation.note or ""

    def extra(self, item: RelationRow, column: int, role: int) -> Any:
        """Colours, the allowed types, whole texts as tool tips."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(item, column)
        if self._sheet is None:
            return None
        if column == C.TYPE and role == CHOICES_ROLE:
            allowed = types_between(self._sheet, item.source.id, item.target.id)
            return [(kind.name, shown_name(kind, language())) for kind in allowed]
        if role == Qt.ItemDataRole.DecorationRole and column in (C.SOURCE, C.TARGET):
            end = item.source if column == C.SOURCE else item.target
            kind = self._sheet.entity_type(end)
            return swatch(kind.colour if kind else "#888888")
        return None

    def edited(self, item: RelationRow, column: int) -> str:
        """The type is edited by its own name, not by the shown one."""
        return item.relation.type if column == C.TYPE else self.cell(item, column)

    def _surface(self, entity: Entity) -> str:
        return " ".join(entity.surface(self._sheet.text).split()) if self._sheet else ""

    @staticmethod
    def _rows(sheet: Sheet) -> dict[str, RelationRow]:
        by_id = sheet.entities
        return {
            one.id: RelationRow(one, by_id[one.source], by_id[one.target])
            for one in sheet.labels.relations
            if one.source in by_id and one.target in by_id
        }
