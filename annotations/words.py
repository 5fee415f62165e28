"""Words of a Vietnamese text: several syllables may make one word (``Hội nghị``).

Offsets are code points of the given text, spans half-open. The segmenter is
underthesea; it may change the spelling (``khoá`` comes back as ``khóa``) and
merge white space, so its words are laid over the text by counting visible
characters, never by searching for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from annotations.offsets import NormalForm, fold, tokens, trim
from annotations.report import Span


def words_version() -> str:
    """Name and version of the segmenter, for an export that says how its words were made."""
    from importlib.metadata import version

    return f"underthesea {version('underthesea')} word_tokenize"


def word_spans(text: str) -> tuple[Span, ...]:
    """The words of ``text``, sorted and disjoint, together all that is visible.

    Give it one sentence at a time. Where the segmenter changed more than a spelling, so that its words cannot
    be laid over the text, each syllable is a word of its own.
    """
    if unicodedata.is_normalized("NFC", text):
        return tuple(_whole_letters(text, _nfc_words(text)))
    form = NormalForm(text)
    # From the start of the first letter to behind the base of the last: its marks follow.
    spans = ((form.from_form(start), form.from_form(end - 1) + 1) for start, end in _nfc_words(form.form))
    return tuple(_whole_letters(text, spans))


def _whole_letters(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans with the combining marks of their last letters; one of such marks alone belongs to the one before."""
    done = 0
    for start, end in spans:
        while end < len(text) and "\u0300" <= text[end] <= "\u036f":
            end += 1
        start, end = trim(text, max(start, done), end)
        if start < end:
            yield start, end
            done = end


def _nfc_words(text: str) -> tuple[Span, ...]:
    from underthesea import word_tokenize

    offsets = [offset for offset, letter in enumerate(text) if not letter.isspace()]
    visible = _visible(text)
    # Corrected spellings segment better. Some corrections drop a letter (nghành): then without them.
    for corrected in (True, False):
        words = [_visible(word) for word in word_tokenize(text, use_token_normalize=corrected)]
        joined = "".join(words)
        if len(joined) == len(visible) and (not corrected or fold(joined) == fold(visible)):
            return _lay(words, offsets)
    return tuple(tokens(text))


def _visible(text: str) -> str:
    return "".join(text.split())


def _lay(words: list[str], offsets: list[int]) -> tuple[Span, ...]:
    """The words as spans, given the offsets of the visible characters."""
    spans: list[Span] = []
    done = 0
    for word in words:
        if word:
            spans.append((offsets[done], offsets[done + len(word) - 1] + 1))
            done += len(word)
    return tuple(spans)
