"""Handing out reports: to whom, which, how, with a preview of what everybody gets; then one undoable action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from annotations.assigning import Balance, Piece, Plan, Way, Wish, hand_out
from annotations.changes.outcome import Outcome
from annotations.errors import ChuGiaiError
from annotations.work import lead
from ui.desk import Desk
from ui.dialogs.hand_out_people import PeopleList
from ui.dialogs.hand_out_preview import HandOutPreview
from ui.dialogs.parts import ProgressRow, Said, button, dialog_layout, named, row
from ui.jobs.handing_out import Stock, carry_out, stock_of
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job

_Then = Callable[[Any], object]
"""What is done with the result of a job."""
ALL, FREE, CHOSEN = "all", "free", "chosen"


class HandOutDialog(QDialog):
    """``chosen`` are ids of reports that were selected in the list. Planning and handing out run beside the window."""

    def __init__(self, desk: Desk, chosen: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hand_out_dialog")
        self.setWindowTitle(tr("Hand out reports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(112 * GRID, 72 * GRID)
        self._desk = desk
        self._chosen = tuple(chosen)
        self._stock: Stock | None = None
        self.plan: Plan | None = None
        self._job: Job | None = None
        self._again = False
        self._build()
        self._lay_out()
        self._read()

    # building

    def _build(self) -> None:
        self.people = PeopleList(self)
        self.people.changed.connect(self._replan)
        self.which = _choices("hand_out_which", ())
        self.way = _choices(
            "hand_out_way",
            (
                (tr("every report to everybody"), Way.ALL),
                (tr("a number of reports to each annotator"), Way.PER_ANNOTATOR),
                (tr("a number of annotators to each report"), Way.PER_REPORT),
                (tr("a share to several, the rest to one each"), Way.OVERLAP),
            ),
        )
        self.number = QSpinBox(self)
        self.number.setObjectName("hand_out_number")
        self.number.setRange(1, 1_000_000)
        self.number.setValue(2)
        self.share = QSpinBox(self)
        self.share.setObjectName("hand_out_share")
        self.share.setRange(0, 100)
        self.share.setSuffix(" %")
        self.share.setValue(20)
        self.balance = _choices(
            "hand_out_balance", ((tr("number of reports"), Balance.COUNT), (tr("length of text"), Balance.LENGTH))
        )
        self.blind = QCheckBox(tr("&Blind: nobody is shown what others labelled, until you end it"), self)
        self.blind.setObjectName("hand_out_blind")
        self.blind.setChecked(True)
        self.preview = HandOutPreview(self)
        self.said = Said("hand_out_said", self)
        self.progress = ProgressRow(self)
        self.progress.cancel.hide()
        self.take_lead = button(tr("Take the &lead"), "hand_out_take_lead", self)
        self.take_lead.clicked.connect(self._on_take_lead)
        self.take_lead.hide()
        self.start = button(tr("&Hand out"), "hand_out_start", self, main=True)
        self.start.setEnabled(False)
        self.start.clicked.connect(self.carry_out)
        self.cancel = button(tr("Cancel"), "hand_out_cancel", self)
        self.cancel.clicked.connect(self.reject)
        self.which.currentIndexChanged.connect(self._replan)
        self.way.currentIndexChanged.connect(self._on_way)
        self.balance.currentIndexChanged.connect(self._replan)
        self.number.valueChanged.connect(self._replan)
        self.share.valueChanged.connect(self._replan)

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(2 * GRID)
        self._form.setVerticalSpacing(GRID)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.addRow(named(tr("&Reports"), self.which), self.which)
        self._form.addRow(named(tr("Ho&w"), self.way), self.way)
        self._form.addRow(named(tr("&Share"), self.share), self.share)
        self._number_label = named(tr("&Number"), self.number)
        self._form.addRow(self._number_label, self.number)
        self._form.addRow(named(tr("&Even by"), self.balance), self.balance)
        self._form.addRow("", self.blind)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(named(tr("&To whom"), self.people.list))
        left.addWidget(self.people, 1)
        top = row(spacing=3 * GRID)
        top.addLayout(left, 2)
        top.addLayout(self._form, 3)
        layout = dialog_layout(self)
        layout.addLayout(top, 2)
        layout.addWidget(self.preview, 3)
        layout.addWidget(self.said)
        layout.addWidget(self.progress)
        layout.addLayout(row(self.take_lead, None, self.cancel, self.start))
        self._show_fields()

    # what is there

    def _read(self) -> None:
        project, annotator = self._desk.project, self._desk.annotator
        self._run(lambda: stock_of(project, annotator), self._on_stock, tr("Reading"))

    def _on_stock(self, stock: Stock) -> None:
        first = self._stock is None
        self._stock = stock
        if first:
            self.people.fill(stock.annotators)
            self._fill_which(stock)
        leads = stock.work.leads
        self.take_lead.setVisible(not leads)
        if not leads:
            self.said.warn(tr("{lead} leads the work and hands out reports.", lead=stock.work.lead))
        self._replan()

    def _fill_which(self, stock: Stock) -> None:
        entries = [(tr("all reports ({count})", count=len(stock.pieces)), ALL)]
        entries.append((tr("reports that nobody has yet ({count})", count=len(stock.free())), FREE))
        if self._chosen:
            entries.append((tr("the selected reports ({count})", count=len(stock.of(self._chosen))), CHOSEN))
        self.which.blockSignals(True)
        for text, key in entries:
            self.which.addItem(text, key)
        self.which.setCurrentIndex(len(entries) - 1 if self._chosen else 0)
        self.which.blockSignals(False)

    def _pieces(self) -> tuple[Piece, ...]:
        assert self._stock is not None
        if self.which.currentData() == FREE:
            return self._stock.free()
        return self._stock.of(self._chosen) if self.which.currentData() == CHOSEN else self._stock.pieces

    # planning

    def _on_way(self) -> None:
        self._show_fields()
        self._replan()

    def _show_fields(self) -> None:
        way = Way(self.way.currentData())
        self._form.setRowVisible(self.share, way is Way.OVERLAP)
        self._form.setRowVisible(self.number, way is not Way.ALL)
        self._form.setRowVisible(self.balance, way is not Way.ALL)
        reports = way is Way.PER_ANNOTATOR
        self._number_label.setText(tr("Re&ports each") if reports else tr("An&notators each"))
        self.number.setMaximum(1_000_000 if reports else 99)

    def _replan(self) -> None:
        """Plan anew with what is chosen now; when a plan is being made, after it."""
        if self._stock is None or not self._stock.work.leads:
            return
        if self._job is not None:
            self._again = True
            return
        self.plan = None
        self.start.setEnabled(False)
        try:
            wish = Wish(
                self.people.names(),
                Way(self.way.currentData()),
                self.number.value(),
                self.share.value() / 100,
                Balance(self.balance.currentData()),
            )
        except ChuGiaiError as error:
            self._on_no_plan(error)
            return
        self._run(partial(hand_out, self._pieces(), wish), self._on_plan)

    def _on_plan(self, plan: Plan) -> None:
        self.plan = plan
        self.preview.show_plan(plan)
        self.start.setEnabled(bool(plan.assigned))
        self.said.say("" if plan.assigned else tr("Everybody has these reports already."))

    def _on_no_plan(self, error: ChuGiaiError) -> None:
        self.preview.clear()
        self.said.warn(explain(error))

    # doing

    def carry_out(self) -> None:
        """Hand out as the preview shows."""
        if self.plan is None or self._job is not None:
            return
        plan, blind, actor = self.plan, self.blind.isChecked(), self._desk.annotator
        self.progress.begin(tr("Handing out"))
        self._job = project_job(self._desk.project.path, lambda project, _told: carry_out(project, actor, plan, blind))
        self._connect(self._job, self._on_handed_out)

    def _on_handed_out(self, outcome: Outcome) -> None:
        self._desk.bus.poll()
        self._desk.say(tr("{count} reports are handed out to {names}.", **outcome.values), undo=True)
        self.accept()

    def _on_take_lead(self) -> None:
        if self._desk.apply(lead(self._desk.annotator)) is not None:
            self.said.say("")
            self._read()

    # own

    def _run(self, work: Callable[[], object], done: _Then, what: str = "") -> None:
        if what:
            self.progress.begin(what)
        self._job = Job(lambda _told: work())
        self._connect(self._job, done)

    def _connect(self, job: Job, done: _Then) -> None:
        job.done.connect(lambda result: self._on_end(done, result))
        job.failed.connect(lambda error: self._on_end(self._on_no_plan, error))
        job.crashed.connect(lambda: self._on_end(None, None))
        job.start()

    def _on_end(self, then: _Then | None, result: object) -> None:
        self._job = None
        self.progress.hide()
        if then is not None:
            then(result)
        if self._again:
            self._again = False
            self._replan()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is under way is waited for: it is short, and nothing is left half done."""
        if self._job is not None:
            self._job.wait()
        super().closeEvent(event)


def _choices(name: str, entries: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for text, key in entries:
        box.addItem(text, key)
    return box
