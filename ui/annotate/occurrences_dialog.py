"""Label all other occurrences of an entity's words, after a preview in which each hit is ticked or not."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotations.errors import ChuGiaiError
from annotations.report import Entity
from ui.annotate.edits.propagate import propagate
from ui.annotate.edits.sheet import Sheet
from ui.annotate.hits_tree import HitsTree
from ui.annotate.occurrence_search import Found, Wanted, in_project, in_report
from ui.annotate.workplace import Workplace, short
from ui.words import explain, tr

MOST = 5_000
"""So many hits are previewed at once; the rest is said and can be taken in another go."""


class ProjectSearch(QThread):
    """Looks through the project beside the window. Signals: ``found(Found)``, ``failed(sentence)``."""

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, place: Workplace, wanted: Wanted, parent: QObject) -> None:
        super().__init__(parent)
        desk = place.desk
        self._source = (desk.project, desk.annotator, desk.workspace.stored_schema, wanted)

    def run(self) -> None:
        """Send each report that has hits, and now and then one without, for the progress."""
        try:
            for found in in_project(*self._source, self.isInterruptionRequested):
                if found.hits or found.searched % 100 == 0:
                    self.found.emit(found)
        except ChuGiaiError as error:
            self.failed.emit(explain(error))


class OccurrencesDialog(QDialog):
    """Preview and choice. Applied, it is one action with origin ``propagated``, undone as one."""

    def __init__(self, place: Workplace, sheet: Sheet, source: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("occurrences_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Label other occurrences"))
        self.resize(840, 560)
        self._place, self._sheet, self._source = place, sheet, source
        self._words = source.surface(sheet.text)
        self._search: ProjectSearch | None = None
        self.here = QRadioButton(tr("In this report"))
        self.everywhere = QRadioButton(tr("In the whole project"))
        self.here.setChecked(True)
        self.whole_word = QCheckBox(tr("Whole words only"))
        self.whole_word.setChecked(True)
        self.tree = HitsTree(sheet.schema)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(4)
        self.stop = QPushButton(tr("Stop searching"))
        self.stop.clicked.connect(self._stop)
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.label_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.label_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        for button in (self.here, self.whole_word):
            button.toggled.connect(self.refresh)
        self.tree.ticks_changed.connect(self._count)
        self.refresh()

    def refresh(self) -> None:
        """Look again, with the choices as they are now."""
        self._stop()
        self.tree.clear_hits()
        wanted = Wanted(self._words, self._source.label, self.whole_word.isChecked())
        self.tree.take(in_report(self._sheet.report, self._sheet.labels.entities, wanted))
        self.tree.in_order()
        if self.everywhere.isChecked():
            self._search = ProjectSearch(self._place, wanted, self)
            self._search.found.connect(self._on_found)
            self._search.failed.connect(self.state.setText)
            self._search.finished.connect(self._on_finished)
            self.progress.setRange(0, 0)
            self._searching(True)
            self._search.start()
        self._count()

    def accept(self) -> None:
        """Label what is ticked."""
        hits = self.tree.ticked()
        self._stop()
        if hits:
            outcome = self._place.apply(propagate(self._source, hits, self._sheet.schema))
            if outcome is not None:
                self._place.desk.say(
                    tr("{count} occurrences of “{text}” labelled.", count=len(hits), text=short(self._words)), True
                )
        super().accept()

    def done(self, result: int) -> None:
        """End the search before the dialog goes."""
        self._stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the search before the dialog goes."""
        self._stop()
        super().closeEvent(event)

    # own

    def _lay_out(self) -> None:
        heading = QLabel(
            tr(
                "Label “{text}” as {label}",
                text=short(self._words, 60),
                label=self._place.label_name(self._source.label),
            )
        )
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        choices = QHBoxLayout()
        choices.setSpacing(16)
        for widget in (self.here, self.everywhere, self.whole_word):
            choices.addWidget(widget)
        choices.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.state, 1)
        below.addWidget(self.stop)
        below.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addLayout(choices)
        layout.addWidget(self.progress)
        layout.addWidget(self.tree, 1)
        layout.addLayout(below)
        self._searching(False)

    def _on_found(self, found: Found) -> None:
        if self.sender() is not self._search:
            return
        if found.total:
            self.progress.setRange(0, found.total)
            self.progress.setValue(found.searched)
        if found.report.id != self._sheet.report.id:
            self.tree.take(found)
        if self.tree.hits >= MOST:
            self._stop()
        self._count()

    def _on_finished(self) -> None:
        if self.sender() is self._search:
            self._search = None
            self._searching(False)
            self.tree.in_order()
            self._count()

    def _stop(self) -> None:
        search, self._search = self._search, None
        if search is not None:
            search.requestInterruption()
            search.wait()
            self._searching(False)

    def _searching(self, searching: bool) -> None:
        self.progress.setVisible(searching)
        self.stop.setVisible(searching)

    def _count(self) -> None:
        ticked = len(self.tree.ticked())
        self.label_button.setText(tr("Label {count}", count=ticked))
        self.label_button.setEnabled(ticked > 0)
        if self.tree.hits >= MOST:
            self.state.setText(tr("The first {count} places; label these, then search again.", count=MOST))
        elif not self.tree.hits and self._search is None:
            self.state.setText(tr("These words stand nowhere else."))
        elif self.tree.reports < 2:
            self.state.setText(tr("{hits} places in one report", hits=self.tree.hits))
        else:
            self.state.setText(tr("{hits} places in {reports} reports", hits=self.tree.hits, reports=self.tree.reports))
