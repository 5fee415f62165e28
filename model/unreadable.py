"""Stored values that cannot be read, told in one sentence instead of as a bug.

The door writes none: something outside the program did, or the disk. ``check`` names each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from model.errors import ProjectError


class Unreadable(ProjectError):
    """The project is damaged: a label is gone, or a value is not what it should be."""


@contextmanager
def damage_told() -> Iterator[None]:
    """Around the making of values from stored rows: raise ``Unreadable`` where that fails."""
    try:
        yield
    except (LookupError, TypeError, ValueError) as error:
        raise unreadable() from error


def unreadable() -> Unreadable:
    """What to raise when something that must be there is not, or cannot be read."""
    return Unreadable(
        "The project is damaged: something in it cannot be read. Nothing was changed; run “chugiai check PROJECT "
        "--repair”, which names the damage and mends what it can."
    )
