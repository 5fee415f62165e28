"""One report being read: what every source is given, and the protocol that a source fulfils."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from annotations.report import Report
from annotations.suggest.knowledge import Knowledge
from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, keyed
from annotations.suggest.rules.places import unit_at


class Reading:
    """A report, what is known of its project, and its text made ready. ``places`` are names known without a unit word, ``units``
    the names with their unit word, by the key of the bare one. ``proposed`` is what the rules found, for later sources."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        self.doc = Doc(report.text)
        self.places: Trie[str] = Trie()
        self.units: dict[str, str] = {}
        self.proposed: list[Node] = []
        for name in report.locality.split(","):
            words = keyed(name)
            words = words[1:] if words and words[0] in ("tỉnh", "huyện", "quận") else words
            if len(words) > 1:
                self.places.add(words, "")
        self._learn_places()

    def _learn_places(self) -> None:
        """Names that stand with their unit word somewhere are known without it everywhere."""
        doc = self.doc
        for token in range(doc.count):
            node = unit_at(doc, token)
            if node is None or doc.shouted[token] or not doc.forms[node.next - 1].isalpha():
                continue
            first = token
            while first < node.next and not (doc.caps[first] and first > token):
                first += 1
            if node.next - first > 1:
                self.places.add(tuple(doc.words[first : node.next]), node.said["_level"])
                name = doc.key[doc.starts[first] : node.end]
                self.units.setdefault(
                    name, f"{doc.key[node.start : doc.ends[first - 1]]} {doc.plain[doc.starts[first] : node.end]}"
                )


class Source(Protocol):
    """Proposes entities. ``name`` becomes the suggestion's ``by``."""

    name: str

    def propose(self, reading: Reading) -> Iterable[Node]:
        """Mentions in any order, without inner ones: each nested mention is proposed by itself."""
        ...
