"""All rules together, left to right: at each token the outermost mention that begins there, with what stands inside it."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.suggest.lists import Trie, names_of
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, keyed
from annotations.suggest.rules.bodies import body_at
from annotations.suggest.rules.dates import date_spans, term_spans
from annotations.suggest.rules.documents import document_at
from annotations.suggest.rules.meetings import meeting_at, term_node
from annotations.suggest.rules.people import credits, honorific_end, person_after, person_anywhere
from annotations.suggest.rules.places import site_at, unit_at
from annotations.suggest.rules.titles import title_at

_BELOW = tuple(
    keyed(words)
    for words in (
        "Các tin khác",
        "Tin liên quan",
        "Các tin liên quan",
        "Tin cùng chuyên mục",
        "Tin mới hơn",
        "Tin cũ hơn",
        "Các tin đã đưa",
        "Tin khác",
    )
)


class Scan:
    """One report being read. ``known`` are place names without unit word, learned from the report or the project."""

    def __init__(self, doc: Doc, known: Trie[str], people: Trie[str]) -> None:
        self.doc = doc
        self.known = known
        self.people = people
        self.dates = date_spans(doc)
        self.terms = term_spans(doc)
        self.names = {doc.at[node.start]: node for node in credits(doc)}

    def nodes(self) -> tuple[Node, ...]:
        """All mentions, outermost ones, in text order."""
        return tuple(self._between(0, self.doc.count, documents=True))

    def inner(self, first: int, last: int) -> tuple[Node, ...]:
        """All mentions between two tokens that are no RESOLUTION and end inside."""
        return tuple(node for node in self._between(first, last, documents=False) if node.next <= last)

    def _between(self, first: int, last: int, documents: bool) -> list[Node]:
        found: list[Node] = []
        token = first
        before: Node | None = None
        while token < last:
            if self.doc.forms[token] == "\n" and documents and self._is_below(token + 1):
                break
            if fixed := names_of("fixed.txt").longest(self.doc, token):
                token, before = fixed[0], None
                continue
            node = self._at(token, before, documents)
            if node is None or (node.next > last and not documents):
                before = before if self.doc.forms[token] in (",", "-", "–") or self.doc.words[token] == "và" else None
                token += 1
                continue
            found.append(node)
            before = node
            token = node.next
        return found

    def _is_below(self, token: int) -> bool:
        """Whether the page's list of other reports begins."""
        return any(self.doc.starts_with(token, words) for words in _BELOW) and token > self.doc.count // 2

    def _at(self, token: int, before: Node | None, documents: bool) -> Node | None:
        """The mention that begins at ``token``."""
        doc = self.doc
        if not doc.forms[token][:1].isalnum():
            return None
        if token in self.dates:
            end = self.dates[token]
            return Node("DATE", doc.starts[token], doc.ends[end - 1], end, sure=0.97)
        if token in self.terms:
            return term_node(doc, token, self.terms[token])
        if token in self.names:
            return self.names[token]
        if documents and (node := document_at(doc, token, self.dates, self.terms, self.inner, self.known)):
            return node
        if (node := meeting_at(doc, token, self.terms, self.known, dates=self.dates)) is not None:
            return node
        return self._name(token, before)

    def _name(self, token: int, before: Node | None) -> Node | None:
        doc = self.doc
        touching = before is not None and before.next == token
        if touching and before is not None and before.label == "TITLE" and (node := person_after(doc, token)):
            return node
        held = before is not None and before.label in ("OFFICIAL", "TITLE")
        if (node := title_at(doc, token, self.known, held=held)) is not None:
            return node
        if doc.caps[token] and self._addressed(token) and (node := person_after(doc, token)):
            return node
        body, place = body_at(doc, token, self.known), unit_at(doc, token, self.known) or site_at(doc, token)
        if body is not None or place is not None:
            return place if body is None or (place is not None and place.next > body.next) else body
        if not doc.caps[token]:
            return None
        return person_anywhere(doc, token) or self._known_person(token)

    def _addressed(self, token: int) -> bool:
        """Whether an address or rank stands directly before."""
        for back in (1, 2, 3, 4, 5, 6, 7):
            if token - back < 0 or self.doc.forms[token - back] in ("\n", ",", ";"):
                return False
            if honorific_end(self.doc, token - back) == token:
                return True
        return False

    def further_people(self) -> Iterator[Node]:
        """Names that are known by now, wherever they stand."""
        for token in range(self.doc.count):
            if self.doc.caps[token] and (node := self._known_person(token)):
                yield node

    def _known_person(self, token: int) -> Node | None:
        found = self.people.longest(self.doc, token)
        if found is None or self.doc.cap_run(token) != found[0] or not all(self.doc.caps[token : found[0]]):
            return None
        return Node("OFFICIAL", self.doc.starts[token], self.doc.ends[found[0] - 1], found[0], sure=0.85)
