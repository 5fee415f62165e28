"""Offsets in UTF-16 units, as JavaScript and UIMA count them: a character beyond U+FFFF is two units."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Offsets of one text in code points and in UTF-16 units."""

    def __init__(self, text: str) -> None:
        # Where the characters of two units stand: in code points, and in units.
        self._astral = array("L", [match.start() for match in _ASTRAL.finditer(text)])
        self._units = array("L", [offset + number for number, offset in enumerate(self._astral)])

    def units(self, offset: int) -> int:
        """The offset in UTF-16 units of an offset in code points."""
        return offset + bisect_left(self._astral, offset)

    def code_points(self, unit: int) -> int:
        """The offset in code points of an offset in UTF-16 units; inside of a character it is that of its start."""
        return unit - bisect_left(self._units, unit)
