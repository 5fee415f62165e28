"""What is confirmed in the project: its names, found again without regard to case, tone style and normal form."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.suggest.known_names import names_in
from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
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
            trie: Trie[str] = Trie()
            for words, name in names_in(doc, reading.knowledge.names.get(label, frozenset())):
                if len(words) > 1 and len(name) >= _SHORTEST:
                    trie.add(words, name)
            for token in range(doc.count):
                found = trie.longest(doc, token) if doc.caps[token] and trie.begins(doc.words[token]) else None
                if found is not None:
                    yield Node(label, doc.starts[token], doc.ends[found[0] - 1], found[0], by=self.name, sure=0.7)
