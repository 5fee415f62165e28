"""How far annotators agree: figures, pairs, labels, relation types, reports, confusion, trend; and the spans behind each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QTabWidget, QVBoxLayout, QWidget

from annotations.agreement.trend import Moment, trend
from annotations.changes.outcome import Changed
from annotations.errors import Cancelled, ChuGiaiError
from ui.desk import Desk
from ui.dialogs.parts import ProgressRow, Said, quiet
from ui.jobs.overview import Measured, Pair, Question, What, known_annotators, measured
from ui.overview.asked import Asked
from ui.overview.behind import BehindPanel, shown_label
from ui.overview.cells import CellTable
from ui.overview.figures import (
    by_name_table,
    confusion_table,
    figure_table,
    matrix_table,
    pair_name,
    report_table,
)
from ui.overview.trend_chart import TrendChart
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job


class AgreementSection(QWidget):
    """Measures when it is first seen, and again when asked. Signal: ``place_wanted(report id, start, end)``."""

    place_wanted = Signal(str, int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._stale = True
        self.found: Measured | None = None
        self.asked = Asked(self)
        self.asked.measure_wanted.connect(self.measure)
        self.asked.pair_chosen.connect(self._fill)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self.stop)
        self.said = Said("agreement_said", self)
        self.notes = quiet("", self)
        self.behind = BehindPanel(desk, self)
        self.behind.place_wanted.connect(self.place_wanted)
        self._make_tabs()
        self._lay_out()
        desk.bus.changed.connect(self._on_changed)

    def _make_tabs(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("agreement_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self.tables: dict[str, CellTable] = {}
        for name, title, accessible in (
            ("agreement", tr("Figures"), tr("Figures of agreement")),
            ("matrix", tr("Pairs"), tr("Agreement of each pair of annotators")),
            ("labels", tr("Labels"), tr("Agreement by label")),
            ("types", tr("Relation types"), tr("Agreement by relation type")),
            ("reports", tr("Reports"), tr("Agreement by report")),
            ("confusion", tr("Confusion"), tr("Which labels are taken for which")),
        ):
            table = CellTable(f"{name}_table", accessible, self)
            table.opened.connect(self.behind.ask)
            self.tables[name] = table
            self.tabs.addTab(self._with_choice(table) if name == "matrix" else table, title)
        self.trend = TrendChart(self)
        self.trend.opened.connect(self._on_moment)
        self.times = _choices(
            "trend_times", ((tr("by the time of labelling"), "at"), (tr("by the date of the report"), "date"))
        )
        self.times.currentIndexChanged.connect(self._fill_trend)
        self.tabs.addTab(_below(self.times, self.trend, self), tr("Trend"))

    def _with_choice(self, table: CellTable) -> QWidget:
        self.matrix_of = _choices(
            "matrix_of",
            (
                (tr("F1 of entities"), "entities"),
                (tr("F1 of relations"), "relations"),
                (tr("Cohen’s κ (words)"), "kappa"),
            ),
        )
        self.matrix_of.currentIndexChanged.connect(self._fill)
        return _below(self.matrix_of, table, self)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setObjectName("agreement_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tabs)
        splitter.addWidget(self.behind)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([840, 560])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.asked)
        layout.addWidget(self.progress)
        layout.addWidget(self.said)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.notes)

    # measuring

    def enter(self) -> None:
        """Measure when that was not done yet; blind work stays blind."""
        sees = self._desk.work.work.sees_others
        for part in (self.tabs, self.behind, self.asked, self.notes):
            part.setVisible(sees)
        if not sees:
            self.stop()
            self.found = None
            self._stale = True
            self.said.say(tr("Your work is blind: what others labelled is shown when the lead has ended that."))
        elif self._stale and self._job is None:
            self.measure()

    def measure(self) -> None:
        """Measure what is chosen, beside the window's work."""
        if self._job is not None or not self._desk.work.work.sees_others:
            return
        project = self._desk.project
        try:
            self.asked.show_people(known_annotators(project))
            names, selector, also, gamma = self.asked.choice()
        except ChuGiaiError as error:
            self.said.warn(explain(error))
            return
        self._stale = False
        self.said.say("")
        self.behind.clear()
        self.progress.begin(tr("Comparing reports"))
        self.asked.set_busy(True)
        self._job = Job(lambda progress: measured(project, names, selector, also, gamma, progress))
        self._job.progressed.connect(self.progress.show_progress)
        self._job.done.connect(self._on_measured)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def stop(self) -> None:
        """Stop measuring; the figures that are shown stay."""
        if self._job is not None:
            self.progress.stopping()
            self._job.cancel()

    def _on_measured(self, found: Measured) -> None:
        self.found = found
        agreement = found.agreement
        self.asked.show_pairs([pair.annotators for pair in agreement.pairs])
        self.asked.about.setText(
            tr("{used} of {total} reports compared", used=f"{agreement.used:n}", total=f"{agreement.total:n}")
        )
        self.notes.setText("  ".join(tr(note) for note in agreement.notes))
        if not agreement.used:
            self.said.say(
                tr("No report is finished by two annotators yet. Figures appear here when two have marked one as done.")
            )
        self._fill()

    def _on_failed(self, error: ChuGiaiError) -> None:
        self._stale = True
        if isinstance(error, Cancelled):
            self.said.say(tr("Stopped. The figures that are shown are those of before."))
        else:
            self.said.warn(explain(error))

    def _on_ended(self) -> None:
        self._job = None
        self.progress.hide()
        self.asked.set_busy(False)

    def _on_changed(self, changed: Changed) -> None:
        if changed.labels or changed.reports or changed.queue or changed.schema:
            self._stale = True
            if self.isVisible() and self.found is not None:
                self.asked.about.setText(tr("Labels changed since these figures were measured."))

    # showing

    def _fill(self) -> None:
        if self.found is None:
            return
        agreement, pairs = self.found.agreement, self._pairs()
        shown = partial(shown_label, self._desk)
        tables = self.tables
        tables["agreement"].show_rows(*figure_table(agreement, pairs), widest=30)
        tables["matrix"].show_rows(*matrix_table(agreement, self.matrix_of.currentData()))
        tables["labels"].show_rows(*by_name_table(agreement, pairs, What.ENTITIES, shown), widest=24)
        tables["types"].show_rows(*by_name_table(agreement, pairs, What.RELATIONS, shown), widest=24)
        tables["reports"].show_rows(*report_table(self.found, pairs, agreement.selector))
        tables["confusion"].show_rows(*confusion_table(agreement, pairs, shown))
        self._fill_trend()

    def _pairs(self) -> list[Pair]:
        assert self.found is not None
        chosen = self.asked.pair()
        return [pair.annotators for pair in self.found.agreement.pairs if chosen in (None, pair.annotators)]

    def _fill_trend(self) -> None:
        if self.found is None:
            return
        pairs, by_date = self._pairs(), self.times.currentData() == "date"
        kept = [(one.date if by_date else at, one) for at, one in self.found.reports if set(one.entities) & set(pairs)]
        self.trend.show_moments(trend(kept))

    def _on_moment(self, moment: Moment) -> None:
        assert self.found is not None
        pairs = tuple(pair for pair in self._pairs() if pair in moment.by_pair)
        name = moment.when if len(pairs) > 1 else f"{pair_name(pairs[0])}: {moment.when}"
        self.behind.ask(Question(name, pairs, self.found.agreement.selector, report_ids=moment.report_ids))


def _choices(name: str, entries: tuple[tuple[str, str], ...]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for text, key in entries:
        box.addItem(text, key)
    return box


def _below(choice: QWidget, widget: QWidget, parent: QWidget) -> QWidget:
    """A choice with what it concerns below it."""
    made = QWidget(parent)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, GRID, 0, 0)
    layout.setSpacing(GRID)
    layout.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
    layout.addWidget(widget, 1)
    return made
