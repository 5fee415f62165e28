"""Names that a list has, wherever they stand: provinces, districts, countries, regions, news agencies."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.suggest.lists import names_of
from annotations.suggest.node import Node
from annotations.suggest.reading import Reading
from annotations.suggest.rules.places import bare_at


class GazetteerSource:
    """Looks every capital up; a name that is part of a longer run of capitals is left to others."""

    name = "gazetteer"

    def propose(self, reading: Reading) -> Iterator[Node]:
        """Bare place names and agencies."""
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
