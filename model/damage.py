"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Damage(StrEnum):
    """The kinds of damage."""

    FILE = "file"
    SPAN_OUTSIDE_TEXT = "span_outside_text"
    RELATION_WITHOUT_END = "relation_without_end"
    UNKNOWN_LABEL = "unknown_label"
    FORBIDDEN_RELATION = "forbidden_relation"
    TEXT_CHANGED = "text_changed"
    REPORT_WITHOUT_TEXT = "report_without_text"
    DUPLICATE_ID = "duplicate_id"
    BROKEN_INDEX = "broken_index"
    MISSING_ROW = "missing_row"
    UNREADABLE_DECISION = "unreadable_decision"
    UNREADABLE_VALUE = "unreadable_value"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``sentence`` is English with places that ``values`` fill; ``rows`` are row keys for the
    repair; ``repaired`` says that it has been mended. A NOTICE is no damage."""

    kind: Damage
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)
    table: str = ""
    rows: tuple[int, ...] = ()
    mendable: bool = False
    repaired: bool = False

    @property
    def is_damage(self) -> bool:
        """Whether the finding is more than a notice."""
        return self.kind is not Damage.NOTICE

    def __str__(self) -> str:
        return self.sentence.format(**self.values)
