"""One selection, shown by the view and by both tables, without going round in circles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from ui.annotate.edits.relating import between
from ui.annotate.tables.table import RowTable
from ui.annotate.workplace import Workplace


class SharedSelection(QObject):
    """Entities selected in the view are selected in the entity table and the other way round.

    A row of the relation table selects its two ends; two selected entities select the relation between them, and an arc
    that is clicked its row.
    """

    def __init__(self, place: Workplace, entities: RowTable, relations: RowTable, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._entities, self._relations = place, entities, relations
        self._busy = False
        place.view.entities_selected.connect(self._from_view)
        place.view.relation_selected.connect(self._from_arc)
        entities.ids_selected.connect(self._from_entities)
        relations.ids_selected.connect(self._from_relations)

    @contextmanager
    def held(self) -> Iterator[None]:
        """While rows come and go nothing is passed on; afterwards the tables follow the view."""
        kept = self._relations.selected_ids()
        self._busy = True
        for table in (self._entities, self._relations):
            table.quiet(True)
        try:
            yield
        finally:
            for table in (self._entities, self._relations):
                table.quiet(False)
            self._busy = False
        selected = self._place.view.selected_entities()
        if set(self._entities.selected_ids()) != set(selected):
            self._entities.select_ids(selected)
        if self._relations.selected_ids() != kept:
            self._relations.select_ids(kept)

    def _from_view(self, ids: tuple[str, ...]) -> None:
        if self._busy:
            return
        self._entities.select_ids(ids)
        sheet = self._place.sheet
        self._relations.select_ids(one.id for one in between(sheet, ids)) if sheet else None

    def _from_arc(self, relation_id: str) -> None:
        if self._busy or (not relation_id and self._place.view.selected_entities()):
            return
        suggesting = self._place.suggesting
        item = suggesting.offered.relations.get(relation_id) if suggesting else None
        if suggesting is not None and item is not None:
            suggesting.go_to(item)
        else:
            self._relations.select_ids((relation_id,))

    def _from_entities(self, ids: tuple[str, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        self._place.view.select_entities(ids)
        self._relations.select_ids(())
        self._busy = False

    def _from_relations(self, ids: tuple[str, ...]) -> None:
        sheet = self._place.sheet
        if self._busy or sheet is None:
            return
        self._busy = True
        ends = [end for one in sheet.chosen_relations(ids) for end in (one.source, one.target)]
        self._place.view.select_entities(ends)
        self._entities.select_ids(ends)
        self._busy = False
