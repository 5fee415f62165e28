"""Names as brat and every file system take them: ASCII letters, digits, ``_``, ``-`` and (files) ``.``."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 100
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def type_name(label: str) -> str:
    """A label as a brat type: the label itself when brat takes it."""
    if _TYPE.fullmatch(label):
        return label
    made = re.sub(r"[^A-Za-z0-9_-]+", "_", _ascii(label)).strip("_")
    return made if _TYPE.fullmatch(made) else f"L_{made}"


class FileNames:
    """Gives each name a file name of its own, also where upper and lower case are the same.

    ``taken`` are names that are not to be given.
    """

    def __init__(self, *taken: str) -> None:
        self._used: dict[str, int] = dict.fromkeys(taken, 1)

    def give(self, name: str) -> str:
        """A safe file name like ``name``, different from all given before."""
        made = re.sub(r"[^A-Za-z0-9._-]+", "_", _ascii(name))[:_LONGEST].strip("._-") or "report"
        if _RESERVED.match(made):
            made = f"_{made}"
        unique = made
        while unique.casefold() in self._used:
            # Where many names are alike, the next free number is not looked for from the beginning.
            self._used[made.casefold()] += 1
            unique = f"{made}-{self._used[made.casefold()]}"
        self._used[unique.casefold()] = 1
        return unique
