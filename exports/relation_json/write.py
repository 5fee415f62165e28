"""Writing the records of annotation sets into the parts of a split, streamed and counted again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from annotations.corpus import Corpus
from annotations.report import AnnotationSet, Report
from annotations.split import PARTS
from exports.files import check_counts
from exports.packed import folder_or_zip
from exports.parts import WHOLE, parts_of, split_text
from exports.protocol import ExportSummary, Options, Progress, Tally
from exports.tokens import ATTRIBUTES, UNLABELLED, Grid, tokenizer_name

Json = dict[str, Any]  # Any: what JSON can hold

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


class Maker(Protocol):
    """What a format makes of an annotation set on the tokens of its report."""

    tally: Tally

    def records(self, report: Report, labels: AnnotationSet, grid: Grid, several: bool) -> Iterable[Json]:
        """The records; what is in them is counted. ``several``: the report has more sets than this one."""
        ...

    def found(self, record: Json) -> int:
        """The relations of a written record."""
        ...


def write_parts(
    corpus: Corpus,
    path: Path,
    options: Options,
    progress: Progress,
    extra: tuple[str, Mapping[str, object]],
    maker: Maker,
) -> ExportSummary:
    """Write the corpus; ``extra`` is the name and content of the file with the relation types.

    Raises ``FormatError``, and then ``path`` is as it was.
    """
    with folder_or_zip(path, options.force, extra[0], frozenset((".json",))) as part:
        return _filled(corpus, path, part, options, progress, extra, maker)


def _filled(
    corpus: Corpus,
    path: Path,
    folder: Path,
    options: Options,
    progress: Progress,
    extra: tuple[str, Mapping[str, object]],
    maker: Maker,
) -> ExportSummary:
    tally = maker.tally
    tally.about.update(
        tokens=tokenizer_name(options.word_level), alignment=options.alignment, split=split_text(options)
    )
    (folder / extra[0]).write_text(_encode(extra[1]) + "\n", encoding="utf-8", newline="\n")
    split = parts_of(corpus, options, progress)
    written = 0
    with ExitStack() as opened:
        names = [WHOLE] if split is None else list(PARTS)
        arrays = {name: opened.enter_context(_Array.create(folder / f"{name}.json")) for name in names}
        for done, labelled in enumerate(corpus, 1):
            if not labelled.sets:
                tally.left_out[UNLABELLED] += 1
            else:
                tally.reports += 1
                array = arrays[WHOLE if split is None else split[labelled.report.id]]
                grid = Grid(labelled.report.text, options.word_level)
                for labels in labelled.sets:
                    _count_attributes(labels, tally)
                    for record in maker.records(labelled.report, labels, grid, len(labelled.sets) > 1):
                        array.add(_encode(record))
                        written += 1
            progress(done, corpus.total)
    records = relations = 0
    for name in names:
        for record in _records(folder / f"{name}.json"):
            records, relations = records + 1, relations + maker.found(record)
    check_counts(path, (written, tally.types.total()), (records, relations))
    return tally.summary(path)


def _count_attributes(labels: AnnotationSet, tally: Tally) -> None:
    count = sum(len(one.attributes) for one in labels.entities) + sum(len(one.attributes) for one in labels.relations)
    if count:
        tally.left_out[ATTRIBUTES] += count


class _Array:
    """A JSON array with a member a line."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._separator = b"[\n"

    @classmethod
    def create(cls, path: Path) -> _Array:
        """A new, empty array; leaving it ends it."""
        return cls(path.open("wb"))

    def add(self, member: str) -> None:
        """Write one member."""
        self._file.write(self._separator + member.encode())
        self._separator = b",\n"

    def __enter__(self) -> _Array:
        return self

    def __exit__(self, *_raised: object) -> None:
        with self._file:
            self._file.write(b"[]\n" if self._separator == b"[\n" else b"\n]\n")


def _records(path: Path) -> Iterator[Json]:
    """The members of a written array, one in memory at a time."""
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"{"):
                yield json.loads(line.rstrip(b",\n"))
