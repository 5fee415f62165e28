"""What was edited in two copies: the version that is shown and those that lost, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that lost: what it said (None: removed), whose it is and when it was made.

    ``action`` is the global id of the action that made it. Any: plain JSON values.
    """

    action: str
    at: str
    value: Value | None
    who: str

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Kept:
        """The version as the collision's fact holds it."""
        return Kept(stored["action"], stored["at"], stored["value"], stored["by"])


@dataclass(frozen=True, slots=True)
class Collided:
    """One thing that was edited in two copies.

    ``key`` is ``entity:ID``, ``relation:ID``, ``report:`` or ``fact:KIND:KEY``; ``annotator`` is empty for adjudicated labels and
    for what is nobody's. ``shown`` is what stands now (None: it is removed), ``lost`` what the other copies had.
    ``hidden`` says that a relation cannot be shown, because an end was removed or relabelled in another copy.
    ``text`` is the report's, for the spans of labels; ``hidden_by`` what to take to show a hidden relation again.
    """

    report_id: str
    report: str
    annotator: str
    key: str
    shown: Value | None
    lost: tuple[Kept, ...]
    hidden: bool = False
    text: str = ""
    hidden_by: str = ""

    @property
    def kind(self) -> str:
        """``entity``, ``relation``, ``report`` or ``fact``."""
        return self.key.partition(":")[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """In which parts the versions differ, by their names; empty when one of them was removed."""
        if self.shown is None or any(each.value is None for each in self.lost):
            return ()
        values = [self.shown, *(each.value or {} for each in self.lost)]
        names = dict.fromkeys(name for value in values for name in value)
        return tuple(name for name in names if any(value.get(name) != self.shown.get(name) for value in values))
