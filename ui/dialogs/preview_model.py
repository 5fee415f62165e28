"""The rows of an import preview with what the person put in place of what was recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication

from annotations.normalise.edtf import is_edtf
from annotations.offsets import fold
from exports.plain.dates import parse_date
from ui.dialogs.parts import attention_icon
from ui.jobs.preview import PreviewRow
from ui.jobs.sources import PLAIN
from ui.theme import muted, warning
from ui.words import explain, tr

Index = QModelIndex | QPersistentModelIndex
Key = tuple[Path, str]
ROOT = QModelIndex()


class Column(IntEnum):
    """What stands where, left to right."""

    CHECK = 0
    NAME = 1
    TITLE = 2
    DATE = 3
    SOURCE = 4
    LOCALITY = 5
    LABELS = 6
    ENCODING = 7


FIELD_OF = {Column.TITLE: "title", Column.DATE: "date", Column.SOURCE: "source", Column.LOCALITY: "locality"}
"""The fields that are edited here, by column."""

# Made once: Qt asks for the flags of every cell when all rows are selected.
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _READ_ONLY | Qt.ItemFlag.ItemIsEditable


def field_words(field: str) -> str:
    """A metadata field in words."""
    words = {"title": tr("title"), "date": tr("date"), "source": tr("source"), "locality": tr("locality")}
    return words[field]


def typed_date(text: str) -> str | None:
    """The EDTF date that was typed (``29/4/2021`` too), empty for nothing; None when it is no date."""
    text = " ".join(text.split())
    if not text or is_edtf(text):
        return text
    return parse_date(text) or None


class PreviewModel(QAbstractTableModel):
    """Signals: ``refused(sentence)`` a value was not taken; ``counted()`` rows came or were edited.

    Attribute ``edits``: what the person changed, as ``import_files`` takes it; it outlives ``clear()``, so that files
    which are read again keep their corrections.
    """

    refused = Signal(str)
    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.edits: dict[Key, dict[str, str]] = {}
        self._rows: list[PreviewRow] = []
        self._made: dict[Key, PreviewRow] = {}

    # what is there

    def rows(self) -> Sequence[PreviewRow]:
        """All rows in the order shown, with the person's values in place."""
        return [self._edited(row) for row in self._rows]

    def row(self, number: int) -> PreviewRow:
        """One row with the person's values in place."""
        return self._edited(self._rows[number])

    def clear(self) -> None:
        """Drop the rows."""
        self.beginResetModel()
        self._rows = []
        self._made.clear()
        self.endResetModel()
        self.counted.emit()

    def append(self, rows: Iterable[PreviewRow]) -> None:
        """Add rows at the end."""
        new = list(rows)
        if not new:
            return
        here = len(self._rows)
        self.beginInsertRows(QModelIndex(), here, here + len(new) - 1)
        self._rows += new
        self.endInsertRows()
        self.counted.emit()

    def set_values(self, numbers: Iterable[int], field: str, values: Iterable[str]) -> bool:
        """Put a value into a field of several rows; rows of refused files stay. False when a value is no date."""
        pairs = [pair for pair in zip(numbers, values, strict=True) if self._rows[pair[0]].refused is None]
        if field == "date":
            dates = [typed_date(value) for _, value in pairs]
            wrong = next((pair[1] for pair, date in zip(pairs, dates, strict=True) if date is None), None)
            if wrong is not None:
                self.refused.emit(
                    tr("“{date}” is not a date such as 2021-04-29, 2020-10 or 2020; nothing was changed.", date=wrong)
                )
                return False
            pairs = [(number, date or "") for (number, _), date in zip(pairs, dates, strict=True)]
        for number, value in pairs:
            self._set(self._rows[number], field, " ".join(value.split()))
        if pairs:
            first, last = min(pairs)[0], max(pairs)[0]
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
            self.counted.emit()
        return True

    def _set(self, row: PreviewRow, field: str, value: str) -> None:
        self._made.pop((row.file, row.name), None)
        edits = self.edits.setdefault((row.file, row.name), {})
        if value == getattr(row, field) and field not in row.doubts:
            edits.pop(field, None)
        else:
            edits[field] = value
        if not edits:
            del self.edits[row.file, row.name]

    def _edited(self, row: PreviewRow) -> PreviewRow:
        """What the person gave a value is certain."""
        key = (row.file, row.name)
        edits = self.edits.get(key)
        if not edits:
            return row
        if key in self._made:
            return self._made[key]
        doubts = tuple(field for field in row.doubts if not edits.get(field))
        values: dict[str, Any] = dict(edits)
        self._made[key] = made = replace(row, doubts=doubts, **values)
        return made

    # Qt

    def rowCount(self, parent: Index = ROOT) -> int:
        """The number of rows read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """See :class:`Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings; any type, as Qt wants it."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            tr("To check"), tr("Name"), tr("Title"), tr("Date"), tr("Source"), tr("Locality"), tr("Labels"),
            tr("Encoding"),
        )[section]  # fmt: skip

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Metadata of files that are not refused can be edited."""
        column = index.column()
        if column in FIELD_OF and self._rows[index.row()].refused is None:
            return _EDITABLE
        return _READ_ONLY if column >= 0 else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, sign, colour and explanation of a cell; any type, as Qt wants it."""
        if not index.isValid():
            return None
        row, column = self.row(index.row()), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return getattr(row, FIELD_OF[column]) if column in FIELD_OF else _shown(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return _explained(row, column)
        if role == Qt.ItemDataRole.DecorationRole and _needs_look(row, column):
            return attention_icon()
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(row, column)
        if role == Qt.ItemDataRole.FontRole and column in FIELD_OF and row.refused is None and _is_missing(row, column):
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take an edited value; any type, as Qt gives it."""
        column = Column(index.column())
        if role != Qt.ItemDataRole.EditRole or column not in FIELD_OF:
            return False
        return self.set_values([index.row()], FIELD_OF[column], [str(value)])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; in the first one, what is refused or doubtful counts more. -1 changes nothing."""
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._rows[index.row()] for index in before]
        down = order == Qt.SortOrder.DescendingOrder
        self._rows.sort(key=lambda row: _sort_key(self._edited(row), Column(column)), reverse=down)
        places = {id(row): number for number, row in enumerate(self._rows)}
        after = [self.index(places[id(row)], index.column()) for row, index in zip(kept, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _is_missing(row: PreviewRow, column: Column) -> bool:
    return not getattr(row, FIELD_OF[column])


def _needs_look(row: PreviewRow, column: Column) -> bool:
    if column == Column.CHECK:
        return row.refused is not None or bool(row.doubts)
    return row.refused is None and FIELD_OF.get(column, "") in row.doubts


def _shown(row: PreviewRow, column: Column) -> str:
    if column == Column.CHECK:
        return tr("refused") if row.refused else ", ".join(field_words(field) for field in row.doubts)
    if column == Column.NAME:
        return row.name
    if row.refused is not None:
        return explain(row.refused) if column == Column.TITLE else ""
    if column in FIELD_OF:
        return str(getattr(row, FIELD_OF[column])) or tr("missing")
    if column == Column.ENCODING:
        return row.encoding
    if row.kind == PLAIN:
        return ""
    return f"{row.entities} + {row.relations}" + (f" ({row.annotator})" if row.annotator else "")


def _explained(row: PreviewRow, column: Column) -> str:
    """What a cell means, where that is more than what it shows."""
    if row.refused is not None:
        return explain(row.refused)
    if column == Column.CHECK:
        return "\n".join(_explained(row, one) for one, field in FIELD_OF.items() if field in row.doubts)
    field = FIELD_OF.get(column, "")
    if field in row.doubts:
        said = tr("{field}: missing") if _is_missing(row, column) else tr("{field}: not certain, please look")
        return said.format(field=field_words(field))
    if column == Column.NAME:
        return str(row.file)
    if column == Column.LABELS and row.kind != PLAIN:
        return tr("{entities} entities, {relations} relations", entities=row.entities, relations=row.relations)
    return _shown(row, column)


def _colour(row: PreviewRow, column: Column) -> Any:
    palette = QGuiApplication.palette()
    if row.refused is not None:
        return warning(palette) if column == Column.CHECK else muted(palette)
    if column in FIELD_OF and _is_missing(row, column):
        return muted(palette)
    return None


def _sort_key(row: PreviewRow, column: Column) -> tuple[int, str]:
    if column == Column.CHECK:
        return (len(FIELD_OF) + 1 if row.refused else len(row.doubts), "")
    if column == Column.LABELS:
        return (row.entities + row.relations, row.annotator)
    return (0, fold(_shown(row, column) if column not in FIELD_OF else getattr(row, FIELD_OF[column])))
