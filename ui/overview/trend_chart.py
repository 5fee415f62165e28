"""Agreement over time, painted: one point for each day, month or year; a click opens what is behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from annotations.agreement.trend import Moment
from ui.theme import GRID, muted
from ui.words import tr

_LEFT, _RIGHT, _TOP, _BOTTOM = 5 * GRID, 3 * GRID, 2 * GRID, 4 * GRID
_NEAR = 12.0  # pixels from a point that still mean it
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")  # Okabe and Ito


class TrendChart(QWidget):
    """F1 of all pairs together as a strong line, of each pair as a fine one. Signal: ``opened(Moment)``.

    Left and right walk the points, Enter opens the one that is marked.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trend_chart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(40 * GRID, 24 * GRID))
        self.moments: tuple[Moment, ...] = ()
        self._pairs: list[tuple[str, str]] = []
        self.current = -1

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these points in order."""
        self.moments = tuple(one for one in moments if one.entities.f1 is not None)
        self._pairs = sorted({pair for one in self.moments for pair in one.by_pair})
        self.current = -1
        said = [f"{one.when}: {one.entities.f1 or 0:.3f}" for one in self.moments]
        self.setAccessibleName(tr("Agreement over time"))
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def point_of(self, number: int) -> QPointF:
        """Where a point is painted."""
        return self._point(number, self.moments[number].entities.f1 or 0.0)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, fine lines of the pairs, the strong line, the names of the pairs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        self._paint_axes(painter)
        if len(self._pairs) > 1:
            for place, pair in enumerate(self._pairs):
                self._paint_line(painter, partial(_of_pair, pair), _colour(place), 1.5)
        strong = self.palette().color(QPalette.ColorRole.Text)
        self._paint_line(painter, lambda one: one.entities.f1, strong, 2.5)
        if 0 <= self.current < len(self.moments):
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.point_of(self.current), 7, 7)
        self._paint_names(painter, strong)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        line, faint = self.palette().color(QPalette.ColorRole.Midlight), muted(self.palette())
        for tenth in range(0, 11, 2):
            y = self._y(tenth / 10)
            painter.setPen(line)
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(faint)
            box = QRectF(0, y - GRID, _LEFT - GRID, 2 * GRID)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{tenth / 10:.1f}")
        widest = max((painter.fontMetrics().horizontalAdvance(one.when) for one in self.moments), default=1) + GRID
        room = (self.width() - _LEFT - _RIGHT) / max(1, len(self.moments))
        step = max(1, -(-widest // max(1, int(room))))
        for number in range(0, len(self.moments), step):
            x = self._x(number)
            box = QRectF(x - widest / 2, self.height() - _BOTTOM + GRID / 2, widest, 2 * GRID)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.moments[number].when)

    def _paint_line(
        self, painter: QPainter, value: Callable[[Moment], float | None], colour: QColor, width: float
    ) -> None:
        points = [
            self._point(number, found) for number, one in enumerate(self.moments) if (found := value(one)) is not None
        ]
        painter.setPen(QPen(colour, width))
        painter.drawPolyline(points)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for point in points:
            painter.drawEllipse(point, 1 + width, 1 + width)

    def _paint_names(self, painter: QPainter, strong: QColor) -> None:
        named = [(tr("all pairs"), strong)]
        if len(self._pairs) > 1:
            named += [(f"{one} – {other}", _colour(place)) for place, (one, other) in enumerate(self._pairs)]
        x = float(_LEFT + GRID)
        y = self._y(0.0) - 2 * GRID
        for text, colour in named:
            painter.setPen(QPen(colour, 3))
            painter.drawLine(QPointF(x, y + GRID), QPointF(x + 2 * GRID, y + GRID))
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(x + 3 * GRID, y, width + GRID, 2 * GRID), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 6 * GRID

    def _point(self, number: int, value: float) -> QPointF:
        return QPointF(self._x(number), self._y(value))

    def _x(self, number: int) -> float:
        width = self.width() - _LEFT - _RIGHT
        return _LEFT + width * (number + 0.5) / max(1, len(self.moments))

    def _y(self, value: float) -> float:
        return _TOP + (self.height() - _TOP - _BOTTOM) * (1 - value)

    # hands

    def _near(self, point: QPointF) -> int:
        for number in range(len(self.moments)):
            away = self.point_of(number) - point
            if abs(away.x()) <= _NEAR and abs(away.y()) <= _NEAR:
                return number
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the point that is clicked."""
        found = self._near(event.position())
        if found >= 0:
            self.current = found
            self.update()
            self.opened.emit(self.moments[found])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be opened."""
        over = self._near(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, right, Enter."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self.moments:
            self.current = max(0, min(len(self.moments) - 1, self.current + steps[key]))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.moments[self.current])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """What a point says when the pointer rests on it."""
        if isinstance(event, QHelpEvent):
            found = self._near(QPointF(event.pos()))
            text = ""
            if found >= 0:
                one = self.moments[found]
                text = tr(
                    "{when}: F1 {f1}, {count} reports",
                    when=one.when,
                    f1=f"{one.entities.f1 or 0:.3f}",
                    count=len(one.report_ids),
                )
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def _of_pair(pair: tuple[str, str], one: Moment) -> float | None:
    return one.by_pair[pair].f1 if pair in one.by_pair else None


def _colour(place: int) -> QColor:
    return QColor(_COLOURS[place % len(_COLOURS)])
