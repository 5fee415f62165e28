"""When two annotators' entities count as the same one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotations.errors import Refused


class Match(StrEnum):
    """The ways to match entities of two annotation sets, one to one.

    ``EXACT``     same extent and same label (nervaluate: strict)
    ``OVERLAP``   same label, sharing at least the threshold of the characters that either covers
    ``BOUNDARY``  same extent, whatever the label (nervaluate: exact)
    ``TYPE``      same label, sharing a character (nervaluate: ent_type)
    """

    EXACT = "exact"
    OVERLAP = "overlap"
    BOUNDARY = "boundary"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Selector:
    """A way to match; ``threshold`` (above 0, at most 1) is used by ``OVERLAP`` only.

    It is the share of shared characters in all characters that the two cover together (Jaccard), so that it is
    the same seen from either side. Raises ``Refused`` for a threshold outside these limits.
    """

    match: Match = Match.EXACT
    threshold: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 1:
            raise Refused(
                "{threshold} is no threshold for overlap: give a number above 0 and at most 1. Nothing was changed.",
                threshold=self.threshold,
            )
