"""What became of imported records and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.errors import ChuGiaiError


@dataclass(slots=True)
class Taken:
    """What one record led to; row keys where there are some, and the numbers of labels added."""

    new_report: int | None = None
    known: bool = False
    renamed: tuple[str, str] | None = None
    new_set: int | None = None
    unchanged: bool = False
    replaced: int | None = None
    labelled_report: int | None = None
    entities: int = 0
    relations: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class FileResult:
    """What became of one file.

    Reports ``added``; ``known`` texts (said, not doubled); annotation sets that were ``labelled`` (new),
    ``unchanged`` (identical already there) or ``replaced``; ``renamed`` reports (the name was taken: old
    name → new name); what the format holds and we cannot take (``left_out``, by reason); or ``refused``,
    why, and then nothing of the file was taken.
    """

    added: int = 0
    known: int = 0
    labelled: int = 0
    unchanged: int = 0
    replaced: int = 0
    entities: int = 0
    relations: int = 0
    renamed: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    refused: ChuGiaiError | None = None

    def count(self, taken: Taken) -> None:
        """Add what one record led to."""
        self.added += taken.new_report is not None
        self.known += taken.known
        self.labelled += taken.new_set is not None
        self.unchanged += taken.unchanged
        self.replaced += taken.replaced is not None
        self.entities += taken.entities
        self.relations += taken.relations
        self.left_out.update(taken.left_out)
        if taken.renamed:
            self.renamed[taken.renamed[0]] = taken.renamed[1]
