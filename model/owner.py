"""Which process an import belongs to, and whether that process still lives."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotations.report import new_id

_SILENCE = timedelta(minutes=2)  # an import writes a step at least this often


_ours: set[str] = set()  # what this process is at work on


def begin() -> str:
    """A name for work that this process begins: ``host:process id:start time#random``."""
    owner = f"{platform.node()}:{os.getpid()}:{_start_time(os.getpid())}#{new_id()}"
    _ours.add(owner)
    return owner


def end(owner: str) -> None:
    """Say that the work is over, however it ended."""
    _ours.discard(owner)


def is_alive(owner: str | None, heartbeat: str | None) -> bool:
    """Whether the owner of an import is still at work.

    On this computer the process is looked up; of another computer's we go by its last sign of life.
    """
    parts = (owner or "").rsplit(":", 2)
    if len(parts) == 3 and parts[0] == platform.node() and sys.platform.startswith("linux"):
        return _start_time(int(parts[1])) == parts[2].partition("#")[0] and (
            int(parts[1]) != os.getpid() or owner in _ours
        )
    if not heartbeat:
        return False
    last = datetime.fromisoformat(heartbeat.replace("Z", "+00:00"))
    return datetime.now(UTC) - last < _SILENCE


def _start_time(process: int) -> str:
    """When a process began (clock ticks since boot); empty when there is none, or it is a zombie."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]
