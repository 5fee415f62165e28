"""WebAnno TSV 3.3, out and in.

Format: INCEpTION user guide, "WebAnno TSV 3.3 File format". UTF-8, offsets are UTF-16 units of the whole text.

Out: one ``.tsv`` per report and annotation set and ``TypeSystem.xml``, in a folder, or in a zip when OUT ends with ``.zip``
(``exports.document_folder`` says how several annotators share it). The layers are those of ``exports.cas``; the tool must have them before it
imports a file (import TypeSystem.xml in the project's settings under "Layers"). The white space between sentences, for which the
format has no place, and what is known of the report stand in the layer ``custom.ReportInfo`` on the first token.

In: strict. Numbers of sentences, tokens and parts, offsets, texts and columns must agree; span layers ``custom.…`` and
``webanno.custom.…`` and named entities are entities, relation layers between them relations; slots, chains and other layers are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import AnnotationSet, Report
from exports.cas import HULLS, TYPE_SYSTEM
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress
from exports.tokens import ENDS_LEFT_OUT

SPACE_ONLY = "entities of white space alone"
NO_TOKENS = "reports without visible text"


class WebAnno:
    """Documents as ``.tsv``; reads also a single one."""

    key: ClassVar[str] = "webanno"
    title: ClassVar[str] = "WebAnno TSV 3.3"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the documents; see ``exports.protocol.Exporter``."""
        from exports.cas.layers import Layers
        from exports.document_folder import write_documents
        from exports.webanno.read import count
        from exports.webanno.rows import Table, header

        layers = Layers.of(corpus.schema)
        start = header(layers)

        def make(report: Report, labels: AnnotationSet | None, tally: Tally) -> bytes | None:
            table = Table(report, labels, layers)
            if not table:
                tally.left_out[NO_TOKENS] += 1
            if labels is not None:
                _tally(labels, table.kept, tally, counted=bool(table))
            return (start + "".join(table.lines())).encode() if table else None

        extra = (TYPE_SYSTEM, layers.xml().encode())
        return write_documents(corpus, path, options, progress, ".tsv", extra, make, count)

    def recognises(self, path: Path) -> bool:
        """Whether the file, or the first such file in the folder or zip, begins as WebAnno TSV."""
        from exports.document_files import recognises

        return recognises(
            path, ".tsv", lambda head: head.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV")
        )

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per document, in order of path. Raises ``FormatError`` with file and line at the first thing wrong."""
        from exports.cas.native import record
        from exports.document_files import documents
        from exports.webanno.read import read_tsv

        for file in documents(path, ".tsv"):
            yield record(read_tsv(file.content, file.place), file.place, file.name, file.owner)


def _tally(labels: AnnotationSet, kept: dict[str, int], tally: Tally, counted: bool) -> None:
    """Count what has rows; the rest by its reason. A set whose report has no rows is none that was written."""
    entities = tuple(entity for entity in labels.entities if entity.id in kept)
    relations = tuple(one for one in labels.relations if one.source in kept and one.target in kept)
    for reason, lost in (
        (SPACE_ONLY, len(labels.entities) - len(entities)),
        (ENDS_LEFT_OUT, len(labels.relations) - len(relations)),
        (HULLS, sum(bool(entity.fragments) for entity in entities)),
    ):
        if lost:
            tally.left_out[reason] += lost
    if counted:
        tally.add_set(replace(labels, entities=entities, relations=relations))
