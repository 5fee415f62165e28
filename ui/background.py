"""Work that takes longer than a blink: a function that knows no widgets, run beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from annotations.errors import ChuGiaiError


class Beside(QThread):
    """Runs a function in a thread of its own.

    Signals, on the Qt thread: ``done(result)``, or ``refused(ChuGiaiError)``. Another exception is a bug and is
    raised on the Qt thread.
    """

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._result: object = None
        self._error: BaseException | None = None
        self.finished.connect(self._on_finished)

    def run(self) -> None:
        """Do the work; called by Qt in the other thread."""
        try:
            self._result = self._work()
        except BaseException as error:  # carried over to the Qt thread, which tells it
            self._error = error

    def _on_finished(self) -> None:
        self.deleteLater()
        if self._error is None:
            self.done.emit(self._result)
        elif isinstance(self._error, ChuGiaiError):
            self.refused.emit(self._error)
        else:
            raise self._error
