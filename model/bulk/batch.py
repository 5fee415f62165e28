"""One import: buffered records, written in short transactions under a pending history entry."""

from __future__ import annotations

import hashlib
from time import perf_counter, thread_time
from typing import Any

from sqlalchemy import Connection, insert, select, update

from annotations.corpus import ImportedRecord
from annotations.errors import ChuGiaiError, Refused
from annotations.offsets import canonical_form
from annotations.report import new_id
from annotations.schema import EntityType, RelationType
from model import owner
from model.annotators import annotator_row
from model.bulk.known import Known
from model.bulk.new_labels import insert_hidden, show
from model.bulk.result import FileResult, Taken
from model.bulk.step import Step
from model.connect import let_others_in
from model.moment import moment
from model.project import Project
from model.schema_rows import StoredSchema, read_schema
from model.sweep import delete_rows, sweep
from model.tables import ActionReportRow, ActionRow, SetRow

_MOST_RECORDS = 100
_LABELS = (800, 12_000)  # of one step, fewest and most
_STEP_S = 0.04  # of computing in one step, during which others wait


class _BadRecord(Exception):
    """A record of this file was refused; rolls the step back."""

    def __init__(self, file: str, error: ChuGiaiError) -> None:
        super().__init__(file, error)
        self.file, self.error = file, error


class ImportBatch:
    """Adds reports and labels as one action that becomes visible, and is undone, as a whole.

    Leaving the ``with`` block without ``publish()`` takes everything back. ``new_labels``: what :meth:`add_label` added
    and was published.
    """

    def __init__(
        self, project: Project, action: int, stored: StoredSchema, default_annotator: str | None, replace: bool
    ) -> None:
        self.project = project
        self.action = action
        self.stored = stored
        self.default_annotator = default_annotator
        self.replace = replace
        self.owner = ""
        self.results: dict[str, FileResult] = {}
        self.seconds_locked = 0.0
        self._waiting: list[tuple[str, ImportedRecord]] = []
        self._labels_waiting = 0
        self._most_labels = 1_500
        self._written: dict[str, tuple[list[int], list[int]]] = {}
        self._replaced: dict[int, str] = {}
        self._touched: set[int] = set()
        self._published = False
        self.new_labels: tuple[str, ...] = ()

    @classmethod
    def open(
        cls,
        project: Project,
        actor: str | None = None,
        default_annotator: str | None = None,
        replace: bool = False,
        title: str = "Import",
        values: dict[str, Any] | None = None,
    ) -> ImportBatch:
        """Begin an import. ``actor`` is who does it (for history and undo), ``default_annotator`` whose the labels
        are that name nobody; ``replace`` lets other labels take the place of an annotator's.

        Raises ``Refused`` while another import of the project is running.
        """
        sweep(project)
        ours = owner.begin()
        try:
            return cls._begin(project, ours, actor, default_annotator, replace, title, values or {})
        except BaseException:
            owner.end(ours)
            raise

    @classmethod
    def _begin(
        cls,
        project: Project,
        ours: str,
        actor: str | None,
        default_annotator: str | None,
        replace: bool,
        title: str,
        values: dict[str, Any],
    ) -> ImportBatch:
        with project.writing() as connection:
            running = connection.execute(select(ActionRow.id).where(ActionRow.state == "pending")).first()
            if running:
                raise Refused(
                    "Another import into {project} is running. Nothing was changed; try again when it has ended.",
                    project=project.path.name,
                )
            made = connection.execute(
                insert(ActionRow).values(
                    action_id=new_id(),
                    annotator_id=annotator_row(connection, actor) if actor else None,
                    at=moment(connection),
                    kind="do",
                    title=title,
                    title_values=values,
                    state="pending",
                    owner=ours,
                    heartbeat=owner.sign_of_life(connection),
                    payload={},
                )
            ).inserted_primary_key
            assert made is not None
            batch = cls(project, int(made[0]), read_schema(connection), default_annotator, replace)
        batch.owner = ours
        return batch

    def __enter__(self) -> ImportBatch:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if not self._published:
                sweep(self.project, self.action)
        finally:
            owner.end(self.owner)  # what could not be swept (a full disk) is no longer under way

    def add(self, file: str, record: ImportedRecord) -> None:
        """Take one record of ``file``; after a refusal the rest of the file is passed over."""
        result = self.results.setdefault(file, FileResult())
        if result.refused:
            return
        self._waiting.append((file, record))
        self._labels_waiting += len(record.entities) + len(record.relations)
        if len(self._waiting) >= _MOST_RECORDS or self._labels_waiting >= self._most_labels:
            self.flush()

    def refuse(self, file: str, error: ChuGiaiError) -> None:
        """Take nothing of ``file``, because of ``error``."""
        result = self.results.setdefault(file, FileResult())
        self.results[file] = FileResult(refused=result.refused or error)
        self._waiting = [(name, record) for name, record in self._waiting if name != file]
        reports, sets = self._written.pop(file, ([], []))
        self._replaced = {key: name for key, name in self._replaced.items() if name != file}
        if reports or sets:
            delete_rows(self.project, reports, sets)

    def add_label(self, label: EntityType | RelationType) -> None:
        """Let the schema know a label from now on; it is kept when what is published uses it, and undone with the import.

        Raises ``Refused`` for what can be no label.
        """
        with self.project.writing() as connection:
            self.stored = insert_hidden(connection, self.action, self.stored, label)

    def flush(self) -> None:
        """Write what is buffered, in one short transaction; a bad record takes its whole file out again."""
        waiting, self._waiting, self._labels_waiting = self._waiting, [], 0
        while waiting:
            try:
                self._write(waiting)
            except _BadRecord as bad:  # rolled back: what else was buffered goes in without that file
                self.refuse(bad.file, bad.error)
                waiting = [(file, record) for file, record in waiting if file != bad.file]
            else:
                return

    def _write(self, waiting: list[tuple[str, ImportedRecord]]) -> None:
        hashes = [form_hash(record.report.text) for _, record in waiting]
        done: list[tuple[str, Taken]] = []
        with self.project.writing() as connection:
            began, computed = perf_counter(), thread_time()
            known = Known(connection, [record for _, record in waiting], hashes)
            step = Step(connection, self.action, self.stored, known, self.default_annotator, self.replace)
            for (file, record), hashed in zip(waiting, hashes, strict=True):
                try:
                    done.append((file, step.take(record, hashed)))
                except ChuGiaiError as error:
                    raise _BadRecord(file, _placed(record, error)) from error
            step.write()
            connection.execute(
                update(ActionRow).where(ActionRow.id == self.action).values(heartbeat=owner.sign_of_life(connection))
            )
        self.seconds_locked = max(self.seconds_locked, perf_counter() - began)
        self._fit_steps(thread_time() - computed)
        let_others_in()
        for file, taken in done:
            self._remember(file, taken)

    def _fit_steps(self, computed: float) -> None:
        """Make the next steps as big as this computer can do in the time that others may be kept waiting.

        Goes by the seconds of computing, so that a busy computer does not make the steps ever smaller.
        """
        few, many = _LABELS
        self._most_labels = max(few, min(many, int(self._most_labels * min(2, _STEP_S / max(computed, 0.001)))))

    def _remember(self, file: str, taken: Taken) -> None:
        """Count what was taken, and keep which rows are a file's, in case it is refused later."""
        self.results[file].count(taken)
        reports, sets = self._written.setdefault(file, ([], []))
        if taken.new_report is not None:
            reports.append(taken.new_report)
        if taken.new_set is not None:
            sets.append(taken.new_set)
        if taken.replaced is not None:
            self._replaced[taken.replaced] = file
        if taken.labelled_report is not None:
            self._touched.add(taken.labelled_report)

    def publish(self, values: dict[str, Any] | None = None) -> dict[str, FileResult]:
        """Make everything visible in one small transaction; what became of each file.

        ``values`` complete the title's, now that they are known.
        """
        self.flush()
        with self.project.writing() as connection:
            if not any(reports or sets for reports, sets in self._written.values()):
                return self.results  # leaving the block takes the empty entry away
            self._check_meanwhile(connection)
            self._complete(connection, values or {})
        self._published = True
        return self.results

    def _check_meanwhile(self, connection: Connection) -> None:
        """Raise ``Refused`` when someone began to label the same report as the same annotator meanwhile."""
        if not self._touched:
            return
        mine = select(SetRow.report_id, SetRow.annotator_id).where(SetRow.created_by == self.action)
        new = {tuple(row) for row in connection.execute(mine.where(SetRow.report_id.in_(self._touched)))}
        theirs = select(SetRow.report_id, SetRow.annotator_id).where(
            SetRow.report_id.in_(self._touched),
            SetRow.removed_by.is_(None),
            SetRow.created_by != self.action,
            SetRow.id.not_in(self._replaced),
        )
        if new & {tuple(row) for row in connection.execute(theirs)}:
            raise Refused(
                "Somebody began to label one of these reports while the import ran. Nothing was changed; import again."
            )

    def _complete(self, connection: Connection, values: dict[str, Any]) -> None:
        removed = list(self._replaced)
        if removed:
            connection.execute(
                update(SetRow).where(SetRow.id.in_(removed)).values(removed_by=self.action, changed_by=None)
            )
        labels, edits = show(connection, self.action)
        self.new_labels = tuple(labels)
        payload: dict[str, Any] = {
            "edits": edits,
            "created": {"report": [], "annotation_set": [], **({"label": []} if labels else {})},
            "removed": {"annotation_set": []} if removed else {},
            "touches": ["labels", "queue", "reports", *(["schema"] if labels else [])],
        }
        if self._touched:
            rows = [{"report_id": key, "action_id": self.action} for key in sorted(self._touched)]
            connection.execute(insert(ActionReportRow), rows)
        entry = connection.execute(
            select(ActionRow.annotator_id, ActionRow.title_values).where(ActionRow.id == self.action)
        ).one()
        connection.execute(
            update(ActionRow)
            .where(ActionRow.annotator_id == entry.annotator_id, ActionRow.state == "undone")
            .values(state="discarded")
        )
        connection.execute(
            update(ActionRow)
            .where(ActionRow.id == self.action)
            .values(state="done", payload=payload, owner=None, title_values={**entry.title_values, **values})
        )


def form_hash(text: str) -> str:
    """SHA-256 of the NFC/LF form: equal for what counts as the same text."""
    return hashlib.sha256(canonical_form(text).encode()).hexdigest()


def _placed(record: ImportedRecord, error: ChuGiaiError) -> ChuGiaiError:
    """The error with the place in the file before it."""
    if not record.place:
        return error
    return Refused("{place}: " + error.sentence, place=record.place, **error.values)
