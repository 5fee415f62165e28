"""Work in a process of its own: what it computes never holds up the window (two threads of one program share one interpreter lock).

The process is started when it is first needed, ends with the program, and is started again when it died. Where none can be
started the work is done in the calling thread.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from annotations.errors import ChuGiaiError

log = logging.getLogger(__name__)


class Gone(ChuGiaiError):
    """The process ended before it answered."""


class Aside:
    """One object in a process of its own; :meth:`call` calls its methods. Calls come from one thread at a time.

    ``make`` is a picklable function of no arguments that makes the object there. ``humble``: the process lets others
    go first when processors are few, the window above all.
    """

    def __init__(self, make: Callable[[], object], humble: bool = True) -> None:
        self._make, self._humble = make, humble
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._here: object | None = None
        self._guard = threading.Lock()
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Whether the object exists, there or here."""
        return self._here is not None or (self._process is not None and self._process.is_alive())

    def call(self, name: str, *given: object) -> Any:
        """The method's result. Raises what it raised, and ``Gone`` when the process ended (also by :meth:`stop`)."""
        if self._here is None and not self.is_running:
            self._start()
        if self._here is not None:
            return getattr(self._here, name)(*given)
        pipe = self._pipe
        if pipe is None:
            raise Gone("The helper process has ended.")
        try:
            pipe.send((name, given))
            is_error, result = pipe.recv()
        except (EOFError, OSError) as error:
            raise Gone("The helper process has ended.") from error
        if is_error:
            raise result
        return result

    def stop(self) -> None:
        """End the process, also in the middle of its work; a call that waits raises ``Gone``. From any thread."""
        with self._guard:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = self._here = None
        if process is not None:
            process.terminate()
            process.join(2)
            if process.is_alive():
                process.kill()
        if pipe is not None:
            pipe.close()

    def close(self) -> None:
        """As :meth:`stop`, and for good: calls raise ``Gone`` from now on."""
        self._closed = True
        self.stop()

    def _start(self) -> None:
        try:
            with self._guard:
                if self._closed:
                    raise Gone("The helper process has ended.")
                context = multiprocessing.get_context("spawn")
                self._pipe, theirs = context.Pipe()
                self._process = context.Process(
                    target=serve, args=(theirs, self._make, self._humble), name="aside", daemon=True
                )
                with _no_main():
                    self._process.start()
                theirs.close()
        except (OSError, ValueError, AssertionError) as error:
            log.warning("no process of its own for suggestions (%s); they are made in the window's", error)
            self._process = self._pipe = None
            self._here = self._make()


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide the running program for a moment: a process that is spawned would run it again (a script that opens a window, say)."""
    before = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = before


def serve(pipe: Connection, make: Callable[[], object], humble: bool) -> None:
    """Answer calls until the other side is gone."""
    if humble:
        _let_others_first()
    made = make()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            name, given = pipe.recv()
            try:
                answer = (False, getattr(made, name)(*given))
            except Exception as error:  # handed over: it is raised where the call was made
                answer = (True, error)
            pipe.send(answer)


def _let_others_first() -> None:
    """Lower this process's priority."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)  # BELOW_NORMAL_PRIORITY_CLASS
    else:
        os.nice(5)
