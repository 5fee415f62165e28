"""A job that has no dialog of its own: seen once it takes longer than a blink, and it can be stopped."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressDialog, QWidget

from ui.words import tr
from ui.worker import Job

_BLINK_MS = 500


def show_while(job: Job, sentence: str, parent: QWidget) -> QProgressDialog:
    """Show ``sentence`` with progress and Stop while ``job`` runs, beside the window's work. Call it before the start."""
    shown = QProgressDialog(sentence, tr("Stop"), 0, 0, parent)
    shown.setObjectName("waiting")
    shown.setWindowTitle(tr("Chú Giải"))
    shown.setAutoReset(False)
    shown.setMinimumDuration(_BLINK_MS)

    def tell(done: int, total: int, _what: str) -> None:
        shown.setMaximum(total)
        shown.setValue(done)

    def end() -> None:
        shown.reset()
        shown.deleteLater()

    job.progressed.connect(tell)
    shown.canceled.connect(job.cancel)
    job.ended.connect(end)
    return shown
