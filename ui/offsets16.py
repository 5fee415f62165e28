"""The one place where Qt's UTF-16 units and our code points are converted."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Offsets of one text in UTF-16 units, as Qt counts, and in code points, as we count."""

    __slots__ = ("_points", "_units", "length")

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]
        self.length = len(text) + len(self._points)
        """The text's length in UTF-16 units."""

    def to_units(self, offset: int) -> int:
        """UTF-16 units before the code point at ``offset``."""
        return offset + bisect_left(self._points, offset) if self._points else offset

    def from_units(self, units: int) -> int:
        """Code points before ``units``; a place between two surrogates counts as before the pair."""
        return units - bisect_left(self._units, units) if self._units else units
