"""Chosen mentions with what stands around them. Offsets are those of ``doc.plain``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc


@dataclass(frozen=True, slots=True)
class Item:
    """A mention: its number in the list, the number of the next outer one (-1 for none), its sentence's number."""

    number: int
    node: Node
    outer: int
    sentence: int

    @property
    def label(self) -> str:
        """The entity's label."""
        return self.node.label

    @property
    def start(self) -> int:
        """First offset."""
        return self.node.start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.node.end


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed relation between two items, by number."""

    type: str
    source: int
    target: int
    sure: float = 0.8


class Scene:
    """All items of a report, and the outermost ones sentence by sentence."""

    def __init__(self, doc: Doc, nodes: Sequence[Node]) -> None:
        self.doc = doc
        self.key = doc.key
        starts = [start for start, _ in doc.sentences]
        self.items: list[Item] = []
        stack: list[Item] = []
        for number, node in enumerate(nodes):
            while stack and stack[-1].end <= node.start:
                stack.pop()
            item = Item(number, node, stack[-1].number if stack else -1, bisect_right(starts, node.start) - 1)
            self.items.append(item)
            stack.append(item)
        self.by_sentence: dict[int, list[Item]] = {}
        for item in self.items:
            if item.outer < 0:
                self.by_sentence.setdefault(item.sentence, []).append(item)

    def children(self, item: Item) -> Iterator[Item]:
        """The mentions directly inside one."""
        for other in self.items[item.number + 1 :]:
            if other.start >= item.end:
                return
            if other.outer == item.number:
                yield other

    def between(self, first: Item, second: Item) -> str:
        """The words between two mentions (a key)."""
        return self.key[first.end : second.start]

    def sentence(self, number: int) -> tuple[int, int]:
        """Bounds of a sentence."""
        return self.doc.sentences[number] if number >= 0 else (0, 0)
