"""What reading a date gives, and the numbers in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.matching import one_tone_style


@dataclass(frozen=True, slots=True)
class DateReading:
    """Proposed attributes of a DATE: EDTF ``value`` (several joined by ``;``), ``type``, ``mod`` (or empty)."""

    value: str
    type: str = "DATE"
    mod: str = ""

    def attributes(self) -> dict[str, str]:
        """The attributes that are not empty, by name."""
        return {name: text for name in ("value", "type", "mod") if (text := getattr(self, name))}


def words(pattern: str) -> re.Pattern[str]:
    """A pattern for texts that went through :func:`same_word_key`; written in any tone style."""
    return re.compile(one_tone_style(pattern))


_NUMBERS = {
    **{"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7},
    **{"tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12},
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

NUMBER = r"(?:\d{1,2}|mười hai|mười một|mười|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"
QUARTER = r"(?:iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư)"
YEAR = r"(?:\d{4}|nay|này|ngoái|trước|qua|tới|sau)"


def number_of(word: str) -> int:
    """The value of a :data:`NUMBER` or :data:`QUARTER`."""
    if word.isdecimal():
        return int(word)
    return _ROMAN.get(word) or _NUMBERS[word]
