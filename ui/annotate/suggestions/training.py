"""Training on confirmed labels beside the window: by a command, or by itself when enough new labels are finished."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotations.errors import Cancelled, ChuGiaiError
from ui.desk import Desk
from ui.jobs.training import Trained, train_project
from ui.words import explain, tr
from ui.worker import Job, project_job


class Training(QObject):
    """One training at a time. Signals: ``changed()`` it began, went on or ended; ``trained()`` there is a new model."""

    changed = Signal()
    trained = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._by_itself = False
        self.words = ""
        """How far it is, in words; empty when nothing is being trained."""

    @property
    def running(self) -> bool:
        """Whether it trains now."""
        return self._job is not None

    def toggle(self) -> None:
        """Begin; or, when it runs, stop it: the former model then stays."""
        if self._job is not None:
            self._job.cancel()
            return
        self.begin()

    def begin(self, by_itself: bool = False) -> None:
        """Begin; ``by_itself``: nobody asked, so nothing is said when it cannot be done."""
        if self._job is not None:
            return
        self._by_itself = by_itself
        self._job = job = project_job(self._desk.project.path, train_project)
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self.words = tr("Training on confirmed labels…")
        if not by_itself:
            self._desk.say(tr("Training on confirmed labels… The same command stops it."))
        job.start()
        self.changed.emit()

    def close(self) -> None:
        """Stop, and wait for the end."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    # own

    def _on_progress(self, done: object, total: object, what: str) -> None:
        self.words = tr("{what}: {done} of {total}", what=what, done=done, total=total) if total else what
        self.changed.emit()

    def _on_done(self, trained: Trained) -> None:
        self._desk.say(
            tr("Trained on {count} finished reports. Suggestions use it from now on.", count=trained.reports)
        )
        self.trained.emit()

    def _on_failed(self, error: ChuGiaiError) -> None:
        if isinstance(error, Cancelled):
            self._desk.say(tr("Training was stopped. What was learned before stays."))
        elif not self._by_itself:
            self._desk.say(explain(error))

    def _on_ended(self) -> None:
        self._job = None
        self.words = ""
        self.changed.emit()
