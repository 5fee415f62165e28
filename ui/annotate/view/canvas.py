"""What arcs are painted with: lines first, then names and chips over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.annotate.view import routes
from ui.annotate.view.theme import Theme, mix


@dataclass(frozen=True, slots=True)
class FarChip:
    """Names an entity out of sight, at the end of an arc to it."""

    rect: QRectF
    words: str
    entity_id: str
    colour: QColor


@dataclass(slots=True)
class Canvas:
    """One painting of arcs, in viewport pixels. ``taken`` are rectangles that names keep off.

    ``paths`` and ``named`` say where each relation can be clicked: along its line and on its name.
    """

    painter: QPainter
    theme: Theme
    font: QFontMetricsF
    width: int
    height: int
    taken: list[QRectF] = field(default_factory=list)
    names: list[tuple[QRectF, str]] = field(default_factory=list)
    chips: list[FarChip] = field(default_factory=list)
    heads: list[tuple[QPointF, QColor]] = field(default_factory=list)
    paths: list[tuple[str, Sequence[QPointF]]] = field(default_factory=list)
    named: list[tuple[str, QRectF]] = field(default_factory=list)

    def line(
        self, relation_id: str, points: Sequence[QPointF], colour: QColor, width: float = 1.6, dashed: bool = False
    ) -> None:
        """An arc without its head."""
        self.paths.append((relation_id, points))
        pen = QPen(colour, width)
        if dashed:
            pen.setDashPattern([4, 3])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPath(routes.rounded(points))

    def head(self, tip: QPointF, colour: QColor) -> None:
        """An arrowhead down to ``tip``, painted later: no name hides it."""
        self.heads.append((tip, colour))
        self.taken.append(QRectF(tip.x() - routes.HEAD, tip.y() - 2 * routes.HEAD, 2 * routes.HEAD, 2 * routes.HEAD))

    def name(self, relation_id: str, rect: QRectF, words: str) -> None:
        """A name on an arc, painted later."""
        self.named.append((relation_id, rect))
        self.taken.append(rect)
        self.names.append((rect, words))

    def chip(self, chip: FarChip) -> None:
        """A chip, painted later."""
        self.taken.append(chip.rect)
        self.chips.append(chip)

    def finish(self) -> None:
        """Paint names, arrowheads and chips above the arcs."""
        back = QColor(self.theme.base)
        back.setAlphaF(0.94)
        for rect, words in self.names:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(back)
            self.painter.drawRoundedRect(rect, 4, 4)
            self.painter.setPen(self.theme.text)
            self.painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        self.painter.setPen(Qt.PenStyle.NoPen)
        for tip, colour in self.heads:
            self.painter.setBrush(colour)
            self.painter.drawPolygon(routes.arrow(tip, down=True))
        for chip in self.chips:
            self.painter.setPen(QPen(chip.colour, 1.2))
            self.painter.setBrush(mix(self.theme.base, self.theme.text, 0.04))
            self.painter.drawRoundedRect(chip.rect, 6, 6)
            self.painter.setPen(self.theme.text)
            shown = self.font.elidedText(chip.words, Qt.TextElideMode.ElideRight, chip.rect.width() - 8)
            self.painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, shown)
