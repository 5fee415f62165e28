"""brat standoff, out and in: ``X.txt`` and ``X.ann`` for each report, in a folder or a zip.

Format: https://brat.nlplab.org/standoff.html; offsets are code points, half-open.

What brat has no place for is kept so that it comes back: our ids, origins, values that are
not one of a few choices, attributes of relations and spans that brat would cut stand as JSON in a
``#`` line of type ``ChuGiai`` on the entity or relation; the reports' ids, names and metadata, the
annotator and the status stand in ``reports.jsonl``, one line per ``X``.

- A line break inside an entity: brat knows no such spans, so there the entity is written as one fragment per
  line, without the white space around the break, as brat's own server does; it comes back as it was.
- When a report has several annotation sets, each annotator has a folder, the review has ``adjudicated``.
- ``annotation.conf`` and ``visual.conf`` tell brat the schema; ``exports.brat.conf_read`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, no_progress


class Brat:
    """A folder of pairs, or a zip of it when OUT ends with ``.zip``; reads also one ``.ann`` beside its ``.txt``."""

    key: ClassVar[str] = "brat"
    title: ClassVar[str] = "brat standoff"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the pairs; see ``exports.formats.Exporter``."""
        from exports.brat.write import write

        return write(corpus, path, options, progress)

    def recognises(self, path: Path) -> bool:
        """Whether there is an ``.ann`` with its ``.txt``: in the folder, in the zip, or ``path`` itself."""
        from exports.brat.collection import recognises

        return recognises(path)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per ``.txt``, in order of path; see ``exports.brat.read``."""
        from exports.brat.read import read

        return read(path)
