"""Work on a project that tests do in other processes, and how these are started and killed.

Children come from a server process that has the modules loaded already, so that starting one takes milliseconds.
They tell what they have done by lines of JSON appended to a file: what was written there survives a kill.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from small_projects import TEXT

from annotations.changes import AddEntity, AddRelations, Change, DeleteEntities, Relabel, SetEntityNote, SetSpans
from annotations.corpus import ImportedRecord
from annotations.errors import ChuGiaiError, Collision, Refused
from annotations.report import AnnotationSet, Entity, Relation, Report, new_id
from model import migrate
from model.address import Place
from model.backup import back_up
from model.bulk import ImportBatch
from model.connect import JOB_WAIT_MS, LABEL_WAIT_MS, make_engine
from model.errors import Busy, ProjectError
from model.project import Project
from model.tables import HEAD
from model.workspace import Workspace

LABELS = ("OFFICIAL", "TITLE", "ORG", "MEETING")


def context() -> BaseContext:
    """How children are made: from a server that has this module loaded, where the platform has it."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    if not _served:
        _served.append(True)
        # The server learns our paths only from the environment (Python 3.11), and passes over what it cannot load.
        before = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
        made.set_forkserver_preload([__name__, "pytest"])
        forkserver.ensure_running()
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return made


_served: list[bool] = []


@contextmanager
def child(work: Callable[..., None], *values: object) -> Iterator[BaseProcess]:
    """A process that does ``work``; killed at the end when it still runs."""
    process = context().Process(target=work, args=values)  # type: ignore[attr-defined]
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


class Told:
    """What a child tells: lines appended to a file, whole even when it is killed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def tell(self, **values: object) -> None:
        """Append one line."""
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(file, (json.dumps(values, ensure_ascii=False) + "\n").encode())
        os.close(file)

    def lines(self) -> list[dict[str, Any]]:
        """What was told up to now."""
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]

    def wait(self, process: BaseProcess, count: int = 1) -> None:
        """Wait until ``count`` lines were told, or the process is over."""
        while len(self.lines()) < count and process.is_alive():
            sleep(0.002)


def state(labels: AnnotationSet | None) -> str:
    """A set's entities and relations as one text (versions left out: undo raises them too)."""
    if labels is None:
        return ""
    entities = [[entity.id, entity.label, entity.spans, entity.note] for entity in labels.entities]
    relations = [[relation.id, relation.type, relation.source, relation.target] for relation in labels.relations]
    return json.dumps([sorted(entities), sorted(relations)], ensure_ascii=False)


def patiently(apply: Callable[[], Any], retries: list[int] | None = None) -> Any:
    """Do a write, again and again while the project is busy."""
    while True:
        try:
            return apply()
        except Busy:
            if retries is not None:
                retries.append(1)
            sleep(0.001)


def random_change(chance: random.Random, report_id: str, there: AnnotationSet | None) -> Change:
    """Some change of these labels; a new entity when there are few."""
    entities = there.entities if there else ()
    start = chance.randrange(len(TEXT) - 20)
    if len(entities) < 4 or (len(entities) < 30 and chance.random() < 0.3):
        return AddEntity(report_id, Entity(new_id(), chance.choice(LABELS), start, start + chance.randrange(1, 20)))
    one, other = chance.sample(entities, 2)
    return chance.choice(
        (
            Relabel(report_id, (one.id,), chance.choice(LABELS)),
            SetSpans(report_id, {one.id: ((start, start + 3), (start + 5, start + 9))}),
            SetEntityNote(report_id, (one.id,), f"note {start}"),
            AddRelations(report_id, (Relation(new_id(), "holds_title", one.id, other.id),)),
            DeleteEntities(report_id, (one.id,)),
        )
    )


def keep_labelling(path: Place, told: Path, annotator: str, report_id: str, seed: int, most: int = 10**9) -> None:
    """Label, change, undo and redo at random; tell the labels after each action that returned."""
    chance, ledger = random.Random(seed), Told(told)
    with Project.open(path, wait_ms=LABEL_WAIT_MS) as project:
        space = patiently(lambda: Workspace(project, annotator))
        ledger.tell(state=state(space.annotation_set(report_id)), kind="start")
        for _ in range(most):
            kind = chance.choices(("do", "undo", "redo"), (6, 2, 2))[0]
            change = random_change(chance, report_id, space.annotation_set(report_id))
            act = {"do": lambda change=change: space.apply(change), "undo": space.undo, "redo": space.redo}[kind]
            try:
                outcome = patiently(act)
            except Refused:
                continue
            if not outcome.nothing:
                ledger.tell(state=state(space.annotation_set(report_id)), kind=kind)


def records(count: int, prefix: str, entities: int = 6) -> Iterator[ImportedRecord]:
    """Labelled reports whose names and texts begin with ``prefix``."""
    for number in range(count):
        text = f"{prefix} {number}. " + TEXT * (1 + entities // 8)
        made = tuple(
            Entity(f"e{at}", LABELS[at % 2], at * (len(text) - 4) // entities, at * (len(text) - 4) // entities + 4)
            for at in range(entities)
        )
        joined = tuple(Relation(f"r{at}", "holds_title", f"e{at}", f"e{at + 1}") for at in range(0, entities - 1, 2))
        yield ImportedRecord(Report("", f"{prefix}-{number}", text), str(number), "an", False, None, made, joined, True)


def import_once(project: Project, prefix: str, count: int, entities: int = 6) -> int:
    """Import ``records``; how many reports were added."""
    with ImportBatch.open(project) as batch:
        for record in records(count, prefix, entities):
            batch.add("file", record)
        return batch.publish()["file"].added


def keep_importing(path: Place, told: Path, prefix: str, count: int) -> None:
    """Import one batch after another; tell each that is in."""
    ledger, number = Told(told), 0
    with Project.open(path) as project:
        ledger.tell(ready=True)
        while True:
            number += 1
            import_once(project, f"{prefix}.{number}", count)
            ledger.tell(done=f"{prefix}.{number}")


def keep_backing_up(path: Place, told: Path, folder: Path) -> None:
    """Make one copy after another; tell each that is there."""
    ledger, number = Told(told), 0
    ledger.tell(ready=True)
    while True:
        number += 1
        back_up(path, folder / f"copy-{number}.chugiai")
        ledger.tell(done=f"copy-{number}.chugiai")


def keep_migrating(path: Path, told: Path, folder: Path) -> None:
    """Migrate the project (a backup first) and empty files from nothing; tell each that is done."""
    ledger, number = Told(told), 0
    ledger.tell(ready=True)
    while True:
        number += 1
        ledger.tell(done=migrate.migrate(path, HEAD).name)
        empty = folder / f"from-nothing-{number}.chugiai"
        engine = make_engine(empty, JOB_WAIT_MS)
        migrate.run_migrations(engine, HEAD)
        engine.dispose()
        ledger.tell(done=empty.name)


def keep_noting(path: Place, told: Path, annotator: str, report_id: str, entity_id: str, times: int) -> None:
    """Set one entity's note with the version that was seen; tell how many came through, collided, were retried."""
    done, collided, retries = 0, 0, list[int]()
    with Project.open(path, wait_ms=LABEL_WAIT_MS) as project:
        space = patiently(lambda: Workspace(project, annotator))
        while done < times:
            labels = space.annotation_set(report_id)
            assert labels is not None
            (seen,) = (entity.version for entity in labels.entities if entity.id == entity_id)
            change = SetEntityNote(report_id, (entity_id,), f"{os.getpid()} {done} {collided}", {entity_id: seen})
            try:
                patiently(lambda change=change: space.apply(change), retries)
                done += 1
            except Collision:
                collided += 1
    Told(told).tell(done=done, collided=collided, retries=len(retries))


def edit_for(path: Place, told: Path, annotator: str, report_id: str, shared: str, seconds: float, seed: int) -> None:
    """For some seconds label, undo and redo at random as ``annotator``, and note on the entity ``shared`` of lan's what was
    seen there; tell the actions, how they left the labels, how many notes came through, and what waiting there was."""
    chance, kinds, took, retries, noted, collided = random.Random(seed), list[str](), list[float](), list[int](), 0, 0
    with Project.open(path, wait_ms=LABEL_WAIT_MS) as project:
        space, lan = (patiently(lambda name=name: Workspace(project, name)) for name in (annotator, "lan"))
        until = perf_counter() + seconds
        while perf_counter() < until:
            space.poll()
            kind = chance.choices(("do", "undo", "redo", "note"), (5, 2, 2, 3))[0]
            change = random_change(chance, report_id, space.annotation_set(report_id))
            if kind == "note":
                (seen,) = (one.version for one in lan.annotation_set(report_id).entities if one.id == shared)
                change = SetEntityNote(report_id, (shared,), f"{annotator} {noted}", {shared: seen})
            act = {"undo": space.undo, "redo": space.redo}.get(
                kind, lambda change=change, who=lan if kind == "note" else space: who.apply(change)
            )
            began = perf_counter()
            try:
                outcome = patiently(act, retries)
            except Collision:
                collided += 1
                continue
            except Refused:
                continue
            took.append(perf_counter() - began)
            if kind == "note":
                noted += 1
            elif not outcome.nothing:
                kinds.append(kind)
        left = state(space.annotation_set(report_id))
    Told(told).tell(
        annotator=annotator, kinds=kinds, state=left, noted=noted, collided=collided, retries=len(retries), took=took
    )


def label_at_a_pace(
    path: Place, told: Path, annotator: str, report_id: str, until: Path, pause_s: float, retry_s: float = 0.25
) -> None:
    """Add entities, one at least, until the file ``until`` is there; tell the ids, and how long each took to be saved, in ms."""
    ids, took, retries = [], [], 0
    with Project.open(path, wait_ms=LABEL_WAIT_MS) as project:
        space = patiently(lambda: Workspace(project, annotator))
        Told(told).tell(ready=True)
        while not ids or not until.exists():
            ids.append(new_id())
            change = AddEntity(report_id, Entity(ids[-1], "ORG", len(ids) % 80, len(ids) % 80 + 3))
            began = perf_counter()
            while True:
                try:
                    space.apply(change)
                    break
                except Busy:
                    retries += 1
                    sleep(retry_s)
            took.append((perf_counter() - began) * 1000)
            sleep(pause_s)
    Told(told).tell(ids=ids, took=took, retries=retries)


def import_and_stop(path: Place, told: Path, until: Path, count: int, entities: int) -> None:
    """Import once; tell how many reports, how long, and the longest lock, in seconds; make the file ``until``."""
    began = perf_counter()
    try:
        with Project.open(path) as project, ImportBatch.open(project) as batch:
            for record in records(count, "bulk", entities):
                batch.add("file", record)
            added = batch.publish()["file"].added
        Told(told).tell(added=added, seconds=perf_counter() - began, locked=batch.seconds_locked)
    finally:
        until.touch()


def write_until(path: Place, told: Path, until: Path, report_id: str) -> None:
    """Add entities as fast as possible until the file ``until`` is there; tell how many."""
    count = 0
    with Project.open(path) as project:
        space = Workspace(project, "writer")
        while not until.exists():
            space.apply(AddEntity(report_id, Entity(new_id(), "ORG", count % 80, count % 80 + 3)))
            count += 1
            if count == 1:
                Told(told).tell(ready=True)
    Told(told).tell(count=count)


def open_for_good(path: Place, told: Path, until: Path) -> None:
    """Have the project open until the file ``until`` is there; tell what became of opening it."""
    try:
        with Project.open(path) as project:
            Told(told).tell(opened=True, warning=project.warning)
            while not until.exists():
                sleep(0.002)
    except ProjectError as error:
        Told(told).tell(refused=str(error))


def back_up_in_little_room(path: Path, told: Path, out: Path, room: int) -> None:
    """Back up while no file may grow beyond ``room`` bytes; tell what was said."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        back_up(path, out)
    except ChuGiaiError as error:
        said = f"{type(error).__name__}: {error}"
    else:
        said = "done"
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    Told(told).tell(said=said)
