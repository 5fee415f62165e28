"""Training the project's model on confirmed labels, in processes of their own; what is needed to do it step by step."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from annotations.corpus import LabelledReport
from annotations.errors import Cancelled, Refused
from annotations.report import AnnotationSet, Report, Status
from annotations.schema import Schema
from annotations.suggest.learned.training import Trainer, pack
from ui.jobs.aside import Aside
from ui.jobs.dating import dated
from ui.jobs.progress import Progress, nobody_watches
from ui.words import tr

if TYPE_CHECKING:
    from model.project import Project

MODEL = "labels"
"""Name under which the project's trained model is kept."""
MOST = 400
"""So many of the reports finished last are learned from."""
_HANDS = 2
"""Processes that train side by side."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What training came to: reports, confirmed entities and relations, the labels learned, whether relations were."""

    reports: int
    entities: int
    relations: int
    labels: tuple[str, ...]
    learned_relations: bool


def train_project(project: Project, progress: Progress = nobody_watches) -> Trained:
    """Train on the finished labels of a project and keep the model; it is used from then on.

    ``progress`` may raise ``Cancelled``: the former model then stays. Raises ``Refused`` when nothing is finished,
    or the library that learns is missing.
    """
    from importlib.util import find_spec

    if find_spec("pycrfsuite") is None:
        raise Refused("The package python-crfsuite is missing. Nothing was trained; install it first.")
    from model.queries.labels import read_labelled
    from model.schema_rows import read_schema

    with project.reading() as connection:
        stored = read_schema(connection)
        ids = _finished(connection)
    if not ids:
        raise Refused(
            "There are no confirmed labels to learn from. Nothing was changed; label and finish a report first."
        )

    def lessons() -> Iterator[tuple[Report, AnnotationSet]]:
        for done, report_id in enumerate(ids):
            progress(done, len(ids), tr("Reading labels"))
            with project.reading() as connection:
                labelled = read_labelled(connection, report_id, stored)
            chosen = chosen_set(labelled) if labelled is not None else None
            if labelled is not None and chosen is not None and chosen.entities:
                yield dated(labelled.report), chosen

    return _train(project, stored.schema, lessons(), progress)


def chosen_set(labelled: LabelledReport) -> AnnotationSet | None:
    """The set of a report that teaches: what review decided, else the first annotator's who is done."""
    finished = [one for one in labelled.sets if one.adjudicated or one.status is Status.DONE]
    return next((one for one in finished if one.adjudicated), finished[0] if finished else None)


def _finished(connection: Any) -> list[str]:
    from model.queries.finished import finished_reports

    return finished_reports(connection, MOST)


def _train(
    project: Project, schema: Schema, lessons: Iterator[tuple[Report, AnnotationSet]], progress: Progress
) -> Trained:
    seen: list[tuple[str, str | None]] = []
    entities = relations = 0

    def counted() -> Iterator[tuple[Report, AnnotationSet]]:
        nonlocal entities, relations
        for report, labels in lessons:
            seen.append((report.id, labels.annotator))
            entities += len(labels.entities)
            relations += len(labels.relations)
            yield report, labels

    trained = hands_at_work(schema, counted(), progress)
    progress(1, 1, tr("Keeping the model"))
    from model.suggestion_cache import keep_model

    labels_learned = tuple(name for name in trained if name != "pairs")
    told = {
        "reports": len(seen),
        "entities": entities,
        "relations": relations,
        "labels": labels_learned,
        "seen": seen,
        "action": _newest_action(project),
    }
    with project.writing() as connection:
        keep_model(connection, MODEL, told, pack(trained, len(seen)))
    return Trained(len(seen), entities, relations, labels_learned, "pairs" in trained)


def hands_at_work(
    schema: Schema, lessons: Iterator[tuple[Report, AnnotationSet]], progress: Progress = nobody_watches
) -> Mapping[str, bytes]:
    """Train all that the lessons teach, side by side; what :func:`annotations.suggest.learned.training.pack` packs."""
    hands = [Aside(partial(Trainer, schema)) for _ in range(_HANDS)]
    try:
        with ThreadPoolExecutor(_HANDS) as both:
            for report, labels in lessons:
                told = [both.submit(hand.call, "add", report, labels.entities, labels.relations) for hand in hands]
                for one in told:
                    one.result()
        return _steps(hands, progress)
    finally:
        for hand in hands:
            hand.stop()


def _steps(hands: list[Aside], progress: Progress) -> Mapping[str, bytes]:
    """Train all taggers, each hand its share; a cancel ends the hands."""
    steps: list[str] = list(hands[0].call("steps"))
    waiting, done = list(steps), list[str]()
    failed: list[Exception] = []
    guard = threading.Lock()

    def work(hand: Aside) -> None:
        try:
            while True:
                with guard:
                    if not waiting or failed:
                        return
                    step = waiting.pop()
                hand.call("step", step)
                with guard:
                    done.append(step)
        except Exception as error:  # raised again by the thread that waits
            failed.append(error)

    threads = [threading.Thread(target=work, args=(hand,), daemon=True) for hand in hands]
    for thread in threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in threads):
            progress(len(done), len(steps), tr("Learning"))
            threads[0].join(0.1)
            threads[-1].join(0.1)
    except Cancelled:
        for hand in hands:
            hand.stop()
        raise
    if failed:
        raise failed[0]
    trained: dict[str, bytes] = {}
    for hand in hands:
        trained.update(hand.call("trained"))
    return {step: trained[step] for step in steps}


def _newest_action(project: Project) -> int:
    from model.queries.finished import newest_action

    with project.reading() as connection:
        return newest_action(connection)
