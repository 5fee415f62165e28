"""Merge another copy into a project: looked at first, written in short steps, visible all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import thread_time
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from annotations.errors import Refused
from annotations.report import new_id
from model import owner
from model.annotators import annotator_row
from model.connect import let_others_in
from model.merged_entries import MERGE
from model.merging.chunks import read_project_facts, read_reports, work
from model.merging.fact_step import merge_facts
from model.merging.incoming import Incoming, bring_history, find_new, map_people, reports_of
from model.merging.labels import LabelKeys, map_labels
from model.merging.places import Merge, read_lost
from model.merging.publish import Moved, publish
from model.merging.report_step import merge_reports
from model.merging.result import MergeResult
from model.merging.side import Side
from model.merging.staging import Keys, Staging
from model.moment import moment
from model.project import Project
from model.queries.packages import package_of
from model.sweep import sweep
from model.tables import ActionRow, ProjectRow, ReportRow, TextRow

Progress = Callable[[int, int], None]
"""Called with (reports done, reports in all); may raise ``Cancelled``."""
_STEP_S = 0.04  # of computing in one step, during which others wait
_MOST = 200
_TRIES = 3


def look(project: Project, other: Project, people: Mapping[str, str], progress: Progress) -> MergeResult:
    """What merging ``other`` would bring; nothing is written. ``people``: names there → names here."""
    with other.reading() as theirs, project.reading() as ours:
        job = _Job(project, theirs, people, progress)
        if job.prepare(ours):
            job.carry_out(lambda step: step(ours), dry=True)
        return job.result


def merge_copy(
    project: Project, other: Project, people: Mapping[str, str], actor: str | None, name: str, progress: Progress
) -> MergeResult:
    """Merge ``other``, a copy called ``name``, into the project, for ``actor``; all of it or nothing.

    Raises ``Refused`` while another import or merge runs, or somebody works on the same reports again and again,
    and for a package, which is merged into its project and not the other way round.
    """
    for _ in range(_TRIES):
        with other.reading() as theirs:
            job = _Job(project, theirs, people, progress)
            with project.reading() as ours:
                if not job.prepare(ours):
                    return job.result
            try:
                return job.write(actor, name)
            except Moved:
                continue
    raise Refused(
        "Somebody is working on the reports that {name} changes. Nothing was merged; try again in a moment.", name=name
    )


class _Job:
    """One attempt at one merge."""

    def __init__(self, project: Project, theirs: Connection, people: Mapping[str, str], progress: Progress) -> None:
        self.project, self.theirs, self.people, self.progress = project, theirs, people, progress
        self.result = MergeResult()
        self.staging = Staging()
        self.entry = 0

    def prepare(self, ours: Connection) -> bool:
        """Read both histories; False when the other holds nothing new. Raises ``Refused``."""
        mine = package_of(ours)
        if mine is not None:
            raise Refused(
                "This project is a package for {annotator}. Nothing was changed; merge it into the project that it came from.",
                annotator=mine,
            )
        self.result.package_for = package_of(self.theirs) or ""
        ids = [connection.execute(select(ProjectRow.project_id)).scalar() for connection in (ours, self.theirs)]
        self.result.related = ids[0] == ids[1]
        self.here, self.there = Side.read(ours), Side.read(self.theirs)
        self.found = find_new(self.theirs, self.here, self.there)
        dry = Incoming()
        map_people(ours, self.theirs, self.people, dry, write=False)
        self.result.people = dry.people
        self.result.count("history", "added", len(self.found.new))
        return bool(self.found.new)

    def write(self, actor: str | None, name: str) -> MergeResult:
        """Write everything and publish it; what was written is taken back when that fails."""
        ours = owner.begin()
        try:
            self._begin(ours, actor, name)
            try:
                self.carry_out(self._in_a_step, dry=False)
                with self.project.writing() as connection:
                    publish(connection, self.merge, self.entry, name)
            except BaseException as error:
                sweep(self.project, self.entry)
                if isinstance(error, IntegrityError):
                    raise Moved from error
                raise
        finally:
            owner.end(ours)
        return self.result

    def _begin(self, ours: str, actor: str | None, name: str) -> None:
        sweep(self.project)
        with self.project.writing() as connection:
            if connection.execute(select(ActionRow.id).where(ActionRow.state == "pending")).first():
                raise Refused(
                    "Another import into {project} is running. Nothing was changed; try again when it has ended.",
                    project=self.project.path.name,
                )
            made = connection.execute(
                insert(ActionRow).values(
                    action_id=new_id(),
                    annotator_id=annotator_row(connection, actor) if actor else None,
                    at=moment(connection),
                    kind=MERGE,
                    title="Merge {name}",
                    title_values={"name": name},
                    state="pending",
                    owner=ours,
                    heartbeat=owner.sign_of_life(connection),
                    payload={},
                )
            ).inserted_primary_key
        assert made is not None
        self.entry = int(made[0])

    def _in_a_step(self, step: Callable[[Connection], None]) -> float:
        """Carry one step out in a transaction of its own; the seconds of computing that it took."""
        began = thread_time()
        with self.project.writing() as connection:
            step(connection)
            self.staging.write(connection)
            payload = {"annotators": self.found.made}
            connection.execute(
                update(ActionRow)
                .where(ActionRow.id == self.entry)
                .values(heartbeat=owner.sign_of_life(connection), payload=payload)
            )
        let_others_in()
        return thread_time() - began

    def carry_out(self, in_a_step: Callable[[Callable[[Connection], None]], Any], dry: bool) -> None:
        """All steps but the last transaction; ``dry``: nothing is written."""
        in_a_step(lambda connection: self._people(connection, dry))
        self.merge = Merge(
            None,  # type: ignore[arg-type]
            self.theirs,
            self.here,
            self.there,
            self.found,
            LabelKeys(self.here.stored),
            Keys(None),
            self.staging,
            self.entry,
            self.result,
            lost_there=read_lost(self.theirs),
        )
        last = -1
        while last:
            last = self._step(in_a_step, dry, partial(self._history, last))
        self._step(in_a_step, dry, self._labels)
        reports = work(self.theirs, self._also())
        done, size = 0, 4
        while done < len(reports):
            some = reports[done : done + size]
            chunk = read_reports(self.theirs, some)
            began = thread_time()
            self._step(in_a_step, dry, partial(self._reports, chunk))
            done += len(some)
            size = max(1, min(_MOST, int(size * min(2, _STEP_S / max(thread_time() - began, 0.001)))))
            self.progress(done, len(reports))
        self._step(in_a_step, dry, self._project_facts)

    def _step(
        self, in_a_step: Callable[[Callable[[Connection], None]], Any], dry: bool, what: Callable[[], Any]
    ) -> Any:
        found: list[Any] = []

        def step(connection: Connection) -> None:
            self.merge.ours, self.merge.keys = connection, self.merge.keys if dry else Keys(connection)
            found.append(what())

        in_a_step(step)
        if dry:
            self.staging.rows.clear()
        return found[0]

    def _people(self, connection: Connection, dry: bool) -> None:
        map_people(connection, self.theirs, self.people, self.found, write=not dry)
        for there, here in self.found.annotators.items():
            if there is not None and here is not None:
                self.staging.people[here] = self.found.people[self.there.names[there]]

    def _history(self, after: int) -> int:
        if after < 0:
            self.merge.lost_here = read_lost(self.merge.ours)
        return bring_history(self.theirs, after, self.merge.keys, self.staging, self.found)

    def _labels(self) -> None:
        merge = self.merge
        merge.labels = map_labels(
            merge.ours,
            self.theirs,
            (self.here, self.there),
            self.found,
            merge.keys,
            self.staging,
            self.entry,
            self.result,
        )

    def _also(self) -> list[int]:
        """The other's reports on which we hold collisions: it may know how they were settled."""
        reports = sorted({place[0] for place in self.merge.lost_here if place[0] is not None})
        found: list[int] = []
        with self.project.reading() as ours:
            for at in range(0, len(reports), 500):
                forms = select(TextRow.form_hash).where(TextRow.report_id.in_(reports[at : at + 500]))
                hashes = list(ours.execute(forms).scalars())
                there = select(ReportRow.id).join(TextRow, TextRow.report_id == ReportRow.id)
                found += self.theirs.execute(there.where(TextRow.form_hash.in_(hashes))).scalars()
        return found

    def _reports(self, chunk: Any) -> None:
        merge = self.merge
        matched, ours = merge_reports(merge, chunk)
        rows = self.staging.rows["action_report"]
        if self.entry:
            rows += [(key, self.entry) for key in sorted(set(matched.values()))]
        for report, action in reports_of(self.theirs, list(matched)):
            rows.append((matched[report], self.found.actions[action]))
        for report, key in matched.items():
            merge_facts(merge, key, report, chunk.facts[report], ours.facts[key])

    def _project_facts(self) -> None:
        merge = self.merge
        merge_facts(merge, None, None, read_project_facts(self.theirs), read_project_facts(merge.ours))
