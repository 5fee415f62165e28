"""Writing a corpus as brat's pairs, streamed; a zip is packed from the finished folder."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from annotations.corpus import Corpus, LabelledReport
from annotations.report import AnnotationSet, Report
from annotations.schema import Schema
from exports.brat.conf import annotation_conf, visual_conf
from exports.brat.lines import AnnLines, ends
from exports.brat.names import FileNames
from exports.files import check_counts, files_below, scratch_folder, writing
from exports.packed import pack
from exports.protocol import ExportSummary, Options, Progress, Tally

SIDECAR = "reports.jsonl"
"""What brat has no place for, of the reports in the same folder."""

ADJUDICATED = "adjudicated"
"""The folder of the reviewed sets; no annotator's."""

BREAKS_ONLY = "entities of line breaks alone"
ENDS_LEFT_OUT = "relations of entities left out"
_SUFFIXES = frozenset((".txt", ".ann", ".conf", ".jsonl"))


def write(corpus: Corpus, path: Path, options: Options, progress: Progress) -> ExportSummary:
    """Write the corpus; see ``exports.formats.Exporter``."""
    if path.suffix.lower() != ".zip":
        with writing(path, options.force, folder=True, marker=SIDECAR, suffixes=_SUFFIXES) as part:
            writer = _write_folder(corpus, part, options, progress)
            check_counts(path, writer.written(), _count_folder(part))
    else:
        with writing(path, options.force) as part, scratch_folder(part) as folder:
            writer = _write_folder(corpus, folder, options, progress)
            pack(folder, part)
            check_counts(path, writer.written(), _count_zip(part))
    return writer.tally.summary(path)


def _write_folder(corpus: Corpus, folder: Path, options: Options, progress: Progress) -> _Writer:
    (folder / "annotation.conf").write_bytes(annotation_conf(corpus.schema).encode())
    (folder / "visual.conf").write_bytes(visual_conf(corpus.schema, options.language).encode())
    with ExitStack() as files:
        writer = _Writer(folder, corpus.schema, files)
        for labelled in corpus:
            writer.add(labelled)
            progress(writer.tally.reports, corpus.total)
    if not writer.several:
        writer.flatten()
    return writer


class _Writer:
    """Writes reports into one folder per owner; ``several`` says whether a report had two of them."""

    def __init__(self, folder: Path, schema: Schema, files: ExitStack) -> None:
        self.tally = Tally()
        self.pairs = 0
        self.several = False
        self._folder = folder
        self._schema = schema
        self._files = files
        self._names = FileNames()
        self._owner_names = FileNames(ADJUDICATED)
        self._owners: dict[str, str] = {}
        self._sidecars: dict[str, BinaryIO] = {}
        self._sidecar("")

    def add(self, labelled: LabelledReport) -> None:
        """Write one report with each of its annotation sets, or alone."""
        report = labelled.report
        name = self._names.give(report.name.removesuffix(".txt"))
        self.tally.reports += 1
        self.several = self.several or len(labelled.sets) > 1
        if not labelled.sets:
            self._pair("", name, report, "", {})
        for labels in labelled.sets:
            lines = AnnLines(report.text, self._schema)
            content = "".join(lines.lines(labels))
            self._tally(labels, lines.skipped)
            owner = {"adjudicated": True} if labels.adjudicated else {"annotator": labels.annotator}
            self._pair(self._place(labels), name, report, content, {**owner, "status": labels.status})

    def written(self) -> tuple[int, int, int]:
        """Pairs, entities and relations written."""
        return self.pairs, self.tally.labels.total(), self.tally.types.total()

    def flatten(self) -> None:
        """Move all pairs up: no report has two annotation sets, so no names collide."""
        with (self._folder / SIDECAR).open("ab") as sidecar:
            for place in sorted(filter(None, self._sidecars)):
                with (self._folder / place / SIDECAR).open("rb") as lines:
                    shutil.copyfileobj(lines, sidecar)
                (self._folder / place / SIDECAR).unlink()
                for file in (self._folder / place).iterdir():
                    file.rename(self._folder / file.name)
                (self._folder / place).rmdir()

    def _pair(self, place: str, name: str, report: Report, content: str, owner: dict[str, object]) -> None:
        sidecar = self._sidecar(place)
        (self._folder / place / f"{name}.txt").write_bytes(report.text.encode())
        (self._folder / place / f"{name}.ann").write_bytes(content.encode())
        sidecar.write(_sidecar_line(name, report, owner))
        self.pairs += 1

    def _place(self, labels: AnnotationSet) -> str:
        """The folder of the set's owner, relative."""
        if labels.annotator is None:
            return ADJUDICATED
        if labels.annotator not in self._owners:
            self._owners[labels.annotator] = self._owner_names.give(labels.annotator)
        return self._owners[labels.annotator]

    def _sidecar(self, place: str) -> BinaryIO:
        if place not in self._sidecars:
            (self._folder / place).mkdir(exist_ok=True)
            self._sidecars[place] = self._files.enter_context((self._folder / place / SIDECAR).open("wb"))
        return self._sidecars[place]

    def _tally(self, labels: AnnotationSet, skipped: set[str]) -> None:
        if skipped:
            entities = tuple(entity for entity in labels.entities if entity.id not in skipped)
            relations = tuple(relation for relation in labels.relations if not skipped.intersection(ends(relation)))
            self.tally.left_out[BREAKS_ONLY] += len(skipped)
            lost = len(labels.relations) - len(relations)
            if lost:
                self.tally.left_out[ENDS_LEFT_OUT] += lost
            labels = replace(labels, entities=entities, relations=relations)
        self.tally.add_set(labels)


def _sidecar_line(name: str, report: Report, owner: dict[str, object]) -> bytes:
    known: dict[str, object] = {
        "file": name,
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "date": report.date,
        "source": report.source,
        "locality": report.locality,
        **owner,
    }
    if report.metadata:
        known["metadata"] = report.metadata
    return json.dumps(known, ensure_ascii=False, default=dict).encode() + b"\n"


def _count_folder(folder: Path) -> tuple[int, int, int]:
    texts = sum(1 for _ in files_below(folder, ".txt"))
    return _count(texts, (file.read_bytes() for file in files_below(folder, ".ann")))


def _count_zip(part: Path) -> tuple[int, int, int]:
    with zipfile.ZipFile(part) as packed:
        names = packed.namelist()
        texts = sum(name.endswith(".txt") for name in names)
        return _count(texts, (packed.read(name) for name in names if name.endswith(".ann")))


def _count(texts: int, contents: Iterable[bytes]) -> tuple[int, int, int]:
    """Pairs, entities and relations, counted by how the written lines begin."""
    pairs = entities = relations = 0
    for content in contents:
        lines = b"\n" + content
        pairs += 1
        entities += lines.count(b"\nT")
        relations += lines.count(b"\nR")
    return min(pairs, texts), entities, relations
