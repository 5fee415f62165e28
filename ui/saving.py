"""Changes on their way into the project: saved at once, or queued, shown as unsaved and retried until they are in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotations.changes import Change
from annotations.changes.outcome import Outcome
from annotations.errors import ChuGiaiError
from model.errors import Busy, NotSaved, ProjectError
from model.workspace import Workspace
from ui.words import explain

QUICK_MS, QUICK_TRIES = 40, 10
"""While another program writes for a moment, try again soon…"""
RETRY_MS = 250
"""…and from then on at this interval, in milliseconds."""


@dataclass(frozen=True, slots=True)
class SavingState:
    """``waiting`` actions are not saved; ``problem`` is the sentence that says why, empty when all is saved."""

    waiting: int = 0
    problem: str = ""

    @property
    def saved(self) -> bool:
        """Whether everything done so far is in the project file."""
        return self.waiting == 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """One action to carry out: a change, or (``change`` None) an undo or redo."""

    carry_out: Callable[[], Outcome]
    change: Change | None


class Saving(QObject):
    """The queue in front of the door; actions go in in the order in which they were made.

    Signals: ``state_changed(SavingState)``; ``problem_lasts(sentence)`` once per trouble; ``saved_again()``
    when it is over; ``saved_later(Outcome)`` and ``refused_later(ChuGiaiError)`` for queued actions.
    """

    state_changed = Signal(object)
    problem_lasts = Signal(str)
    saved_again = Signal()
    saved_later = Signal(object)
    refused_later = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._queue: deque[Waiting] = deque()
        self._state = SavingState()
        self._tries = 0
        self._told = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.retry)
        self._file = _identity(workspace)

    @property
    def state(self) -> SavingState:
        """How things stand."""
        return self._state

    def waiting_changes(self) -> tuple[Change, ...]:
        """Changes that are not saved yet, in order."""
        return tuple(one.change for one in self._queue if one.change is not None)

    def run(self, carry_out: Callable[[], Outcome], change: Change | None = None) -> Outcome | None:
        """Carry out an action now; None when it had to be queued. Raises ``ChuGiaiError`` when it is refused."""
        waiting = Waiting(carry_out, change)
        if self._queue:
            self._queue.append(waiting)
            self._show(self._state.problem)
            return None
        try:
            return self._carry_out(waiting)
        except (Busy, NotSaved) as error:
            self._queue.append(waiting)
            self._on_trouble(error)
            return None

    def drop_last(self) -> Change | None:
        """Take back the last queued change; None when the last queued action is none, or nothing is queued."""
        if not self._queue or self._queue[-1].change is None:
            return None
        change = self._queue.pop().change
        self._show(self._state.problem if self._queue else "")
        if not self._queue:
            self._over()
        return change

    def retry(self) -> None:
        """Try to save what waits, in order, until something keeps us from it."""
        while self._queue:
            first = self._queue.popleft()  # before listeners hear of it, lest it be shown twice
            try:
                outcome = self._carry_out(first)
            except (Busy, NotSaved) as error:
                self._queue.appendleft(first)
                self._on_trouble(error)
                return
            except ChuGiaiError as error:
                self.refused_later.emit(error)
            else:
                self.saved_later.emit(outcome)
        self._show("")
        self._over()

    def stop(self) -> None:
        """Give up what waits (the person was asked)."""
        self._timer.stop()
        self._queue.clear()

    def _carry_out(self, waiting: Waiting) -> Outcome:
        if _identity(self._workspace) != self._file:
            raise NotSaved(
                "{path} was moved, deleted or replaced while it is open, so this was not saved. "
                "Put the file back, and it will be.",
                path=self._workspace.project.path,
            )
        return waiting.carry_out()

    def _on_trouble(self, error: ProjectError) -> None:
        self._tries += 1
        self._show(explain(error))
        soon = isinstance(error, Busy) and self._tries <= QUICK_TRIES
        self._timer.start(QUICK_MS if soon else RETRY_MS)
        if not soon and not self._told:
            self._told = True
            self.problem_lasts.emit(self._state.problem)

    def _over(self) -> None:
        self._timer.stop()
        told, self._told, self._tries = self._told, False, 0
        if told:
            self.saved_again.emit()

    def _show(self, problem: str) -> None:
        state = SavingState(len(self._queue), problem)
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _identity(workspace: Workspace) -> tuple[int, int] | None:
    """Which file lies at the project's path: SQLite would go on writing one that was deleted or moved away.

    None for a database, which is not moved.
    """
    path = workspace.project.path
    try:
        found = path.stat() if isinstance(path, Path) else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None
