"""What review decides: about one conflict, or about many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.review.decision import Decision


@dataclass(frozen=True, slots=True)
class Decide:
    """Keep decisions and withdraw others, as one action; the adjudicated sets follow.

    ``decisions`` may be about conflicts of several reports; one without ``by`` and ``at`` is the acting annotator's,
    now. ``withdrawn`` maps a report id to ids of conflicts that shall be open again. ``title`` names the action (an
    English sentence with ``{places}`` that ``values`` fill); without one it is named after what it does.
    ``seen`` gives versions of the decisions that were looked at, by report and conflict id (0: that there was none):
    when one was decided otherwise meanwhile, ``Collision`` is raised.
    """

    decisions: tuple[Decision, ...] = ()
    withdrawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    seen: Mapping[tuple[str, str], int] = field(default_factory=dict)
