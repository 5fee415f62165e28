"""What differs between two sequences of labels, most of which are the same objects at the same places."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import attrgetter, is_not
from typing import Any, Protocol, TypeVar


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


def differing(old: Sequence[_Label], new: Sequence[_Label]) -> tuple[Sequence[_Label], Sequence[_Label]]:
    """The old labels that are no longer there as they were, and the new ones that were not there so.

    Labels go by their ids; equal ones that are other objects (of a newer version) count as differing. The last
    answers are kept: several panels ask the same of one change.
    """
    for was, now, known in _LAST:
        if was is old and now is new:
            return known
    found = _compared(old, new)
    _LAST.appendleft((old, new, found))
    return found


_LAST: deque[tuple[Sequence[Any], Sequence[Any], tuple[Sequence[Any], Sequence[Any]]]] = deque(maxlen=3)


def _compared(old: Sequence[_Label], new: Sequence[_Label]) -> tuple[Sequence[_Label], Sequence[_Label]]:
    before, after = same_ends(old, new)
    if before + after == len(old) == len(new):
        return (), ()
    was = by_id(old[before : len(old) - after])
    now = by_id(new[before : len(new) - after])
    gone = tuple(one for key, one in was.items() if now.get(key) is not one)
    return gone, tuple(one for key, one in now.items() if was.get(key) is not one)


_id_of = attrgetter("id")


def by_id(labels: Sequence[_Label]) -> dict[str, _Label]:
    """The labels by their ids, in their order."""
    return dict(zip(map(_id_of, labels), labels, strict=True))


def ids_of(labels: Iterable[_HasId]) -> set[str]:
    """The ids of the labels."""
    return set(map(_id_of, labels))
