"""What a word of a folded text is, for the search: letters and digits in a row."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")


def words_in(folded: str) -> list[str]:
    """The words of a text that is folded already, in order."""
    return _WORD.findall(folded)
