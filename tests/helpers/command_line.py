"""The command line in this process, and in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ui.cli import run

MAIN = Path(__file__).resolve().parents[2] / "main.py"


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line of a command that was refused."""
        assert self.status == 1
        (line,) = self.err.splitlines()
        assert "Traceback" not in line
        return line


def chugiai(*words: str | Path) -> Said:
    """Carry out a command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run([str(word) for word in words])
    return Said(status, out.getvalue(), err.getvalue())


def done(*words: str | Path) -> Said:
    """Carry out a command line that must succeed and complain of nothing."""
    said = chugiai(*words)
    assert (said.status, said.err) == (0, ""), said
    return said


def program(*words: str | Path, python: tuple[str, ...] = (str(MAIN),), **environment: str) -> Said:
    """Carry out a command line in a Python of its own."""
    ended = subprocess.run(
        [sys.executable, *python, *map(str, words)],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return Said(ended.returncode, ended.stdout, ended.stderr)
