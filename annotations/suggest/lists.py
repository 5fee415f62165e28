"""The gazetteers: lists of names and head words in ``data/``, read once, looked up token by token.

Each file is text that can be edited: one entry a line, ``#`` begins a remark, the source is stated on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

from annotations.matching import same_word_key
from annotations.suggest.prepared import Doc, keyed

_T = TypeVar("_T")


class Trie(Generic[_T]):
    """Values by sequences of tokens; the longest one wins."""

    def __init__(self, entries: Iterable[tuple[str, _T]] = ()) -> None:
        self._root: dict[str, Any] = {}  # Any: a node holds nodes, and under "" a value
        for words, value in entries:
            self.add(keyed(words), value)

    def add(self, words: tuple[str, ...], value: _T) -> None:
        """Add one sequence; a later value replaces an earlier one."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        node[""] = value

    def longest(self, doc: Doc, token: int) -> tuple[int, _T] | None:
        """The token after the longest entry that begins at ``token``, and its value."""
        node: dict[str, Any] | None = self._root.get(doc.words[token])
        found: tuple[int, _T] | None = None
        while node is not None and token < doc.count:
            token += 1
            if "" in node:
                found = token, node[""]
            node = node.get(doc.words[token]) if doc.words[token] else None
        return found

    def begins(self, word: str) -> bool:
        """Whether an entry begins with this word."""
        return word in self._root


@dataclass(frozen=True, slots=True)
class Head:
    """A head word of a body or post: ``follow`` holds the letters that its file explains."""

    words: tuple[str, ...]
    system: str
    level: str
    rank: str
    follow: frozenset[str]


@dataclass(frozen=True, slots=True)
class Site:
    """A head word of a facility, zone, route or natural site."""

    kind: str
    needs: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A named place. ``level``: province, district or empty; ``kind`` as in the schema; ``full`` with its unit word."""

    kind: str
    level: str
    full: str


def lines(name: str) -> Iterator[str]:
    """The entries of a data file, in order."""
    text = resources.files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _columns(name: str) -> Iterator[list[str]]:
    for line in lines(name):
        yield [column.strip() for column in line.split("|")]


@cache
def bodies() -> Trie[Head]:
    """Heads of bodies."""
    return Trie(
        (words, Head(keyed(words), system, "" if level == "-" else level, "", frozenset(follow.split())))
        for words, system, level, follow in _columns("bodies.txt")
    )


@cache
def titles() -> Trie[Head]:
    """Heads of posts."""
    return Trie(
        (words, Head(keyed(words), "" if system == "-" else system, "", rank, frozenset(follow.split())))
        for words, rank, system, follow in _columns("titles.txt")
    )


@cache
def sites() -> Trie[Site]:
    """Heads of facilities, zones, routes and natural sites."""
    return Trie((words, Site(kind, needs)) for words, kind, needs in _columns("facilities.txt"))


@cache
def names_of(name: str) -> Trie[str]:
    """The entries of a plain list, each with itself."""
    return Trie((line, line) for line in lines(name))


_UNIT_WORDS = {"TP": "thành phố", "TX": "thị xã", "Q": "quận", "H": "huyện"}


def _districts() -> Iterator[tuple[str, Unit]]:
    for line in lines("districts.txt"):
        for group in line.partition(":")[2].split(";"):
            unit, _, names = group.strip().partition(" ")
            for name in names.split(","):
                yield name.strip(), Unit("admin", "district", f"{_UNIT_WORDS[unit]} {name.strip()}")


def _provinces() -> Iterator[tuple[str, Unit]]:
    for name, unit, rest in _columns("provinces.txt"):
        aliases = [alias.strip() for alias in rest.split("=")[1:]]
        for alias in (name, *aliases):
            yield alias, Unit("admin", "province", f"{unit} {name}")


@cache
def places() -> Trie[Unit]:
    """Provinces, districts, regions and countries by bare name; a province wins over a district of its name."""
    found = Trie(_districts())
    for name, kind in _columns("regions.txt"):
        found.add(keyed(name), Unit(kind, "", name))
    for name, unit in _provinces():
        found.add(keyed(name), unit)
    return found


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Keys of the common family names, and of all."""
    found = {name: frozenset(same_word_key(rest).split()) for name, _, rest in map(_split, lines("surnames.txt"))}
    return found["common"], found["common"] | found["rare"]


def _split(line: str) -> tuple[str, str, str]:
    return line.partition(":")
