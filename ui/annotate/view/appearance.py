"""How the text of the report view is set: zoom, font, line spacing, width of the column. A person's settings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QFont

ZOOMS = (0.5, 4.0)
"""Least and greatest zoom factor."""
SPACINGS = (0.5, 3.0)
"""Least and greatest factor for what is between the lines."""
LETTERS = (30, 200)
"""Least and greatest width of the column, in average letters."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """``family`` empty is the program's font; ``spacing`` 1.0 is the usual room between lines.

    ``letters`` is the greatest width of the column in average letters; a narrower window makes it narrower.
    """

    zoom: float = 1.0
    family: str = ""
    spacing: float = 1.0
    letters: int = 80

    def within_bounds(self) -> Appearance:
        """The nearest appearance that the view can show."""
        return replace(
            self,
            zoom=max(ZOOMS[0], min(ZOOMS[1], self.zoom)),
            spacing=max(SPACINGS[0], min(SPACINGS[1], self.spacing)),
            letters=max(LETTERS[0], min(LETTERS[1], self.letters)),
        )

    def font(self, program: QFont) -> QFont:
        """The reading font, somewhat larger than the program's."""
        font = QFont(program)
        if self.family:
            font.setFamilies([self.family, program.family()])
        size = program.pointSizeF() if program.pointSizeF() > 0 else 10.0
        font.setPointSizeF(max(12.0, size * 1.2) * self.zoom)
        return font
