"""What differs between two sequences of labels, most of which are the same objects at the same places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import Protocol, TypeVar


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Label = TypeVar("_Label", bound=_HasId)


def same_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many objects are the very same at the beginning and at the end of both, together at most all of the shorter."""
    least = min(len(old), len(new))
    before = next(compress(count(), map(is_not, old, new)), least)
    after = next(compress(count(), map(is_not, reversed(old), reversed(new))), least)
    return before, min(after, least - before)


def differing(old: Sequence[_Label], new: Sequence[_Label]) -> tuple[list[_Label], list[_Label]]:
    """The old labels that are no longer there as they were, and the new ones that were not there so.

    Labels go by their ids; equal ones that are other objects (of a newer version) count as differing.
    """
    before, after = same_ends(old, new)
    was = _by_id(old[before : len(old) - after])
    now = _by_id(new[before : len(new) - after])
    gone = [one for key, one in was.items() if now.get(key) is not one]
    return gone, [one for key, one in now.items() if was.get(key) is not one]


def _by_id(labels: Iterable[_Label]) -> dict[str, _Label]:
    return {one.id: one for one in labels}
