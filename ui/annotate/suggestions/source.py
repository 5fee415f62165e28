"""Where the window's suggestions come from: a thread that reads the project, and behind it a process that thinks."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from PySide6.QtCore import QObject, Qt, Signal

from annotations.changes.outcome import Changed
from annotations.errors import ChuGiaiError
from annotations.report import AnnotationSet, Report, Span
from annotations.suggest import Suggestions
from annotations.suggest.beside import Refused
from ui.desk import Desk
from ui.jobs.suggestion_feed import Feed

log = logging.getLogger(__name__)

LONG = 30_000
"""In longer texts what is seen comes first."""
_STEP, _MANY = 10, 500
"""Reports whose names are read again at once; and from how many changed ones on all names are read anew."""
_ATTEMPTS, _AGAIN = 3, 1.0
"""How often a step that failed is tried, and the seconds between."""
_TELL = 5
"""Steps of a survey after which it is told."""
_PAUSE = 0.02
"""Seconds between steps that nobody waits for: the interpreter lock is the window's meanwhile."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: a report with the labels on it, what is seen of it; ``opening``: it was just put on the desk.

    ``number`` counts the reports that were opened so far: an answer to what was asked before is out of date.
    """

    report: Report
    own: AnnotationSet
    seen: Span
    opening: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Suggestions for a report, and what its annotator refused there. ``whole``: not only of what is seen."""

    report: Report
    found: Suggestions
    refused: Refused
    whole: bool = True
    number: int = 0


class SuggestionSource(QObject):
    """Answers the latest question. Signals: ``came(Answer)``; ``measured()`` figures were kept; ``surveyed()`` suggestions of more
    reports were worked out; ``training_due()``; ``tuned(Choices)`` what is known changed: ask again."""

    came = Signal(object)
    training_due = Signal()
    surveyed = Signal()
    measured = Signal()
    tuned = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.feed = Feed(desk.project, desk.annotator)
        self._asked: Ask | None = None
        self._retune = True
        self._changed: set[str] = set()
        self._later: deque[Callable[[], None]] = deque()
        self._learnt = self._surveying = self._anew = False
        self._ended = False
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="suggestions", daemon=True)
        desk.bus.changed.connect(self._on_changed, Qt.ConnectionType.DirectConnection)

    def start(self) -> None:
        """Begin to answer."""
        if not self._thread.is_alive():
            self._thread.start()

    def ask(self, asked: Ask | None) -> None:
        """Ask; an earlier question that is not answered yet is dropped."""
        with self._wake:
            before = self._asked
            if before is not None and asked is not None and before.opening and before.number == asked.number:
                asked = replace(asked, opening=True)  # it was not answered yet
            self._asked = asked
            self._wake.notify()

    def later(self, do: Callable[[], None]) -> None:
        """Do something in the thread when nothing else waits."""
        with self._wake:
            self._later.append(do)
            self._wake.notify()

    def tune(self) -> None:
        """Read schema, choices and model anew."""
        with self._wake:
            self._retune = True
            self._wake.notify()

    def finished(self, report_id: str) -> None:
        """The annotator is done with a report: measure what was suggested there, and see whether to train."""
        self.later(lambda: self._measure(report_id))

    def survey(self) -> None:
        """Work out suggestions for all reports that have none, when nothing else waits."""
        if not self._surveying:
            self._surveying = True
            self.later(lambda: self._survey("", 0))

    def close(self) -> None:
        """End; waits for what reads the project at this moment."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        self.feed.stop()
        if self._thread.is_alive():
            self._thread.join()

    # the project changes

    def _on_changed(self, changed: Changed) -> None:
        with self._wake:
            self._changed |= changed.labels
            if len(self._changed) > _MANY:  # an import: what is newest is read again
                self._changed.clear()
                self._learnt, self._anew = False, True
            if changed.schema or "setting" in changed.facts:
                self._retune = True
            self._wake.notify()

    # in the thread

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._ended and not self._has_work():
                    self._wake.wait()
                if self._ended:
                    return
                step = self._next()
            self._try(step)
            self._rest(_PAUSE)

    def _try(self, step: Callable[[], None]) -> None:
        """Take a step; one that the project or the process refuses is tried again a little later, not for ever."""
        for _attempt in range(_ATTEMPTS):
            try:
                step()
                return
            except ChuGiaiError as error:
                log.info("suggestions wait: %s", error)
            with self._wake:
                if self._ended or self._wake.wait_for(lambda: self._ended, _AGAIN):
                    return

    def _has_work(self) -> bool:
        return bool(self._retune or self._asked or self._changed or not self._learnt or self._later)

    def _next(self) -> Callable[[], None]:
        """The most urgent step. Called with the lock held."""
        if self._retune:
            self._retune = False
            return self._tune
        if self._asked is not None:
            asked, self._asked = self._asked, None
            return lambda: self._answer(asked)
        if self._changed:
            some = frozenset(islice(self._changed, _STEP))
            self._changed -= some
            return lambda: self.feed.learn_again(some)
        if not self._learnt:
            return self._learn
        return self._later.popleft()

    def _rest(self, seconds: float) -> None:
        with self._wake:
            if not self._ended and self._asked is None and not self._retune:
                self._wake.wait(seconds)

    def _tune(self) -> None:
        self.feed.tune()
        self.tuned.emit(self.feed.choices())

    def _learn(self) -> None:
        anew, self._anew = self._anew, False
        self._learnt = not self.feed.teach_more(anew) and not self._anew
        if self._learnt:
            self.tuned.emit(self.feed.choices())

    def _survey(self, after: str, steps: int) -> None:
        last = self.feed.survey(after)
        if not last or steps % _TELL == 0:
            self.surveyed.emit()
        if last:
            self.later(lambda: self._survey(last, steps + 1))
        else:
            self._surveying = False

    def _measure(self, report_id: str) -> None:
        if self.feed.measure(report_id):
            self.measured.emit()
        if self.feed.is_training_due():
            self.training_due.emit()

    def _answer(self, asked: Ask) -> None:
        report, feed = asked.report, self.feed
        refused = feed.refused(report.id)
        kept = feed.kept(report) if asked.opening else None
        if kept is not None:
            self.came.emit(Answer(report, kept, refused, number=asked.number))
        elif asked.opening and len(report.text) > LONG:
            part = feed.suggest(report, asked.own, refused, asked.seen)
            self.came.emit(Answer(report, part, refused, whole=False, number=asked.number))
        self.came.emit(Answer(report, feed.suggest(report, asked.own, refused), refused, number=asked.number))
        if asked.opening and kept is None:
            self.later(lambda: feed.keep(report))
