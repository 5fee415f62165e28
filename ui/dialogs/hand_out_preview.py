"""What a plan gives everybody: reports, length, and how many reports each pair shares."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from annotations.assigning import Plan
from ui.dialogs.parts import heading, quiet
from ui.theme import GRID
from ui.words import tr


class HandOutPreview(QWidget):
    """A table with one row for each annotator; the columns at the right count the reports shared with each other one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(self)
        self.table.setObjectName("hand_out_preview")
        self.table.setProperty("role", "cells")
        self.table.setAccessibleName(tr("What everybody will have"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(3 * GRID)
        self.about = quiet("", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading(tr("What everybody will have"), self))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.about)

    def show_plan(self, plan: Plan) -> None:
        """Show what the plan gives."""
        names = sorted(plan.loads)
        titles = [tr("Annotator"), tr("New reports"), tr("Reports"), tr("Characters")]
        self.table.clear()
        self.table.setColumnCount(len(titles) + len(names))
        self.table.setRowCount(len(names))
        self.table.setHorizontalHeaderLabels([*titles, *(tr("with {name}", name=name) for name in names)])
        for at, name in enumerate(names):
            load = plan.loads[name]
            shared = ["–" if other == name else _count(plan.overlap[_pair(name, other)]) for other in names]
            cells = [name, _count(load.new), _count(load.reports), _count(load.length), *shared]
            for column, text in enumerate(cells):
                self.table.setItem(at, column, _cell(text, number=column > 0))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = QTableWidgetItem(titles[0])
        first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setHorizontalHeaderItem(0, first)
        reports = len({report for report, _ in plan.assigned})
        self.about.setText(
            tr("{count} reports are handed out anew; nothing is taken from anybody.", count=_count(reports))
        )

    def clear(self) -> None:
        """Show no plan."""
        self.table.clear()
        self.table.setRowCount(0)
        self.table.setColumnCount(0)
        self.about.setText("")


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _count(number: int) -> str:
    return f"{number:n}"


def _cell(text: str, number: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item
