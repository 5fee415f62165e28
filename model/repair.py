"""Mend what can be mended without loss; a backup comes first, and the history says what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, insert, text

from annotations.report import new_id
from model.address import Place
from model.backup import back_up
from model.check import check
from model.clock import now
from model.damage import Damage, Finding
from model.mending import ORDER, mend
from model.project import Project
from model.search_index import index_some
from model.tables import ActionRow

_ROUNDS = 4  # mending one thing may bring another to light: a label that is back forbids a relation


def repair(path: Place) -> tuple[Path | None, tuple[Finding, ...]]:
    """Back up and mend; the backup's path (None when nothing needed mending) and all findings, mended ones marked.

    What cannot be mended without losing something stays as it is and stays told.
    """
    found = check(path)
    if not any(finding.mendable for finding in found):
        return None, found
    saved = back_up(path, _free_name(path))
    every = {_key(finding): finding for finding in found}
    left = found
    for _ in range(_ROUNDS):
        wanted = [finding for finding in left if finding.mendable]
        if not wanted:
            break
        _mend_all(path, wanted)
        before, left = left, check(path)
        every |= {_key(finding): finding for finding in left}
        if {_key(finding) for finding in before} == {_key(finding) for finding in left}:
            break
    stays = {_key(finding) for finding in left}
    return saved, tuple(
        replace(finding, repaired=finding.is_damage and key not in stays)
        for key, finding in every.items()
        if finding.is_damage or key in stays
    )


def _key(finding: Finding) -> tuple[Damage, str, tuple[int, ...], str]:
    return finding.kind, finding.table, finding.rows, str(finding)


def _mend_all(path: Place, wanted: list[Finding]) -> None:
    with Project.open(path) as project:
        with project.writing(checked=False) as connection:
            action = _entry(connection, wanted)
            for finding in sorted(wanted, key=lambda finding: ORDER.index(finding.kind)):
                mend(connection, finding, action)
        while _index_more(project):
            pass


def _index_more(project: Project) -> bool:
    with project.writing() as connection:
        return index_some(connection) > 0


def _entry(connection: Connection, wanted: list[Finding]) -> int:
    """The history entry of the repair, with the reports whose labels it mends."""
    made = connection.execute(
        insert(ActionRow).values(
            action_id=new_id(),
            at=now(),
            kind="do",
            title="Repair {count} places",
            title_values={"count": len(wanted)},
            state="done",
            payload={"touches": ["labels", "queue", "schema"]},
        )
    ).inserted_primary_key
    assert made is not None
    for table in ("entity", "relation"):
        _name_reports(
            connection, table, (row for finding in wanted if finding.table == table for row in finding.rows), made[0]
        )
    return int(made[0])


def _name_reports(connection: Connection, table: str, rows: Iterable[int], action: int) -> None:
    for row in rows:
        connection.execute(
            text(
                "INSERT INTO action_report (report_id, action_id) "
                f"SELECT s.report_id, :action FROM annotation_set s JOIN {table} x ON x.set_id = s.id WHERE x.id = :row "
                "ON CONFLICT DO NOTHING"
            ),
            {"action": action, "row": row},
        )


def _free_name(path: Place) -> Path:
    number = 1
    while True:
        candidate = path.with_name(f"{path.stem}.before-repair-{number}{path.suffix}")
        if not candidate.exists():
            return candidate
        number += 1
