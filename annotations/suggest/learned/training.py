"""Learning from labelled reports. Needs python-crfsuite; nothing is downloaded."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from sys import intern

from annotations.errors import Refused
from annotations.report import Entity, Relation, Report, entity_order
from annotations.schema import Schema
from annotations.suggest.knowledge import Knowledge
from annotations.suggest.learned.features import Features, features, lines_of, tags_of, without_rules
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc
from annotations.suggest.reading import Reading
from annotations.suggest.relations.items import Scene
from annotations.suggest.sources.rules import RulesSource

VERSION = 1
ABOUT = "about.json"
PAIRS = "pairs"
"""Name of the judge of relations in a model; entity taggers bear the names of their labels, in capitals by custom."""
LEAST_RELATED = 60
"""So many confirmed relations teach a judge; with fewer the rules alone decide."""
_SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 1, "feature.possible_transitions": True}
_MANY = 40
"""Reports from which on rare features are left out, fewer rounds are needed, and not every line without a label."""
_EVERY = 3
"""Of many reports each third is taught a second time without the rules."""


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One report as a tagger is taught it: with what the rules say, and without."""

    doc: Doc
    seen: Features
    plain: Features
    wanted: tuple[Node, ...]
    pairs: dict[tuple[int, int], str]


class Trainer:
    """Learns step by step, so that who drives it can say how far it is, and stop.

    ``words_alone`` teaches each report a second time without what the rules say: the model then finds more by itself,
    which few reports do not bear (the starting model is trained without). ``schema`` None: no relations are learned.
    """

    def __init__(self, schema: Schema | None = None, words_alone: bool = True) -> None:
        self._schema, self._words_alone = schema, words_alone
        self._lessons: list[_Lesson] = []
        self._trained: dict[str, bytes] = {}

    def add(self, report: Report, entities: Sequence[Entity], relations: Sequence[Relation] = ()) -> None:
        """Take a report with its confirmed labels."""
        self._lessons.append(_lesson(report, entities, relations))

    def steps(self) -> tuple[str, ...]:
        """What :meth:`step` is to be called with, one after the other. Raises ``Refused`` without any labels."""
        labels = sorted({node.label for lesson in self._lessons for node in lesson.wanted})
        if not labels:
            raise Refused(
                "There are no confirmed labels to learn from. Nothing was changed; label and finish a report first."
            )
        related = sum(len(lesson.pairs) for lesson in self._lessons)
        return (*labels, PAIRS) if self._schema is not None and related >= LEAST_RELATED else tuple(labels)

    def step(self, name: str) -> None:
        """Train one tagger, or the judge of relations."""
        self._trained[name] = self._judge() if name == PAIRS else self._tagger(name)

    def trained(self) -> Mapping[str, bytes]:
        """What was trained so far, by step."""
        return dict(self._trained)

    def _tagger(self, label: str) -> bytes:
        """The trained tagger of one label."""
        library = import_module("pycrfsuite")
        trainer = library.Trainer(algorithm="lbfgs", params=_settings(len(self._lessons)), verbose=False)
        many = len(self._lessons) > _MANY
        skipped = 0
        for number, lesson in enumerate(self._lessons):
            tags = tags_of(lesson.doc, lesson.wanted, label)
            twice = self._words_alone and not (many and number % _EVERY)
            for seen in (lesson.seen, lesson.plain) if twice else (lesson.seen,):
                for first, after in lines_of(lesson.doc):
                    skipped += many and "B" not in tags[first:after]
                    if many and "B" not in tags[first:after] and skipped % 2:
                        continue
                    trainer.append(seen[first:after], tags[first:after])
        return _written(trainer.train)

    def _judge(self) -> bytes:
        """The trained judge of relations."""
        from annotations.suggest.learned.pairs import PairTrainer
        from annotations.suggest.suggester import links

        trainer = PairTrainer()
        for lesson in self._lessons:
            scene = Scene(lesson.doc, lesson.wanted)
            if self._schema is not None:
                trainer.add(scene, self._schema, links(scene), lesson.pairs)
        return _written(trainer.train)


def pack(trained: Mapping[str, bytes], reports: int) -> bytes:
    """The model: everything that was trained on so many reports."""
    labels = [name for name in trained if name != PAIRS]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ABOUT, json.dumps({"version": VERSION, "labels": labels, "reports": reports}))
        for name, content in trained.items():
            archive.writestr(name, content)
    return packed.getvalue()


def train(
    reports: Iterable[tuple[Report, Sequence[Entity]]],
    progress: Callable[[int, int], None] = lambda done, total: None,
    words_alone: bool = True,
) -> bytes:
    """A model from reports and their confirmed entities; the same reports in the same order give the same tags.

    ``progress`` is called with (done, in all) and may raise ``Cancelled``. Raises ``Refused`` without any labels.
    """
    trainer = Trainer(words_alone=words_alone)
    count = 0
    for report, entities in reports:
        trainer.add(report, entities)
        count += 1
    steps = trainer.steps()
    for number, name in enumerate(steps):
        progress(number, len(steps))
        trainer.step(name)
    progress(len(steps), len(steps))
    return pack(trainer.trained(), count)


def _lesson(report: Report, entities: Sequence[Entity], relations: Sequence[Relation]) -> _Lesson:
    reading = Reading(report, Knowledge())
    doc = reading.doc
    starts, ends = {}, {}
    for token in range(doc.count):
        start, end = doc.original(doc.starts[token], doc.ends[token])
        starts[start], ends[end] = token, token
    taught = [
        entity
        for entity in sorted(entities, key=entity_order)
        if not entity.fragments and entity.start in starts and entity.end in ends
    ]
    numbers = {entity.id: number for number, entity in enumerate(taught)}
    proposed = list(RulesSource().propose(reading))
    said = {(node.label, node.start, node.end): node.said for node in proposed}
    wanted = tuple(
        Node(entity.label, start, end, ends[entity.end] + 1, said=said.get((entity.label, start, end), {}))
        for entity in taught
        for start, end in [(doc.starts[starts[entity.start]], doc.ends[ends[entity.end]])]
    )
    pairs = {
        (numbers[one.source], numbers[one.target]): one.type
        for one in relations
        if one.source in numbers and one.target in numbers
    }
    seen = [[intern(feature) for feature in one] for one in features(doc, proposed)]  # most occur again and again
    return _Lesson(doc, seen, without_rules(seen), wanted, pairs)


def _written(write: Callable[[str], None]) -> bytes:
    """What the library writes to a file, which is all that it can."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trained"
        write(str(path))
        return path.read_bytes()


def _settings(count: int) -> dict[str, object]:
    return {**_SETTINGS, "max_iterations": 30, "feature.minfreq": 2} if count > _MANY else dict(_SETTINGS)
