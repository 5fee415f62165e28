"""A table model over values with ids: sorted, filtered, and told only what changed.

The model is an adapter: it holds a snapshot of items and sends edits out as
``cell_edited``; what was edited comes back through :meth:`RowModel.change`. Rows are
kept as a sorted list of keys, so that one changed item costs a binary search,
also among ten thousand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from annotations.offsets import fold

Index = QModelIndex | QPersistentModelIndex
Item = TypeVar("Item")
Role = Qt.ItemDataRole

ID_ROLE = int(Role.UserRole)
"""The id of the row's item."""
CHOICES_ROLE = int(Role.UserRole) + 1
"""What a cell can be set to: pairs of value and shown name; None for free text."""

_DISPLAY, _EDIT, _ALIGNMENT = int(Role.DisplayRole), int(Role.EditRole), int(Role.TextAlignmentRole)
_SPOKEN = frozenset(
    {_DISPLAY, _EDIT, _ALIGNMENT, int(Role.DecorationRole), int(Role.ToolTipRole), ID_ROLE, CHOICES_ROLE}
)
"""Roles that say something; Qt asks for ten more of each cell that it paints."""
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)

_MANY = 200
"""From so many changed rows on, the table is made anew."""

SortValue = str | int
_Key = tuple[SortValue, tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: whether its cells are edited, whether an edit goes to all selected rows, whether it holds numbers."""

    editable: bool = False
    many: bool = False
    number: bool = False


class RowModel(QAbstractTableModel, Generic[Item]):
    """Sorted and filtered rows. Signal: ``cell_edited(id, column, value)`` when a person edited a cell."""

    cell_edited = Signal(str, int, object)
    columns: Sequence[Column] = ()

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, Item] = {}
        self._keys: list[_Key] = []
        self._key_of: dict[str, _Key] = {}
        self._sorted_by = -1
        self._descending = False
        self._words: list[str] = []

    # what a kind of row says

    def titles(self) -> tuple[str, ...]:
        """The columns' titles in the interface language."""
        raise NotImplementedError

    def cell(self, item: Item, column: int) -> str:
        """What a cell shows."""
        raise NotImplementedError

    def edited(self, item: Item, column: int) -> str:
        """What an editor begins with."""
        return self.cell(item, column)

    def place(self, item: Item) -> tuple[int, int]:
        """Where the item stands in the text: breaks ties, and is the order without sorting."""
        raise NotImplementedError

    def sort_value(self, item: Item, column: int) -> SortValue:
        """What a column is sorted by."""
        return fold(self.cell(item, column))

    def extra(self, item: Item, column: int, role: int) -> Any:
        """What other roles say of a cell (Any as in Qt's ``data``)."""
        return None

    # items

    def change(self, gone: Iterable[str], items: Mapping[str, Item]) -> None:
        """Take rows away, and show these items in the place of those with their ids or as new ones.

        Rows that look as before are not touched. Many changes make the table anew.
        """
        gone = [one for one in gone if one in self._items]
        if len(gone) + len(items) > _MANY:
            left_out = {*gone}
            kept = {one: item for one, item in self._items.items() if one not in left_out}
            self.show_anew({**kept, **items})
            return
        for one in gone:
            self._take(one)
            del self._items[one]
        for one, item in items.items():
            before = self._items.get(one)
            self._items[one] = item
            if before is None or before != item:
                self._put(one)

    def show_anew(self, items: Mapping[str, Item] | None = None) -> None:
        """Show these items (or the same) as a new table."""
        self.beginResetModel()
        if items is not None:
            self._items = dict(items)
        self._key_of = {one: self._key(one) for one, item in self._items.items() if self._matches(item)}
        self._keys = sorted(self._key_of.values())
        self.endResetModel()

    def set_filter(self, words: str) -> None:
        """Show only rows in which all words stand, without regard to case and diacritics."""
        wanted = fold(words).split()
        if wanted != self._words:
            self._words = wanted
            self.show_anew()

    @property
    def total(self) -> int:
        """How many items there are, shown or filtered out."""
        return len(self._items)

    def item(self, item_id: str) -> Item | None:
        """The item of this id."""
        return self._items.get(item_id)

    def id_at(self, row: int) -> str:
        """The id of a row."""
        return self._keys[self._at(row)][2]

    def row_of(self, item_id: str) -> int | None:
        """The row of an item; None when it is filtered out or gone."""
        key = self._key_of.get(item_id)
        return None if key is None else self._at(bisect_left(self._keys, key))

    # own

    def _at(self, row: int) -> int:
        """From row to place in the ascending list, and back."""
        return len(self._keys) - 1 - row if self._descending else row

    def _key(self, item_id: str) -> _Key:
        item = self._items[item_id]
        value = self.sort_value(item, self._sorted_by) if self._sorted_by >= 0 else 0
        return (value, self.place(item), item_id)

    def _matches(self, item: Item) -> bool:
        if not self._words:
            return True
        row = fold(" ".join(self.cell(item, column) for column in range(len(self.columns))))
        return all(word in row for word in self._words)

    def _take(self, item_id: str) -> None:
        key = self._key_of.get(item_id)
        if key is None:
            return
        at = bisect_left(self._keys, key)
        row = self._at(at)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._keys[at], self._key_of[item_id]
        self.endRemoveRows()

    def _put(self, item_id: str) -> None:
        if not self._matches(self._items[item_id]):
            self._take(item_id)
            return
        key, old = self._key(item_id), self._key_of.get(item_id)
        if old is None:
            at = bisect_left(self._keys, key)
            row = len(self._keys) - at if self._descending else at
            self.beginInsertRows(QModelIndex(), row, row)
            self._keys.insert(at, key)
            self._key_of[item_id] = key
            self.endInsertRows()
            return
        row = self._move(item_id, old, key)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _move(self, item_id: str, old: _Key, key: _Key) -> int:
        """Give a row another key; it keeps its selection. Returns where it is then."""
        at, to = bisect_left(self._keys, old), bisect_left(self._keys, key)
        to -= to > at
        row, there = self._at(at), self._at(to)
        moved = there != row
        if moved:
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), there + 1 if there > row else there)
        del self._keys[at]
        self._keys.insert(to, key)
        self._key_of[item_id] = key
        if moved:
            self.endMoveRows()
        return there

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Role.DisplayRole:
                return self.titles()[section]
            if role == Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be edited."""
        found = super().flags(index)
        if index.isValid() and self.columns[index.column()].editable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What a cell shows."""
        if role not in _SPOKEN or not index.isValid():
            return None
        column = index.column()
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[column].number else _LEFT
        item_id = self.id_at(index.row())
        if role == _DISPLAY:
            return self.cell(self._items[item_id], column)
        if role == _EDIT:
            return self.edited(self._items[item_id], column)
        if role == ID_ROLE:
            return item_id
        return self.extra(self._items[item_id], column, role)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Send an edit out; the cell changes when it comes back."""
        if role != Role.EditRole or not index.isValid() or not self.columns[index.column()].editable:
            return False
        if value == self.data(index, Role.EditRole):
            return False
        self.cell_edited.emit(self.id_at(index.row()), index.column(), value)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order of the text."""
        if column >= len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [(self.id_at(index.row()), index.column()) for index in before]
        self._sorted_by = column
        self._descending = order == Qt.SortOrder.DescendingOrder and column >= 0
        self._key_of = {one: self._key(one) for one in self._key_of}
        self._keys = sorted(self._key_of.values())
        after = [self.index(self.row_of(one) or 0, at) for one, at in ids]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
