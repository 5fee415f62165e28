"""The spans behind a figure, beside the figures; a click jumps to the report and selects the place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from annotations.agreement import Part
from annotations.errors import Cancelled, ChuGiaiError
from annotations.schema import shown_name
from ui.desk import Desk
from ui.dialogs.parts import ProgressRow, Said, heading, quiet, row
from ui.jobs.overview import Place, Places, Question, What, places_behind
from ui.overview.cells import Cell, CellTable, Row
from ui.overview.figures import pair_name
from ui.theme import GRID
from ui.words import explain, language, tr
from ui.worker import Job


class BehindPanel(QWidget):
    """Signal: ``place_wanted(report id, start, end)``."""

    place_wanted = Signal(str, int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("behind_panel")
        self._desk = desk
        self._job: Job | None = None
        self._next: Question | None = None
        self.found: Places | None = None
        self.title = heading("", self)
        self.title.setObjectName("behind_title")
        self.title.setWordWrap(True)
        self.parts = QComboBox(self)
        self.parts.setObjectName("behind_parts")
        self.parts.setAccessibleName(tr("Which places"))
        self.parts.currentIndexChanged.connect(self._show_places)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.table = CellTable("behind_table", tr("Places behind the figure"), self)
        self.table.opened.connect(lambda place: self.place_wanted.emit(place.report_id, place.start, place.end))
        self.hint = quiet(
            tr("Click a figure: the places behind it are listed here. A click on a place jumps there."), self
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self.stop)
        self.said = Said("behind_said", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.title)
        layout.addLayout(row(self.parts, self.count, None, spacing=2 * GRID))
        for part in (self.hint, self.said, self.progress):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        self._show_nothing()

    def ask(self, question: Question) -> None:
        """Look for what is behind a figure; what is being looked for is dropped."""
        self._next = question
        if self._job is not None:
            self._job.cancel()
        else:
            self._look()

    def stop(self) -> None:
        """Stop looking."""
        self._next = None
        if self._job is not None:
            self.progress.stopping()
            self._job.cancel()

    def clear(self) -> None:
        """Show nothing: the figures are others now."""
        self.stop()
        self._show_nothing()

    def _look(self) -> None:
        question, self._next = self._next, None
        if question is None:
            return
        project = self._desk.project
        self.title.setText(question.name)
        self.hint.hide()
        self.said.say("")
        self.progress.begin(tr("Looking for places"))
        self._job = Job(lambda progress: places_behind(project, question, progress))
        self._job.progressed.connect(self.progress.show_progress)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_ended(self) -> None:
        self._job = None
        self.progress.hide()
        self._look()

    def _on_failed(self, error: ChuGiaiError) -> None:
        if not isinstance(error, Cancelled):
            self.said.warn(explain(error))
        elif self._next is None:
            self._show_nothing()

    def _on_found(self, found: Places) -> None:
        self.found = found
        self.parts.blockSignals(True)
        self.parts.clear()
        for text, part in self._choices(found.question):
            self.parts.addItem(text, part)
        self.parts.blockSignals(False)
        self.parts.setVisible(self.parts.count() > 1)
        self.count.show()
        self.table.show()
        self._show_places()

    def _choices(self, question: Question) -> list[tuple[str, Part | None]]:
        if question.what is What.CONFUSION:
            return [(tr("All"), None)]
        one = len(question.pairs) == 1
        first, second = question.pairs[0] if one else (tr("the first"), tr("the second"))
        return [
            (tr("All"), None),
            (tr("Only {name}", name=first), Part.ONLY_A),
            (tr("Only {name}", name=second), Part.ONLY_B),
            (tr("Both"), Part.BOTH),
        ]

    def _show_places(self) -> None:
        found = self.found
        if found is None:
            return
        wanted = self.parts.currentData()
        places = [one for one in found.places if wanted is None or one.part == wanted]
        one_pair = len(found.question.pairs) == 1
        first, second = found.question.pairs[0] if one_pair else (tr("First"), tr("Second"))
        titles = [tr("Report"), *([] if one_pair else [tr("Annotators")]), first, second, tr("Text")]
        self.table.show_rows(titles, [self._row(place, one_pair) for place in places], widest=22)
        count = f"{found.total:n}"
        confusion = found.question.what is What.CONFUSION
        both = tr("{count} places, {shared} in both", count=count, shared=f"{found.shared:n}")
        sentence = tr("{count} places", count=count) if confusion else both
        if len(found.places) < found.total:
            sentence += " · " + tr("{count} of them listed", count=f"{len(found.places):n}")
        self.count.setText(sentence)

    def _row(self, place: Place, one_pair: bool) -> Row:
        said = [f"{self._shown(label)} · {text}" if label else "–" for label, text in (place.first, place.second)]
        texts = [place.report_name, *([] if one_pair else [pair_name(place.pair)]), *said, place.around]
        return [Cell(text, behind=place) for text in texts]

    def _shown(self, label: str) -> str:
        return shown_label(self._desk, label)

    def _show_nothing(self) -> None:
        self.found = None
        self.title.setText("")
        self.hint.show()
        for part in (self.parts, self.count, self.table):
            part.hide()


def shown_label(desk: Desk, label: str) -> str:
    """A label or relation type as it is shown to people."""
    schema = desk.schema
    kind = schema.entities_by_name.get(label) or schema.relations_by_name.get(label)
    return shown_name(kind, language()) if kind is not None else label
