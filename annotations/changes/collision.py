"""What can be done about things that were edited in two copies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettleCollision:
    """Keep what is shown or, with ``take``, put the version of that action (its global id) in its place.

    ``report_id``, ``annotator`` and ``key`` are those of :class:`annotations.collisions.Collided`. A relation that cannot be
    shown is shown again with its own action as ``take``.
    """

    report_id: str
    annotator: str
    key: str
    take: str = ""
