"""What a project decides about suggestions: sources and labels switched off, thresholds, lists of its own. As facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.changes.fact import SetFacts
from annotations.facts import Fact, Kind

SOURCES = ("rules", "gazetteer", "project", "model")
"""Who proposes, by name, in order of trust."""

_SOURCE, _LABEL, _LIST = "suggest:source:", "suggest:label:", "suggest:list:"
_TRAINING = "suggest:training"
TRAIN_AFTER = 300
"""New labels after which the model is trained anew by itself, unless the project says otherwise; 0: never."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The decisions; thresholds are least confidences (0..1) by label and by source."""

    sources_off: frozenset[str] = frozenset()
    labels_off: frozenset[str] = frozenset()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    source_thresholds: Mapping[str, float] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    train_after: int = TRAIN_AFTER

    @staticmethod
    def of(facts: Iterable[Fact]) -> Choices:
        """What the project's settings say; what cannot be read counts as not said."""
        off: dict[str, set[str]] = {_SOURCE: set(), _LABEL: set()}
        least: dict[str, dict[str, float]] = {_SOURCE: {}, _LABEL: {}}
        lists: dict[str, frozenset[str]] = {}
        train_after = TRAIN_AFTER
        for fact in facts:
            value = fact.value or {}
            for prefix in (_SOURCE, _LABEL):
                if fact.key.startswith(prefix):
                    name = fact.key.removeprefix(prefix)
                    if value.get("off"):
                        off[prefix].add(name)
                    if isinstance(number := value.get("least"), int | float) and number > 0:
                        least[prefix][name] = float(number)
            if fact.key.startswith(_LIST) and isinstance(names := value.get("names"), list):
                lists[fact.key.removeprefix(_LIST)] = frozenset(str(name) for name in names if str(name).strip())
            if fact.key == _TRAINING and isinstance(number := value.get("after"), int):
                train_after = max(0, number)
        return Choices(
            frozenset(off[_SOURCE]), frozenset(off[_LABEL]), least[_LABEL], least[_SOURCE], lists, train_after
        )


def set_source(name: str, off: bool, least: float) -> SetFacts:
    """Switch a source on or off, and say how sure it must be."""
    title = "Switch off suggestions of {name}" if off else "Set suggestions of {name}"
    return SetFacts((_fact(_SOURCE + name, off, least),), title, {"name": name})


def set_label(name: str, off: bool, least: float) -> SetFacts:
    """Switch suggestions of a label on or off, and say how sure they must be."""
    title = "Switch off suggestions of {name}" if off else "Set suggestions of {name}"
    return SetFacts((_fact(_LABEL + name, off, least),), title, {"name": name})


def set_list(label: str, names: Iterable[str]) -> SetFacts:
    """Give the project a list of names of a label; an empty one takes it away."""
    kept = sorted({" ".join(name.split()) for name in names if name.strip()})
    fact = Fact(Kind.SETTING, _LIST + label, {"names": kept} if kept else None)
    return SetFacts((fact,), "Set the project's list of {name}", {"name": label})


def set_training(after: int) -> SetFacts:
    """Train by itself after so many new labels; 0: never."""
    fact = Fact(Kind.SETTING, _TRAINING, {"after": max(0, after)})
    return SetFacts((fact,), "Set when to train the model", {})


def _fact(key: str, off: bool, least: float) -> Fact:
    value: dict[str, Any] = {"off": off, "least": round(least, 3)}
    return Fact(Kind.SETTING, key, value if off or least > 0 else None)
