"""The head of a report: title, date, source, locality, and whether one is done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotations.changes import SetStatus
from annotations.report import Status
from ui.desk import Desk
from ui.words import tr


class ReportHeader(QWidget):
    """Shows the open report's metadata; the check box says how far one's own set is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_header")
        self._desk = desk
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self.title.setFont(font)
        self.title.setMaximumHeight(2 * self.title.fontMetrics().lineSpacing())  # the text is the picture
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.about = QLabel()
        self.about.setProperty("role", "muted")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.locked = QLabel(tr("Locked by the lead: your labels here cannot be changed until it is reopened."))
        self.locked.setObjectName("locked_note")
        self.locked.setProperty("role", "warning")
        self.locked.setWordWrap(True)
        self.locked.hide()
        self.done = QCheckBox(tr("Done"))
        self.done.setObjectName("done_toggle")
        self.done.setToolTip(tr("You are done with this report"))
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.done.clicked.connect(self._on_clicked)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.about)
        words.addWidget(self.locked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(words, 1)
        layout.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        for signal in (desk.report_opened, desk.status_changed, desk.reports_changed, desk.work.changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the open report as it is now."""
        report = self._desk.report
        self.setVisible(report is not None)
        if report is None:
            return
        self.title.setText(report.title or report.name)
        self.title.setToolTip(report.title)
        known = [part for part in (report.date, report.source, report.locality) if part]
        self.about.setText(" · ".join(known) or tr("No date, source or place is known"))
        self.about.setToolTip(report.name)
        self.done.setChecked(self._desk.report_status is Status.DONE)
        locked = self._desk.work.is_locked(report.id)
        self.done.setEnabled(not locked)
        self.locked.setVisible(locked)

    def _on_clicked(self, done: bool) -> None:
        report = self._desk.report
        if report is not None:
            self._desk.apply(SetStatus((report.id,), Status.DONE if done else Status.IN_PROGRESS))
        self.refresh()
