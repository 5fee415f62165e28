"""Colours of the report view, made from the palette and the schema so that text stays readable in light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from annotations.schema import Schema

TEXT_CONTRAST = 4.5
"""Least contrast of text to what lies behind it (WCAG AA)."""
LINE_CONTRAST = 3.0
"""Least contrast of underlines and arcs to the page (WCAG, graphical objects)."""


def luminance(colour: QColor) -> float:
    """Relative luminance of a colour, 0 black to 1 white (WCAG 2)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: QColor, other: QColor, share: float) -> QColor:
    """``share`` of ``other`` in ``colour``, 0 to 1."""
    return QColor.fromRgbF(
        colour.redF() + (other.redF() - colour.redF()) * share,
        colour.greenF() + (other.greenF() - colour.greenF()) * share,
        colour.blueF() + (other.blueF() - colour.blueF()) * share,
    )


@dataclass(frozen=True, slots=True)
class LabelColours:
    """Of one label: ``soft`` behind confirmed text, ``pale`` behind suggested text, ``line`` for underlines."""

    soft: QColor
    pale: QColor
    line: QColor


class Theme:
    """All colours of the view. ``selection``, ``find`` and ``current`` are see-through and lie over labels.

    ``quiet`` is the text of captions and the like.
    """

    def __init__(self, palette: QPalette, schema: Schema | None) -> None:
        self.base = palette.color(QPalette.ColorRole.Base)
        self.text = palette.color(QPalette.ColorRole.Text)
        self.accent = palette.color(QPalette.ColorRole.Highlight)
        self.dark = luminance(self.base) < 0.2
        self.muted = self._readable(mix(self.text, self.base, 0.35))
        self.accent_line = self._visible(self.accent)
        self.notice = self._visible(QColor("#d55e00"))
        self.hit = self._visible(QColor("#f2c200"))
        self._labels: dict[str, LabelColours] = {}
        self._relations: dict[str, QColor] = {}
        if schema is not None:
            self._labels = {label.name: self._label(label.colour) for label in schema.entity_types}
            self._relations = {label.name: self._visible(QColor(label.colour)) for label in schema.relation_types}
        self._unknown = self._label("#888888")
        self.quiet = self._quiet()
        self.selection = self._wash(self.accent, 0.45)
        self.find = self._wash(QColor("#f2c200"), 0.45)
        self.current = self._wash(QColor("#f28500"), 0.6)

    def label(self, name: str) -> LabelColours:
        """Colours of an entity's label; grey when the schema lacks it."""
        return self._labels.get(name, self._unknown)

    def relation(self, name: str) -> QColor:
        """The colour of a relation's arc."""
        return self._relations.get(name, self._unknown.line)

    def _quiet(self) -> QColor:
        """The text's colour made paler, as far as it stays readable on the page and on every label."""
        behind = [self.base, self._unknown.soft, *(label.soft for label in self._labels.values())]
        share = 0.4
        while share > 0 and any(contrast(mix(self.text, self.base, share), one) < TEXT_CONTRAST for one in behind):
            share -= 0.04
        return mix(self.text, self.base, max(0.0, share))

    def _wash(self, colour: QColor, share: float) -> QColor:
        """``colour``, see-through enough that text stays readable on it above the page and above every label."""
        below = [self.base, self._unknown.soft, *(label.soft for label in self._labels.values())]
        while share > 0.1 and any(contrast(self.text, mix(one, colour, share)) < TEXT_CONTRAST for one in below):
            share -= 0.05
        wash = QColor(colour)
        wash.setAlphaF(share)
        return wash

    def _label(self, name: str) -> LabelColours:
        colour = QColor(name) if QColor.isValidColorName(name) else QColor("#888888")
        soft, pale = (0.34, 0.16) if self.dark else (0.27, 0.12)
        return LabelColours(self._behind_text(colour, soft), self._behind_text(colour, pale), self._visible(colour))

    def _behind_text(self, colour: QColor, share: float) -> QColor:
        """A soft form of ``colour`` on which text stays readable."""
        while share > 0.02 and contrast(self.text, mix(self.base, colour, share)) < TEXT_CONTRAST + 1.5:
            share -= 0.02
        return mix(self.base, colour, share)

    def _visible(self, colour: QColor) -> QColor:
        return self._until(colour, LINE_CONTRAST)

    def _readable(self, colour: QColor) -> QColor:
        return self._until(colour, TEXT_CONTRAST)

    def _until(self, colour: QColor, least: float) -> QColor:
        """``colour`` moved towards the text's colour until it stands out from the page."""
        share, found = 0.0, QColor(colour)
        while share < 1.0 and contrast(found, self.base) < least:
            share += 0.05
            found = mix(colour, self.text, share)
        return found
