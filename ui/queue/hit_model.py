"""What full-text search found, for Qt's views: pages by keyset."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.errors import ProjectError
from model.project import Project
from model.queries.search import Cursor, Hit, Hits, search
from ui.list_row import ROW_ROLE

log = logging.getLogger(__name__)

PAGE = 50
"""Hits that are read at once."""
_EITHER = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class HitListModel(QAbstractListModel):
    """Reports that hold the words, each with its first place. Reads the project itself."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._rows: list[Hit] = []
        self._after: Cursor | None = None
        self.words = ""

    def find(self, words: str) -> None:
        """Show what holds all these words."""
        self.words = words
        page = self._page(None)
        self.beginResetModel()
        self._rows, self._after = list(page.rows), page.after
        self.endResetModel()

    def hit_at(self, index: _EITHER) -> Hit:
        """The hit of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: _EITHER = _TOP) -> int:
        """Rows that are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _EITHER, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title or name, the hit itself, and what screen readers say."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or row.name
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title or row.name}\n{row.snippet}"
        return None

    def canFetchMore(self, parent: _EITHER) -> bool:
        """Whether there are more hits."""
        return not parent.isValid() and self._after is not None

    def fetchMore(self, parent: _EITHER) -> None:
        """Load the next page."""
        if self._after is None:
            return
        page = self._page(self._after)
        self._after = page.after
        if page.rows:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()

    def _page(self, after: Cursor | None) -> Hits:
        if not self.words.strip():
            return Hits((), None)
        try:
            with self._project.reading() as connection:
                return search(connection, self.words, after, PAGE)
        except ProjectError as error:
            log.info("cannot search: %s", error)
            return Hits((), None)
