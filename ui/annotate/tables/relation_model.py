"""The rows of the relation table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from annotations.report import Entity, Relation
from annotations.schema import shown_name
from ui.annotate.differing import differing
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
        self._of_end: dict[str, set[str]] = {}
        self._titles = (tr("Source"), tr("Type"), tr("Target"), tr("Note"))

    def titles(self) -> tuple[str, ...]:
        """The columns' titles."""
        return self._titles

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show the relations of a report; of the same report only what changed."""
        before, self._sheet = self._sheet, sheet
        if sheet is None or before is None or before.report.id != sheet.report.id or before.schema != sheet.schema:
            self._of_end = {}
            relations = sheet.labels.relations if sheet else ()
            self._join(relations)
            self.show_anew(self._rows(one.id for one in relations))
            return
        gone, come = differing(before.labels.relations, sheet.labels.relations)
        for relation in gone:
            for end in (relation.source, relation.target):
                self._of_end.get(end, set()).discard(relation.id)
        self._join(come)
        touched = {one.id for one in (*gone, *come)}
        for entities in differing(before.labels.entities, sheet.labels.entities):
            for entity in entities:
                touched |= self._of_end.get(entity.id, set())
        if not touched:
            return
        rows = self._rows(touched)
        self.change(touched - rows.keys(), rows)

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

    def _join(self, relations: Iterable[Relation]) -> None:
        """Remember which relations an entity is an end of."""
        for relation in relations:
            for end in (relation.source, relation.target):
                self._of_end.setdefault(end, set()).add(relation.id)

    def _rows(self, ids: Iterable[str]) -> dict[str, RelationRow]:
        """The rows of those relations that are there with both ends."""
        if self._sheet is None:
            return {}
        entities, relations = self._sheet.entities, self._sheet.relations
        found = (relations[one] for one in ids if one in relations)
        return {
            one.id: RelationRow(one, entities[one.source], entities[one.target])
            for one in found
            if one.source in entities and one.target in entities
        }
