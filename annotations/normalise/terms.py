"""Terms of office: ``khóa XX`` and ``nhiệm kỳ 2020-2025``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.matching import same_word_key
from annotations.normalise.numerals import ORDINAL, ordinal
from annotations.normalise.reading import words

_NUMBERS = words(rf"(?:khóa|nhiệm kỳ)(?: thứ| lần thứ)? (?P<numbers>{ORDINAL}(?:(?:, | và |,|;){ORDINAL})*)")
_YEARS = re.compile(r"(\d{4}) ?[-–—/] ?(\d{4})")


@dataclass(frozen=True, slots=True)
class TermReading:
    """Proposed attributes of a TERM: ``number`` (``20``, several joined by ``;``), ``value`` (``2020/2025``)."""

    number: str = ""
    value: str = ""

    def attributes(self) -> dict[str, str]:
        """The attributes that are not empty, by name."""
        return {name: text for name in ("number", "value") if (text := getattr(self, name))}


def read_term(surface: str) -> TermReading | None:
    """The reading of a TERM's words, None when they say neither a number nor years."""
    key = same_word_key(surface)
    years = _YEARS.search(key)
    match = _NUMBERS.match(key)
    number = ";".join(map(str, term_numbers(match["numbers"]))) if match and not (years and years.start() < 12) else ""
    value = f"{years[1]}/{years[2]}" if years and years[1] < years[2] else ""
    return TermReading(number, value) if number or value else None


def term_numbers(key: str) -> list[int]:
    """The numbers of ``xi, xii`` (a key), without what is no number."""
    found = (ordinal(word) for word in re.split(r", ?| và |;", key))
    return [number for number in found if number]
