"""Choosing a colour: swatches that colour-blind people can tell apart, or any other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QColorDialog, QGridLayout, QLabel, QToolButton, QWidget

from ui.annotate.swatch import swatch
from ui.dialogs.parts import button
from ui.swatches import SWATCHES, free_colour
from ui.theme import GRID
from ui.words import tr

__all__ = ["SWATCHES", "ColourRow", "ask_colour", "free_colour", "swatch_names"]


def swatch_names() -> tuple[str, ...]:
    """What the swatches are called, in their order."""
    return (
        tr("blue"), tr("orange"), tr("green"), tr("vermilion"), tr("pink"), tr("sky blue"), tr("yellow"), tr("wine"),
        tr("indigo"), tr("cyan"), tr("teal"), tr("dark green"), tr("olive"), tr("sand"), tr("rose"), tr("purple"),
    )  # fmt: skip


def ask_colour(parent: QWidget, colour: str) -> str | None:
    """Any colour, as ``#rrggbb``, or None."""
    chosen = QColorDialog.getColor(QColor(colour), parent, tr("Colour of the label"))
    return chosen.name() if chosen.isValid() else None


class ColourRow(QWidget):
    """Signal: ``chosen(colour)`` by the person. Arrow keys walk the swatches, Space takes one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schema_colours")
        self._colour = "#888888"
        self._group = QButtonGroup(self)
        self.setStyleSheet("QToolButton:checked { border: 2px solid palette(highlight); border-radius: 4px; }")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID // 2)
        self._names = swatch_names()
        for number, colour in enumerate(SWATCHES):
            made = QToolButton(self)
            made.setProperty("flat", True)
            made.setCheckable(True)
            made.setIcon(swatch(colour))
            made.setIconSize(QSize(2 * GRID, 2 * GRID))
            made.setFixedSize(4 * GRID, 3 * GRID)
            made.setAccessibleName(self._names[number])
            self._group.addButton(made, number)
            grid.addWidget(made, number // 8, number % 8)
        self._group.idClicked.connect(lambda number: self.chosen.emit(SWATCHES[number]))
        self.now = QLabel(self)
        self.other = button(tr("Ot&her…"), "schema_other_colour", self)
        self.other.clicked.connect(self._on_other)
        grid.addWidget(self.now, 0, 9)
        grid.addWidget(self.other, 1, 9)
        grid.setColumnMinimumWidth(8, GRID)
        grid.setColumnStretch(10, 1)

    def show_colour(self, colour: str, users: dict[str, str]) -> None:
        """``users``: which label has a colour already, by colour in small letters."""
        self._colour = colour
        self.now.setText(colour)
        self._group.setExclusive(False)
        for number, (each, words) in enumerate(zip(SWATCHES, self._names, strict=True)):
            made = self._group.button(number)
            made.setChecked(each.lower() == colour.lower())
            user = users.get(each.lower())
            made.setToolTip(tr("{colour}, now {label}", colour=words, label=user) if user else words)
        self._group.setExclusive(True)

    def _on_other(self) -> None:
        colour = ask_colour(self, self._colour)
        if colour is not None:
            self.chosen.emit(colour)
