"""Names that a list has, wherever they stand: provinces, districts, countries, regions, news agencies."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.suggest.known_names import names_in
from annotations.suggest.lists import Trie, names_of
from annotations.suggest.node import Node
from annotations.suggest.reading import Reading
from annotations.suggest.rules.places import bare_at

_LISTED = 0.95
"""A name that the project's curators listed is meant."""


class GazetteerSource:
    """Looks every capital up; a name that is part of a longer run of capitals is left to others."""

    name = "gazetteer"

    def propose(self, reading: Reading) -> Iterator[Node]:
        """Names of the project's own lists, bare place names and agencies."""
        yield from self._own_lists(reading)
        doc, fixed, media = reading.doc, names_of("fixed.txt"), names_of("media_alone.txt")
        token = 0
        while token < doc.count:
            if compound := fixed.longest(doc, token):
                token = compound[0]
                continue
            node = bare_at(doc, token, reading.places) if doc.words[token] else None
            if node is None and doc.caps[token] and (agency := media.longest(doc, token)):
                said = {"_system": "other"}
                node = Node(
                    "ORG", doc.starts[token], doc.ends[agency[0] - 1], agency[0], said=said, by=self.name, sure=0.8
                )
            if node is not None:
                yield node
                token = node.next
            else:
                token += 1

    def _own_lists(self, reading: Reading) -> Iterator[Node]:
        """Names of the project's own lists, wherever they stand with a capital letter or a number."""
        doc = reading.doc
        for label, names in reading.knowledge.lists.items():
            trie: Trie[str] = Trie()
            for words, name in names_in(doc, names):
                trie.add(words, name)
            for token in range(doc.count):
                found = trie.longest(doc, token) if trie.begins(doc.words[token]) else None
                if found is not None and (doc.caps[token] or not found[1][:1].isupper()):
                    end = doc.ends[found[0] - 1]
                    yield Node(label, doc.starts[token], end, found[0], by=self.name, sure=_LISTED)
