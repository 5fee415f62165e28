"""Attributes in the cells of a workbook: the main one apart, the others as ``name=value; name=value``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from annotations.schema import EntityType, Schema

_USUAL = ("value", "norm", "canonical")
_ESCAPED = re.compile(r"[\\;=]")
_PART = re.compile(r"((?:[^\\;=]|\\.)*)=((?:[^\\;]|\\.)*)(?:; ?|\Z)", re.DOTALL)
_UNESCAPED = re.compile(r"\\(.)", re.DOTALL)


def main_attribute(kind: EntityType) -> str:
    """The attribute that stands in the Value column (``DATE.value``, ``RESOLUTION.norm``, ``ORG.canonical``), or "".

    The one with a normalisation, else the first of value, norm, canonical that the label has.
    """
    names = [attribute.name for attribute in kind.attributes]
    return next(
        (attribute.name for attribute in kind.attributes if attribute.kind),
        next((name for name in _USUAL if name in names), ""),
    )


def main_attributes(schema: Schema) -> Mapping[str, str]:
    """The main attribute of each label."""
    return {kind.name: main_attribute(kind) for kind in schema.entity_types}


def join_attributes(attributes: Mapping[str, str], without: str | None = None) -> str:
    r"""``name=value; name=value`` in the order given; ``\``, ``;`` and ``=`` in names and values get a ``\``.

    An ``=`` inside a value stands bare: only the first one divides.
    """
    return "; ".join(f"{_name(name)}={_value(value)}" for name, value in attributes.items() if name != without)


def split_attributes(text: str) -> dict[str, str]:
    """The attributes that :func:`join_attributes` wrote. Raises ``ValueError`` for anything else."""
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            raise ValueError(text[place:])
        name = _UNESCAPED.sub(r"\1", part.group(1))
        if name in found:
            raise ValueError(name)
        found[name] = _UNESCAPED.sub(r"\1", part.group(2))
        place = part.end()
    return found


@cache
def _name(name: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", name)


def _value(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;") if "\\" in value or ";" in value else value
