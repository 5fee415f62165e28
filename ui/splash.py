"""What is seen at once while a project is being opened: a card with its name."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from model.address import Place
from ui.icons import app_icon
from ui.theme import GRID
from ui.words import tr

_MOST_MS = 300  # a system that does not paint in this time is not waited for


class Splash(QWidget):
    """Painted before the database and the panels are loaded; closed when the window is there."""

    def __init__(self, path: Place) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen)
        self.setObjectName("splash")
        self._painted = QEventLoop()
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(QSize(6 * GRID, 6 * GRID)))
        words = QLabel(tr("Opening {project}…", project=path.name), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(picture)
        layout.addWidget(words)
        self.adjustSize()

    def show_now(self) -> None:
        """Show it, and come back when it is painted."""
        self.move(self.screen().availableGeometry().center() - self.rect().center())
        self.show()
        QTimer.singleShot(_MOST_MS, self._painted.quit)
        self._painted.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Painted: go on."""
        super().paintEvent(event)
        QTimer.singleShot(0, self._painted.quit)
