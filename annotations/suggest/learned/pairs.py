"""Relations learned from confirmed ones: each pair of mentions of a sentence that the schema allows is judged by itself.

The judge is a maximum-entropy classifier: a chain of length one. It sees what the rules say of the pair, and the words around.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from annotations.schema import Schema
from annotations.suggest.relations.items import Item, Link, Scene

NONE = "-"
"""What a pair is said to be that is not related."""
_REACH = 12
"""Mentions that stand between the two at most."""
_BETWEEN = 8
"""Words between two mentions that are seen one by one."""
_SETTINGS = {"c1": 0.05, "c2": 0.05, "max_iterations": 50, "feature.minfreq": 1}
_Pair = tuple[int, int]


def candidates(scene: Scene, schema: Schema) -> Iterator[tuple[Item, Item]]:
    """Source and target of all pairs that may be related: near each other, in one sentence, allowed by the schema."""
    for place, first in enumerate(scene.items):
        for second in scene.items[place + 1 : place + 2 + _REACH]:
            if second.sentence != first.sentence:
                break
            for source, target in ((first, second), (second, first)):
                if schema.relations_between(source.label, target.label):
                    yield source, target


def ruled(links: Iterable[Link]) -> dict[_Pair, Link]:
    """What the rules say of each pair: the first link."""
    found: dict[_Pair, Link] = {}
    for link in links:
        found.setdefault((link.source, link.target), link)
    return found


def seen(scene: Scene, source: Item, target: Item, rules: Mapping[_Pair, Link]) -> list[str]:
    """The features of a pair."""
    first, second = (source, target) if (source.start, -source.end) <= (target.start, -target.end) else (target, source)
    kinds = f"{source.label}>{target.label}"
    if second.end <= first.end:
        order = "holds" if first is source else "lies"
    else:
        order = "before" if first is source else "after"
    apart = second.number - first.number
    found = [
        f"k={kinds}",
        f"o={order}",
        f"ko={kinds} {order}",
        f"n={min(apart, 6)}",
        f"kon={kinds} {order} {min(apart, 6)}",
    ]
    direct = second.outer == first.number
    found.append(f"kd={kinds} {order} {direct}")
    link = rules.get((source.number, target.number))
    told = link.type if link is not None else NONE
    found += [f"r={told}", f"rk={told} {kinds} {order}"]
    if order in ("before", "after"):
        words = scene.key[first.end : second.start].split()
        if len(words) <= _BETWEEN:
            found.append(f"b={kinds} {' '.join(words)}")
        found += [f"w={kinds} {word}" for word in {*words[:3], *words[-3:]}]
        between = {item.label for item in scene.items[first.number + 1 : second.number] if item.end <= second.start}
        found += [f"m={kinds} {label}" for label in between] or [f"m={kinds}"]
    before = scene.key[max(0, first.start - 24) : first.start].split()
    after = scene.key[second.end : second.end + 24].split()
    found += [f"p={kinds} {word}" for word in before[-2:]]
    found += [f"a={kinds} {word}" for word in after[:2]]
    return found


class PairTrainer:
    """Takes labelled scenes, then gives the trained judge's bytes."""

    def __init__(self) -> None:
        self._trainer: Any = import_module("pycrfsuite").Trainer(algorithm="lbfgs", params=_SETTINGS, verbose=False)
        self.related = 0

    def add(self, scene: Scene, schema: Schema, links: Iterable[Link], types: Mapping[_Pair, str]) -> None:
        """A scene of labels: what the rules say of it, and the confirmed type of each related pair, by numbers."""
        rules = ruled(links)
        for source, target in candidates(scene, schema):
            told = types.get((source.number, target.number), NONE)
            self.related += told != NONE
            self._trainer.append([seen(scene, source, target, rules)], [told])

    def train(self, path: str) -> None:
        """Write the trained judge to a file."""
        self._trainer.train(path)


class PairJudge:
    """A trained judge at work."""

    def __init__(self, data: bytes) -> None:
        self._kept = data  # the library points into it and does not keep it alive
        self._tagger: Any = import_module("pycrfsuite").Tagger()
        self._tagger.open_inmemory(data)

    def links(self, scene: Scene, schema: Schema, links: Iterable[Link], least: float) -> Iterator[tuple[Link, bool]]:
        """The links that stand, and whether the rules said so too; ``least``: how sure the judge must be of its own.

        What the rules say stands unless the judge is surer than two thirds that it is wrong.
        """
        given = list(links)
        rules = ruled(given)
        judged: set[_Pair] = set()
        for source, target in candidates(scene, schema):
            pair = (source.number, target.number)
            link = rules.get(pair)
            told, sure = self._judge(seen(scene, source, target, rules))
            judged.add(pair)
            if link is not None and told == NONE and sure > _SURELY_WRONG:
                continue
            if link is not None and told in (NONE, link.type):
                yield Link(link.type, *pair, round(sure if told == link.type else min(link.sure, 1 - sure), 3)), True
            elif told != NONE and sure >= least:
                yield Link(told, *pair, round(sure, 3)), False
        yield from ((link, True) for link in given if (link.source, link.target) not in judged)

    def _judge(self, features: list[str]) -> tuple[str, float]:
        (told,) = self._tagger.tag([features])
        return told, self._tagger.marginal(told, 0)


_SURELY_WRONG = 0.67
