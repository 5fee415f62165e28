"""Edits in the tables become changes; an edit in one of several selected rows goes to all of them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotations.changes import Change
from ui.annotate.edits import cells, relating
from ui.annotate.edits.sheet import Sheet
from ui.annotate.tables.entity_model import EntityColumn, EntityModel
from ui.annotate.tables.relation_model import RelationColumn
from ui.annotate.tables.rows import Column
from ui.annotate.tables.table import RowTable
from ui.annotate.workplace import Workplace
from ui.words import tr


class TableEdits(QObject):
    """Listens to both tables' models."""

    def __init__(self, place: Workplace, entities: RowTable, relations: RowTable, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._entities, self._relations = place, entities, relations
        entities.rows.cell_edited.connect(self._on_entity)
        relations.rows.cell_edited.connect(self._on_relation)
        relations.cell_activated.connect(self._jump_to_end)
        entities.cell_activated.connect(self._jump)

    def delete_relations(self, ids: tuple[str, ...] = ()) -> bool:
        """Delete these relations, or the selected rows of the relation table; False when there are none."""
        sheet = self._place.sheet
        change = relating.delete_relations(sheet, ids or self._relations.selected_ids()) if sheet else None
        if change is None:
            return False
        self._place.apply(change)
        return True

    def _on_entity(self, entity_id: str, column: int, value: object) -> None:
        sheet = self._place.sheet
        if sheet is not None:
            ids = _meant(self._entities, entity_id, self._entities.rows.columns[column])
            self._place.apply(self._entity_change(sheet, ids, column, str(value)))

    def _entity_change(self, sheet: Sheet, ids: tuple[str, ...], column: int, value: str) -> Change | None:
        match column:
            case EntityColumn.LABEL:
                return cells.set_label(sheet, ids, value)
            case EntityColumn.VALUE:
                return cells.set_value(sheet, ids, value)
            case EntityColumn.ENTRY:
                return cells.set_entry(sheet, ids, self._entry_id(value))
            case EntityColumn.NOTE:
                return cells.set_note(sheet, ids, value)
        if not value.strip().isdecimal():
            self._place.desk.say(tr("A boundary is a number of characters; “{value}” is none.", value=value))
            return None
        at = int(value)
        start = at if column == EntityColumn.START else None
        change = cells.set_edge(sheet, ids[0], start, None if start is not None else at)
        if change is None and not self._is_there(sheet, ids[0], column, at):
            self._place.desk.say(tr("{value} would leave the entity empty, or lies outside the text.", value=at))
        return change

    def _entry_id(self, written: str) -> str:
        rows = self._entities.rows
        return rows.entry_id(written) if isinstance(rows, EntityModel) else written

    @staticmethod
    def _is_there(sheet: Sheet, entity_id: str, column: int, at: int) -> bool:
        entity = sheet.entities[entity_id]
        return at == (entity.start if column == EntityColumn.START else entity.end)

    def _on_relation(self, relation_id: str, column: int, value: object) -> None:
        sheet = self._place.sheet
        if sheet is None:
            return
        ids = _meant(self._relations, relation_id, self._relations.rows.columns[column])
        if column == RelationColumn.TYPE:
            self._place.apply(cells.set_type(sheet, ids, str(value)))
        else:
            self._place.apply(cells.set_relation_note(sheet, ids, str(value)))

    def _jump(self, entity_id: str, _column: int) -> None:
        self._place.view.select_entities((entity_id,))
        self._place.view.setFocus()

    def _jump_to_end(self, relation_id: str, column: int) -> None:
        sheet = self._place.sheet
        relation = sheet.relations.get(relation_id) if sheet else None
        if relation is not None:
            self._jump(relation.source if column == RelationColumn.SOURCE else relation.target, column)


def _meant(table: RowTable, item_id: str, column: Column) -> tuple[str, ...]:
    """The rows that an edit of one row goes to."""
    selected = table.selected_ids()
    return selected if column.many and item_id in selected else (item_id,)
