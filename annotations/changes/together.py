"""Several changes as one action: one history entry, one undo, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.changes import Change


@dataclass(frozen=True, slots=True)
class Together:
    """Apply ``changes`` in order as one action, named after ``title`` (an English sentence for the Edit menu)."""

    changes: tuple[Change, ...]
    title: str = ""
