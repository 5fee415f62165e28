"""Code points, syllables, snapping; folding for search and matching.

All offsets are code points of the given text, spans are half-open. Combining
marks belong to the letter before them, so NFD text is never cut inside a letter.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotations.report import Span

_MARKS = "\u0300-\u036f"
SYLLABLE = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_TOKEN = re.compile(rf"(?:[^\W_]|[{_MARKS}])+|\S[{_MARKS}]*")


def syllables(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the syllables (runs of letters and digits) in ``text[start:end]``."""
    for match in SYLLABLE.finditer(text, start, len(text) if end is None else end):
        yield match.span()


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the syllables and of each other visible character."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        yield match.span()


def _inside_letters(text: str, offset: int) -> bool:
    """Whether ``offset`` stands between two characters of one syllable."""
    if not 0 < offset < len(text):
        return False
    return bool(SYLLABLE.match(text[offset - 1])) and bool(SYLLABLE.match(text[offset]))


def snap(text: str, start: int, end: int) -> Span:
    """The span widened to whole syllables, without outer white space.

    A span of white space alone comes back empty, at its start.
    """
    start, end = trim(text, start, end)
    if start == end:
        return start, end
    while _inside_letters(text, start):
        start -= 1
    while _inside_letters(text, end):
        end += 1
    return start, end


def trim(text: str, start: int, end: int) -> Span:
    """The span without outer white space; empty, at its start, when nothing is left."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether neither edge of the span stands inside a syllable."""
    return not _inside_letters(text, start) and not _inside_letters(text, end)


class _FoldTable(dict[int, str]):
    """Folds one character at a time and remembers it."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in "đĐ":
            folded = "d"
        else:
            plain = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
            folded = plain.casefold().replace("đ", "d")
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """``text`` without case, diacritics (also đ) and tone style, whatever its normal form.

    ``Tỉnh uỷ``, ``TỈNH ỦY`` and their NFD forms all become ``tinh uy``.
    """
    return text.translate(_FOLD)


class FoldedText:
    """A text folded for matching, with the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [_FOLD[ord(letter)] for letter in text]
        self.folded = "".join(pieces)
        starts = array("L")
        for offset, piece in enumerate(pieces):
            starts.extend([offset] * len(piece))
        self._starts = starts

    def find_all(self, words: str, whole_word: bool = False) -> Iterator[Span]:
        """Spans of the text that equal ``words`` after folding; runs of white space are equal."""
        needle = fold(words).split()
        if not needle:
            return
        pattern = re.compile(r"\s+".join(map(re.escape, needle)))
        for match in pattern.finditer(self.folded):
            span = self._original(*match.span())
            if not whole_word or is_whole_word(self.text, *span):
                yield span

    def _original(self, start: int, end: int) -> Span:
        first, last = self._starts[start], self._starts[end - 1] + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return first, last


def span_in(spans: tuple[Span, ...], offset: int) -> int:
    """Index of the span of sorted, disjoint ``spans`` that holds ``offset``; else of the one before it (or 0)."""
    return max(0, bisect_right(spans, (offset, float("inf"))) - 1)


def overlaps(first: Span, second: Span) -> bool:
    """Whether two spans share a character."""
    return first[0] < second[1] and second[0] < first[1]


class NormalForm:
    """Maps offsets of a text to and from its NFC/LF form, for the same text in another form.

    ``to_form`` and ``from_form`` round a place inside a composed letter down to its start.
    """

    def __init__(self, text: str) -> None:
        self._text_at: list[int] = [0]
        self._form_at: list[int] = [0]
        form: list[str] = []
        length = 0
        for match in re.finditer(rf"\r\n|.[{_MARKS}]*", text, re.DOTALL):
            piece = "\n" if match.group() in ("\r\n", "\r") else unicodedata.normalize("NFC", match.group())
            form.append(piece)
            length += len(piece)
            self._text_at.append(match.end())
            self._form_at.append(length)
        self.form = "".join(form)

    def to_form(self, offset: int) -> int:
        """Offset in the NFC/LF form of an offset in the text."""
        return self._map(offset, self._text_at, self._form_at)

    def from_form(self, offset: int) -> int:
        """Offset in the text of an offset in its NFC/LF form."""
        return self._map(offset, self._form_at, self._text_at)

    @staticmethod
    def _map(offset: int, known: list[int], wanted: list[int]) -> int:
        place = bisect_left(known, offset)
        if place < len(known) and known[place] == offset:
            return wanted[place]
        return wanted[place - 1]


def canonical_form(text: str) -> str:
    """The NFC form with LF newlines: equal for two texts that count as the same text."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
