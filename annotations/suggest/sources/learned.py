"""What was learned from confirmed labels; without a model of the project, the starting model that is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.util import find_spec

from annotations.suggest.node import Node
from annotations.suggest.reading import Reading
from annotations.suggest.sources.rules import RulesSource

LEAST, LEAST_AT_START = 0.6, 0.9
"""Suggestions that are less sure are not made: by a project's own model, by the starting model (it has seen few reports)."""


class LearnedSource:
    """Taggers that see the words and what the rules say; silent where python-crfsuite is not installed."""

    name = "model"

    def propose(self, reading: Reading) -> Iterator[Node]:
        """Mentions of the model."""
        own = reading.knowledge.model
        data = own or starting_model()
        if not data or find_spec("pycrfsuite") is None:
            return
        from annotations.suggest.learned.features import features
        from annotations.suggest.learned.tagging import model_of

        seen = features(reading.doc, reading.proposed or list(RulesSource().propose(reading)))
        yield from model_of(data).nodes(reading.doc, seen, LEAST if own else LEAST_AT_START)


@cache
def starting_model() -> bytes:
    """The shipped model's bytes, trained on some of the invented reports; empty when there is none."""
    path = resources.files("annotations.suggest").joinpath("data").joinpath("start.model")
    return path.read_bytes() if path.is_file() else b""
