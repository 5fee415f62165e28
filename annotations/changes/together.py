"""Several changes as one action: one history entry, one undo, all or nothing; also to other annotators' sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.changes import Change


@dataclass(frozen=True, slots=True)
class Together:
    """Apply ``changes`` in order as one action, named after ``title`` (an English sentence for the Edit menu, with
    ``{places}`` that ``values`` fill).

    Whether relations are allowed is asked when all is done, so that labels and relation types can change together.
    """

    changes: tuple[Change, ...]
    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """Apply ``changes`` to the sets of ``annotator``, who is another than the acting one.

    The action stays that of who acts: the history names that person, who also undoes it.
    """

    annotator: str
    changes: tuple[Change, ...]
