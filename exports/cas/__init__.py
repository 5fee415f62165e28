"""UIMA CAS as XMI and as JSON, out and in, for INCEpTION, DKPro and dkpro-cassis.

Out: one ``.xmi`` (or ``.json``) per report and annotation set and one ``TypeSystem.xml``, in a folder, or in a zip when OUT ends with
``.zip`` (``exports.document_folder`` says how several annotators share it). INCEpTION: import TypeSystem.xml in the project's
settings under "Layers", which makes our layers, then the documents with the format "UIMA CAS XMI (XML 1.0)" or "UIMA CAS
JSON"; without the layers it takes the named entities alone. dkpro-cassis: ``load_typesystem``, ``load_cas_from_xmi``.

The layers (``exports.cas.layers``) hold labels, attributes, notes, registry entries and relations; ids, origins, gaps of
discontinuous entities and what is known of the report stand as JSON in their feature ``chugiai`` and come back as long as
it is there. What was changed in the other tool holds.

In: our own, INCEpTION's project exports (annotators by folder) and single documents. Every span layer named ``custom.…`` or
``webanno.custom.…`` and named entities are entities, relation layers between these are relations; what other layers hold is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import AnnotationSet, Report
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress

HULLS = "gaps of discontinuous entities (written as one span)"
CONTROLS = "control characters of texts, written as spaces"
TYPE_SYSTEM = "TypeSystem.xml"


class Xmi:
    """Documents as ``.xmi``; reads also a single one."""

    key: ClassVar[str] = "xmi"
    title: ClassVar[str] = "UIMA CAS XMI (INCEpTION)"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the documents; see ``exports.protocol.Exporter``."""
        from exports.cas.features import ILLEGAL
        from exports.cas.layers import Layers
        from exports.cas.xmi import xmi
        from exports.document_folder import write_documents

        layers = Layers.of(corpus.schema)

        def make(report: Report, labels: AnnotationSet | None, tally: Tally) -> bytes:
            controls = len(ILLEGAL.findall(report.text))
            if controls:
                tally.left_out[CONTROLS] += controls
            _tally(labels, tally)
            return xmi(report, labels, layers).encode()

        def count(content: bytes) -> tuple[int, int]:
            return content.count(b"\n<custom:Span "), content.count(b"\n<custom:Relation ")

        extra = (TYPE_SYSTEM, layers.xml().encode())
        return write_documents(corpus, path, options, progress, ".xmi", extra, make, count)

    def recognises(self, path: Path) -> bool:
        """Whether the file, or the first such file in the folder or zip, is XMI."""
        from exports.document_files import recognises

        return recognises(path, ".xmi", lambda head: b"http://www.omg.org/XMI" in head)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per document, in order of path. Raises ``FormatError`` with the file at the first thing wrong."""
        from exports.cas.native import record
        from exports.cas.xmi import read_xmi
        from exports.document_files import documents

        for file in documents(path, ".xmi"):
            yield record(read_xmi(file.content, file.place), file.place, file.name, file.owner)


class CasJson:
    """Documents as CAS JSON 0.4; reads also a single one."""

    key: ClassVar[str] = "casjson"
    title: ClassVar[str] = "UIMA CAS JSON (INCEpTION)"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the documents; see ``exports.protocol.Exporter``."""
        from exports.cas.casjson import casjson, types_json
        from exports.cas.layers import Layers
        from exports.document_folder import write_documents

        layers = Layers.of(corpus.schema)
        types = types_json(layers)

        def make(report: Report, labels: AnnotationSet | None, tally: Tally) -> bytes:
            _tally(labels, tally)
            return casjson(report, labels, layers, types).encode()

        def count(content: bytes) -> tuple[int, int]:
            # Quotes inside of values are escaped, so a value is never taken for a type.
            return content.count(b'"%TYPE": "custom.Span"'), content.count(b'"%TYPE": "custom.Relation"')

        extra = (TYPE_SYSTEM, layers.xml().encode())
        return write_documents(corpus, path, options, progress, ".json", extra, make, count)

    def recognises(self, path: Path) -> bool:
        """Whether the file, or the first such file in the folder or zip, is CAS JSON."""
        from exports.document_files import recognises

        return recognises(path, ".json", lambda head: b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per document, in order of path. Raises ``FormatError`` with the file at the first thing wrong."""
        from exports.cas.casjson import read_casjson
        from exports.cas.native import record
        from exports.document_files import documents

        for file in documents(path, ".json"):
            yield record(read_casjson(file.content, file.place), file.place, file.name, file.owner)


def _tally(labels: AnnotationSet | None, tally: Tally) -> None:
    if labels is None:
        return
    hulls = sum(bool(entity.fragments) for entity in labels.entities)
    if hulls:
        tally.left_out[HULLS] += hulls
    tally.add_set(labels)
