"""What a rule gives: a labelled span of a :class:`~annotations.suggest.prepared.Doc` with what stands inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """``start`` and ``end`` are offsets of ``doc.plain``, ``next`` is the token after it. ``said`` holds attributes."""

    label: str
    start: int
    end: int
    next: int
    inner: tuple[Node, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    by: str = "rules"
    sure: float = 0.9

    def all(self) -> Iterator[Node]:
        """This node and all inside it, outer first."""
        yield self
        for node in self.inner:
            yield from node.all()
