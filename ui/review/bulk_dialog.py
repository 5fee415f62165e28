"""Deciding many conflicts at once: by which rule, what it would do, and then that, as one action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotations.changes.outcome import Outcome
from annotations.errors import ChuGiaiError
from annotations.review import Rule, Source
from ui.desk import Desk
from ui.dialogs.parts import ProgressRow, Said, heading
from ui.jobs.reviewing import BulkPlan, apply_bulk, plan_bulk
from ui.review.words import kind_words, label_words
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job


class BulkDialog(QDialog):
    """Signal: ``decided()`` after the plan was carried out."""

    decided = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulk_dialog")
        self.setWindowTitle(tr("Decide many"))
        self.setMinimumWidth(64 * GRID)
        self._desk = desk
        self._job: Job | None = None
        self.plan: BulkPlan | None = None
        self.unanimous = QRadioButton(tr("Everything unanimous: the same extent, label and attributes"), self)
        self.unanimous.setObjectName("bulk_unanimous")
        self.majority = QRadioButton(tr("What at least so many annotators say"), self)
        self.majority.setObjectName("bulk_majority")
        self.threshold = QRadioButton(tr("What at least this share of the annotators says"), self)
        self.threshold.setObjectName("bulk_threshold")
        self.at_least = QSpinBox(self)
        self.at_least.setObjectName("bulk_at_least")
        self.at_least.setRange(2, 99)
        self.at_least.setAccessibleName(tr("Annotators"))
        self.share = QSpinBox(self)
        self.share.setObjectName("bulk_share")
        self.share.setRange(51, 100)
        self.share.setValue(67)
        self.share.setSuffix(" %")
        self.share.setAccessibleName(tr("Share"))
        self.counts = QLabel(self)
        self.counts.setObjectName("bulk_counts")
        self.counts.setWordWrap(True)
        self.counts.setMinimumHeight(16 * GRID)
        self.counts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self._stop)
        self.said = Said("bulk_said", self)
        box = QDialogButtonBox(self)
        self.decide = QPushButton(tr("&Decide"), self)
        self.decide.setObjectName("bulk_decide")
        self.decide.setDefault(True)
        box.addButton(self.decide, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("Cancel"))
        box.rejected.connect(self.reject)
        self.decide.clicked.connect(self.carry_out)
        self._lay_out(box)
        group = QButtonGroup(self)
        for button in (self.unanimous, self.majority, self.threshold):
            group.addButton(button)
        self.unanimous.setChecked(True)
        group.buttonClicked.connect(lambda _button: self.look())
        for field, button in ((self.at_least, self.majority), (self.share, self.threshold)):
            field.valueChanged.connect(button.setChecked)
            field.valueChanged.connect(lambda _value: self.look())
        self.look()

    def _lay_out(self, box: QDialogButtonBox) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(heading(tr("Accept"), self))
        layout.addWidget(self.unanimous)
        for button, field in ((self.majority, self.at_least), (self.threshold, self.share)):
            row = QHBoxLayout()
            row.addWidget(button)
            row.addWidget(field)
            row.addStretch()
            layout.addLayout(row)
        layout.addSpacing(GRID)
        layout.addWidget(heading(tr("What this would do"), self))
        layout.addWidget(self.counts)
        layout.addWidget(self.progress)
        layout.addWidget(self.said)
        layout.addStretch()
        layout.addWidget(box)

    def rule(self) -> Rule:
        """The rule as it is set."""
        if self.majority.isChecked():
            return Rule(Source.MAJORITY, at_least=self.at_least.value())
        if self.threshold.isChecked():
            return Rule(Source.THRESHOLD, share=self.share.value() / 100)
        return Rule()

    def look(self) -> None:
        """Work out what the rule would do; nothing is changed."""
        rule = self.rule()
        self.plan = None
        self.decide.setEnabled(False)
        self.counts.clear()
        self.said.say("")
        self.progress.begin(tr("comparing"))
        self._start(lambda project, progress: plan_bulk(project, rule, progress), self._show_plan)

    def carry_out(self) -> None:
        """Decide what was shown."""
        plan, annotator = self.plan, self._desk.annotator
        if plan is None:
            return
        self.decide.setEnabled(False)
        self.progress.begin(tr("deciding"))
        self._start(lambda project, _progress: apply_bulk(project, annotator, plan), self._on_decided)

    def done(self, result: int) -> None:
        """What is being worked out is given up."""
        self._stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Cancel does."""
        self._stop()
        super().closeEvent(event)

    def _start(self, work: object, heard: object) -> None:
        if self._job is not None:
            self._job.cancel()
        assert callable(work), "something to do"
        assert callable(heard), "somebody to tell"
        job = self._job = project_job(self._desk.project.path, work)
        job.progressed.connect(self.progress.show_progress)
        job.done.connect(lambda result: heard(result) if self._job is job else None)
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.ended.connect(lambda: self.progress.hide() if self._job is job else None)
        job.start()

    def _stop(self) -> None:
        if self._job is not None and self._job.running:
            self.progress.stopping()
            self._job.cancel()

    def _on_failed(self, job: Job, error: ChuGiaiError) -> None:
        if self._job is job:
            self.said.warn(explain(error))

    def _show_plan(self, plan: BulkPlan) -> None:
        self.plan = plan
        self.decide.setEnabled(bool(plan.decisions))
        found, schema = plan.counts, self._desk.schema
        lines = [
            tr(
                "{entities} entities and {relations} relations on {reports} reports would be adjudicated.",
                entities=found.entities,
                relations=found.relations,
                reports=found.reports,
            )
        ]
        if found.nothing:
            lines.append(tr("At {count} places it would be decided that there is nothing.", count=found.nothing))
        if found.refused:
            lines.append(tr("{count} are left out: the schema forbids them.", count=found.refused))
        lines.append(tr("{count} conflicts would stay open.", count=found.left))
        if found.by_kind:
            kinds = ", ".join(f"{kind_words(kind)} {count}" for kind, count in found.by_kind.most_common())
            lines.append(tr("Of conflicts: {kinds}.", kinds=kinds))
        if found.by_label:
            most = found.by_label.most_common(8)
            labels = ", ".join(f"{label_words(schema, name)} {count}" for name, count in most)
            lines.append(tr("By label: {labels}.", labels=labels))
        self.counts.setText("\n".join(lines))

    def _on_decided(self, outcome: Outcome) -> None:
        self._desk.bus.poll()
        self._desk.say(tr(outcome.title, **outcome.values), undo=True)
        self.decided.emit()
        self.accept()
