"""The one door: every change of a project goes through ``Workspace.apply``.

``apply`` checks the change, writes its rows and the history entry in one
transaction, then tells the listeners what changed. Undo and redo are actions
too. A workspace belongs to one annotator and one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from annotations.changes import Change
from annotations.changes.outcome import Changed, Outcome
from annotations.report import AnnotationSet, Report
from annotations.schema import Schema
from model import history
from model.annotators import annotator_row
from model.apply.action import Action
from model.apply.locked import refuse_locked_reversal
from model.apply.perform import perform
from model.notices import facts_touched, news_since, reports_of
from model.own_labels import OwnLabels
from model.project import Project
from model.queries.labels import read_report
from model.schema_rows import StoredSchema, read_schema
from model.tables import ActionRow

Listener = Callable[[Changed], None]
NamedAction = tuple[str, dict[str, Any]]
"""An English sentence with places and what fills them."""
Names = tuple[NamedAction | None, NamedAction | None]
"""What Undo and Redo would do."""


class _Nothing(Exception):
    """The change altered nothing; leave no trace of it."""


class Workspace:
    """One annotator at work on one project."""

    def __init__(self, project: Project, annotator: str) -> None:
        self.project = project
        self.annotator = annotator
        self._listeners: list[Listener] = []
        with project.writing() as connection:
            self._annotator_row = annotator_row(connection, annotator)
            self._stored = read_schema(connection)
            self._seen = int(connection.execute(select(func.max(ActionRow.id))).scalar() or 0)  # 0: the history is lost
        self._pending: frozenset[int] = frozenset()
        self._names: Names | None = None
        self._own_labels = OwnLabels(annotator)

    @property
    def schema(self) -> Schema:
        """The label schema as last read; listeners are told when it changes."""
        return self._stored.schema

    @property
    def stored_schema(self) -> StoredSchema:
        """The schema with its internal label ids, for other queries of this room."""
        return self._stored

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each committed action; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def apply(self, change: Change) -> Outcome:
        """Carry out ``change`` durably.

        Raises ``Refused`` or ``Collision`` when it is not possible, ``Busy`` or ``NotSaved`` when the
        database does not take it; then nothing was changed.
        """

        def do(connection: Connection) -> tuple[Action, str, dict[str, Any], list[str]]:
            action = Action.begin(connection, self._annotator_row)
            title, values = perform(action, change)
            if not action.did_something:
                raise _Nothing
            action.finish(title, values)
            return action, title, values, []

        return self._run(do)

    def undo(self) -> Outcome:
        """Take back the acting annotator's latest action that is not undone."""
        return self._reverse("undo", history.next_undo, history.undo, "undone")

    def redo(self) -> Outcome:
        """Do again what was undone last, unless something else was done since."""
        return self._reverse("redo", history.next_redo, history.redo, "done")

    def undo_until(self, action_id: str) -> list[Outcome]:
        """Undo one's own actions, latest first, up to and including the one with this id."""
        outcomes: list[Outcome] = []
        with self.project.reading() as connection:
            if not history.can_undo(connection, self._annotator_row, action_id):
                return outcomes  # going on until it comes would take everything back
        while True:
            with self.project.reading() as connection:
                row = history.next_undo(connection, self._annotator_row)
            if row is None:
                return outcomes
            outcomes.append(self.undo())
            if row.action_id == action_id:
                return outcomes

    def undo_name(self) -> NamedAction | None:
        """How the Edit menu names what Undo would take back; None when there is nothing."""
        return self._names_now()[0]

    def redo_name(self) -> NamedAction | None:
        """How the Edit menu names what Redo would do again; None when there is nothing."""
        return self._names_now()[1]

    def _names_now(self) -> Names:
        """The names of Undo and Redo; read only when they are not known from what was just done."""
        if self._names is None:
            with self.project.reading() as connection:
                rows = (find(connection, self._annotator_row) for find in (history.next_undo, history.next_redo))
                undo, redo = ((row.title, row.title_values) if row else None for row in rows)
            self._names = (undo, redo)
        return self._names

    def report(self, report_id: str) -> Report | None:
        """A report with its text, or None when it is not in the project."""
        with self.project.reading() as connection:
            return read_report(connection, report_id)

    def annotation_set(self, report_id: str) -> AnnotationSet | None:
        """The acting annotator's labels on a report, or None when there are none yet."""
        with self.project.reading() as connection:
            return self._own_labels.read(connection, report_id, self._stored)

    def poll(self) -> Changed | None:
        """What others (another window, an import) committed since the last call; listeners are told too."""
        with self.project.reading() as connection:
            news = news_since(connection, self._seen, self._pending)
            if news.changed is not None and news.changed.schema:
                self._stored = read_schema(connection)
        self._seen, self._pending = news.seen, news.pending
        if news.changed is not None:
            self._names = None
        if news.changed is not None:
            self._tell(news.changed)
        return news.changed

    def _reverse(
        self,
        kind: str,
        find: Callable[[Connection, int], Row[Any] | None],
        carry_out: Callable[[Action, Any], history.Reversal],
        state: str,
    ) -> Outcome:
        def do(connection: Connection) -> tuple[Action, str, dict[str, Any], list[str]]:
            target = find(connection, self._annotator_row)
            if target is None:
                raise _Nothing
            refuse_locked_reversal(connection, target)
            action = Action.begin(connection, self._annotator_row, kind, target.id)
            result = carry_out(action, target)
            if result.left and "fact:decision" in target.payload.get("touches", []):
                from model.apply.review import reconcile

                reconcile(action, [report_id for _, report_id in reports_of(connection, target.id)])
            payload = {"restored": result.restored, "touches": target.payload.get("touches", [])}
            connection.execute(
                update(ActionRow)
                .where(ActionRow.id == action.id)
                .values(title=target.title, title_values=target.title_values, payload=payload)
            )
            connection.execute(
                update(ActionRow).where(ActionRow.id == target.id).values(state=state, undone_by=action.id)
            )
            action.touches.update(payload["touches"])
            action.reports.update((report_id, row) for row, report_id in reports_of(connection, target.id))
            action.name_reports()
            return action, target.title, target.title_values, result.left

        return self._run(do)

    def _run(self, do: Callable[[Connection], tuple[Action, str, dict[str, Any], list[str]]]) -> Outcome:
        try:
            with self.project.writing() as connection:
                action, title, values, left = do(connection)
                schema_changed = "schema" in action.touches
                if schema_changed:
                    stored = read_schema(connection)
                all_seen = self._saw_all_before(connection, action.id)
        except _Nothing:
            return Outcome(nothing=True)
        if schema_changed:
            self._stored = stored
        if all_seen:
            self._seen = action.id  # else poll tells what others did in between
        self._names = ((title, values), None) if action.kind == "do" else None
        reports = frozenset(action.reports)
        changed = Changed(
            annotator="" if "others" in action.touches else self.annotator,
            labels=reports if "labels" in action.touches else frozenset(),
            reports=reports if "reports" in action.touches else frozenset(),
            queue="queue" in action.touches,
            schema=schema_changed,
            facts=facts_touched(action.touches),
        )
        self._tell(changed)
        return Outcome(title, values, changed, tuple(action.added), tuple(left))

    def _saw_all_before(self, connection: Connection, action_id: int) -> bool:
        """Whether nothing of others came in between; numbers of what was rolled back may be missing."""
        if action_id == self._seen + 1:
            return True
        newest = select(func.max(ActionRow.id)).where(ActionRow.id < action_id)
        return bool(connection.execute(newest).scalar_one() <= self._seen)

    def _tell(self, changed: Changed) -> None:
        for listener in tuple(self._listeners):
            listener(changed)
