"""Copy the labels of a passage to where its words stand again, after a preview in which each place is ticked or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotations.errors import Cancelled, ChuGiaiError
from annotations.report import Span
from ui.annotate.edits.sheet import Sheet
from ui.annotate.suggestions.choosing import paragraph_at
from ui.annotate.suggestions.copying import Target, change_for, in_project, in_report, inside
from ui.annotate.workplace import Workplace, short
from ui.dialogs.parts import row
from ui.jobs.progress import Progress
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job


class CopyDialog(QDialog):
    """Preview and choice. Copied, it is one action with the origin ``propagated``, undone as one."""

    def __init__(self, place: Workplace, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copy_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Copy labels"))
        self.resize(760, 440)
        self._place, self._sheet = place, sheet
        self._passage = passage_of(place)
        self._targets: list[Target] = []
        self._job: Job | None = None
        self.here = QRadioButton(tr("Where this passage is repeated in the report"))
        self.everywhere = QRadioButton(tr("From the whole report to nearly identical reports"))
        self.here.setChecked(True)
        self.words = QLabel("“" + short(sheet.text[slice(*self._passage)], 110) + "”")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.tree = QTreeWidget()
        self.tree.setObjectName("copy_tree")
        self.tree.setAccessibleName(tr("Places found"))
        self.tree.setRootIsDecorated(False)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setHeaderLabels([tr("Passage"), tr("Entities"), tr("Relations")])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.itemChanged.connect(lambda _item, _column: self._count())
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.copy_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(row(self.here, self.everywhere, None, spacing=2 * GRID))
        layout.addWidget(self.words)
        layout.addWidget(self.tree, 1)
        layout.addLayout(row(self.state, None, self.buttons))
        self.here.toggled.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look again, with the choice as it is now."""
        self._stop()
        self.words.setVisible(self.here.isChecked())
        if self.here.isChecked():
            self._list(list(in_report(self._sheet, self._passage)))
            return
        desk, sheet = self._place.desk, self._sheet
        project, annotator, stored = desk.project, desk.annotator, desk.workspace.stored_schema

        def work(progress: Progress) -> list[Target]:
            return in_project(sheet, project, annotator, stored, progress)

        self._list([])
        self.state.setText(tr("Looking through the project…"))
        self._job = job = Job(work)
        job.done.connect(lambda found: self._list(found) if job is self._job else None)
        job.failed.connect(self._on_failed)
        job.start()

    def accept(self) -> None:
        """Copy to what is ticked."""
        ticked = self._ticked()
        change = change_for(ticked)
        if change is not None and self._place.apply(change) is not None:
            count = sum(one.made.count for one in ticked)
            self._place.desk.say(tr("{count} labels copied.", count=count), True)
        super().accept()

    def done(self, result: int) -> None:
        """End the search before the dialog goes."""
        self._stop()
        super().done(result)

    # own

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait()

    def _on_failed(self, error: ChuGiaiError) -> None:
        if not isinstance(error, Cancelled):
            self.state.setText(explain(error))

    def _list(self, targets: list[Target]) -> None:
        self._targets = targets
        self.tree.blockSignals(True)
        self.tree.clear()
        for target in targets:
            made = target.made
            line = QTreeWidgetItem([short(target.words, 90), str(len(made.entities)), str(len(made.relations))])
            line.setToolTip(0, target.report.name)
            line.setCheckState(0, Qt.CheckState.Checked)
            self.tree.addTopLevelItem(line)
        self.tree.blockSignals(False)
        self._count()

    def _ticked(self) -> list[Target]:
        lines = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        pairs = zip(self._targets, lines, strict=True)
        return [target for target, line in pairs if line and line.checkState(0) == Qt.CheckState.Checked]

    def _count(self) -> None:
        ticked = self._ticked()
        count = sum(one.made.count for one in ticked)
        self.copy_button.setText(tr("Copy {count} labels", count=count))
        self.copy_button.setEnabled(count > 0)
        if self._targets:
            self.state.setText(tr("{count} places", count=len(self._targets)))
        elif self.here.isChecked() and not inside(self._sheet, self._passage):
            self.state.setText(tr("Nothing is labelled in this passage yet."))
        elif self.here.isChecked():
            self.state.setText(tr("These words stand nowhere else, or are labelled there already."))
        else:
            self.state.setText(tr("No other report is nearly the same, or they are labelled already."))


def passage_of(place: Workplace) -> Span:
    """The selected text, else the paragraph at the caret."""
    spans = place.view.selections()
    return (spans[0][0], spans[-1][1]) if spans else paragraph_at(place.view.text, place.view.caret())
