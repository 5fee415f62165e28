"""What a merge brings, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class MergeResult:
    """What one other copy brings (or would bring), by ``what`` and how: ``counts["entities", "added"]``.

    ``what``: reports, sets, entities, relations, labels (of the schema), history, and the kinds of facts; how: added, changed,
    removed. ``by_annotator`` counts the labels that came, changed or went, by name (empty: adjudicated). ``collisions``:
    things edited in both copies, newly found. ``differences``: how the other's schema is not ours, as sentences with
    their values. ``left_out``: what could not be taken, by reason. ``related``: whether it is a copy of this project.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_annotator: Counter[str] = field(default_factory=Counter)
    collisions: int = 0
    settled: int = 0
    differences: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    people: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    related: bool = True
    package_for: str = ""

    @property
    def nothing(self) -> bool:
        """Whether there was nothing new."""
        return not (self.counts or self.collisions or self.settled)

    def count(self, what: str, how: str, number: int = 1) -> None:
        """Count ``number`` things."""
        if number:
            self.counts[what, how] += number
