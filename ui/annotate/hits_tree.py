"""Hits with the words around them, grouped by context, each with a tick."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotations.occurrences import Occurrence
from annotations.report import Report, Span
from annotations.schema import Schema
from ui.annotate.occurrence_search import Found
from ui.annotate.workplace import name_of
from ui.words import tr

_HIT = int(Qt.ItemDataRole.UserRole)
_Group = tuple[bool, str]


class _Row(QStyledItemDelegate):
    """Rows with air; words before a hit are cut at their beginning."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == 0 and index.parent().isValid():
            option.textElideMode = Qt.TextElideMode.ElideLeft

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + 10))


class HitsTree(QTreeWidget):
    """Keyword in context: words before, the hit, words after, report. Signal: ``ticks_changed()``."""

    ticks_changed = Signal()

    def __init__(self, schema: Schema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("occurrences_tree")
        self.setAccessibleName(tr("Places found"))
        self._schema = schema
        self._groups: dict[_Group, QTreeWidgetItem] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.ticks_changed)
        self.hits = 0
        self.reports = 0
        self.setColumnCount(4)
        self.setHeaderLabels([tr("Before"), tr("Hit"), tr("After"), tr("Report")])
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Row(self))
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        header = self.header()
        header.setStretchLastSection(False)
        for column, mode in ((0, QHeaderView.ResizeMode.Stretch), (2, QHeaderView.ResizeMode.Stretch)):
            header.setSectionResizeMode(column, mode)
        for column, width in ((1, 160), (3, 120)):
            header.resizeSection(column, width)
        self.itemChanged.connect(lambda _item, _column: self._soon.start())

    def clear_hits(self) -> None:
        """Forget all hits."""
        self.clear()
        self._groups = {}
        self.hits = self.reports = 0

    def take(self, found: Found) -> None:
        """Add the hits of a report."""
        if not found.hits:
            return
        self.blockSignals(True)
        self.reports += 1
        for hit in found.hits:
            self._group(hit).addChild(self._row(found.report, hit))
            self.hits += 1
        for group in self._groups.values():
            group.setText(0, group.text(0).rpartition("  ")[0] + f"  {group.childCount()}")
        self.blockSignals(False)

    def ticked(self) -> list[tuple[Report, Span]]:
        """What is ticked: reports and spans, in the order in which they are shown."""
        return [
            row.data(0, _HIT)
            for row in self.rows()
            if row.checkState(0) == Qt.CheckState.Checked and not row.isDisabled()
        ]

    def rows(self) -> list[QTreeWidgetItem]:
        """All rows of hits, in the order in which they are shown."""
        every = (group.child(at) for group in self._top() for at in range(group.childCount()))
        return [row for row in every if row is not None]

    def in_order(self) -> None:
        """Groups of free places first, large ones before small ones."""
        order = sorted(self._groups.items(), key=lambda one: (one[0][0], -one[1].childCount()))
        opened = {id(group): group.isExpanded() for group in self._top()}
        while self.topLevelItemCount():
            self.takeTopLevelItem(0)
        for _key, group in order:
            self.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            group.setExpanded(opened.get(id(group), True))

    # own

    def _top(self) -> list[QTreeWidgetItem]:
        return [item for at in range(self.topLevelItemCount()) if (item := self.topLevelItem(at)) is not None]

    def _group(self, hit: Occurrence) -> QTreeWidgetItem:
        key = (hit.inside is not None, hit.group)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = QTreeWidgetItem(self, [self._title(hit) + "  "])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            group.setFirstColumnSpanned(True)
            group.setExpanded(True)
        return group

    def _title(self, hit: Occurrence) -> str:
        if hit.inside is not None:
            kind = self._schema.entities_by_name.get(hit.group)
            return tr("Inside a longer {label}", label=name_of(kind) if kind else hit.group)
        return tr("After “{word}”", word=hit.group) if hit.group else tr("At a beginning, or after a mark")

    @staticmethod
    def _row(report: Report, hit: Occurrence) -> QTreeWidgetItem:
        before, words, after = hit.context
        row = QTreeWidgetItem([before, words, after, tr("labelled already") if hit.taken else report.name])
        row.setTextAlignment(0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bold = row.font(1)
        bold.setBold(True)
        row.setFont(1, bold)
        row.setData(0, _HIT, (report, hit.span))
        row.setToolTip(3, report.title or report.name)
        row.setCheckState(0, Qt.CheckState.Checked if hit.ticked else Qt.CheckState.Unchecked)
        if hit.taken:
            row.setDisabled(True)
        return row
