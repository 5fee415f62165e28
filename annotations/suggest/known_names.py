"""Names that are known by the thousand, cut down to those that can stand in one report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from annotations.suggest.prepared import Doc, keyed

Words = tuple[str, ...]


@lru_cache(maxsize=400_000)
def _words_of(name: str) -> Words:
    """A name's tokens; kept, because the same names are looked up in report after report."""
    return keyed(name)


@lru_cache(maxsize=32)
def _keyed(names: frozenset[str]) -> tuple[tuple[Words, str], ...]:
    """Each name with its tokens."""
    return tuple((words, name) for name in sorted(names) if (words := _words_of(name)))


def names_in(doc: Doc, names: frozenset[str]) -> Iterator[tuple[Words, str]]:
    """The names whose first and last word occur in the text, with their tokens."""
    if names:
        there = set(doc.words)
        yield from ((words, name) for words, name in _keyed(names) if words[0] in there and words[-1] in there)
