"""Which suggestions are meant when many are confirmed at once: by place, words, confidence. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotations.matching import same_word_key
from annotations.report import Entity, Relation, Span
from ui.annotate.suggestions.offered import Item, Offered


class Scope(StrEnum):
    """Where."""

    REPORT = "report"
    PARAGRAPH = "paragraph"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Suggestions at least so sure, in a scope. ``paragraph``: its span; ``words``: what entities must say."""

    scope: Scope
    least: float = 0.0
    relations: bool = True
    paragraph: Span = (0, 0)
    words: str = ""


def paragraph_at(text: str, offset: int) -> Span:
    """The line that holds ``offset``; an empty one gives an empty span."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, end if end >= 0 else len(text)


def chosen(offered: Offered, wanted: Wanted, text: str) -> tuple[Item, ...]:
    """The suggestions that are meant, in the order in which they are walked.

    A relation is meant when it is sure enough and its ends are: labels, or suggestions that are meant too.
    """
    key = same_word_key(wanted.words)

    def in_scope(item: Item) -> bool:
        if (item.confidence if item.confidence is not None else 1.0) < wanted.least - 1e-9:
            return False
        if wanted.scope is Scope.PARAGRAPH:
            start, end = offered.place_of(item)
            return wanted.paragraph[0] <= start and end <= wanted.paragraph[1]
        if wanted.scope is Scope.WORDS and isinstance(item, Entity):
            return same_word_key(item.surface(text)) == key
        return True

    entities = {one.id for one in offered.entities.values() if in_scope(one)}
    there = entities | {one.id for one in offered.own.entities}

    def is_meant(item: Item) -> bool:
        if isinstance(item, Relation):
            ends = {item.source, item.target}
            touches = wanted.scope is not Scope.WORDS or bool(ends & entities)
            return wanted.relations and ends <= there and touches and in_scope(item)
        return item.id in entities

    return tuple(item for _, item in offered.in_order if is_meant(item))
