"""Copies of a project, merging them, and their whole content as values that can be compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from project_children import Told
from sqlalchemy import select

from annotations.collisions import Collided
from annotations.facts import Kind
from model.address import Place
from model.backup import back_up
from model.check import check
from model.merged_entries import KNOWN, MERGE
from model.merging import MergeResult, merge_copy, snapshot
from model.project import Project
from model.queries.collisions import collisions
from model.queries.corpus import Selection, corpus
from model.queries.facts import facts
from model.queries.history import history_page
from model.tables import ReportRow
from model.workspace import Workspace

_VERSION = re.compile(r", version=\d+")  # counts edits, also those of an undo


def unwatched(done: int, total: int) -> None:
    """A progress that nobody watches."""


def copy_of(path: Place, name: str) -> Path:
    """Another copy of a project, as “Send a copy” makes it."""
    return back_up(path, path.with_name(f"{name}.chugiai"), force=True)


def merge(path: Place, *others: Path, people: dict[str, str] | None = None) -> list[MergeResult]:
    """Merge other copies into the project at ``path``."""
    results = []
    with Project.open(path) as project:
        for other in others:
            with snapshot(other, path if isinstance(path, Path) else None, unwatched) as copy:
                results.append(merge_copy(project, copy, people or {}, "lead", other.name, unwatched))
    return results


def everything(path: Place, history: bool = True) -> dict[str, Any]:
    """What a project holds, in an order that does not depend on rows."""
    with Project.open(path) as project:
        whole = corpus(project, Selection(everything=True))
        with project.reading() as connection:
            removed = select(ReportRow.report_id).where(ReportRow.removed_by.is_not(None))
            found: dict[str, Any] = {
                "labels": sorted(kind.name for kind in (*whole.schema.entity_types, *whole.schema.relation_types)),
                "reports": sorted(_VERSION.sub("", repr(labelled)) for labelled in whole),
                "removed": sorted(connection.execute(removed).scalars()),
                "facts": sorted(
                    (*fact.place, repr(sorted((fact.value or {}).items())))
                    for kind in Kind
                    if kind is not Kind.COLLISION
                    for fact in facts(connection, kind)
                ),
                "collisions": [
                    (
                        each.report_id,
                        each.annotator,
                        each.key,
                        repr(each.shown),
                        sorted(map(repr, each.lost)),
                        each.hidden,
                    )
                    for each in collisions(connection)
                ],
            }
            if history:
                entries = history_page(connection, limit=100_000)
                found["history"] = sorted(
                    (
                        entry.action_id,
                        entry.annotator,
                        entry.at,
                        entry.kind,
                        entry.title,
                        repr(entry.values),
                        entry.undone,
                    )
                    for entry in entries
                    if entry.kind not in (MERGE, KNOWN)
                )
        return found


def do(path: Place, name: str, *changes: object) -> None:
    """Let an annotator change something in a copy."""
    with Project.open(path) as project:
        space = Workspace(project, name)
        for change in changes:
            space.apply(change)  # type: ignore[arg-type]


def sound(path: Place) -> None:
    """Nothing is damaged or half done."""
    assert [str(finding) for finding in check(path) if finding.is_damage] == []


def both_ways(ours: Place, theirs: Path) -> None:
    """Merging the one into the other gives what merging the other into the one gives; again changes nothing."""
    mine, yours = copy_of(ours, "mine"), copy_of(theirs, "yours")
    merge(mine, theirs)
    merge(yours, copy_of(ours, "ours-file"))
    assert everything(mine) == everything(yours)
    once = everything(mine)
    assert merge(mine, theirs)[0].nothing
    assert merge(mine, yours)[0].nothing
    assert everything(mine) == once
    sound(mine)


def collided(path: Place) -> list[Collided]:
    """What is to be settled in a project."""
    with Project.open(path) as project, project.reading() as connection:
        return list(collisions(connection))


def merge_and_tell(path: Path, other: Path, told: Path) -> None:
    """In a process of its own: merge, after saying that it begins."""
    with snapshot(other, path, unwatched) as copy, Project.open(path) as project:
        Told(told).tell(began=True)
        merge_copy(project, copy, {}, "lead", other.name, unwatched)
