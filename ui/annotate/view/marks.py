"""Marks beside labels: find hits, numbers, notices."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from annotations.report import Span


class MarkKind(StrEnum):
    """What a mark is for; each kind is set and taken away as a whole."""

    FIND = "find"
    CURRENT = "current"
    NUMBER = "number"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span ``start`` to ``end`` in code points to be shown; ``text`` is what a number mark says."""

    start: int
    end: int
    text: str = ""


class Marks:
    """The marks of one kind, found by place; they may overlap."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        self._longest = max((mark.end - mark.start for mark in self._marks), default=0)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def touching(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that share a character with ``[start, end)``, in text order."""
        first = bisect_left(self._marks, start - self._longest, key=lambda mark: mark.start)
        for mark in islice(self._marks, first, None):
            if mark.start >= end:
                return
            if mark.end > start:
                yield mark


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in text order, those that overlap or touch as one."""
    open_span: Span | None = None
    for start, end in spans:
        if open_span and start <= open_span[1]:
            open_span = (open_span[0], max(end, open_span[1]))
        else:
            if open_span:
                yield open_span
            open_span = (start, end)
    if open_span:
        yield open_span
