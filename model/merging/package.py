"""A package: a copy of the project for one annotator, with only her reports, that comes back by a merge.

It holds her reports, the schema, the settings and the registry; of labels only her own, also of other people when the
work is not blind. Of the history it keeps what its rows need and, of everything else, only that it is known: so the
merge back sees who is newer, and nobody reads there what others did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from annotations.errors import Refused
from annotations.facts import Kind
from annotations.report import new_id
from model.backup import back_up
from model.clock import later
from model.copying import move, part_of, remove
from model.errors import NotSaved, ProjectError
from model.merged_entries import KNOWN
from model.moment import moment
from model.project import Project
from model.queries.assignments import assigned_to, assignments
from model.queries.facts import facts
from model.queries.packages import PACKAGE
from model.queries.reports import ReportFilter, page_of_reports
from model.queries.visible import live_reports
from model.search_index import create_index, drop_index
from model.tables import ActionRow, AnnotatorRow, FactRow, ReportRow

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all); may raise ``Cancelled``."""


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What a package holds."""

    path: Path
    reports: int
    blind: int


def make_package(
    project: Project,
    out: Path,
    annotator: str,
    wanted: ReportFilter | None,
    report_ids: Iterable[str] | None,
    force: bool,
    progress: Progress,
) -> PackageResult:
    """Write the package. Raises ``Refused`` when there is no such annotator or nothing to pack, ``ProjectError``
    when ``out`` exists (unless ``force``) or cannot be written; then ``out`` is as it was."""
    with project.reading() as connection:
        chosen, blind = _choose(connection, annotator, wanted, report_ids)
    if out.exists() and not force:
        raise ProjectError("{path} exists already. Nothing was changed; choose another name.", path=out)
    if not out.parent.is_dir():
        raise ProjectError("The folder {folder} does not exist. Nothing was made; create it first.", folder=out.parent)
    beside = part_of(out)
    try:
        back_up(project.path, beside, progress)
        with Project.open(beside) as copy, copy.writing(checked=False) as connection:
            _cut(connection, annotator, chosen, blind)
        with closing(sqlite3.connect(beside)) as connection:
            connection.execute("VACUUM")  # what was taken out must not stand in the file's free pages
            connection.execute("PRAGMA journal_mode=DELETE")
        move(beside, out)
    except OSError as error:
        raise NotSaved(
            "{out} cannot be written ({reason}). Nothing is lost; choose another place.", out=out, reason=error.strerror
        ) from error
    finally:
        remove(beside)
    return PackageResult(out, len(chosen), len(blind))


def _choose(
    connection: Connection, annotator: str, wanted: ReportFilter | None, report_ids: Iterable[str] | None
) -> tuple[list[str], list[str]]:
    """Ids of the reports that go into the package, and of those that are blind for her."""
    if connection.execute(select(AnnotatorRow.id).where(AnnotatorRow.name == annotator)).first() is None:
        known = ", ".join(connection.execute(select(AnnotatorRow.name).order_by(AnnotatorRow.name)).scalars())
        raise Refused(
            "Nobody is called {annotator} here. Nothing was made; hand out reports to her first, or name one of: {known}.",
            annotator=annotator,
            known=known,
        )
    if report_ids is not None:
        asked = list(dict.fromkeys(report_ids))
        live = set(connection.execute(live_reports(select(ReportRow.report_id))).scalars())
        chosen = [report_id for report_id in asked if report_id in live]
    elif wanted is not None:
        chosen, after = [], None
        while True:
            page = page_of_reports(connection, annotator, wanted, after=after, limit=500)
            chosen += [row.report_id for row in page.rows]
            after = page.after
            if after is None:
                break
    else:
        own = live_reports(select(ReportRow.report_id)).where(assigned_to(annotator))
        chosen = list(connection.execute(own).scalars())
    if not chosen:
        raise Refused(
            "No report is assigned to {annotator}. Nothing was made; hand out reports first, or say which.",
            annotator=annotator,
        )
    mine = {one.report_id: one for one in assignments(connection, annotator=annotator)}
    return chosen, [report_id for report_id in chosen if report_id in mine and mine[report_id].blind]


def _cut(connection: Connection, annotator: str, chosen: list[str], blind: list[str]) -> None:
    """Take out of the copy what does not belong to the package."""
    run = connection.exec_driver_sql
    run("CREATE TEMPORARY TABLE mine (id INTEGER PRIMARY KEY, blind INTEGER)")
    rows = connection.execute(live_reports(select(ReportRow.id, ReportRow.report_id))).all()
    keep, hidden = set(chosen), set(blind)
    connection.execute(
        text("INSERT INTO mine VALUES (:id, :blind)"),
        [{"id": row.id, "blind": row.report_id in hidden} for row in rows if row.report_id in keep],
    )
    her = connection.execute(select(AnnotatorRow.id).where(AnnotatorRow.name == annotator)).scalar_one()
    values = {"her": her}
    alone = bool(blind)
    for statement in _statements(alone):
        connection.execute(text(statement), values if ":her" in statement else {})
    drop_index(connection)
    create_index(connection)
    _sign(connection, annotator)


def _statements(blind: bool) -> list[str]:
    """SQL that leaves her reports, and on blind ones her labels only."""
    others = "s.annotator_id IS NOT :her" if blind else "s.annotator_id IS NOT :her AND m.blind"
    kinds = "'assignment', 'decision', 'rejection', 'collision'"
    known = (
        "annotator_id IS NULL, target = NULL, undone_by = NULL, title = '', title_values = '{}', payload = '{}'"
    ).replace("annotator_id IS NULL", "annotator_id = NULL")
    used = " UNION ".join(
        f"SELECT {column} FROM {table}"
        for table in ("schema", "label", "report", "annotation_set", "entity", "relation", "fact")
        for column in ("created_by", "touched_by", "removed_by", "changed_by")
    )
    gone = (
        "SELECT s.id FROM annotation_set s LEFT JOIN mine m ON m.id = s.report_id "
        f"WHERE m.id IS NULL OR s.removed_by IS NOT NULL OR ({others})"
    )
    return [
        "DELETE FROM seen",
        "DELETE FROM suggestion",
        "DELETE FROM model",
        "DELETE FROM measure",
        f"DELETE FROM relation WHERE set_id IN ({gone})",
        f"DELETE FROM entity WHERE set_id IN ({gone})",
        f"DELETE FROM annotation_set WHERE id IN ({gone})",
        "DELETE FROM fact WHERE removed_by IS NOT NULL",
        "DELETE FROM fact WHERE report_id IS NOT NULL AND report_id NOT IN (SELECT id FROM mine)",
        f"DELETE FROM fact WHERE kind IN ({kinds}) AND annotator_id IS NOT :her"
        + ("" if blind else " AND report_id IN (SELECT id FROM mine WHERE blind)"),
        "DELETE FROM action_report WHERE report_id NOT IN (SELECT id FROM mine)",
        "DELETE FROM report_text WHERE report_id NOT IN (SELECT id FROM mine)",
        "DELETE FROM report WHERE id NOT IN (SELECT id FROM mine)",
        f"UPDATE action SET kind = '{KNOWN}', state = 'done', {known} "
        + (
            "WHERE annotator_id IS NULL OR annotator_id != :her"
            if blind
            else f"WHERE (annotator_id IS NULL OR annotator_id != :her) AND id NOT IN ({used})"
        ),
        "DELETE FROM action_report WHERE action_id IN (SELECT id FROM action WHERE kind = 'known')",
        "UPDATE action SET state = 'discarded' WHERE kind = 'do' AND state = 'undone'",
        f"UPDATE action SET state = 'merged' WHERE kind = 'do' AND state = 'done' AND id NOT IN ({used})",
        "DELETE FROM annotator WHERE id != :her AND id NOT IN (SELECT annotator_id FROM annotation_set "
        "WHERE annotator_id IS NOT NULL UNION SELECT annotator_id FROM fact WHERE annotator_id IS NOT NULL "
        "UNION SELECT annotator_id FROM action WHERE annotator_id IS NOT NULL)",
        "DROP TABLE mine",
    ]


def _sign(connection: Connection, annotator: str) -> None:
    """Write down whose package it is, under an entry that stays in it."""
    made = connection.execute(
        insert(ActionRow).values(
            action_id=new_id(),
            at=later(moment(connection)),
            kind=KNOWN,
            title="",
            title_values={},
            state="done",
            payload={},
        )
    ).inserted_primary_key
    assert made is not None
    there = next(facts(connection, Kind.SETTING, report_id="", annotator="", key=PACKAGE), None)
    if there is None:
        connection.execute(
            insert(FactRow).values(
                kind=Kind.SETTING.value,
                key=PACKAGE,
                value={"annotator": annotator},
                created_by=made[0],
                touched_by=made[0],
            )
        )
