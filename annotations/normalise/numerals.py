"""Roman, spelled and plain numbers in names: ``XIII``, ``thứ sáu``, ``20``."""

from __future__ import annotations

import re

from annotations.normalise.reading import NUMBER, number_of

_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
ORDINAL = rf"(?:\d{{1,2}}|[ivx]+|{NUMBER})"
"""A number in a name, for patterns over :func:`annotations.matching.same_word_key`."""


def roman(word: str) -> int | None:
    """The value of a lower-case Roman numeral up to 39, else None."""
    match = _ROMAN.fullmatch(word)
    return (10 * len(match[1]) + _ONES[match[2]] or None) if match else None


def ordinal(word: str) -> int | None:
    """The value of an :data:`ORDINAL`, else None."""
    if word.isdecimal():
        return int(word)
    if re.fullmatch(NUMBER, word):
        return number_of(word)
    return roman(word)
