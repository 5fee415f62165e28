"""What can be done to facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.facts import Fact


@dataclass(frozen=True, slots=True)
class SetFacts:
    """Make, change or (value None) remove facts, as one action.

    ``title`` is how the Edit menu names it: an English sentence with ``{places}`` that ``values`` fill.
    ``seen`` gives the versions that were looked at, by :attr:`Fact.place` (0: that there was none): when one of
    these was changed meanwhile, ``Collision`` is raised.
    """

    facts: tuple[Fact, ...]
    title: str
    values: Mapping[str, object] = field(default_factory=dict)
    seen: Mapping[tuple[str, str, str, str], int] = field(default_factory=dict)
