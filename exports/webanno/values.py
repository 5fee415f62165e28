"""Words of WebAnno TSV 3.3: escapes, cells with stacked values, disambiguation numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NOTHING = "_"
"""A cell without an annotation."""
EMPTY = "*"
"""An annotation whose feature has no value."""

_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_NAMES = {"\t": "t", "\n": "n", "\r": "r"}
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r"}
_STACKED = re.compile(r"(?:\\.|[^\\|])*", re.DOTALL)
_VALUE = re.compile(r"(?P<value>(?:\\.|[^\\\[\]])*)(?:\[(?P<ids>\d{1,9}(?:_\d{1,9})?)\])?", re.DOTALL)

_TEXT_NAMES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b"}
_TEXT = re.compile("[\x00-\x07\x0e-\x1f\\\\\t\n\f\r\b]")
_TEXT_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


class Cell(NamedTuple):
    """One of the stacked values of a cell; ``value`` None is ``*``. ``ids`` are its disambiguation numbers."""

    value: str | None
    ids: tuple[int, ...]


def escaped(value: str) -> str:
    """A feature's value as it stands in a cell."""
    if _RESERVED.search(value) is None:
        return value
    return _RESERVED.sub(lambda found: "\\" + _NAMES.get(found.group(), found.group()), value)


def unescaped(value: str) -> str:
    """The value of a cell, without escapes."""
    return _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), value) if "\\" in value else value


def escaped_text(text: str) -> str:
    """A line of text as it stands after ``#Text=``: other rules than those of values."""
    return _TEXT.sub(lambda found: _TEXT_NAMES.get(found[0], "\\" + found[0]), text) if _TEXT.search(text) else text


def unescaped_text(text: str) -> str:
    """A line of text, without escapes."""
    return _ESCAPED.sub(lambda found: _TEXT_LETTERS.get(found[1], found[1]), text) if "\\" in text else text


def cells(written: str) -> list[Cell] | None:
    """The stacked values of a cell, none for ``_``; None when it is no cell."""
    if written == NOTHING:
        return []
    made = []
    for value in _split(written) if "\\" in written else written.split("|"):
        found = _VALUE.fullmatch(value)
        if found is None:
            return None
        ids = tuple(map(int, (found["ids"] or "").split("_"))) if found["ids"] else ()
        made.append(Cell(None if found["value"] == EMPTY else unescaped(found["value"]), ids))
    return made


def _split(written: str) -> Iterator[str]:
    """The parts between the bars that are not escaped."""
    at = 0
    while True:
        found = _STACKED.match(written, at)
        end = found.end() if found else at
        yield written[at:end]
        if end >= len(written):
            return
        if written[end] != "|":  # a backslash at the very end
            yield written[end:]
            return
        at = end + 1
