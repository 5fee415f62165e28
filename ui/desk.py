"""One open project in the window: the report that lies on the desk, and the way for changes to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from annotations.changes import Change
from annotations.changes.outcome import Changed, Outcome
from annotations.errors import ChuGiaiError, Collision
from annotations.report import AnnotationSet, Report, Span, Status
from annotations.schema import Schema
from model.errors import ProjectError
from model.project import Project
from model.queries.reports import neighbour
from model.workspace import NamedAction, Workspace
from ui.bus import ChangeBus
from ui.own_work import OwnWork
from ui.pending import report_with_pending, with_pending
from ui.saving import Saving, SavingState
from ui.settings import Settings
from ui.words import explain, tr


class Desk(QObject):
    """Holds the open report with its labels, applies changes, and tells the panels.

    Attributes: ``project``, ``workspace``, ``annotator``, ``settings``, ``work`` (what is handed out), ``bus`` (its ``changed(Changed)`` names
    every report that changed), ``report`` (None: no report is open), ``annotation_set`` (the acting annotator's
    labels with the changes that still wait to be saved; an empty one when there are none).

    Signals: ``report_opened(Report | None)``; ``place_wanted(start, end)`` after it, to select a place in code
    points; ``labels_changed()`` labels of the open report; ``status_changed()`` its status; ``reports_changed()``
    metadata, status or queue of any report; ``schema_changed()``; ``notice(sentence, with_undo)``;
    ``trouble(sentence)`` an error that stays until dismissed; ``saving_changed(SavingState)``;
    ``history_changed()`` something was done, undone or redone.
    """

    report_opened = Signal(object)
    place_wanted = Signal(int, int)
    labels_changed = Signal()
    status_changed = Signal()
    reports_changed = Signal()
    schema_changed = Signal()
    history_changed = Signal()
    notice = Signal(str, bool)
    trouble = Signal(str)
    saving_changed = Signal(object)

    def __init__(
        self, project: Project, workspace: Workspace, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.project = project
        self.workspace = workspace
        self.annotator = workspace.annotator
        self.settings = settings
        self.work = OwnWork(project, self.annotator, settings, self)
        self.report: Report | None = None
        self.annotation_set = AnnotationSet(self.annotator, Status.NEW)
        self._stored: tuple[Report, AnnotationSet | None] | None = None
        self.bus = ChangeBus(workspace, self)
        self.bus.changed.connect(self._on_changed)
        self.saving = Saving(workspace, self)
        self.saving.state_changed.connect(self._on_saving_changed)
        self.saving.problem_lasts.connect(self.trouble)
        self.saving.saved_again.connect(lambda: self.say(tr("All changes are saved again.")))
        self.saving.saved_later.connect(self._on_saved_later)
        self.saving.refused_later.connect(self._on_refused)

    # what lies on the desk

    @property
    def schema(self) -> Schema:
        """The project's label schema."""
        return self.workspace.schema

    @property
    def report_status(self) -> Status:
        """How far the acting annotator is with the open report."""
        return self.annotation_set.status

    @property
    def saving_state(self) -> SavingState:
        """Whether everything is saved."""
        return self.saving.state

    def open_report(
        self, report_id: str, offset: int | None = None, place: Span | None = None, quiet: bool = False
    ) -> bool:
        """Put a report on the desk; ``offset`` or ``place`` (code points) is then scrolled to.

        False, with a notice unless ``quiet``, when it is gone or cannot be read; then the desk stays as it was.
        """
        if self.report is None or self.report.id != report_id:
            try:
                found = self.workspace.report(report_id)
                labels = self.workspace.annotation_set(report_id)
            except ProjectError as error:
                self.trouble.emit(explain(error))
                return False
            if found is None:
                if not quiet:
                    self.say(tr("This report is no longer in the project."))
                return False
            self._lay(found, labels)
            self.report_opened.emit(self.report)
        if place is None and offset is not None:
            place = (offset, offset)
        if place is not None:
            self.place_wanted.emit(*place)
        return True

    def open_next(self, step: int = 1, unfinished: bool = True) -> bool:
        """Open the next (1) or previous (-1) report by name; False, with a notice, when there is no other."""
        here = self.report.id if self.report else None
        try:
            with self.project.reading() as connection:
                found = neighbour(connection, self.annotator, here, step, unfinished, self.work.own_only)
        except ProjectError as error:
            self.trouble.emit(explain(error))
            return False
        if found is None:
            self.say(tr("No other report is unfinished.") if unfinished else tr("There is no other report."))
            return False
        return self.open_report(found.report_id)

    def open_first(self) -> bool:
        """Open the next unfinished report, or else any; says nothing when there is none."""
        for unfinished in (True, False):
            try:
                with self.project.reading() as connection:
                    found = neighbour(connection, self.annotator, None, 1, unfinished, self.work.own_only)
            except ProjectError as error:
                self.trouble.emit(explain(error))
                return False
            if found is not None:
                return self.open_report(found.report_id)
        return False

    def clear(self) -> None:
        """Take the report from the desk."""
        self.report = self._stored = None
        self.annotation_set = AnnotationSet(self.annotator, Status.NEW)
        self.report_opened.emit(None)

    # changes

    def apply(self, change: Change) -> Outcome | None:
        """Carry out a change durably. None when it was refused (a notice says why), or waits to be saved."""
        return self._run(lambda: self.workspace.apply(change), change)

    def undo(self) -> Outcome | None:
        """Take back one's own latest action; what still waits to be saved is simply dropped."""
        dropped = self.saving.drop_last()
        if dropped is not None:
            self._reload()
            self.say(tr("Taken back before it was saved."))
            return None
        return self._reverse(self._run(self.workspace.undo), tr("Undone: {what}"), tr("There is nothing to undo."))

    def redo(self) -> Outcome | None:
        """Do again what was undone last."""
        return self._reverse(self._run(self.workspace.redo), tr("Done again: {what}"), tr("There is nothing to redo."))

    def undo_until(self, action_id: str) -> list[Outcome]:
        """Take back one's own actions, latest first, up to and including this one; a notice says what came of it."""
        if not self.saving.state.saved:
            self.say(tr("Something is not saved yet. Nothing was restored; try again when it is."))
            return []
        try:
            outcomes = self.workspace.undo_until(action_id)
        except ChuGiaiError as error:
            self._on_refused(error)
            return []
        self.say(tr("{count} actions taken back. Redo brings them back.", count=len(outcomes)))
        self._name_left([name for outcome in outcomes for name in outcome.left])
        return outcomes

    def undo_name(self) -> str:
        """What Undo would take back, in words; empty when there is nothing."""
        if self.saving.waiting_changes():
            return tr("the change that is not saved yet")
        return self._name(self.workspace.undo_name)

    def redo_name(self) -> str:
        """What Redo would do again, in words; empty when there is nothing."""
        return self._name(self.workspace.redo_name)

    def say(self, text: str, undo: bool = False) -> None:
        """Show a quiet notice, with an Undo button where that applies."""
        self.notice.emit(text, undo)

    def close(self) -> None:
        """Let go of the project; what still waits to be saved is given up."""
        self.saving.stop()
        self.bus.close()
        self.project.close()

    # own

    def _run(self, carry_out: Callable[[], Outcome], change: Change | None = None) -> Outcome | None:
        try:
            outcome = self.saving.run(carry_out, change)
        except ChuGiaiError as error:
            self._on_refused(error)
            return None
        if outcome is None:
            self._show()
            self.reports_changed.emit()
        return outcome

    def _reverse(self, outcome: Outcome | None, sentence: str, nothing: str) -> Outcome | None:
        if outcome is None:
            return None
        if outcome.nothing:
            self.say(nothing)
            return outcome
        self.say(sentence.format(what=tr(outcome.title, **outcome.values)))
        self._name_left(outcome.left)
        touched = outcome.changed.labels | outcome.changed.reports
        if len(touched) == 1 and (self.report is None or self.report.id not in touched):
            self.open_report(next(iter(touched)))
        return outcome

    def _name_left(self, names: Sequence[str]) -> None:
        if names:
            said = tr("Left as they are, because they were changed since: {names}.", names=", ".join(names))
            self.trouble.emit(said)

    @staticmethod
    def _name(read: Callable[[], NamedAction | None]) -> str:
        try:
            found = read()
        except ProjectError:
            return ""
        return tr(found[0], **found[1]) if found else ""

    def _show(self) -> None:
        """Show what is stored of the open report, with what waits to be saved, and tell."""
        if self._stored is None:
            return
        before = self.report_status
        self._lay(*self._stored)
        self.labels_changed.emit()
        if self.report_status is not before:
            self.status_changed.emit()

    def _lay(self, report: Report, labels: AnnotationSet | None) -> None:
        waiting = self.saving.waiting_changes()
        self._stored = (report, labels)
        self.report = report_with_pending(report, waiting)
        self.annotation_set = with_pending(labels or AnnotationSet(self.annotator, Status.NEW), report.id, waiting)

    def _reload(self) -> None:
        """Read the open report's labels again; what cannot be read stays as it is shown."""
        if self._stored is None:
            return
        report, labels = self._stored
        try:
            labels = self.workspace.annotation_set(report.id)
        except ProjectError as error:
            self.trouble.emit(explain(error))
        self._stored = (report, labels)
        self._show()

    def _reload_report(self) -> None:
        """Read the open report's metadata again; it may have gone."""
        if self._stored is None:
            return
        report, labels = self._stored
        try:
            found = self.workspace.report(report.id)
        except ProjectError as error:
            self.trouble.emit(explain(error))
            return
        if found is None:
            self.clear()
        else:
            self._lay(found, labels)

    def _on_changed(self, changed: Changed) -> None:
        self.work.hear(changed)
        here = self.report.id if self.report else ""
        if changed.schema:
            self.schema_changed.emit()
        if changed.queue or here in changed.reports:
            self._reload_report()
        if changed.schema or (here in changed.labels | changed.reports and changed.annotator in ("", self.annotator)):
            self._reload()
        if changed.queue or changed.reports:
            self.reports_changed.emit()
        self.history_changed.emit()

    def _on_refused(self, error: ChuGiaiError) -> None:
        self.say(explain(error))
        if isinstance(error, Collision) or self.saving.state.waiting == 0:
            self.bus.poll()
            self._reload()

    def _on_saved_later(self, outcome: Outcome) -> None:
        if outcome.nothing:
            self._reload()

    def _on_saving_changed(self, state: SavingState) -> None:
        self.saving_changed.emit(state)
        self.history_changed.emit()
