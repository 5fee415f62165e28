"""What an applied change did, and what listeners are told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changed:
    """What one committed action touched; ids are report ids.

    ``labels``: reports whose entities or relations (of ``annotator``; empty: of several) changed; ``reports``: metadata or
    status; ``queue``: reports came or went; ``schema``: the label schema changed; ``facts``: the kinds of facts that changed. ``ours`` is False for
    what another window or program did.
    """

    annotator: str = ""
    labels: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    queue: bool = False
    schema: bool = False
    facts: frozenset[str] = frozenset()
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a change, an undo or a redo.

    ``title`` names the action for people: an English sentence with ``{places}`` that ``values`` fill
    (``Label “Lê Thị Thủy” as OFFICIAL``); ``changed`` is what
    listeners were told; ``added`` are ids of new labels; ``left`` names labels that an undo or redo
    left alone because they were changed since; ``nothing`` is True when there was nothing to do.
    """

    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    changed: Changed = field(default_factory=Changed)
    added: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    nothing: bool = False
