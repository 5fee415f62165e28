"""Which process an import belongs to, and whether that process still lives."""

from __future__ import annotations

import os
import platform
import sys
import uuid
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from annotations.report import new_id
from model.engines import door

_SILENCE = timedelta(minutes=2)  # an import writes a step at least this often


_ours: set[str] = set()  # what this process is at work on


def begin() -> str:
    """A name for work that this process begins: ``computer:process id:start time#random``."""
    owner = f"{computer()}:{os.getpid()}:{_start_time(os.getpid())}#{new_id()}"
    _ours.add(owner)
    return owner


def end(owner: str) -> None:
    """Say that the work is over, however it ended."""
    _ours.discard(owner)


def sign_of_life(connection: Connection) -> str:
    """The time that all who work on the project go by: of a file this computer's, of a database its server's."""
    return door(connection).time(connection)


def is_alive(owner: str | None, heartbeat: str | None, at: str) -> bool:
    """Whether the owner of an import is still at work, ``at`` the present :func:`sign_of_life`.

    On this computer the process is looked up; of another computer's we go by its last sign of life.
    """
    parts = (owner or "").rsplit(":", 2)
    if len(parts) == 3 and parts[0] == computer() and sys.platform.startswith("linux"):
        return _start_time(int(parts[1])) == parts[2].partition("#")[0] and (
            int(parts[1]) != os.getpid() or owner in _ours
        )
    if not heartbeat:
        return False
    last, present = (datetime.fromisoformat(moment.replace("Z", "+00:00")) for moment in (heartbeat, at))
    return present - last < _SILENCE


@cache
def computer() -> str:
    """This computer's name, and its network card's number: of a team, two may have the same name."""
    return f"{platform.node()}/{uuid.getnode():012x}"


def _start_time(process: int) -> str:
    """When a process began (clock ticks since boot); empty when there is none, or it is a zombie."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]
