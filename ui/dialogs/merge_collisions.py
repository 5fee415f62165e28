"""What was edited in two copies: what is shown beside what the other copy had; keep or take, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotations.changes import SettleCollision
from annotations.collisions import Collided, Kept
from model.queries.collisions import collisions
from ui.desk import Desk
from ui.dialogs.parts import button, dialog_layout, quiet, row
from ui.theme import GRID
from ui.words import tr


class CollisionsDialog(QDialog):
    """Does not stand in the way of the window: a row opens its report. Every decision can be undone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collisions_dialog")
        self.setWindowTitle(tr("Edited in two copies"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(120 * GRID, 56 * GRID)
        self._desk = desk
        self._rows: list[tuple[Collided, Kept | None]] = []
        self.about = quiet("", self)
        self.table = QTableWidget(0, 5, self)
        self.table.setObjectName("collisions_table")
        self.table.setProperty("role", "cells")
        self.table.setAccessibleName(tr("Edited in two copies"))
        self.table.setHorizontalHeaderLabels(
            [tr("Report"), tr("Annotator"), tr("What"), tr("Shown now"), tr("The other version")]
        )
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.itemDoubleClicked.connect(lambda _item: self.open_report())
        self.table.itemSelectionChanged.connect(self._enable)
        self.go = button(tr("&Open the report"), "collisions_open", self)
        self.go.clicked.connect(self.open_report)
        self.keep = button(tr("&Keep what is shown"), "collisions_keep", self)
        self.keep.clicked.connect(lambda: self.settle(take=False))
        self.take = button(tr("&Take the other version"), "collisions_take", self)
        self.take.clicked.connect(lambda: self.settle(take=True))
        self.close_button = button(tr("Close"), "collisions_close", self)
        self.close_button.clicked.connect(self.accept)
        layout = dialog_layout(self)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.go, None, self.keep, self.take, self.close_button))
        desk.history_changed.connect(self.reload)
        for column, width in enumerate((20, 12, 16, 32, 32)):
            self.table.setColumnWidth(column, width * GRID)
        self.reload()

    def reload(self) -> None:
        """Read again what is to be settled; the row stays where it was."""
        at = max(0, self.table.currentRow())
        with self._desk.project.reading() as connection:
            found = list(collisions(connection))
        self._rows = [(each, lost) for each in found for lost in _others(each)]
        self.table.setRowCount(len(self._rows))
        for number, (each, lost) in enumerate(self._rows):
            cells = (each.report or "–", each.annotator or "–", what(each), shown(each), other(each, lost))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.table.setItem(number, column, item)
        self.table.resizeRowsToContents()
        for number in range(len(self._rows)):
            self.table.setRowHeight(number, self.table.rowHeight(number) + GRID)
        if self._rows:
            self.table.selectRow(min(at, len(self._rows) - 1))
            self.about.setText(
                tr("One version is shown everywhere; the others are kept here until somebody settles which is right.")
            )
        else:
            self.about.setText(
                tr("Nothing is to be settled. What two people edited in two copies will be listed here after a merge.")
            )
        self._enable()

    def settle(self, take: bool) -> None:
        """Keep what is shown, or take the other version, of the row that is selected."""
        at = self.table.currentRow()
        if not 0 <= at < len(self._rows):
            return
        each, lost = self._rows[at]
        action = (lost.action if lost is not None else each.hidden_by) if take else ""
        if self._desk.apply(SettleCollision(each.report_id, each.annotator, each.key, action)) is not None:
            self._desk.say(tr("Settled; undo brings it back."), undo=True)
            self.reload()

    def open_report(self) -> None:
        """Open the report of the row that is selected, at the label when there is one."""
        at = self.table.currentRow()
        if 0 <= at < len(self._rows) and self._rows[at][0].report_id:
            each = self._rows[at][0]
            spans = (each.shown or {}).get("spans") or [[None]]
            self._desk.open_report(each.report_id, spans[0][0])

    def _enable(self) -> None:
        there = 0 <= self.table.currentRow() < len(self._rows)
        for part in (self.go, self.keep, self.take):
            part.setEnabled(there)


def _others(each: Collided) -> list[Kept | None]:
    """The versions that can be taken; None stands for a relation that is hidden."""
    lost: list[Kept | None] = [one for one in each.lost if one.value != each.shown]
    return [None, *lost] if each.hidden else lost


def what(each: Collided) -> str:
    """What kind of thing it is."""
    names = {
        "entity": tr("Entity"),
        "relation": tr("Relation"),
        "report": tr("The report itself"),
        "fact:assignment": tr("Assignment"),
        "fact:decision": tr("Review decision"),
        "fact:rejection": tr("Refused suggestion"),
        "fact:entry": tr("Registry entry"),
        "fact:setting": tr("Setting"),
    }
    return names.get(each.kind) or names.get(":".join(each.key.split(":")[:2]), each.key)


def shown(each: Collided) -> str:
    """The version that stands now, in words."""
    if each.hidden:
        return tr("hidden: an end was removed or relabelled in another copy")
    return said(each.shown, each.text, each.parts)


def other(each: Collided, lost: Kept | None) -> str:
    """A version that lost, in words, with who made it and when."""
    if lost is None:
        return tr("show the relation again")
    words = said(lost.value, each.text, each.parts)
    local = datetime.fromisoformat(lost.at).astimezone()
    return f"{words}\n{lost.who}, {local:%Y-%m-%d %H:%M}" if lost.who else words


def said(value: Mapping[str, Any] | None, text: str, parts: tuple[str, ...]) -> str:
    """A value in words: its label and text, and the parts in which the versions differ."""
    if value is None:
        return tr("removed")
    lines = []
    if "spans" in value:
        surface = " … ".join(" ".join(text[start:end].split()) for start, end in value["spans"])
        lines.append(f"{value['label']} “{surface}”")
    elif "source" in value and "label" in value:
        lines.append(str(value["label"]))
    parts = parts or tuple(name for name in value if name not in ("label", "spans", "source", "target", "origin"))
    for name in parts:
        if name not in ("label", "spans") and value.get(name):
            lines.append(f"{name}: {_plain(value[name])}")
    return "\n".join(lines) or tr("without {parts}", parts=", ".join(parts))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={_plain(each)}" for key, each in value.items())
    return str(value)
