"""Merging copies: which files, who is who, what will come; then one merge each, beside the window."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from annotations.errors import Cancelled, ChuGiaiError
from ui.desk import Desk
from ui.dialogs.files import ask_files
from ui.dialogs.merge_people import PeopleTable
from ui.dialogs.merge_preview import MergePreview
from ui.dialogs.parts import ProgressRow, Said, button, dialog_layout, heading, quiet, row
from ui.jobs.merging import MergedCopy, look_at, merge_copies
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job


class MergeDialog(QDialog):
    """Looks at the copies first; nothing happens before Merge is pressed. ``paths`` are chosen already."""

    def __init__(self, desk: Desk, paths: Iterable[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("merge_dialog")
        self.setWindowTitle(tr("Merge copies"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(96 * GRID, 80 * GRID)
        self._desk = desk
        self._job: Job | None = None
        self._again = self._merging = False
        self.found: tuple[MergedCopy, ...] = ()
        self._build()
        self._lay_out()
        self.add(paths)

    def _build(self) -> None:
        self.files = QListWidget(self)
        self.files.setObjectName("merge_files")
        self.files.setAccessibleName(tr("Copies to merge"))
        self.files.setFixedHeight(9 * GRID)
        self.files.setFrameShape(QListWidget.Shape.NoFrame)
        self.choose = button(tr("&Add copies…"), "merge_choose", self)
        self.choose.clicked.connect(self._on_choose)
        self.remove = button(tr("&Remove"), "merge_remove", self)
        self.remove.clicked.connect(self._on_remove)
        self.people = PeopleTable(self)
        self.people.changed.connect(self._look)
        self.preview = MergePreview(self)
        self.said = Said("merge_said", self)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self._stop)
        self.start = button(tr("&Merge"), "merge_start", self, main=True)
        self.start.clicked.connect(self.merge)
        self.cancel = button(tr("Cancel"), "merge_cancel", self)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        top = row(self.files, spacing=2 * GRID)
        top.addLayout(buttons)
        layout = dialog_layout(self)
        layout.addWidget(
            quiet(
                tr(
                    "Copies and packages of this project, as they came back. They are only read. "
                    "Merging again changes nothing, in whatever order."
                ),
                self,
            )
        )
        layout.addLayout(top)
        layout.addWidget(self.people)
        layout.addWidget(heading(tr("What will come"), self))
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.progress)
        layout.addLayout(row(None, self.cancel, self.start))
        self._enable()

    # which copies

    def paths(self) -> tuple[Path, ...]:
        """The files in the list."""
        return tuple(self.files.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.files.count()))

    def add(self, paths: Iterable[Path]) -> None:
        """Add copies and look at them."""
        there = set(self.paths())
        for path in paths:
            if path not in there:
                self.files.addItem(str(path))
                self.files.item(self.files.count() - 1).setData(Qt.ItemDataRole.UserRole, path)
        self._look()

    def _on_choose(self) -> None:
        self.add(ask_files(self, tr("Copies to merge"), self._desk.project.path.parent, "*.chugiai"))

    def _on_remove(self) -> None:
        for item in self.files.selectedItems() or [self.files.currentItem()]:
            if item is not None:
                self.files.takeItem(self.files.row(item))
        self._look()

    # looking

    def _look(self) -> None:
        if self._job is not None:
            self._again = True
            self._job.cancel()
            return
        self.found = ()
        self.said.say("")
        paths, people = self.paths(), self.people.wanted()
        if not paths:
            self.people.fill({}, ())
            self.preview.show_copies(())
            self._enable()
            return
        self._run(
            project_job(self._desk.project.path, lambda project, told: look_at(project, paths, people, told)),
            tr("Looking"),
        )

    def _on_looked(self, found: tuple[MergedCopy, ...]) -> None:
        self.found = found
        people: dict[str, str] = {}
        for copy in found:
            people.update(copy.result.people)
        self.people.fill(people, self._annotators())
        self.preview.show_copies(found)

    def _annotators(self) -> tuple[str, ...]:
        from model.annotators import annotator_names

        with self._desk.project.reading() as connection:
            return annotator_names(connection)

    # merging

    def merge(self) -> None:
        """Merge what was looked at."""
        paths, people, who = self.paths(), self.people.wanted(), self._desk.annotator
        self._merging = True
        self._run(
            project_job(self._desk.project.path, lambda project, told: merge_copies(project, paths, people, who, told)),
            tr("Merging"),
        )

    def _on_merged(self, found: tuple[MergedCopy, ...]) -> None:
        collided = sum(copy.result.collisions for copy in found)
        sentence = tr("Merged {count} copies.", count=len(found))
        if collided:
            sentence += " " + tr("Edited in two copies, to be settled: {count} (Edit menu).", count=collided)
        self._desk.say(sentence)
        self.accept()

    # the job

    def _run(self, job: Job, what: str) -> None:
        self._job = job
        job.progressed.connect(self.progress.show_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self.progress.begin(what)
        self._enable()
        job.start()

    def _on_done(self, found: tuple[MergedCopy, ...]) -> None:
        if self._merging:
            self._on_merged(found)
        elif not self._again:
            self._on_looked(found)

    def _on_failed(self, error: ChuGiaiError) -> None:
        if not isinstance(error, Cancelled):
            self.preview.show_copies(())
            self.said.warn(explain(error))

    def _on_ended(self) -> None:
        self._job, self._merging = None, False
        self.progress.hide()
        again, self._again = self._again, False
        self._enable()
        if again:
            self._look()

    def _stop(self) -> None:
        if self._job is not None:
            self.progress.stopping()
            self._job.cancel()

    def _enable(self) -> None:
        idle = self._job is None
        self.start.setEnabled(idle and any(not copy.result.nothing for copy in self.found))
        for part in (self.choose, self.files, self.people):
            part.setEnabled(idle or not self._merging)
        self.remove.setEnabled(self.files.count() > 0 and (idle or not self._merging))

    def reject(self) -> None:
        """Stop what runs, then close."""
        if self._job is not None:
            self._again = False
            self._job.ended.connect(super().reject)
            self._stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Cancel."""
        if self._job is None:
            super().closeEvent(event)
            return
        event.ignore()
        self.reject()
