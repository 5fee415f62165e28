"""What a laid-out line holds: sizes of the font, the pieces of entities on it, their chips, the tracks of arcs above it."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QFont, QFontMetricsF, QTextLine

from annotations.report import Entity

RIM = 2
"""Pixels by which an outer entity's colour stands out above an inner one's."""
_OWN = 8.0
"""Least width of a stretch that arcs of an outer entity come from."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Pixel sizes that follow from one font: a line is ``above`` + ``text`` + room for underlines high."""

    text: int
    above: int
    below: int
    lane: int
    stroke: int
    space: float
    letter: float

    @classmethod
    def of(cls, font: QFont, spacing: float = 1.0) -> Metrics:
        """Sizes for ``font``: about 1.75 of its height from line to line, times ``spacing`` for what is between."""
        measured = QFontMetricsF(font)
        height = round(measured.height())
        stroke = max(2, round(height / 11))
        return cls(
            text=height,
            above=round(height * 0.42 * spacing),
            below=round(height * 0.36 * spacing),
            lane=stroke + max(2, round(height / 10)),
            stroke=stroke,
            space=measured.horizontalAdvance(" "),
            letter=measured.averageCharWidth(),
        )

    @property
    def line(self) -> int:
        """Height of a line with no more underlines than there is always room for."""
        return self.above + self.text + self.below

    def underline(self, lane: int) -> int:
        """Top of the underline of a lane, counted from the text's bottom."""
        return 1 + lane * self.lane

    def rim(self, lane: int) -> int:
        """By how much the colour of a lane's entity stands out above the text."""
        return max(0, min(RIM * lane, self.above - RIM))

    def room_below(self, lanes: int) -> int:
        """Height below the text for that many underlines."""
        return max(self.below, self.underline(lanes) + self.stroke + 2)


@dataclass(slots=True)
class Piece:
    """What one line shows of an entity: from ``left`` to ``right``; ``join`` is the gap between two fragments."""

    entity: Entity
    lane: int
    left: float
    right: float
    opens: bool
    closes: bool
    join: bool = False


@dataclass(slots=True)
class Chip:
    """An entity's name above the line where it begins. ``top`` counts from the text's top, ``foot`` is its piece's left."""

    entity: Entity
    words: str
    left: float
    top: float
    width: float
    height: float
    foot: float


@dataclass(slots=True)
class Run:
    """The level stretch of an arc above a line, in track ``row``; ``leg`` is where the arc comes up from its entity.

    ``other`` is the target's leg when both ends are on this line (then ``leg`` is the source's), else None, and
    ``to_left`` says which gutter it leads to. What is written on it has the room from ``label_left`` to ``label_right``.
    """

    leg: float
    other: float | None
    label_left: float
    label_right: float
    to_left: bool = False
    row: int = 0

    def extent(self, column: float) -> tuple[float, float]:
        """From where to where it needs its track, in a column that wide."""
        there = self.other if self.other is not None else (0.0 if self.to_left else column)
        places = (self.leg, there, self.label_left, self.label_right)
        return min(places), max(places)


@dataclass(slots=True)
class Line:
    """One line of a block. ``visible_end`` is its end without trailing white space, at x ``right``.

    The text stands ``above`` pixels below the line's top and is ``text`` high. ``runs`` has one for each relation
    (by id and by whether it is the source's end) of the entities that begin here, when room is kept for them.
    """

    drawn: QTextLine
    start: int
    end: int
    visible_end: int
    right: float
    top: int = 0
    height: int = 0
    above: int = 0
    text: int = 0
    pieces: list[Piece] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    runs: dict[tuple[str, bool], Run] = field(default_factory=dict)

    @property
    def lanes(self) -> int:
        """The outermost lane of an entity on this line."""
        return max((piece.lane for piece in self.pieces), default=0)


def own_stretch(piece: Piece, line: Line) -> tuple[float, float]:
    """The widest stretch of a piece that no inner entity covers, so that its arcs do not seem to be theirs."""
    inner = [(one.left, one.right) for one in line.pieces if one.lane < piece.lane and not one.join]
    best, x = (piece.left, piece.left), piece.left
    for left, right in (*sorted(inner), (piece.right, piece.right)):
        if min(left, piece.right) - x > best[1] - best[0]:
            best = (x, min(left, piece.right))
        x = max(x, right)
    return best if best[1] - best[0] >= _OWN else (piece.left, piece.right)
