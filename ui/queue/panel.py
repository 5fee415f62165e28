"""The report panel at the left: progress, what to show in which order, and the list itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotations.changes.outcome import Changed
from annotations.report import Report, Status
from model.queries.reports import Progress, Sort, progress
from ui.actions import Actions
from ui.desk import Desk
from ui.icons import SIZE, icon
from ui.queue.report_list import ReportList
from ui.queue.report_model import Order, ReportListModel
from ui.theme import GRID
from ui.words import tr
from ui.worker import Job

_COUNT_MS = 60  # several changes in a row are counted once


class ReportPanel(QWidget):
    """Progress, filters and the list; follows the desk. Signal: ``survey_wanted()`` the order needs what is suggested."""

    survey_wanted = Signal()

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions = actions
        self.model = ReportListModel(desk.project, desk.annotator, self)
        self.list = ReportList(self.model, desk, self)
        self.list.opened.connect(desk.open_report)
        self._build()
        self._count_timer = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._count_timer.timeout.connect(self.count)
        self._counting: Job | None = None
        self.list.painted.connect(self._count_timer.start)
        desk.report_opened.connect(self._on_report_opened)
        desk.bus.changed.connect(self._on_changed)
        self.model.modelReset.connect(self._show_emptiness)
        desk.work.changed.connect(self._on_work_changed)

    # state

    def state(self) -> dict[str, Any]:
        """Filter and order, to be remembered."""
        order = self.model.order
        status = order.status.value if order.status else None
        return {"status": status, "sort": order.sort.value, "descending": order.descending}

    def start(self, state: Mapping[str, Any]) -> None:
        """Show the list as it was left, at the open report."""
        try:
            status = Status(state["status"]) if state.get("status") else None
            order = Order(status, Sort(state.get("sort", Sort.NAME)), bool(state.get("descending", False)), self._own)
        except ValueError:  # remembered by another version of the program
            order = Order(own=self._own)
        self._take(order)
        for box, value in ((self._status, order.status), (self._sort, order.sort)):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(value))
            box.blockSignals(False)

    def count(self) -> None:
        """Count the reports beside the window's work, and then say how many are done."""
        if self._counting is not None:
            self._count_timer.start()
            return
        project, annotator, own = self._desk.project, self._desk.annotator, self._own

        def work(_progress: object) -> Progress:
            with project.reading() as connection:
                return progress(connection, annotator, own)

        self._counting = Job(work)
        self._counting.done.connect(self._show_progress)
        self._counting.ended.connect(self._on_counted)
        self._counting.start()

    def surveyed(self) -> None:
        """More is known of what reports would teach."""
        if self.model.order.sort is Sort.BENEFIT:
            self.model.show(self.model.order)
            if self._desk.report:
                self.list.follow(self._desk.report.id)

    def close_count(self) -> None:
        """Wait for a count that is under way, and begin no other."""
        self._count_timer.stop()
        if self._counting is not None:
            self._counting.wait()

    # own

    @property
    def _own(self) -> bool:
        return self._desk.work.own_only

    def _build(self) -> None:
        self._total = QLabel(self)
        self._total.setProperty("role", "muted")
        self._percent = QLabel(self)
        self._percent.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("progress_bar")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Reports done"))
        line = QHBoxLayout()
        line.addWidget(self._total)
        line.addStretch()
        line.addWidget(self._percent)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._make_empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        self._head = QWidget(self)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        head.setSpacing(GRID)
        head.addLayout(line)
        head.addWidget(self._bar)
        head.addLayout(self._make_filters())
        self.all_reports = QCheckBox(tr("All reports, not only mine"), self)
        self.all_reports.setObjectName("all_reports_switch")
        self.all_reports.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all_reports.clicked.connect(self._on_all_wanted)
        head.addWidget(self.all_reports)
        self._show_switch()
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)

    def _make_filters(self) -> QHBoxLayout:
        self._status = _choices(
            tr("Which reports"),
            (
                (tr("All"), None),
                (tr("New"), Status.NEW),
                (tr("In progress"), Status.IN_PROGRESS),
                (tr("Done"), Status.DONE),
            ),
        )
        self._sort = _choices(
            tr("Order"),
            (
                (tr("Name"), Sort.NAME),
                (tr("Date"), Sort.DATE),
                (tr("Title"), Sort.TITLE),
                (tr("Source"), Sort.SOURCE),
                (tr("Expected benefit"), Sort.BENEFIT),
            ),
        )
        self._sort.setItemData(
            self._sort.count() - 1,
            tr("Reports in which suggestions are least sure: your labels there teach most"),
            Qt.ItemDataRole.ToolTipRole,
        )
        self._status.currentIndexChanged.connect(self._on_chosen)
        self._sort.currentIndexChanged.connect(self._on_chosen)
        self._direction = QToolButton(self)
        self._direction.setProperty("flat", True)
        self._direction.setIconSize(QSize(SIZE, SIZE))
        self._direction.clicked.connect(self._turn)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._status, 1)
        row.addWidget(self._sort, 1)
        row.addWidget(self._direction)
        return row

    def _make_empty(self) -> QWidget:
        page = QWidget(self)
        self._empty = QLabel(page, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._import = QPushButton(tr("Import…"), page)
        self._import.clicked.connect(lambda: self._actions["action_import"].trigger())
        layout = QVBoxLayout(page)
        layout.setContentsMargins(2 * GRID, 4 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._empty)
        layout.addWidget(self._import, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return page

    def _take(self, order: Order) -> None:
        report = self._desk.report
        self.model.show(order, report.id if report and order.sort is not Sort.BENEFIT else None)
        if order.sort is Sort.BENEFIT:
            self.survey_wanted.emit()
        self._show_direction()
        if report:
            self.list.follow(report.id)

    def _show_direction(self) -> None:
        descending = self.model.order.descending
        words = tr("Descending") if descending else tr("Ascending")
        colour = self.palette().windowText().color().name()
        self._direction.setIcon(icon("descending" if descending else "ascending", colour))
        self._direction.setToolTip(words)
        self._direction.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        """Take the icon in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_direction()

    def _on_chosen(self) -> None:
        status, sort = self._status.currentData(), self._sort.currentData()  # Qt gives back plain strings
        before, wanted = self.model.order, Sort(sort)
        descending = before.descending
        if (wanted is Sort.BENEFIT) != (before.sort is Sort.BENEFIT):
            descending = wanted is Sort.BENEFIT  # the most useful first; names and dates from the beginning again
        self._take(Order(Status(status) if status else None, wanted, descending, self._own))

    def _turn(self) -> None:
        order = self.model.order
        self._take(replace(order, descending=not order.descending))

    def _on_all_wanted(self, wanted: bool) -> None:
        self._desk.work.show_all = wanted

    def _on_work_changed(self) -> None:
        """Show the queue of now: reports were handed out or taken back, or all are wanted, or no longer."""
        self._show_switch()
        self._take(replace(self.model.order, own=self._own))
        self._count_timer.start()

    def _show_switch(self) -> None:
        work = self._desk.work
        self.all_reports.setVisible(work.work.leads and work.work.own_only)
        self.all_reports.setChecked(work.show_all)

    def _on_report_opened(self, report: Report | None) -> None:
        if report is None:
            self.list.clearSelection()
            return
        if self.model.row_of(report.id) is None and not self._is_elsewhere(report.id):
            self.model.show(self.model.order, report.id)
        self.list.follow(report.id)

    def _is_elsewhere(self, report_id: str) -> bool:
        """Whether a report is open that is not of the queue that is shown."""
        return self.model.order.own and self._desk.work.assignment(report_id) is None

    def _on_changed(self, changed: Changed) -> None:
        if changed.queue:
            chosen = self.list.verticalScrollBar().value()
            self.model.reload()
            self.list.verticalScrollBar().setValue(chosen)
            if self._desk.report:
                self.list.follow(self._desk.report.id)
        elif changed.reports:
            self.model.refresh(changed.reports)
        if changed.queue or changed.reports:
            self._count_timer.start()

    def _on_counted(self) -> None:
        self._counting = None

    def _show_progress(self, counted: Progress) -> None:
        count = f"{counted.total:n}"
        mine = self.model.order.own
        self._total.setText(tr("{count} reports for you", count=count) if mine else tr("{count} reports", count=count))
        share = counted.done / counted.total if counted.total else 0
        self._percent.setText(tr("{percent} % done", percent=int(100 * share)) if counted.total else "")
        self._bar.setRange(0, max(1, counted.total))
        self._bar.setValue(counted.done)
        words = tr(
            "{new} new, {begun} in progress, {done} done",
            new=counted.new,
            begun=counted.in_progress,
            done=counted.done,
        )
        for widget in (self._total, self._percent, self._bar):
            widget.setToolTip(words)

    def _show_emptiness(self) -> None:
        empty = self.model.rowCount() == 0
        own, everything = self.model.order.own, self.model.order.status is None
        if own and not self._desk.work.work.own:
            lead = self._desk.work.work.lead
            self._empty.setText(
                tr(
                    "No report is handed out to you yet. {lead} hands out reports; they are listed here then.",
                    lead=lead,
                )
            )
        else:
            self._empty.setText(
                tr("No reports yet. Import… or drop files here.") if everything else tr("No report has this status.")
            )
        everything = everything and not own
        self._import.setVisible(everything)
        self._head.setVisible(not (empty and everything))
        self._stack.setCurrentIndex(1 if empty else 0)


def _choices(name: str, entries: tuple[tuple[str, object], ...]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for text, value in entries:
        box.addItem(text, value)
    return box
