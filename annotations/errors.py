"""The two families of errors: what the world does, and our own bugs.

Everything that the world can do to us (a bad file, a full disk, an edit that the
schema forbids) is a :class:`ChuGiaiError` and carries one sentence for the
person. Any other exception is a bug of ours.
"""

from __future__ import annotations


class ChuGiaiError(Exception):
    """Something the world did, told in one sentence.

    ``sentence`` is English with ``{name}`` places, ``values`` fills them; the
    faces translate the sentence before filling it. The sentence says what
    happened, to what, that nothing is lost, and what to do.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """How it goes from one process to another."""
        return _again, (type(self), self.sentence, self.values)


def _again(kind: type[ChuGiaiError], sentence: str, values: dict[str, object]) -> ChuGiaiError:
    error = kind.__new__(kind)
    ChuGiaiError.__init__(error, sentence, **values)
    return error


class Refused(ChuGiaiError):
    """A change or a file was refused; nothing was changed."""


class Collision(Refused):
    """The label was changed by someone else since it was read; nothing was overwritten."""


class Cancelled(ChuGiaiError):
    """The person cancelled a long job; everything is as it was before."""

    def __init__(self) -> None:
        super().__init__("Cancelled. Everything is as it was before.")
