"""Learning from labelled reports. Needs python-crfsuite; nothing is downloaded."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path

from annotations.errors import Refused
from annotations.report import Entity, Report
from annotations.suggest.knowledge import Knowledge
from annotations.suggest.learned.features import Features, features, lines_of, tags_of, without_rules
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc
from annotations.suggest.reading import Reading
from annotations.suggest.sources.rules import RulesSource

VERSION = 1
ABOUT = "about.json"
_SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 1, "feature.possible_transitions": True}
_MANY = 40
"""Reports from which on rare features are left out and fewer rounds are needed."""


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One report as a tagger is taught it: with what the rules say, and without."""

    doc: Doc
    seen: Features
    plain: Features
    wanted: tuple[Node, ...]


def train(
    reports: Iterable[tuple[Report, Sequence[Entity]]],
    progress: Callable[[int, int], None] = lambda done, total: None,
    words_alone: bool = True,
) -> bytes:
    """A model from reports and their confirmed entities; the same reports in the same order give the same tags.

    ``words_alone`` teaches each report a second time without what the rules say: the model then finds more by itself,
    which few reports do not bear (the starting model is trained without).
    ``progress`` is called with (done, in all) and may raise ``Cancelled``. Raises ``Refused`` without any labels.
    """
    lessons = [_lesson(report, entities) for report, entities in reports]
    labels = sorted({node.label for lesson in lessons for node in lesson.wanted})
    if not labels:
        raise Refused(
            "There are no confirmed labels to learn from. Nothing was changed; label and finish a report first."
        )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ABOUT, json.dumps({"version": VERSION, "labels": labels, "reports": len(lessons)}))
        for number, label in enumerate(labels):
            progress(number, len(labels))
            archive.writestr(label, _tagger(lessons, label, words_alone))
    progress(len(labels), len(labels))
    return packed.getvalue()


def _lesson(report: Report, entities: Sequence[Entity]) -> _Lesson:
    reading = Reading(report, Knowledge())
    doc = reading.doc
    starts, ends = {}, {}
    for token in range(doc.count):
        start, end = doc.original(doc.starts[token], doc.ends[token])
        starts[start], ends[end] = doc.starts[token], doc.ends[token]
    wanted = tuple(
        Node(entity.label, starts[entity.start], ends[entity.end], 0)
        for entity in entities
        if entity.start in starts and entity.end in ends
    )
    seen = features(doc, list(RulesSource().propose(reading)))
    return _Lesson(doc, seen, without_rules(seen), wanted)


def _tagger(lessons: Sequence[_Lesson], label: str, words_alone: bool) -> bytes:
    """The trained tagger of one label."""
    library = import_module("pycrfsuite")
    trainer = library.Trainer(algorithm="lbfgs", params=_settings(len(lessons)), verbose=False)
    for lesson in lessons:
        tags = tags_of(lesson.doc, lesson.wanted, label)
        for seen in (lesson.seen, lesson.plain) if words_alone else (lesson.seen,):
            for first, after in lines_of(lesson.doc):
                trainer.append(seen[first:after], tags[first:after])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tagger"
        trainer.train(str(path))
        return path.read_bytes()


def _settings(count: int) -> dict[str, object]:
    return {**_SETTINGS, "max_iterations": 40, "feature.minfreq": 2} if count > _MANY else dict(_SETTINGS)
