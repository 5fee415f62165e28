"""Versions of one thing in two copies, and which of them stand after a merge.

A copy holds of each thing (a label, a fact, a report) the version that it shows and, while nobody decided, the
versions that lost against it. Each is named after the action that wrote it. A copy knows an action when the action
is in its history. So a version that one copy holds, and the other knows but does not hold any more, was replaced
there; a version that the other does not know is new to it. What remains is the same in whatever order and however
often copies are merged. (An observed-remove set with the history as its context; Shapiro et al. 2011.)
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Version:
    """What an action made of a thing. ``value`` is None where it was removed.

    ``action`` is the action's global id, ``at`` its time, ``who`` the annotator's name. ``needed`` marks the removal of
    something on which another copy, which did not know of it, went on working: so it stays. Any: plain JSON values.
    """

    action: str
    at: str
    value: Mapping[str, Any] | None
    who: str = ""
    needed: bool = False

    @property
    def rank(self) -> tuple[bool, str, str]:
        """What is there goes before what was removed, then the later, then the larger id: the same in every copy."""
        return self.value is not None, self.at, self.action

    def stored(self) -> dict[str, Any]:
        """As JSON values."""
        needed = {"needed": True} if self.needed else {}
        return {"action": self.action, "at": self.at, "by": self.who, "value": self.value, **needed}

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Version:
        """The version that ``stored`` gave."""
        return Version(stored["action"], stored["at"], stored["value"], stored["by"], stored.get("needed", False))


def standing(
    ours: Iterable[Version], theirs: Iterable[Version], known_here: Container[str], known_there: Container[str]
) -> tuple[Version, ...]:
    """The versions that stand after a merge, the one that is shown first; empty when both were.

    ``known_here`` and ``known_there`` hold the actions of the two histories.
    """
    here = {version.action: version for version in ours}
    there = {version.action: version for version in theirs}
    kept = {action: version for action, version in there.items() if action in here or action not in known_here}
    kept |= {action: version for action, version in here.items() if action in there or action not in known_there}
    for action in here.keys() & there.keys():
        if here[action].needed or there[action].needed:
            kept[action] = replace(kept[action], needed=True)
    if not kept:  # each replaced the other's: damage, or an undo that set a row back
        kept = {**there, **here}
    return tuple(sorted(kept.values(), key=lambda version: version.rank, reverse=True))
