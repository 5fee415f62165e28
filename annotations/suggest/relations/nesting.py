"""Relations that follow from what stands inside what, from terms and from abbreviations."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from annotations.normalise.reading import words
from annotations.suggest.relations.items import Item, Link, Scene

_INSIDE = {
    ("TITLE", "ORG"): "title_at",
    ("ORG", "PLACE"): "located_in",
    ("MEETING", "PLACE"): "located_in",
    ("RESOLUTION", "DATE"): "applies_to",
    ("RESOLUTION", "PLACE"): "applies_to",
}
_TERM_GAP = re.compile(r"[\s()]*")
_ALIAS = re.compile(r" ?\( ?$")
_PART = words(r" - | (?:trực )?thuộc |, (?:trực )?thuộc ")
_HOLDERS = frozenset(("TITLE", "ORG", "MEETING", "RESOLUTION"))


def nested(scene: Scene) -> Iterator[Link]:
    """``title_at``, ``located_in``, ``applies_to``, ``convenes`` and ``issues`` from directly inner mentions."""
    for item in scene.items:
        if item.outer < 0:
            continue
        outer = scene.items[item.outer]
        kind = _INSIDE.get((outer.label, item.label))
        if kind:
            yield Link(kind, outer.number, item.number, 0.95)
        elif outer.label == "MEETING" and item.label == "ORG" and outer.node.said.get("kind") != "bau_cu":
            yield Link("convenes", item.number, outer.number, 0.95)
        elif outer.label == "RESOLUTION" and item.label in ("ORG", "MEETING") and "_subject" not in outer.node.said:
            yield Link("issues", item.number, outer.number, 0.95)


def of_term(scene: Scene) -> Iterator[Link]:
    """The smallest mention that ends directly before the term, else the smallest meeting or document around it."""
    for item in scene.items:
        if item.label != "TERM":
            continue
        holder = _before(scene, item) or _around(scene, item)
        if holder is not None:
            yield Link("of_term", holder.number, item.number, 0.9)


def _before(scene: Scene, term: Item) -> Item | None:
    best: Item | None = None
    reach = term.start
    for other in reversed(scene.items[max(0, term.number - 40) : term.number]):
        if other.sentence != term.sentence:
            break
        if other.end > reach or not _TERM_GAP.fullmatch(scene.key[other.end : reach]):
            continue
        if other.label == "TERM":
            reach = other.start
        elif other.label in _HOLDERS and (best is None or other.end - other.start < best.end - best.start):
            best = other
    return best


def _around(scene: Scene, term: Item) -> Item | None:
    number = term.outer
    while number >= 0:
        item = scene.items[number]
        if item.label in ("MEETING", "RESOLUTION"):
            return item
        number = item.outer
    return None


def aliases_and_parts(scene: Scene) -> Iterator[Link]:
    """``A (B)`` where B is short, ``A - B`` and ``A thuộc B`` between bodies."""
    for items in scene.by_sentence.values():
        for first, second in itertools.pairwise(items):
            gap = scene.between(first, second)
            if first.label == second.label and _ALIAS.fullmatch(gap) and _is_short(scene, second):
                yield Link("alias_of", second.number, first.number, 0.9)
            elif first.label == second.label == "ORG" and _PART.fullmatch(gap):
                yield Link("part_of", first.number, second.number, 0.85)


def _is_short(scene: Scene, item: Item) -> bool:
    return scene.key[item.end : item.end + 1] == ")" and any(
        word.isupper() and len(word) > 1 for word in scene.doc.plain[item.start : item.end].split()
    )
