"""What a tagger sees of a token: its words and their shape, its neighbours, and what the rules say of it.

Lines are sequences. Offsets of nodes are those of ``doc.plain``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc

Features = list[list[str]]
_RULED = ("r=", "-1r=", "1r=")
_SAID = {
    "OFFICIAL": "f",
    "TITLE": "t",
    "ORG": "o",
    "PLACE": "p",
    "DATE": "d",
    "RESOLUTION": "r",
    "MEETING": "m",
    "TERM": "k",
}


def lines_of(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token bounds of each line that has tokens."""
    first = 0
    for token in range(doc.count + 1):
        if token == doc.count or doc.forms[token] == "\n":
            if token > first:
                yield first, token
            first = token + 1


def tags_of(doc: Doc, nodes: Iterable[Node], label: str) -> list[str]:
    """``B``, ``I`` and ``O`` of each token for one label; a span that does not begin and end with tokens is left out."""
    tags = ["O"] * doc.count
    for node in nodes:
        first, after = doc.at.get(node.start), doc.after.get(node.end)
        if node.label != label or first is None or after is None or any(tag != "O" for tag in tags[first:after]):
            continue
        tags[first] = "B"
        tags[first + 1 : after] = ["I"] * (after - first - 1)
    return tags


def without_rules(seen: Features) -> Features:
    """The same features without what the rules say: so a tagger learns the words too, for what no rule knows."""
    return [[feature for feature in one if not feature.startswith(_RULED)] for one in seen]


def features(doc: Doc, nodes: Sequence[Node]) -> Features:
    """The features of every token; ``nodes`` are what the rules found."""
    said: list[list[str]] = [[] for _ in range(doc.count)]
    for label, letter in _SAID.items():
        for token, tag in enumerate(tags_of(doc, nodes, label)):
            if tag != "O":
                said[token].append(f"{letter}{tag}")
    shapes = [_shape(form) for form in doc.forms[: doc.count]]
    return [_of_token(doc.words, shapes, said, token, doc.count) for token in range(doc.count)]


def _shape(form: str) -> str:
    if form.isdecimal():
        return "9"
    if form.isalpha():
        return ("XX" if len(form) > 1 else "X") if form.isupper() else "Xx" if form[0].isupper() else "x"
    return form if len(form) == 1 else "?"


def _of_token(words: list[str], shapes: list[str], said: list[list[str]], token: int, count: int) -> list[str]:
    found = [f"w={words[token]}", f"s={shapes[token]}"]
    found += [f"r={tag}" for tag in said[token]]
    for step in (-2, -1, 1, 2):
        place = token + step
        if 0 <= place < count:
            found.append(f"{step}w={words[place]}")
            found.append(f"{step}s={shapes[place]}")
            if abs(step) == 1:
                found += [f"{step}r={tag}" for tag in said[place]]
    if token:
        found.append(f"ww={words[token - 1]} {words[token]}")
    return found
