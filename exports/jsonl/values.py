"""Checks of single JSON values, and newlines with the offsets that go with them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import Any

from annotations.report import Span
from exports.errors import FormatError

_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_DEEPEST = 100


class Wrong(Exception):
    """A value is wrong; ``at`` makes a ``FormatError`` of it where the place is known.

    Values are checked thousands of times for each that is wrong, so they are not told where they stand.
    ``sentence`` begins with ``{place}``.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values
        self.part = ""

    def at(self, place: str) -> FormatError:
        """The refusal, for a record that stands at ``place``."""
        return FormatError(self.sentence, place=f"{place}, {self.part}" if self.part else place, **self.values)


class Newlines:
    """A text whose CRLF and CR became LF, and the way from the offsets it came with.

    ``original`` is the text as it came, ``text`` the one with LF only; ``changed`` says whether they differ.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self.changed = "\r" in original
        self._pairs = array("L")
        if self.changed:
            self._pairs.extend(match.start() + 1 for match in re.finditer("\r\n", original))
            self.text = original.replace("\r\n", "\n").replace("\r", "\n")

    def offset(self, offset: int) -> int:
        """The offset in ``text`` of an offset in ``original``; one inside of CRLF goes before it."""
        return offset - bisect_right(self._pairs, offset)

    def span(self, span: Span) -> Span:
        """The span in ``text`` of a span in ``original``."""
        return (self.offset(span[0]), self.offset(span[1])) if self._pairs else span


def wrong_type(key: str, wanted: str) -> Wrong:
    """A value that is missing or of another type than ``wanted`` says."""
    return Wrong("{place}: {key} is missing or not {wanted}; nothing was taken from this file.", key=key, wanted=wanted)


def text_of(values: dict[str, Any], key: str) -> str | None:
    """The text at ``key``, None when there is none."""
    value = values.get(key)
    if value is None or type(value) is str:
        return value
    raise wrong_type(key, "a text")


def read_attributes(values: object) -> dict[str, str]:
    """Attributes as texts: numbers and booleans become texts, null is no attribute, others are refused."""
    if values is None:
        return {}
    if type(values) is not dict:
        raise wrong_type("attributes", "an object")
    return {
        name: value if type(value) is str else _attribute(value, name)
        for name, value in values.items()
        if value is not None
    }


def _attribute(value: object, name: str) -> str:
    if type(value) is bool:
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    raise wrong_type(f"attribute {name}", "a text or a number")


def read_metadata(values: dict[str, Any], known: frozenset[str]) -> dict[str, object]:
    """The ``metadata`` of a record, entity or relation, and with it the keys that are not in ``known``."""
    metadata = values.get("metadata")
    if metadata is None:
        metadata = {}
    elif type(metadata) is not dict:
        raise wrong_type("metadata", "an object")
    if not known.issuperset(values):
        unknown = {key: value for key, value in values.items() if key not in known}
        both = next((key for key in unknown if key in metadata), None)
        if both is not None:
            raise Wrong(
                "{place}: {key} stands both beside and in metadata; nothing was taken from this file.", key=both
            )
        metadata = {**metadata, **unknown}
    if metadata:
        check_strings(metadata)
    return metadata


def check_strings(value: object, depth: int = 0) -> None:
    """Refuse NUL, lone surrogates and deep nesting anywhere in ``value``: they could not be stored or written."""
    if depth > _DEEPEST:
        raise Wrong("{place} is nested too deeply; nothing was taken from this file.")
    if type(value) is str:
        if _FORBIDDEN.search(value):
            raise Wrong("{place} holds a NUL or half of a surrogate pair; nothing was taken from this file.")
    elif type(value) is dict:
        for key, inner in value.items():
            check_strings(key, depth + 1)
            check_strings(inner, depth + 1)
    elif type(value) is list:
        for inner in value:
            check_strings(inner, depth + 1)
