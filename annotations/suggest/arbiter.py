"""Chooses among proposals so that the span rules hold: no crossing, none inside one of its own label, tight edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotations.suggest.node import Node

WEIGHTS: Mapping[str, float] = {"rules": 1.0, "gazetteer": 0.9, "project": 0.85, "model": 0.7}
"""How far a source's confidence counts when two proposals exclude each other."""


def choose(proposals: Iterable[Node]) -> list[Node]:
    """The proposals that can stand together, strongest first chosen; in text order, outer before inner."""
    unique: dict[tuple[str, int, int], Node] = {}
    for node in proposals:
        place = (node.label, node.start, node.end)
        if place not in unique or _weight(node) > _weight(unique[place]):
            unique[place] = node
    chosen: list[Node] = []
    taken = _Taken()
    for node in sorted(unique.values(), key=lambda node: (-_weight(node), node.start - node.end, node.start)):
        if taken.admits(node):
            taken.add(node)
            chosen.append(node)
    return sorted(chosen, key=lambda node: (node.start, -node.end, node.label))


def _weight(node: Node) -> float:
    return WEIGHTS.get(node.by, 0.7) * node.sure


class _Taken:
    """The chosen spans, in buckets, so that a long report stays quick."""

    _WIDTH = 256

    def __init__(self) -> None:
        self._buckets: dict[int, list[Node]] = {}

    def _near(self, node: Node) -> Iterable[Node]:
        for bucket in range(node.start // self._WIDTH, (node.end - 1) // self._WIDTH + 1):
            yield from self._buckets.get(bucket, ())

    def add(self, node: Node) -> None:
        for bucket in range(node.start // self._WIDTH, (node.end - 1) // self._WIDTH + 1):
            self._buckets.setdefault(bucket, []).append(node)

    def admits(self, node: Node) -> bool:
        """Whether the span crosses none of the chosen and stands inside or around none of its own label."""
        for other in self._near(node):
            if node.start >= other.end or other.start >= node.end:
                continue
            holds = node.start <= other.start and other.end <= node.end
            lies = other.start <= node.start and node.end <= other.end
            if not (holds or lies) or node.label == other.label or (holds and lies):
                return False
            if node.label == "OFFICIAL" and lies and other.label in _NAMES_OF_THINGS:
                return False
            if lies and other.label in _ATOMS:
                return False
            if holds and node.label in _ATOMS:
                return False
        return True


_ATOMS = frozenset(("OFFICIAL", "DATE", "TERM", "PLACE"))
"""Labels that hold nothing."""
_NAMES_OF_THINGS = frozenset(("ORG", "TITLE", "PLACE"))
"""A person's name inside these is part of the name (``Đoàn TNCS Hồ Chí Minh``)."""
