"""Killing a process at any moment loses nothing that was acknowledged and leaves nothing half done.

``CHUGIAI_KILLS`` sets how many processes are killed, ``CHUGIAI_SEED`` repeats a run.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

import pytest
from labelled_projects import companions, content
from project_children import (
    Told,
    child,
    import_once,
    keep_backing_up,
    keep_importing,
    keep_labelling,
    keep_migrating,
    state,
)
from small_projects import TEXT, add_reports
from sqlalchemy import text

from model.address import Address, Place
from model.check import check
from model.project import Project
from model.queries.reports import progress
from model.tables import HEAD
from model.workspace import Workspace

KILLS = int(os.environ.get("CHUGIAI_KILLS", "36"))
SEED = int(os.environ.get("CHUGIAI_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)
BATCH = 150  # reports of one import: several steps


@dataclass
class Bench:
    """One project that is worked on and killed at, again and again."""

    path: Place
    folder: Path
    chance: random.Random
    number: int = 0
    kept: dict[str, str] = field(default_factory=dict)

    def told(self, name: str) -> Told:
        """A new file for what a child tells."""
        return Told(self.folder / f"{name}-{self.number}.told")

    def moment(self, longest: float) -> None:
        """Wait for a random moment of the child's work."""
        sleep(self.chance.random() * longest)


def sound(path: Place) -> None:
    """Nothing of the project is damaged, nothing is pending, and its log is gone when it is closed."""
    assert [str(finding) for finding in check(path) if finding.is_damage] == []
    with Project.open(path) as project, project.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM action WHERE state = 'pending'")).scalar() == 0
    assert companions(path) == []


def reports_of(path: Place, prefix: str) -> int:
    """How many visible reports have names with this beginning."""
    return sum(labelled.report.name.startswith(f"{prefix}-") for labelled in content(path)[1])


def actions_of(path: Place, annotator: str) -> list[str]:
    """The kinds of an annotator's actions, in order."""
    named = "SELECT kind FROM action JOIN annotator a ON a.id = action.annotator_id WHERE a.name = :name"
    with Project.open(path) as project, project.reading() as connection:
        return list(connection.execute(text(f"{named} ORDER BY action.id"), {"name": annotator}).scalars())


def check_labels(path: Place, annotator: str, told: Told, before: int) -> None:
    """Every acknowledged action is there; the one that was under way is there as a whole or not at all."""
    lines = told.lines()
    if not lines:
        return
    acknowledged = [line["kind"] for line in lines[1:]]
    kinds = actions_of(path, annotator)[before:]
    assert kinds[: len(acknowledged)] == acknowledged
    assert len(kinds) - len(acknowledged) in (0, 1)
    with Project.open(path) as project:
        space = Workspace(project, annotator)
        if len(kinds) > len(acknowledged):
            (space.redo if kinds[-1] == "undo" else space.undo)()
        assert state(space.annotation_set("id-report-0.txt")) == lines[-1]["state"]


def kill_labelling(bench: Bench) -> None:
    """Two people label; both are killed."""
    names = ("lan", "minh")
    before = {name: len(actions_of(bench.path, name)) for name in names}
    told = {name: bench.told(name) for name in names}
    seeds = [bench.chance.randrange(10**9) for _ in names]
    with (
        child(keep_labelling, bench.path, told["lan"].path, "lan", "id-report-0.txt", seeds[0]) as first,
        child(keep_labelling, bench.path, told["minh"].path, "minh", "id-report-0.txt", seeds[1]) as second,
    ):
        told["lan"].wait(first)
        bench.moment(0.3)
        first.kill()
        second.kill()
    for name in names:
        check_labels(bench.path, name, told[name], before[name])


def kill_importing(bench: Bench) -> None:
    """One imports while another labels; the import is killed, and then done again."""
    prefix, told, labels = f"batch{bench.number}", bench.told("import"), bench.told("lan")
    before = len(actions_of(bench.path, "lan"))
    with (
        child(keep_labelling, bench.path, labels.path, "lan", "id-report-0.txt", bench.chance.randrange(10**9)) as lan,
        child(keep_importing, bench.path, told.path, prefix, BATCH) as process,
    ):
        told.wait(process)
        bench.moment(0.3)
        process.kill()
        process.join()
        lan.kill()
    check_labels(bench.path, "lan", labels, before)
    done = [line["done"] for line in told.lines()[1:]]
    assert [reports_of(bench.path, prefix) for prefix in done] == [BATCH] * len(done)
    under_way = f"{prefix}.{len(done) + 1}"
    assert reports_of(bench.path, under_way) in (0, BATCH)
    there = reports_of(bench.path, under_way)
    with Project.open(bench.path) as project:
        assert import_once(project, under_way, BATCH) == BATCH - there
    assert reports_of(bench.path, under_way) == BATCH


def kill_backing_up(bench: Bench) -> None:
    """One makes copies while another labels; the copying is killed."""
    told, folder = bench.told("backup"), bench.folder / f"copies-{bench.number}"
    folder.mkdir()
    with (
        child(keep_labelling, bench.path, bench.told("minh").path, "minh", "id-report-0.txt", 1),
        child(keep_backing_up, bench.path, told.path, folder) as process,
    ):
        told.wait(process)
        bench.moment(0.2)
        process.kill()
    copies = sorted(file.name for file in folder.glob("copy-*"))
    assert {line["done"] for line in told.lines()[1:]} <= set(copies)
    assert {file.suffix for file in folder.glob("copy-*")} <= {".chugiai"}
    for name in copies[-2:]:
        sound(folder / name)


def kill_migrating(bench: Bench) -> None:
    """One migrates and is killed: the project is as it was, and new files have all tables or none."""
    told, before = bench.told("migrate"), content(bench.path)
    with child(keep_migrating, bench.path, told.path, bench.folder) as process:
        told.wait(process)
        bench.moment(0.4)
        process.kill()
    assert content(bench.path) == before
    for empty in bench.folder.glob("from-nothing-*.chugiai"):
        with closing(sqlite3.connect(empty)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if tables:
                assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
                assert {"project", "report", "entity", "relation", "search"} <= tables
        empty.unlink()
    assert isinstance(bench.path, Path)
    for saved in bench.path.parent.glob("*.before-*.chugiai"):
        assert content(saved) == before
        saved.unlink()


KINDS: tuple[Callable[[Bench], None], ...] = (kill_labelling, kill_importing, kill_backing_up, kill_migrating)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kill_at_any_moment_loses_nothing(project: Project, tmp_path: Path, kind: Callable[[Bench], None]) -> None:
    if kind is kill_migrating and isinstance(project.path, Address):
        pytest.skip("kills a migration of a file")
    print(f"CHUGIAI_SEED={SEED} CHUGIAI_KILLS={KILLS}")  # noqa: T201 (shown when the test fails)
    bench = Bench(project.path, tmp_path, random.Random(f"{SEED} {kind.__name__}"))
    add_reports(project, TEXT, TEXT + " Hết.")
    project.close()
    killed = 2 if kind in (kill_labelling, kill_importing) else 1
    kills = KILLS // 2 if isinstance(project.path, Address) else KILLS
    for number in range(max(1, kills // len(KINDS) // killed + 1)):
        bench.number = number
        kind(bench)
        sound(bench.path)
    with Project.open(bench.path) as again, again.reading() as connection:
        assert progress(connection, "lan").total >= 2
