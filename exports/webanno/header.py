"""The head of a WebAnno TSV file: its layers and their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.[23]")
_LAYER = re.compile(r"#T_(SP|CH|RL)=([^|\s]+)((?:\|[^|]*)*)")
_ORDER = {"SP": 0, "CH": 1, "RL": 2}


class Damage(Exception):
    """What is wrong in a line; ``line`` counts from 1."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Layer:
    """``columns`` are the features' names with their places in a row; ``base`` is the layer that a relation joins.

    What only can be counted: ``slots`` are the columns of roles, ``skipped`` says that it is a chain, or has slots alone.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    base: str = ""
    reference: int = 0
    slots: tuple[int, ...] = ()
    skipped: bool = False

    @property
    def places(self) -> list[int]:
        """Where its columns are in a row, also those that are only counted."""
        return [*(place for _, place in self.columns), *self.slots, *([self.reference] if self.base else [])]


@dataclass(frozen=True, slots=True)
class Header:
    """``width`` is the number of fields in a row, ``lines`` that of the head's lines."""

    layers: tuple[Layer, ...]
    width: int
    lines: int


def read_header(lines: Sequence[str]) -> Header:
    """The head of a file. Raises ``Damage``."""
    if not _FORMAT.fullmatch(lines[0]):
        raise Damage(1, "it does not begin with #FORMAT=WebAnno TSV 3.3")
    layers: list[Layer] = []
    width, at, order = 3, 1, 0
    while at < len(lines) and lines[at]:
        found = _LAYER.fullmatch(lines[at])
        if found is None or _ORDER[found[1]] < order:
            raise Damage(at + 1, "it declares no layer, or layers not in the order of spans, chains and relations")
        order = _ORDER[found[1]]
        features = [name for name in found[3].split("|") if name]
        layers.append(_layer(found[1], found[2], features, width, at + 1))
        width += max(1, len(features))
        at += 1
    if lines[at : at + 2] != ["", ""]:
        raise Damage(at + 1, "the head does not end with two empty lines")
    return Header(tuple(layers), width, at + 2)


def _layer(kind: str, name: str, features: list[str], width: int, line: int) -> Layer:
    columns = tuple((feature, width + number) for number, feature in enumerate(features))
    if kind == "CH":
        return Layer(name, columns or (("", width),), skipped=True)
    if kind == "SP":
        roles = [number for number, feature in enumerate(features) if feature.startswith("ROLE_")]
        # The column behind a role is that of its targets.
        taken = {*roles, *(number + 1 for number in roles)}
        plain = tuple(column for number, column in enumerate(columns) if number not in taken)
        if roles and not plain:
            return Layer(name, columns[:1], skipped=True)
        return Layer(name, plain or (("", width),), slots=tuple(width + number for number in roles))
    if not features or not features[-1].startswith("BT_"):
        raise Damage(line, "the relation layer does not say which layer it joins")
    return Layer(name, columns[:-1], features[-1].removeprefix("BT_"), columns[-1][1])
