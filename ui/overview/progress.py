"""How far everybody is; handing out, locking and reopening, and the end of blind work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotations.changes import SetFacts
from annotations.errors import ChuGiaiError
from annotations.work import Assignment, lock, set_blind
from model.project import Project
from model.queries.assignments import PersonProgress, assignments, people
from model.queries.reports import Progress, progress
from model.workspace import Workspace
from ui.actions import Actions
from ui.desk import Desk
from ui.dialogs.parts import button, quiet, row
from ui.overview.cells import Cell, CellTable
from ui.overview.progress_bar import ProgressDelegate
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job

_LATER_MS = 300  # several changes in a row are read once
_BAR = 9
Numbers = tuple[tuple[PersonProgress, ...], Progress]


class ProgressSection(QWidget):
    """The table with one row for each annotator, and what the lead can do to the rows that are selected."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._stale = True
        self.about = QLabel(self)
        self.about.setObjectName("progress_about")
        self.lead = quiet("", self)
        self.table = CellTable("progress_table", tr("Progress of the annotators"), self)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setItemDelegateForColumn(_BAR, ProgressDelegate(self.table))
        self.empty = quiet(tr("Nobody labels here yet. Import reports, then hand them out."), self)
        self.hand_out = button(tr("&Hand out reports…"), "progress_hand_out", self)
        self.hand_out.clicked.connect(lambda: actions["action_hand_out"].trigger())
        self._make_buttons()
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._timer.timeout.connect(self.read)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.cells.modelReset.connect(self._enable)
        desk.bus.changed.connect(lambda _changed: self._later())

    def _make_buttons(self) -> None:
        self.lock = button(tr("&Lock"), "progress_lock", self)
        self.lock.setToolTip(tr("Labels on the reports handed out to the selected annotators can then not be changed"))
        self.reopen = button(tr("&Reopen"), "progress_reopen", self)
        self.end_blind = button(tr("&End blind work"), "progress_end_blind", self)
        self.end_blind.setToolTip(tr("The selected annotators may then see what others labelled on the same reports"))
        self.lock.clicked.connect(lambda: self._change(lambda some: lock(some, True)))
        self.reopen.clicked.connect(lambda: self._change(lambda some: lock(some, False)))
        self.end_blind.clicked.connect(lambda: self._change(lambda some: set_blind(some, False)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.about)
        head.addWidget(self.lead, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(head)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.hand_out, None, self.lock, self.reopen, self.end_blind))

    # reading

    def enter(self) -> None:
        """Be up to date when seen."""
        if self._stale:
            self.read()

    def _later(self) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def read(self) -> None:
        """Count beside the window's work, and then show."""
        if self._job is not None:
            self._timer.start()
            return
        self._stale = False
        project, annotator = self._desk.project, self._desk.annotator

        def work(_told: object) -> Numbers:
            with project.reading() as connection:
                return people(connection), progress(connection, annotator)

        self._start(Job(work), self._show)

    def _show(self, numbers: Numbers) -> None:
        found, whole = numbers
        self.about.setText(tr("{count} reports", count=f"{whole.total:n}"))
        leader = self._desk.work.work.lead
        self.lead.setText(tr("{lead} leads the work.", lead=leader) if leader else tr("Nobody leads the work yet."))
        self.table.show_rows(_titles(), [_row(one) for one in found])
        self.table.setColumnWidth(_BAR, 24 * GRID)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)

    # doing

    def selected(self) -> tuple[str, ...]:
        """Names of the selected annotators."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return tuple(self.table.cells.rows[at][0].text for at in rows)

    def _change(self, make: Callable[[Sequence[Assignment]], SetFacts]) -> None:
        """Carry out a change of all assignments of the selected annotators, beside the window's work."""
        names, actor = frozenset(self.selected()), self._desk.annotator
        if not names or self._job is not None:
            return

        def work(project: Project, _told: object) -> object:
            with project.reading() as connection:
                found = [one for one in assignments(connection) if one.annotator in names]
            return Workspace(project, actor).apply(make(found))

        self._start(project_job(self._desk.project.path, work), lambda _outcome: self._desk.bus.poll())

    def _enable(self) -> None:
        chosen, leads = set(self.selected()), self._desk.work.work.leads
        rows = [one[_BAR].behind for one in self.table.cells.rows if one[0].text in chosen]
        own = [one for one in rows if isinstance(one, PersonProgress)]
        self.lock.setEnabled(leads and any(one.locked < one.assigned for one in own))
        self.reopen.setEnabled(leads and any(one.locked for one in own))
        self.end_blind.setEnabled(leads and any(one.blind for one in own))

    def _start(self, job: Job, done: Callable[..., object]) -> None:
        self._job = job
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended, Qt.ConnectionType.DirectConnection)
        job.start()

    def _on_ended(self) -> None:
        self._job = None
        self._enable()

    def _on_failed(self, error: ChuGiaiError) -> None:
        self._desk.say(explain(error))


def _titles() -> tuple[str, ...]:
    return (
        tr("Annotator"),
        tr("Assigned"),
        tr("New"),
        tr("In progress"),
        tr("Done"),
        tr("% done"),
        tr("Not of the queue"),
        tr("Blind"),
        tr("Locked"),
        tr("Progress"),
    )


def _row(one: PersonProgress) -> list[Cell]:
    whole = one.assigned or one.in_progress + one.done
    share = one.done / whole if whole else 0.0
    numbers = (one.assigned, one.new, one.in_progress, one.done)
    rest = (one.beside, one.blind, one.locked)
    said = tr("{new} new, {begun} in progress, {done} done", new=one.new, begun=one.in_progress, done=one.done)
    return [
        Cell(one.annotator),
        *(Cell(f"{number:n}", number) for number in numbers),
        Cell(f"{int(100 * share)} %", share),
        *(Cell(f"{number:n}" if number else "–", number) for number in rest),
        Cell("", share, tip=said, behind=one),
    ]
