"""What is new, for Qt's views: one row for each report that others changed, and for each label that review has otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from annotations.review.told import How, Told
from annotations.schema import Schema, shown_name
from model.queries.news import ReportNews
from ui.jobs.news import News
from ui.list_row import ROW_ROLE, ListRow, text_line
from ui.theme import muted
from ui.words import language, tr

_EITHER = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class NewsRow:
    """Three lines of words, and where a click leads: a report, and a place in it where there is one."""

    first: str
    second: str
    third: str
    report_id: str
    place: tuple[int, int] | None = None


def rows_of(news: News, schema: Schema) -> list[NewsRow]:
    """Labels that review has otherwise, then reports that others changed."""
    return [_told_row(name, one, schema) for name, one in news.told] + [_report_row(one) for one in news.reports]


def _report_row(one: ReportNews) -> NewsRow:
    who = ", ".join(f"{name or tr('an import')} {count}" for name, count in one.who)
    when = datetime.fromisoformat(one.at).astimezone()
    return NewsRow(one.title or one.name, tr("changed by {who}", who=who), f"{when:%Y-%m-%d %H:%M}", one.report_id)


def _told_row(report: str, one: Told, schema: Schema) -> NewsRow:
    how = {
        How.ADDED: tr("Review added"),
        How.REMOVED: tr("Review removed"),
        How.LABEL: tr("Review changed the label"),
        How.TYPE: tr("Review changed the type"),
        How.DIRECTION: tr("Review turned the relation round"),
        How.BOUNDARY: tr("Review moved the boundaries"),
        How.ATTRIBUTE: tr("Review changed {names}", names=", ".join(one.attributes)),
    }[one.how]
    why = ": ".join(part for part in (tr(one.reason) if one.reason else "", one.note) if part)
    who = tr("by {who}", who=one.by) if one.by else ""
    return NewsRow(
        _change(one, schema),
        " · ".join(filter(None, (how, why))),
        " · ".join(filter(None, (report, who))),
        one.report_id,
        one.place,
    )


def _change(one: Told, schema: Schema) -> str:
    """From what to what; what stayed the same stands there once."""
    (label, text), (new_label, new_text) = one.before, one.after
    if not label or not new_label or one.before == one.after:
        return f"{_shown(label or new_label, schema)} “{text or new_text}”"
    if text == new_text:
        return f"“{text}”: {_shown(label, schema)} → {_shown(new_label, schema)}"
    if label == new_label:
        return f"{_shown(label, schema)} “{text}” → “{new_text}”"
    return f"{_shown(label, schema)} “{text}” → {_shown(new_label, schema)} “{new_text}”"


def _shown(name: str, schema: Schema) -> str:
    kind = schema.entities_by_name.get(name) or schema.relations_by_name.get(name)
    return shown_name(kind, language()) if kind else name


class NewsModel(QAbstractListModel):
    """The rows of one :class:`News`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NewsRow] = []

    def show(self, rows: list[NewsRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _EITHER = _TOP) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _EITHER, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The first line; the row; everything for tooltips and screen readers."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.first
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(filter(None, (row.first, row.second, row.third)))
        return None


class NewsDelegate(ListRow):
    """What; how and why; where and by whom."""

    lines = 3

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, box: Any, row: object) -> None:
        """Three lines, the first in the colour of the text."""
        assert isinstance(row, NewsRow)
        height = option.fontMetrics.height() + 2
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text_line(painter, box, 0, height, row.first)
        painter.setPen(muted(option.palette))
        text_line(painter, box, 1, height, row.second)
        text_line(painter, box, 2, height, row.third)
