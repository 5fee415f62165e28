"""The history of a report for Qt's views: newest first, in pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.errors import ProjectError
from model.project import Project
from model.queries.history import HistoryEntry, history_page
from ui.list_row import ROW_ROLE
from ui.words import tr

PAGE = 100
"""Entries that are read at once."""
_EITHER = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


def what(entry: HistoryEntry) -> str:
    """What was done, in words."""
    done = tr(entry.title, **entry.values)
    if entry.kind == "undo":
        return tr("Undone: {what}", what=done)
    if entry.kind == "redo":
        return tr("Done again: {what}", what=done)
    return tr("{what} (undone)", what=done) if entry.undone else done


def when(entry: HistoryEntry, today: datetime | None = None) -> str:
    """The local time; without the date for what was done today."""
    local = datetime.fromisoformat(entry.at).astimezone()
    today = today or datetime.now().astimezone()
    return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%Y-%m-%d %H:%M}"


class HistoryModel(QAbstractListModel):
    """Actions on one report. Reads the project itself."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._report_id: str | None = None
        self._only = ""
        self._rows: list[HistoryEntry] = []
        self._more = False

    def show(self, report_id: str | None, only: str = "") -> None:
        """Show the actions on this report, of this annotator ``only`` if named; None shows nothing."""
        self._report_id = report_id
        self._only = only
        page = self._page(None)
        self.beginResetModel()
        self._rows, self._more = list(page), len(page) == PAGE
        self.endResetModel()

    def entry_at(self, index: _EITHER) -> HistoryEntry:
        """The entry of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: _EITHER = _TOP) -> int:
        """Rows that are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _EITHER, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What; the entry; who, when and what for tooltips and screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return what(row)
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(part for part in (what(row), row.annotator, when(row)) if part)
        return None

    def canFetchMore(self, parent: _EITHER) -> bool:
        """Whether there are older entries."""
        return not parent.isValid() and self._more

    def fetchMore(self, parent: _EITHER) -> None:
        """Load the next page."""
        page = self._page(self._rows[-1].number) if self._rows else ()
        self._more = len(page) == PAGE
        if page:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at + len(page) - 1)
            self._rows.extend(page)
            self.endInsertRows()

    def _page(self, before: int | None) -> tuple[HistoryEntry, ...]:
        if self._report_id is None:
            return ()
        try:
            with self._project.reading() as connection:
                return history_page(connection, self._report_id, before, PAGE, self._only)
        except ProjectError:
            return ()
