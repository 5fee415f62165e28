"""Making a package for one annotator: for whom, what is in it, where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QWidget

from annotations.errors import ChuGiaiError
from model.annotators import annotator_names
from model.merging.package import PackageResult
from model.queries.assignments import assignments
from ui.desk import Desk
from ui.dialogs.files import ask_target
from ui.dialogs.parts import ProgressRow, Said, button, dialog_layout, named, quiet, row
from ui.jobs.merging import package
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job


class PackageDialog(QDialog):
    """A package holds the reports assigned to her; it is written beside the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("package_dialog")
        self.setWindowTitle(tr("Package for an annotator"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(64 * GRID, 24 * GRID)
        self._desk = desk
        self._job: Job | None = None
        self.who = QComboBox(self)
        self.who.setObjectName("package_who")
        self.about = quiet("", self)
        self.said = Said("package_said", self)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self._stop)
        self.start = button(tr("&Make the package…"), "package_start", self, main=True)
        self.start.clicked.connect(self._on_start)
        self.cancel = button(tr("Cancel"), "package_cancel", self)
        self.cancel.clicked.connect(self.reject)
        with desk.project.reading() as connection:
            self.who.addItems(annotator_names(connection))
        self.who.currentTextChanged.connect(self._show)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(named(tr("&For"), self.who), self.who)
        layout = dialog_layout(self)
        layout.addLayout(form)
        layout.addWidget(self.about)
        layout.addStretch(1)
        layout.addWidget(self.said)
        layout.addWidget(self.progress)
        layout.addLayout(row(None, self.cancel, self.start))
        self._show()

    def _show(self) -> None:
        with self._desk.project.reading() as connection:
            mine = list(assignments(connection, annotator=self.who.currentText()))
        blind = sum(one.blind for one in mine)
        words = tr("{count} reports are assigned to her, {blind} of them blind.", count=len(mine), blind=blind)
        if mine:
            words += " " + tr(
                "The package is a project file with these reports, the schema, the settings and the registry. "
                "She opens it as any project; when it is back, merge it."
            )
            if blind:
                words += " " + tr("Nobody else's labels are in it.")
        else:
            words = tr("No report is assigned to her. Hand out reports first.")
        self.about.setText(words)
        self.start.setEnabled(bool(mine))

    def _on_start(self) -> None:
        who = self.who.currentText()
        folder = self._desk.project.path
        name = folder.with_name(tr("{name} for {annotator}", name=folder.stem, annotator=who) + ".chugiai")
        out = ask_target(self, tr("Package for an annotator"), name, ".chugiai")
        if out is not None:
            self.make(out)

    def make(self, out: Path) -> None:
        """Write the package to ``out``."""
        who = self.who.currentText()
        self._job = project_job(
            self._desk.project.path, lambda project, told: package(project, out, who, force=True, progress=told)
        )
        self._job.progressed.connect(self.progress.show_progress)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self.progress.begin(tr("Packing"))
        self.start.setEnabled(False)
        self._job.start()

    def _on_done(self, made: PackageResult) -> None:
        self._desk.say(tr("The package with {count} reports is in {path}.", count=made.reports, path=made.path))
        self.accept()

    def _on_failed(self, error: ChuGiaiError) -> None:
        self.said.warn(explain(error))

    def _on_ended(self) -> None:
        self._job = None
        self.progress.hide()
        self.start.setEnabled(True)

    def _stop(self) -> None:
        if self._job is not None:
            self.progress.stopping()
            self._job.cancel()

    def reject(self) -> None:
        """Stop what runs, then close."""
        if self._job is not None:
            self._job.ended.connect(super().reject)
            self._stop()
            return
        super().reject()
