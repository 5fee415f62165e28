"""Our own bugs: written to a log file with their traceback, and shown once in a dialog that can be copied from."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout

from ui.settings import settings_folder
from ui.theme import GRID
from ui.words import tr

log = logging.getLogger(__name__)

LONGEST_LOG = 1_000_000
"""Bytes after which the log file is put aside and begun anew."""


def log_path() -> Path:
    """Where tracebacks are kept."""
    return settings_folder() / "chugiai.log"


class Failures(QObject):
    """Hears of uncaught exceptions. Signal (from any thread): ``failed(traceback)``."""

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: set[str] = set()
        self.dialog: FailureDialog | None = None
        self.failed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of uncaught exceptions from now on."""
        sys.excepthook = self.on_exception
        threading.excepthook = lambda args: self.on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception, and show it unless the very same was shown."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log.error("uncaught: %s", text)
        write_log(text)
        self.failed.emit(text)

    def _show(self, text: str) -> None:
        if text in self._shown or (self.dialog is not None and self.dialog.isVisible()):
            return
        self._shown.add(text)
        self.dialog = FailureDialog(text)
        self.dialog.show()


class FailureDialog(QDialog):
    """One bug, in a form that can be sent to the makers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("failure_dialog")
        self.setWindowTitle(tr("Chú Giải — an error of the program"))
        self.resize(90 * GRID, 50 * GRID)
        said = QLabel(
            tr(
                "The program made a mistake. What was saved is safe, and you can go on working. "
                "Please send the text below to its makers; it is also in {path}.",
                path=log_path(),
            ),
            self,
        )
        said.setWordWrap(True)
        self.text = QPlainTextEdit(text, self)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(said)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)


def write_log(text: str) -> None:
    """Add a traceback to the log file; a disk that does not take it is no further failure."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}\n{text}\n")
    except OSError as error:
        log.warning("the log file cannot be written: %s", error)
