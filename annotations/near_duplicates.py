"""Groups of reports whose texts are nearly the same, found from small signatures.

Texts are compared folded (no case, no diacritics, no tone style) by their runs of three syllables. A signature is
one-permutation MinHash: one hash per run, the smallest of each of 60 buckets, empty buckets filled from
the next one (Li, Owen, Zhang, "One permutation hashing", NIPS 2012; Shrivastava and Li, "Densifying", ICML 2014).
It takes 240 bytes a text, whatever its length. Of two texts the share of equal values estimates the Jaccard
similarity; only texts that agree in one of 20 bands of three values are compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b

from annotations.offsets import SYLLABLE, fold

ALIKE = 0.5
"""Texts that share this part of their runs of syllables, or more, count as one text."""

_RUN = 3
_BUCKETS = 60
_ROWS = 3
_EMPTY = 0xFFFFFFFF
_MOST_COMPARED = 50  # in one band; what is alike meets in several bands


def signature(text: str) -> array[int]:
    """60 numbers of 32 bits; equal for texts with the same syllables in the same order."""
    syllables = SYLLABLE.findall(fold(text))
    smallest = array("L", [_EMPTY]) * _BUCKETS
    for number in range(max(1, len(syllables) - _RUN + 1)):
        run = " ".join(syllables[number : number + _RUN])
        value = int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        bucket, value = value % _BUCKETS, value >> 32
        if value < smallest[bucket]:
            smallest[bucket] = value
    return array("I", _filled(smallest))


def _filled(smallest: array[int]) -> Iterator[int]:
    """Each empty bucket takes the value of the next filled one, changed by how far away that is."""
    for bucket in range(_BUCKETS):
        step = next(step for step in range(_BUCKETS) if smallest[(bucket + step) % _BUCKETS] != _EMPTY)
        yield (smallest[(bucket + step) % _BUCKETS] + step * 0x9E3779B1) & 0xFFFFFFFF


class Alike:
    """Takes texts one by one; ``groups`` then says which are nearly the same. Memory: 250 bytes a text."""

    def __init__(self) -> None:
        self._signatures = array("I")
        self._parents = array("L")

    def add(self, text: str) -> None:
        """Take the next text; texts are numbered from 0."""
        self._signatures.extend(signature(text))
        self._parents.append(len(self._parents))

    def groups(self) -> array[int]:
        """For each text the number of its group: that of the group's first text. Chains of likeness are one group."""
        for band in range(0, _BUCKETS, _ROWS):
            self._join_band(band)
        return array("L", [self._first(number) for number in range(len(self._parents))])

    def _join_band(self, band: int) -> None:
        key: tuple[int, ...] | None = None
        compared: list[int] = []
        for this, number in sorted((self._band(number, band), number) for number in range(len(self._parents))):
            if this != key:
                key, compared = this, []
            other = next((other for other in compared if self._alike(number, other)), None)
            if other is not None:
                first, second = sorted((self._first(number), self._first(other)))
                self._parents[second] = first
            elif len(compared) < _MOST_COMPARED:
                compared.append(number)

    def _band(self, number: int, band: int) -> tuple[int, ...]:
        start = number * _BUCKETS + band
        return tuple(self._signatures[start : start + _ROWS])

    def _alike(self, number: int, other: int) -> bool:
        first, second = self._first(number), self._first(other)
        if first == second:
            return True
        mine = self._signatures[number * _BUCKETS : (number + 1) * _BUCKETS]
        theirs = self._signatures[other * _BUCKETS : (other + 1) * _BUCKETS]
        return sum(map(int.__eq__, mine, theirs)) >= ALIKE * _BUCKETS

    def _first(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number
