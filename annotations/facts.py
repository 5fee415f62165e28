"""Facts: what people decide that is no label, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a fact is about; the key is unique within kind, report and annotator."""

    ASSIGNMENT = "assignment"
    """An annotator is to label a report (key empty)."""
    DECISION = "decision"
    """What review decided about a conflict of a report (key: its id)."""
    REJECTION = "rejection"
    """A suggestion that an annotator does not want on a report (key: what was suggested where)."""
    ENTRY = "entry"
    """An entry of the registry (key: its id, which entities bear)."""
    SETTING = "setting"
    """A setting of the project (key: its name)."""
    COLLISION = "collision"
    """One label that was edited in two copies (report, annotator; key: kind and id of the label)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One decided value. ``value`` None stands for no such fact (any more). ``version`` counts its edits; 0: not stored.

    ``report_id`` and ``annotator`` (a name) are empty for what concerns the whole project. Any: plain JSON values.
    """

    kind: Kind
    key: str
    value: Mapping[str, Any] | None
    report_id: str = ""
    annotator: str = ""
    version: int = 0

    @property
    def place(self) -> tuple[Kind, str, str, str]:
        """What identifies it: kind, report, annotator and key."""
        return self.kind, self.report_id, self.annotator, self.key
