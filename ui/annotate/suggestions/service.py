"""All that makes suggestions for one window: the source, training, measuring; and their actions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotations.report import Status
from ui.actions import Actions
from ui.annotate.suggestions.source import SuggestionSource
from ui.annotate.suggestions.suggesting import Suggesting
from ui.annotate.suggestions.training import Training
from ui.desk import Desk
from ui.words import tr


class SuggestionService(QObject):
    """Made with the window, started when the window is there, closed with it."""

    def __init__(self, desk: Desk, suggesting: Suggesting, actions: Actions) -> None:
        super().__init__(desk)
        self._desk, self._suggesting, self._actions = desk, suggesting, actions
        self.source = SuggestionSource(desk)
        self.training = Training(desk, self)
        self._closed = False
        self._begun = False
        actions.add(
            "action_train", tr("Train on confirmed labels"), "Ctrl+Shift+T", self.training.toggle, menu="Labels"
        )
        self.training.trained.connect(self.source.tune)
        self.training.changed.connect(self._name_action)
        self.source.training_due.connect(lambda: self.training.begin(by_itself=True))
        desk.status_changed.connect(self._on_status)

    def start(self) -> None:
        """Begin to suggest for what lies on the desk."""
        if not self._closed and not self._begun:
            self._begun = True
            self._suggesting.attach(self.source)

    def survey(self) -> None:
        """Work out in the background what other reports would teach."""
        if not self._closed:
            self.source.start()
            self.source.survey()

    def close(self) -> None:
        """End all work."""
        self._closed = True
        self.training.close()
        self.source.close()

    # own

    def _on_status(self) -> None:
        report = self._desk.report
        if report is not None and self._begun and self._desk.report_status is Status.DONE:
            self.source.finished(report.id)

    def _name_action(self) -> None:
        running = self.training.running
        self._actions.set_text("action_train", tr("Stop training") if running else tr("Train on confirmed labels"))
