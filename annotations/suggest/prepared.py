"""A report's text made ready for rules: composed, single spaces, lower-case keys, tokens; with the way back to its offsets.

Offsets of ``plain`` and ``key`` are the same; :meth:`Doc.original` gives code points of the stored text. All spans are
half-open. The stored text is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cached_property

from annotations.matching import one_tone_style, same_word_key
from annotations.offsets import NormalForm
from annotations.report import Span
from annotations.sentences import sentence_spans

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|\S|\n")
_BLANKS = re.compile(r"[^\S\n]+")
_ODD_BLANK = re.compile(r"[^\S\n ]|  ")
_DASHES = str.maketrans("–—−‑", "----")
_HIGH_SHARE = 0.7


def keyed(words: str) -> tuple[str, ...]:
    """The tokens of a literal, as :attr:`Doc.words` has them."""
    return tuple(_TOKEN.findall(same_word_key(words).translate(_DASHES)))


def key_set(words: str) -> frozenset[str]:
    """Single-token literals, separated by spaces, as :attr:`Doc.words` has them."""
    return frozenset(same_word_key(words).split())


class Doc:
    """Tokens are syllables, numbers, single other signs and line ends.

    ``words[i]`` is a token's key (lower case, one tone style, plain dash), ``forms[i]`` as written, ``starts``/``ends`` its
    offsets in ``plain``; ``caps[i]`` says that it begins with a capital letter, ``opens[i]`` that it begins a sentence,
    ``shouted[i]`` that its line is in capitals. Past the last token ``words`` and ``forms`` have four empty ones.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._form = None if unicodedata.is_normalized("NFC", text) and "\r" not in text else NormalForm(text)
        form = text if self._form is None else self._form.form
        self._places: array[int] | None = None
        self.plain = self._collapsed(form) if _ODD_BLANK.search(form) else form
        lowered = self.plain.lower()
        if len(lowered) != len(self.plain):
            lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in self.plain)
        self.key = one_tone_style(lowered).translate(_DASHES)
        spans = [match.span() for match in _TOKEN.finditer(self.plain)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.count = len(spans)
        padding = [""] * 4
        self.words = [self.key[start:end] for start, end in spans] + padding
        self.forms = [self.plain[start:end] for start, end in spans] + padding
        self.caps = [form[:1].isupper() for form in self.forms]
        self.at = {start: token for token, start in enumerate(self.starts)}
        self.after = {end: token + 1 for token, end in enumerate(self.ends)}

    def _collapsed(self, form: str) -> str:
        """Runs of blanks as one space; remembers where each character stood."""
        pieces: list[str] = []
        places = array("L")
        last = 0
        for match in _BLANKS.finditer(form):
            places.extend(range(last, match.start() + 1))
            pieces.extend((form[last : match.start()], " "))
            last = match.end()
        places.extend(range(last, len(form)))
        pieces.append(form[last:])
        self._places = places
        return "".join(pieces)

    def original(self, start: int, end: int) -> Span:
        """The span of the stored text for a non-empty span of ``plain``."""
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
        if self._form is not None:
            start, end = self._form.from_form(start), self._form.from_form(end)
        return start, end

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of ``plain``."""
        return sentence_spans(self.plain)

    @cached_property
    def opens(self) -> list[bool]:
        """Whether a token is the first of its sentence, or follows an opening sign there."""
        found = [False] * (self.count + 4)
        for start, end in self.sentences:
            token = self.at.get(start)
            while token is not None and token < self.count and self.starts[token] < end:
                found[token] = True
                if self.forms[token][0].isalnum():
                    break
                token += 1
        return found

    @cached_property
    def shouted(self) -> list[bool]:
        """Whether a token stands in a line of capitals."""
        found = [False] * (self.count + 4)
        first = 0
        for token in range(self.count + 1):
            if token == self.count or self.forms[token] == "\n":
                letters = "".join(self.forms[first:token])
                capitals = sum(letter.isupper() for letter in letters)
                if len(letters) > 12 and capitals > _HIGH_SHARE * sum(letter.isalpha() for letter in letters):
                    found[first:token] = [True] * (token - first)
                first = token + 1
        return found

    def joined(self, token: int) -> bool:
        """Whether exactly one blank stands before a token."""
        return 0 < token < self.count and self.starts[token] - self.ends[token - 1] == 1 and self.forms[token] != "\n"

    def is_word(self, token: int) -> bool:
        """Whether a token is made of letters."""
        return token < self.count and self.forms[token].isalpha()

    def cap_run(self, token: int) -> int:
        """The token after the capitalised words that begin at ``token``; ``token`` itself when there is none."""
        end = token
        while self.caps[end] and self.is_word(end) and (end == token or self.joined(end)):
            end += 1
        return end

    def starts_with(self, token: int, words: tuple[str, ...]) -> bool:
        """Whether these words stand at ``token``."""
        return tuple(self.words[token : token + len(words)]) == words
