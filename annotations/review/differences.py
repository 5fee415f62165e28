"""Attributes on which labels differ. Several values joined by ``;`` are a set: their order is no difference."""

from __future__ import annotations

from collections.abc import Collection

from annotations.report import Entity, Relation
from annotations.review.group import ENTRY


def values_of(text: str) -> frozenset[str]:
    """The values that an attribute's text holds."""
    return frozenset(filter(None, (value.strip() for value in text.split(";"))))


def differing_attributes(labels: Collection[Entity] | Collection[Relation]) -> tuple[str, ...]:
    """Names of the attributes that some have otherwise than others (an absent one is empty), in order of name.

    ``ENTRY`` is among them when two entities refer to different registry entries; to refer to none is no opinion.
    """
    if len(labels) < 2:
        return ()
    names = sorted({name for label in labels for name in label.attributes})
    differing = [name for name in names if len({values_of(label.attributes.get(name, "")) for label in labels}) > 1]
    entries = {label.entry for label in labels if isinstance(label, Entity) and label.entry is not None}
    if len(entries) > 1:
        differing.append(ENTRY)
    return tuple(differing)
