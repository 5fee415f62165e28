"""What the command line says: results on standard output, all else on standard error, each in whole lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from time import monotonic
from typing import IO, Any

from ui.cli.parser import Usage

_EVERY = 0.1  # seconds between two signs of progress
_WIDTH = 78


class Console:
    """Writes lines. Attribute: ``is_json``: standard output carries one JSON value and nothing else.

    A reader that stops reading (``| head``) is no reason to stop the work, nor to say anything.
    """

    def __init__(self) -> None:
        self.is_json = False
        self._out, self._err = _prepared(sys.stdout), _prepared(sys.stderr)
        self._shown = 0.0
        self._line = False

    def say(self, text: str) -> None:
        """A line for people; not printed beside JSON."""
        if not self.is_json:
            self._write(self._out, text + "\n")

    def write(self, text: str) -> None:
        """Data as it is, e.g. YAML."""
        self._write(self._out, text)

    def result(self, value: Any) -> None:
        """The machine-readable result; Any is what JSON holds."""
        plain = (getattr(self._out, "encoding", None) or "").lower().replace("-", "") != "utf8"
        self._write(self._out, json.dumps(value, ensure_ascii=plain, indent=1, default=str) + "\n")

    def complain(self, text: str) -> None:
        """One line on standard error, whatever the text holds."""
        self._clear()
        self._write(self._err, " ".join(text.splitlines()) + "\n")

    def usage(self, usage: Usage) -> int:
        """How it is used, or how it was used wrongly; the exit status."""
        self._write(self._err if usage.status else self._out, usage.text)
        return usage.status

    def progress(self, done: int, total: int, what: str) -> None:
        """A sign of life on the terminal's last line, at most ten times a second."""
        now = monotonic()
        if not _is_terminal(self._err) or (now - self._shown < _EVERY and done != total):
            return
        self._shown = now
        share = f"{done}/{total} ({100 * done // total} %)" if total else str(done)
        self._line = True
        self._write(self._err, f"\r{f'{what}: {share}':<{_WIDTH}.{_WIDTH}}")

    def close(self) -> None:
        """Leave the terminal tidy, and everything written."""
        self._clear()
        for stream in (self._out, self._err):
            _quietly(stream, stream.flush)

    def _clear(self) -> None:
        if self._line:
            self._line = False
            self._write(self._err, "\r" + " " * _WIDTH + "\r")

    def _write(self, stream: IO[str], text: str) -> None:
        if stream is self._out:
            self._clear()
        _quietly(stream, lambda: stream.write(text))


def _prepared(stream: Any) -> IO[str]:
    """The stream, which never fails for a letter that a console lacks; files get UTF-8 also on Windows.

    Any: under pythonw there is None, in tests another kind of stream.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 (lives as long as the program)
    if hasattr(stream, "reconfigure"):
        redirected = not _is_terminal(stream) and "PYTHONIOENCODING" not in os.environ
        stream.reconfigure(errors="replace", **({"encoding": "utf-8"} if redirected else {}))
    found: IO[str] = stream
    return found


def _is_terminal(stream: IO[str]) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)())


def _quietly(stream: IO[str], write: Callable[[], object]) -> None:
    try:
        write()
    except BrokenPipeError:
        # What the stream still holds goes nowhere, or Python would complain when it ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
