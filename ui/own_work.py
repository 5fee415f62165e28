"""What is handed out to the person at this window: her queue, what is blind and locked for her, whether she leads."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from annotations.changes.outcome import Changed
from annotations.facts import Kind
from annotations.work import Assignment
from model.errors import ProjectError
from model.project import Project
from model.queries.assignments import Work, assignments, work_of
from ui.settings import Settings

log = logging.getLogger(__name__)

_KINDS = {Kind.ASSIGNMENT.value, Kind.SETTING.value}


class OwnWork(QObject):
    """Follows the project. Signal: ``changed()`` after reports were handed out, locked, or somebody took the lead."""

    changed = Signal()

    def __init__(self, project: Project, annotator: str, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._annotator = annotator
        self._settings = settings
        self._known: dict[str, Assignment | None] = {}
        self.work = Work(annotator)
        self._read()

    @property
    def show_all(self) -> bool:
        """Whether the lead wants to see all reports, beyond the own queue; remembered for this account."""
        return self.work.leads and bool(self._settings.project(self._project.project_id).get("all_reports"))

    @show_all.setter
    def show_all(self, wanted: bool) -> None:
        self._settings.set_project(self._project.project_id, all_reports=wanted)
        self.changed.emit()

    @property
    def own_only(self) -> bool:
        """Whether list, next and previous, and progress are those of the own queue."""
        return self.work.own_only and not self.show_all

    def assignment(self, report_id: str) -> Assignment | None:
        """What the own assignment on a report says; None when it is not handed out to her, or cannot be read now."""
        if report_id not in self._known:
            try:
                with self._project.reading() as connection:
                    found = next(iter(assignments(connection, (report_id,), self._annotator)), None)
            except ProjectError as error:
                log.info("an assignment cannot be read: %s", error)
                return None
            self._known[report_id] = found
        return self._known[report_id]

    def is_blind(self, report_id: str) -> bool:
        """Whether nothing that others labelled on this report may be shown here."""
        found = self.assignment(report_id)
        return found is not None and found.blind

    def is_locked(self, report_id: str) -> bool:
        """Whether the own labels on this report cannot be changed."""
        found = self.assignment(report_id)
        return found is not None and found.locked

    def hear(self, changed: Changed) -> None:
        """Read again what an action touched."""
        if not (changed.facts & _KINDS or changed.queue):
            return
        before = self.work
        self._read()
        if self.work != before or Kind.ASSIGNMENT.value in changed.facts:
            self.changed.emit()

    def _read(self) -> None:
        self._known.clear()
        try:
            with self._project.reading() as connection:
                self.work = work_of(connection, self._annotator)
        except ProjectError as error:
            log.info("what is handed out cannot be read: %s", error)
