"""What is confirmed in the project: its names, found again without regard to case, tone style and normal form."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import keyed
from annotations.suggest.reading import Reading

_LABELS = ("OFFICIAL", "TITLE", "ORG", "PLACE", "RESOLUTION", "MEETING")
_SHORTEST = 4
"""Code points; shorter surfaces are too often something else."""


class MemorySource:
    """Exact surfaces that were confirmed elsewhere in the project."""

    name = "project"

    def propose(self, reading: Reading) -> Iterator[Node]:
        """Each confirmed surface that stands here again, with a capital letter."""
        doc = reading.doc
        for label in _LABELS:
            names = [name for name in reading.knowledge.names.get(label, ()) if len(name) >= _SHORTEST and " " in name]
            if not names:
                continue
            trie = Trie((name, name) for name in names)
            for token in range(doc.count):
                found = trie.longest(doc, token) if doc.caps[token] and trie.begins(doc.words[token]) else None
                if found is not None and keyed(found[1]):
                    yield Node(label, doc.starts[token], doc.ends[found[0] - 1], found[0], by=self.name, sure=0.7)
