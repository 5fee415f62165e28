"""Tags of flat entities: IOB1, IOB2, BIOES out; these and BILOU, BMES in.

Token numbers count from 0 and are half-open. IOB1 (CoNLL-2003 as it was): ``B-`` only where an entity follows one of the same
label at once. IOB2: each entity begins with ``B-``. BIOES: ``E-`` ends an entity, ``S-`` is one of a single token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SCHEMES = ("iob2", "iob1", "bioes")

Tagged = tuple[int, int, str]
"""First token, last token (half-open), label."""


def encoded(entities: Iterable[Tagged], length: int, scheme: str = "iob2") -> list[str]:
    """The tags of ``length`` tokens; the entities are in order and share no token."""
    tags = ["O"] * length
    before: Tagged = (0, 0, "")
    for first, last, label in entities:
        tags[first:last] = [f"I-{label}"] * (last - first)
        if scheme != "iob1" or (before[1] == first and before[2] == label):
            tags[first] = f"B-{label}"
        if scheme == "bioes":
            tags[last - 1] = f"{'S' if last - first == 1 else 'E'}-{label}"
        before = (first, last, label)
    return tags


def decoded(tags: Sequence[str]) -> list[Tagged]:
    """The entities of tags in any of the schemes; what goes on without a beginning begins there."""
    made: list[Tagged] = []
    goes_on = False
    for number, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if not label:
            goes_on = False
            continue
        if goes_on and prefix in ("I", "E", "L", "M") and made[-1][2] == label:
            made[-1] = (made[-1][0], number + 1, label)
        else:
            made.append((number, number + 1, label))
        goes_on = prefix not in ("E", "L", "S", "U")
    return made
