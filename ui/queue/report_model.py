"""The report list for Qt's views: pages by keyset, both ways from where it begins; never the whole list."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotations.report import Status
from model.errors import ProjectError
from model.project import Project
from model.queries.reports import Cursor, ListedReport, Page, ReportFilter, Sort, listed_report, page_of_reports
from ui.list_row import ROW_ROLE
from ui.words import tr

log = logging.getLogger(__name__)

PAGE = 100
"""Rows that are read at once."""
MOST_AGAIN = 1_000
"""At most so many rows are read again when the list changed."""
_EITHER = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Order:
    """What the list shows, and in which order; ``own``: only what is handed out to the annotator."""

    status: Status | None = None
    sort: Sort = Sort.NAME
    descending: bool = False
    own: bool = False


def status_word(status: Status) -> str:
    """The status in words."""
    return {Status.NEW: tr("new"), Status.IN_PROGRESS: tr("in progress"), Status.DONE: tr("done")}[status]


class ReportListModel(QAbstractListModel):
    """A snapshot of some pages of the list. Reads the project itself, writes nothing.

    Further pages come through ``fetchMore`` below, and ``fetch_earlier`` above when the list began in the middle.
    """

    def __init__(self, project: Project, annotator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._annotator = annotator
        self._rows: list[ListedReport] = []
        self._after: Cursor | None = None
        self._earlier: Cursor | None = None
        self.order = Order()

    # what is shown

    def show(self, order: Order, around: str | None = None) -> None:
        """Begin anew in another order; with ``around`` (a report id) at the page that holds this report."""
        self.order = order
        self._load(PAGE, around)

    def reload(self) -> None:
        """Read again what is loaded, e.g. after reports came or went."""
        first = self._rows[0].report_id if self._earlier and self._rows else None
        self._load(min(MOST_AGAIN, max(PAGE, len(self._rows))), first)

    def refresh(self, report_ids: Iterable[str]) -> None:
        """Read some rows again in place; one that no longer matches the filter stays until the list begins anew."""
        wanted = set(report_ids)
        places = [at for at, row in enumerate(self._rows) if row.report_id in wanted]
        try:
            with self._project.reading() as connection:
                fresh = [listed_report(connection, self._annotator, self._rows[at].report_id) for at in places]
        except ProjectError as error:
            log.info("rows of the report list cannot be read: %s", error)
            return
        for at, row in zip(places, fresh, strict=True):
            if row is not None:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))

    def report_at(self, index: _EITHER) -> ListedReport:
        """The report of a row."""
        return self._rows[index.row()]

    def row_of(self, report_id: str) -> int | None:
        """Where a report stands among the rows that are loaded; None when it is not among them."""
        return next((at for at, row in enumerate(self._rows) if row.report_id == report_id), None)

    def can_fetch_earlier(self) -> bool:
        """Whether there are rows above the first one that is loaded."""
        return self._earlier is not None

    def fetch_earlier(self) -> int:
        """Load the page above; how many rows were put before the first one."""
        if self._earlier is None:
            return 0
        page = self._page(self._earlier, PAGE, backwards=True)
        if page is None or not page.rows:
            self._earlier = None
            return 0
        self.beginInsertRows(QModelIndex(), 0, len(page.rows) - 1)
        self._rows[:0] = reversed(page.rows)
        self._earlier = page.after
        self.endInsertRows()
        return len(page.rows)

    # what Qt asks

    def rowCount(self, parent: _EITHER = _TOP) -> int:
        """Rows that are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _EITHER, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title or name, the row's value, and what screen readers say."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or row.name
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            locked = tr("locked by the lead") if row.locked else ""
            parts = (row.title, row.name, row.date, row.source, row.locality, status_word(row.status), locked)
            return "\n".join(part for part in parts if part)
        return None

    def canFetchMore(self, parent: _EITHER) -> bool:
        """Whether there are rows below the last one that is loaded."""
        return not parent.isValid() and self._after is not None

    def fetchMore(self, parent: _EITHER) -> None:
        """Load the next page."""
        if self._after is None:
            return
        page = self._page(self._after, PAGE)
        if page is None or not page.rows:
            self._after = None
            return
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at + len(page.rows) - 1)
        self._rows.extend(page.rows)
        self._after = page.after
        self.endInsertRows()

    # own

    def _load(self, limit: int, around: str | None) -> None:
        anchor = self._anchor(around) if around else None
        here = self._cursor(anchor) if anchor else None
        page = self._page(here, limit)
        above = self._page(here, PAGE // 2, backwards=True) if here else Page((), None)
        if page is None or above is None:
            return
        rows = [*reversed(above.rows), *([anchor] if anchor else []), *page.rows]
        self.beginResetModel()
        self._rows, self._after, self._earlier = rows, page.after, above.after
        self.endResetModel()

    def _anchor(self, report_id: str) -> ListedReport | None:
        try:
            with self._project.reading() as connection:
                found = listed_report(connection, self._annotator, report_id, self.order.own)
        except ProjectError:
            return None
        fits = found is not None and self.order.status in (None, found.status)
        return found if fits else None

    def _cursor(self, row: ListedReport) -> Cursor:
        return str(getattr(row, self.order.sort.value)), row.name

    def _page(self, after: Cursor | None, limit: int, backwards: bool = False) -> Page | None:
        wanted, descending = ReportFilter(self.order.status, own=self.order.own), self.order.descending is not backwards
        try:
            with self._project.reading() as connection:
                return page_of_reports(connection, self._annotator, wanted, self.order.sort, descending, after, limit)
        except ProjectError as error:
            log.info("the report list cannot be read: %s", error)
            return None
