"""CoNLL-U, out and in: tokens by sentence, with entities in the last column (MISC).

Formats: https://universaldependencies.org/format.html; ``Entity=(e1-ORG … e1)`` as in CorefUD 1.0 (nested, overlapping and
discontinuous entities, ``# global.Entity = eid-etype``); ``name=B-ORG`` for the outermost ones, which ``spacy convert`` reads;
white space as UDPipe keeps it (``SpaceAfter=No``, ``SpacesAfter``, ``SpacesBefore``, ``SpacesInToken``), so that a text comes back
as it was. ``# newdoc id`` begins a report; what the format has no place for stands in the comment ``# chugiai = …``.

Entities do not cross sentences and fall on tokens. Columns 3 to 9 are empty: words are not analysed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, no_progress


class ConllU:
    """One document per annotation set."""

    key: ClassVar[str] = "conllu"
    title: ClassVar[str] = "CoNLL-U with entities"
    suffix: ClassVar[str] = ".conllu"
    folder: ClassVar[bool] = False

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write each annotation set as one document; see ``exports.protocol.Exporter``."""
        from exports.conllu.write import write

        return write(corpus, path, options, progress)

    def recognises(self, path: Path) -> bool:
        """Whether the first line that is no comment has ten columns and begins with a number."""
        from exports.conllu.read import recognises

        return recognises(path)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per document; see ``exports.conllu.read``."""
        from exports.conllu.read import read

        return read(path)
