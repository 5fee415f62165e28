"""The rules of the labelling guide as a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotations.suggest.known_names import names_in
from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import keyed
from annotations.suggest.reading import Reading
from annotations.suggest.rules.scan import Scan


class RulesSource:
    """Grammar of titles, bodies, dates, documents, meetings, terms, places and names."""

    name = "rules"

    def propose(self, reading: Reading) -> Iterator[Node]:
        """Every mention that a rule finds, each by itself; names found once are then found everywhere."""
        people: Trie[str] = Trie()
        for words, name in names_in(reading.doc, reading.knowledge.names.get("OFFICIAL", frozenset())):
            if len(words) > 1:
                people.add(words, name)
        scan = Scan(reading.doc, reading.places, people)
        nodes = scan.nodes()
        known = {(node.start, node.end) for top in nodes for node in top.all()}
        for top in nodes:
            for node in top.all():
                if node.label == "OFFICIAL":
                    _remember(people, reading.doc.plain[node.start : node.end])
                yield replace(node, inner=())
        yield from (node for node in scan.further_people() if (node.start, node.end) not in known)


def _remember(people: Trie[str], name: str) -> None:
    words = keyed(name)
    if len(words) > 1:
        people.add(words, name)
