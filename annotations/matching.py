"""The same words, whatever the case, the tone style and the normal form; diacritics count.

``Tỉnh uỷ``, ``TỈNH ỦY`` and their NFD forms are the same words; ``tinh uy`` is not.
(:mod:`annotations.offsets` folds diacritics away too; that is for search.)
Offsets are code points of the given text, spans half-open.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator

from annotations.offsets import is_whole_word
from annotations.report import Span

_NEW_STYLE = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")  # hoà, khoẻ, thuỷ: the tone on the second vowel
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_PLAIN_SECOND = str.maketrans("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy")
_TONED_FIRST = {
    "o": str.maketrans("àáảãạèéẻẽẹ", "òóỏõọòóỏõọ"),
    "u": str.maketrans("ỳýỷỹỵ", "ùúủũụ"),
}


def _old_style(pair: re.Match[str]) -> str:
    first, second = pair.group()[0], pair.group()[1]
    return second.translate(_TONED_FIRST[first]) + second.translate(_PLAIN_SECOND)


def one_tone_style(text: str) -> str:
    """Composed lower-case ``text`` with tones on the first vowel of oa, oe, uy; the length stays."""
    return _NEW_STYLE.sub(_old_style, text)


def same_word_key(text: str) -> str:
    """Equal for two texts that are the same words; outer white space is gone, inner runs are one space."""
    return " ".join(one_tone_style(unicodedata.normalize("NFC", text).casefold()).split())


class MatchText:
    """A text made ready for matching, with the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        folded = text.casefold()
        self._starts: array[int] | None = None
        if len(folded) != len(text) or not unicodedata.is_normalized("NFC", text):
            folded = self._fold_clusters()
        self.folded = one_tone_style(folded)

    def _fold_clusters(self) -> str:
        pieces: list[str] = []
        starts = array("L")
        for cluster in _CLUSTER.finditer(self.text):
            piece = unicodedata.normalize("NFC", cluster.group()).casefold()
            pieces.append(piece)
            starts.extend([cluster.start()] * len(piece))
        starts.append(len(self.text))
        self._starts = starts
        return "".join(pieces)

    def original(self, start: int, end: int) -> Span:
        """The span of the text for a span of ``folded``; never cuts a letter from its marks."""
        if self._starts is None:
            return start, end
        first = self._starts[start]
        while end < len(self.folded) and self._starts[end] == self._starts[end - 1]:
            end += 1
        return first, self._starts[end]

    def find_all(self, words: str, whole_word: bool = True) -> Iterator[Span]:
        """Spans of the text that are the same ``words``, left to right, not overlapping."""
        needle = same_word_key(words).split()
        if not needle:
            return
        pattern = re.compile(r"\s+".join(map(re.escape, needle)))
        for match in pattern.finditer(self.folded):
            span = self.original(*match.span())
            if not whole_word or is_whole_word(self.text, *span):
                yield span
