"""A trained model at work."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any

from annotations.suggest.learned.features import Features, lines_of
from annotations.suggest.learned.pairs import PairJudge
from annotations.suggest.learned.training import ABOUT, PAIRS, VERSION
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc

SUREST = 0.95
"""A model is never surer than that."""


class Model:
    """The taggers of a model's bytes, and its judge of relations if it has one. One that another version made has none."""

    def __init__(self, data: bytes) -> None:
        self.taggers: dict[str, Any] = {}  # Any: the library has no types
        self._kept: list[bytes] = []
        self.judge: PairJudge | None = None
        library = import_module("pycrfsuite")
        with zipfile.ZipFile(BytesIO(data)) as archive:
            about = json.loads(archive.read(ABOUT))
            for label in about["labels"] if about.get("version") == VERSION else ():
                tagger = library.Tagger()
                trained = archive.read(label)
                self._kept.append(trained)  # the library points into it and does not keep it alive
                tagger.open_inmemory(trained)
                self.taggers[label] = tagger
            if about.get("version") == VERSION and PAIRS in archive.namelist():
                self.judge = PairJudge(archive.read(PAIRS))

    def nodes(self, doc: Doc, seen: Features, least: float) -> Iterator[Node]:
        """Mentions at least as sure as ``least``, label by label."""
        sequence = import_module("pycrfsuite").ItemSequence
        for first, after in lines_of(doc):
            items = sequence(seen[first:after])
            for label, tagger in self.taggers.items():
                tags = tagger.tag(items)
                if "B" in tags:
                    yield from _spans(doc, first, label, tags, tagger, least)


def _spans(doc: Doc, first: int, label: str, tags: list[str], tagger: Any, least: float) -> Iterator[Node]:
    place = 0
    while place < len(tags):
        end = place + 1
        if tags[place] != "B":
            place = end
            continue
        while end < len(tags) and tags[end] == "I":
            end += 1
        sure = min(tagger.marginal(tags[at], at) for at in range(place, end))
        if sure >= least:
            start, after = first + place, first + end
            yield Node(
                label,
                doc.starts[start],
                doc.ends[after - 1],
                after,
                by="model",
                sure=round(min(sure, SUREST), 3),
            )
        place = end


@lru_cache(maxsize=2)
def model_of(data: bytes) -> Model:
    """The model of these bytes; the last ones are kept."""
    return Model(data)
