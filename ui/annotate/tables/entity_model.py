"""The rows of the entity table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from annotations.matching import same_word_key
from annotations.report import Entity, Origin
from annotations.schema import shown_name
from ui.annotate.differing import differing
from ui.annotate.edits.cells import main_attribute
from ui.annotate.edits.sheet import Sheet
from ui.annotate.swatch import swatch
from ui.annotate.tables.rows import CHOICES_ROLE, Column, RowModel, SortValue
from ui.words import language, tr


class EntityColumn(IntEnum):
    """The columns of the entity table."""

    LABEL = 0
    TEXT = 1
    VALUE = 2
    ENTRY = 3
    NOTE = 4
    START = 5
    END = 6
    ORIGIN = 7


C = EntityColumn


class EntityModel(RowModel[Entity]):
    """Entities of the open report. Boundaries are shown and edited as code points."""

    columns = (
        Column(editable=True, many=True),
        Column(),
        Column(editable=True, many=True),
        Column(editable=True, many=True),
        Column(editable=True, many=True),
        Column(editable=True, number=True),
        Column(editable=True, number=True),
        Column(),
    )

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._names: Mapping[str, str] = {}
        self._ids: Mapping[str, str] = {}
        self._titles = (
            *(tr("Label"), tr("Text"), tr("Value"), tr("Registry entry")),
            *(tr("Note"), tr("Start"), tr("End"), tr("Origin")),
        )
        self._origins = {
            Origin.MANUAL: tr("by hand"),
            Origin.SUGGESTED: tr("suggested"),
            Origin.PROPAGATED: tr("propagated"),
            Origin.IMPORTED: tr("imported"),
            Origin.ADJUDICATED: tr("adjudicated"),
        }

    def titles(self) -> tuple[str, ...]:
        """The columns' titles."""
        return self._titles

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show the entities of a report; of the same report only what changed."""
        before, self._sheet = self._sheet, sheet
        if sheet is None or before is None or before.report.id != sheet.report.id or before.schema != sheet.schema:
            self.show_anew(sheet.entities if sheet else {})
        else:
            gone, come = differing(before.labels.entities, sheet.labels.entities)
            self.change({one.id for one in gone} - {one.id for one in come}, {one.id: one for one in come})

    def show_names(self, names: Mapping[str, str]) -> None:
        """Show entries of the registry by these names; ids that are not among them are shown as they are."""
        if names != self._names:
            self._names = dict(names)
            self._ids = _only_ones(names)
            if self.rowCount():
                self.dataChanged.emit(self.index(0, C.ENTRY), self.index(self.rowCount() - 1, C.ENTRY))

    def entry_id(self, written: str) -> str:
        """The id of the entry of this name, when there is just one; else what was written."""
        return self._ids.get(same_word_key(written), written)

    def place(self, item: Entity) -> tuple[int, int]:
        """Text order, outer before inner."""
        return (item.start, -item.end)

    def cell(self, item: Entity, column: int) -> str:
        """What a cell shows."""
        match column:
            case C.LABEL:
                return self._label_name(item.label)
            case C.TEXT:
                return " ".join(item.surface(self._sheet.text).split()) if self._sheet else ""
            case C.VALUE:
                return item.attributes.get(self._main(item), "")
            case C.ENTRY:
                return self._names.get(item.entry or "", item.entry or "")
            case C.NOTE:
                return item.note or ""
            case C.START:
                return str(item.start)
            case C.END:
                return str(item.end)
        return self._origins[item.origin]

    def sort_value(self, item: Entity, column: int) -> SortValue:
        """Numbers as numbers, labels in the order of the schema."""
        if column == C.START:
            return item.start
        if column == C.END:
            return item.end
        if column == C.LABEL and self._sheet and item.label in self._sheet.schema.entities_by_name:
            return list(self._sheet.schema.entities_by_name).index(item.label)
        return super().sort_value(item, column) if column != C.LABEL else -1

    def extra(self, item: Entity, column: int, role: int) -> Any:
        """The label's colour and choices, and whole texts as tool tips."""
        if column == C.LABEL and self._sheet:
            if role == Qt.ItemDataRole.DecorationRole:
                kind = self._sheet.schema.entities_by_name.get(item.label)
                return swatch(kind.colour if kind else "#888888")
            if role == CHOICES_ROLE:
                return [(kind.name, shown_name(kind, language())) for kind in self._sheet.schema.entity_types]
        if column == C.VALUE and role == CHOICES_ROLE:
            return self._value_choices(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(item, column)
        return None

    def edited(self, item: Entity, column: int) -> str:
        """The label is edited by its own name, not by the shown one."""
        return item.label if column == C.LABEL else self.cell(item, column)

    def _label_name(self, label: str) -> str:
        kind = self._sheet.schema.entities_by_name.get(label) if self._sheet else None
        return shown_name(kind, language()) if kind else label

    def _main(self, item: Entity) -> str:
        return main_attribute(self._sheet.entity_type(item)) if self._sheet else ""

    def _value_choices(self, item: Entity) -> list[tuple[str, str]] | None:
        kind = self._sheet.entity_type(item) if self._sheet else None
        name = self._main(item)
        choices = next((one.choices for one in kind.attributes if one.name == name), ()) if kind else ()
        return [(one, one) for one in choices] or None

    def _tip(self, item: Entity, column: int) -> str:
        if column != C.VALUE:
            return self.cell(item, column)
        kind = self._sheet.entity_type(item) if self._sheet else None
        named = {one.name: shown_name(one, language()) for one in kind.attributes} if kind else {}
        return "\n".join(f"{named.get(name, name)}: {value}" for name, value in item.attributes.items())


def _only_ones(names: Mapping[str, str]) -> dict[str, str]:
    """Ids by name, without the names that several have."""
    found: dict[str, list[str]] = {}
    for entry_id, name in names.items():
        found.setdefault(same_word_key(name), []).append(entry_id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}
