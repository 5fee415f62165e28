"""What the review page reads of the project: all conflicts beside the window, one report at once."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal

from annotations.errors import ChuGiaiError
from annotations.review import ReportReview
from annotations.review.cases import Case, cases_of
from model.errors import ProjectError
from model.queries.review import UnderReview
from ui.desk import Desk
from ui.jobs import reviewing
from ui.jobs.progress import Progress
from ui.words import explain
from ui.worker import Job, project_job


class Reading(QObject):
    """Signals: ``loaded(Overview)``; ``sampled(cases)``; ``progressed(done, total, what)``; ``ended()``."""

    loaded = Signal(object)
    sampled = Signal(object)
    progressed = Signal(object, object, str)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._last: tuple[UnderReview, ReportReview] | None = None
        desk.bus.changed.connect(self._forget)

    @property
    def running(self) -> bool:
        """Whether something is being read beside the window."""
        return self._job is not None and self._job.running

    def load(self) -> None:
        """Read all conflicts; ``loaded`` follows. What was being read is given up."""
        self._start(reviewing.load, self.loaded.emit)

    def draw_sample(self, size: int, seed: int) -> None:
        """Draw a sample of the unanimous; ``sampled`` follows."""
        self._start(lambda project, progress: reviewing.sample(project, size, seed, progress), self.sampled.emit)

    def cancel(self) -> None:
        """Give up what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None  # its end is nobody's business any more

    def report(self, report_id: str) -> tuple[UnderReview, ReportReview] | None:
        """A report as it stands now, or None when it is gone or cannot be read; then the window says why."""
        if self._last is None or self._last[1].report_id != report_id:
            try:
                self._last = reviewing.load_report(self._desk.project, report_id)
            except ProjectError as error:
                self._desk.trouble.emit(explain(error))
                return None
        return self._last

    def cases(self, report_id: str) -> list[Case]:
        """The conflicts of a report as they stand now."""
        found = self.report(report_id)
        return cases_of(found[1], found[0].labelled.report.text) if found else []

    def groups(self, report_id: str, wanted: Collection[str]) -> list[Case]:
        """These groups of a report as they stand now, conflicts or not."""
        found = self.report(report_id)
        if found is None:
            return []
        groups = [group for group in found[1].groups if group.id in wanted]
        return cases_of(found[1], found[0].labelled.report.text, groups)

    def waiting(self, report_id: str) -> int:
        """How many unanimous groups of a report nobody accepted yet."""
        found = self.report(report_id)
        return reviewing.waiting(found[1]) if found else 0

    def review(self, report_id: str) -> ReportReview | None:
        """Only the review of a report."""
        found = self.report(report_id)
        return found[1] if found else None

    def _forget(self, _changed: object) -> None:
        self._last = None

    def _start(self, work: Callable[..., object], heard: Callable[[object], None]) -> None:
        self.cancel()
        job = project_job(self._desk.project.path, lambda project, progress: _run(work, project, progress))
        self._job = job
        job.progressed.connect(self.progressed)
        job.done.connect(lambda result: heard(result) if self._job is job else None)
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.ended.connect(lambda: self.ended.emit() if self._job is job else None)
        job.start()

    def _on_failed(self, job: Job, error: ChuGiaiError) -> None:
        if self._job is job and not job.cancelled:
            self._desk.trouble.emit(explain(error))


def _run(work: Callable[..., object], project: object, progress: Progress) -> object:
    return work(project, progress)
