"""Icons of one family: 16 units wide, drawn in lines of one weight, in the colour of the text around them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

SIZE = 16
"""Side of an icon in pixels at scale 1."""
_SCALE = 3  # drawn once for screens of up to three times the density


@cache
def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """The icon of this name in a colour (``#rrggbb``), and in another one where it is disabled."""
    made = QIcon(pixmap(name, colour))
    if disabled:
        made.addPixmap(pixmap(name, disabled), QIcon.Mode.Disabled)
    return made


@cache
def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(_drawn(_source("app"), 128))


def pixmap(name: str, colour: str, size: int = SIZE) -> QPixmap:
    """The icon as a picture, ``size`` pixels wide."""
    drawn = _drawn(_source(name).replace("currentColor", QColor(colour).name()), size * _SCALE)
    drawn.setDevicePixelRatio(_SCALE)
    return drawn


def _source(name: str) -> str:
    return (files("ui.icons") / f"{name}.svg").read_text("utf-8")


def _drawn(source: str, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture
