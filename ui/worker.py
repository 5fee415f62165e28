"""A long job of ``ui.jobs`` beside the window: its own thread, its own connection, progress, cancel.

The work is a plain function that knows no widgets and is given a ``Progress``. What it tells arrives on the Qt
thread, at most twenty times a second; cancelling makes that ``Progress`` raise ``Cancelled`` the next time it is called.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from annotations.errors import Cancelled, ChuGiaiError
from model.address import Place
from model.project import Project
from ui.jobs.progress import Progress

Result = TypeVar("Result")

PROGRESS_SECONDS = 0.05
"""Least time between two progress signals."""

_RUNNING: set[Job] = set()


@dataclass(frozen=True, slots=True)
class _End:
    result: object = None
    error: BaseException | None = None


class Job(QObject):
    """Runs ``work(progress)`` once. Make and start it on the Qt thread; it stays alive until it has ended.

    Signals, all on the Qt thread: ``progressed(done, total, what)`` (total 0: unknown); then exactly one of
    ``done(result)``, ``failed(ChuGiaiError)`` (also ``Cancelled``) and ``crashed()`` (a bug of ours, which was given to
    ``sys.excepthook``); last ``ended()``.
    """

    progressed = Signal(object, object, str)
    done = Signal(object)
    failed = Signal(object)
    crashed = Signal()
    ended = Signal()
    _came = Signal(object)

    def __init__(self, work: Callable[[Progress], object]) -> None:
        super().__init__()
        self._work = work
        self._stop = threading.Event()
        self._told = 0.0
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)
        self._came.connect(self._on_end, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether it was started and its end was not told yet."""
        return self in _RUNNING

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def start(self) -> None:
        """Begin; the window goes on."""
        _end_with_the_program()
        _RUNNING.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop. ``failed(Cancelled)`` follows, or ``done`` when it was past the point of return."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Block until the work has ended; False when it has not after ``seconds``. Its signals come later."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # in the other thread

    def _run(self) -> None:
        try:
            end = _End(self._work(self._progress))
        except BaseException as error:  # handed over to the Qt thread, which raises what is a bug
            end = _End(error=error)
        with suppress(RuntimeError):  # Qt is gone already: the program ends, and nobody listens
            self._came.emit(end)

    def _progress(self, done: int, total: int, what: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if now - self._told >= PROGRESS_SECONDS:
            self._told = now
            self.progressed.emit(done, total, what)

    # on the Qt thread

    def _on_end(self, end: _End) -> None:
        _RUNNING.discard(self)
        error = end.error
        if error is None:
            self.done.emit(end.result)
        elif isinstance(error, ChuGiaiError):
            self.failed.emit(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
            self.crashed.emit()
        self.ended.emit()


def _end_with_the_program() -> None:
    """See to it that no job outlives the application; once for each application (tests have several)."""
    app = QCoreApplication.instance()
    if app is not None and not app.property("ends_jobs"):
        app.setProperty("ends_jobs", True)
        app.aboutToQuit.connect(end_all)


def project_job(path: Place, work: Callable[[Project, Progress], Result]) -> Job:
    """A job on the project at ``path``, with a connection of its own that waits long for a lock."""

    def run(progress: Progress) -> Result:
        with Project.open(path) as project:
            return work(project, progress)

    return Job(run)


def end_all() -> None:
    """Cancel every running job and wait for its end: nothing is left half done when the program closes."""
    running = tuple(_RUNNING)
    for job in running:
        job.cancel()
    for job in running:
        job.wait()
