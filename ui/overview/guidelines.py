"""Which labels and phrases annotators disagree on most, with examples; copied or saved as a text for the guide."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QSplitter, QVBoxLayout, QWidget

from annotations.changes.outcome import Changed
from annotations.errors import Cancelled, ChuGiaiError
from annotations.review.guidelines import Example, Trouble, Troubles
from ui.desk import Desk
from ui.dialogs.parts import ProgressRow, Said, button, copy, heading, row
from ui.jobs.overview import most_trouble
from ui.overview.behind import shown_label
from ui.overview.cells import Cell, CellTable, Row
from ui.overview.trouble_words import answers_of, as_text, counted, labels_of
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job


class GuidelinesSection(QWidget):
    """Two tables, of label pairs and of phrases, and the examples of what is chosen. Signal: ``place_wanted(…)``."""

    place_wanted = Signal(str, int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guidelines_section")
        self._desk = desk
        self._job: Job | None = None
        self._stale = True
        self.found: Troubles | None = None
        self.shown = partial(shown_label, desk)
        self.about = QLabel(self)
        self.about.setObjectName("guidelines_about")
        self.again = button(tr("&Look again"), "guidelines_again", self)
        self.again.clicked.connect(self.look)
        self.copy = button(tr("&Copy as text"), "guidelines_copy", self)
        self.copy.clicked.connect(self.copy_text)
        self.save = button(tr("&Save as text…"), "guidelines_save", self)
        self.save.clicked.connect(self.ask_file)
        self.said = Said("guidelines_said", self)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self.stop)
        self.pairs = CellTable("trouble_labels", tr("Labels that are confused"), self)
        self.phrases = CellTable("trouble_phrases", tr("Phrases that are labelled differently"), self)
        self.examples = CellTable("trouble_examples", tr("Examples"), self)
        self.chosen = heading("", self)
        for table in (self.pairs, self.phrases):
            table.opened.connect(self._show_examples)
        self.examples.opened.connect(lambda one: self.place_wanted.emit(one.report_id, one.start, one.end))
        self._lay_out()
        desk.bus.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        lists = QSplitter(Qt.Orientation.Vertical, self)
        lists.setChildrenCollapsible(False)
        lists.addWidget(_titled(tr("Labels"), self.pairs, self))
        lists.addWidget(_titled(tr("Phrases"), self.phrases, self))
        lists.setSizes([300, 400])
        right = QWidget(self)
        examples = QVBoxLayout(right)
        examples.setContentsMargins(2 * GRID, 0, 0, 0)
        examples.setSpacing(GRID)
        examples.addWidget(self.chosen)
        examples.addWidget(self.examples, 1)
        self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(lists)
        self._parts.addWidget(right)
        self._parts.setSizes([700, 700])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(row(self.about, None, self.again, self.copy, self.save))
        layout.addWidget(self.progress)
        layout.addWidget(self.said)
        layout.addWidget(self._parts, 1)

    # looking

    def enter(self) -> None:
        """Look when that was not done yet; blind work stays blind."""
        sees = self._desk.work.work.sees_others
        for part in (self._parts, self.about, self.again, self.copy, self.save):
            part.setVisible(sees)
        if not sees:
            self.stop()
            self.said.say(tr("Your work is blind: what others labelled is shown when the lead has ended that."))
        elif self._stale and self._job is None:
            self.look()

    def look(self) -> None:
        """Count the conflicts, beside the window's work."""
        if self._job is not None or not self._desk.work.work.sees_others:
            return
        self._stale = False
        project = self._desk.project
        self.said.say("")
        self.progress.begin(tr("Looking for conflicts"))
        self._job = Job(lambda progress: most_trouble(project, progress))
        self._job.progressed.connect(self.progress.show_progress)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def stop(self) -> None:
        """Stop counting; what is shown stays."""
        if self._job is not None:
            self.progress.stopping()
            self._job.cancel()

    def _on_ended(self) -> None:
        self._job = None
        self.progress.hide()

    def _on_failed(self, error: ChuGiaiError) -> None:
        self._stale = True
        if not isinstance(error, Cancelled):
            self.said.warn(explain(error))

    def _on_changed(self, changed: Changed) -> None:
        self._stale = self._stale or bool(changed.labels or changed.reports or changed.queue or changed.facts)

    # showing

    def _on_found(self, found: Troubles) -> None:
        self.found = found
        self.about.setText(
            tr("{count} conflicts of entities in {reports} reports.", count=found.conflicts, reports=found.reports)
        )
        for part in (self.copy, self.save):
            part.setEnabled(found.conflicts > 0)
        self.said.say(
            "" if found.conflicts else tr("There are no conflicts: whoever finished the same reports agrees.")
        )
        counts = (tr("Conflicts"), tr("Reports"), tr("How they differ"), tr("Reasons"))
        self.pairs.show_rows((tr("Labels"), *counts), [self._row(one, False) for one in found.pairs])
        titles = (tr("Phrase"), *counts[:2], tr("Labels"), *counts[2:])
        self.phrases.show_rows(titles, [self._row(one, True) for one in found.phrases])
        self._show_examples(found.pairs[0] if found.pairs else None)

    def _row(self, one: Trouble, phrase: bool) -> Row:
        labels = labels_of(one, self.shown)
        return [
            Cell(one.name if phrase else labels, behind=one),
            Cell(f"{one.count:n}", one.count, behind=one),
            Cell(f"{one.reports:n}", one.reports, behind=one),
            *([Cell(labels, behind=one)] if phrase else []),
            Cell(counted(one.kinds), behind=one),
            Cell(counted(one.reasons), behind=one),
        ]

    def _show_examples(self, one: Trouble | None) -> None:
        if one is None:
            self.chosen.setText("")
            self.examples.show_rows((), ())
            return
        labels = labels_of(one, self.shown)
        self.chosen.setText(f"“{one.name}” — {labels}" if one.name else labels)
        rows = [self._example(example) for example in one.examples]
        self.examples.show_rows((tr("Report"), tr("Phrase"), tr("Answers"), tr("Text")), rows, widest=26)

    def _example(self, example: Example) -> Row:
        texts = (
            example.report_name,
            " ".join(example.phrase.split()),
            answers_of(example, self.shown),
            " ".join(example.text.split()),
        )
        return [Cell(text, behind=example) for text in texts]

    # out

    def copy_text(self) -> None:
        """Put all of it on the clipboard as a text."""
        if self.found is not None:
            copy(as_text(self.found, self.shown))
            self._desk.say(tr("Copied."))

    def ask_file(self) -> None:
        """Ask where, and save the text."""
        path = self._desk.project.path
        name = Path(path).with_suffix(".md") if isinstance(path, Path) else Path("guidelines.md")
        chosen, _kind = QFileDialog.getSaveFileName(self, tr("Save as text"), str(name), "*.md *.txt")
        if chosen:
            self.save_text(Path(chosen))

    def save_text(self, to: Path) -> None:
        """Save all of it as a text; says when that is not possible."""
        if self.found is None:
            return
        try:
            to.write_text(as_text(self.found, self.shown), encoding="utf-8")
        except OSError as error:
            reason = error.strerror or error
            self.said.warn(
                tr("The text cannot be saved as {path}: {reason}. Choose another place.", path=to, reason=reason)
            )
        else:
            self._desk.say(tr("Saved as {path}.", path=to))


def _titled(title: str, widget: QWidget, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID)
    layout.addWidget(heading(title, made))
    layout.addWidget(widget, 1)
    return made
