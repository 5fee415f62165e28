"""Suggestions with the words around them, grouped by label and type, each with a tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotations.report import Entity
from ui.annotate.suggestions.offered import Item, Offered
from ui.annotate.suggestions.words import made_by, type_name
from ui.annotate.workplace import Workplace, short
from ui.words import tr

_ID = int(Qt.ItemDataRole.UserRole)
_REACH = 40
"""Code points of context to each side."""


class _Row(QStyledItemDelegate):
    """Rows with air; words before a suggestion are cut at their beginning."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == 0 and index.parent().isValid():
            option.textElideMode = Qt.TextElideMode.ElideLeft

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + 10))


class SuggestionTree(QTreeWidget):
    """Before, suggestion, after, who and how sure. Signal: ``ticks_changed()``."""

    ticks_changed = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestion_tree")
        self.setAccessibleName(tr("Suggestions"))
        self._place = place
        self._unticked: set[str] = set()
        self.setColumnCount(4)
        self.setHeaderLabels([tr("Before"), tr("Suggestion"), tr("After"), tr("Suggested by")])
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Row(self))
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        header = self.header()
        header.setStretchLastSection(False)
        for column in (0, 1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(3, 130)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.ticks_changed)
        self.itemChanged.connect(self._on_changed)

    def list_items(self, offered: Offered, items: Sequence[Item]) -> None:
        """List these; what was unticked before stays so."""
        self.blockSignals(True)
        self.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for item in items:
            kind = item.label if isinstance(item, Entity) else item.type
            group = groups.get(kind)
            if group is None:
                group = groups[kind] = QTreeWidgetItem(self, [type_name(self._place, item)])
                group.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate
                )
                group.setFirstColumnSpanned(True)
                group.setExpanded(True)
            group.addChild(self._row(offered, item))
        for group in groups.values():
            group.setText(0, f"{group.text(0)}  {group.childCount()}")
        self.blockSignals(False)

    def is_empty(self) -> bool:
        """Whether nothing is listed."""
        return self.topLevelItemCount() == 0

    def ticked(self) -> tuple[str, ...]:
        """Ids of what is ticked, in the order in which it is shown."""
        return tuple(row.data(0, _ID) for row in self.rows() if row.checkState(0) == Qt.CheckState.Checked)

    def rows(self) -> list[QTreeWidgetItem]:
        """All rows of suggestions."""
        tops = [item for at in range(self.topLevelItemCount()) if (item := self.topLevelItem(at)) is not None]
        return [row for top in tops for at in range(top.childCount()) if (row := top.child(at)) is not None]

    # own

    def _row(self, offered: Offered, item: Item) -> QTreeWidgetItem:
        text = self._place.view.text
        if isinstance(item, Entity):
            before = text[max(0, item.start - _REACH) : item.start].rpartition("\n")[2].lstrip()
            after = text[item.end : item.end + _REACH].partition("\n")[0]
            cells = [before, short(item.surface(text), 60), after]
        else:
            source, target = offered.ends[item.source], offered.ends[item.target]
            cells = [source.surface(text), "→", target.surface(text)]
        row = QTreeWidgetItem([*cells, made_by(item)])
        row.setTextAlignment(0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bold = row.font(1)
        bold.setBold(isinstance(item, Entity))
        row.setFont(1, bold)
        row.setData(0, _ID, item.id)
        row.setCheckState(0, Qt.CheckState.Unchecked if item.id in self._unticked else Qt.CheckState.Checked)
        return row

    def _on_changed(self, row: QTreeWidgetItem, _column: int) -> None:
        item_id = row.data(0, _ID)
        if item_id is not None:
            (self._unticked.discard if row.checkState(0) == Qt.CheckState.Checked else self._unticked.add)(item_id)
        self._soon.start()
