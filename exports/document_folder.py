"""Writing one file per report and annotation set, into a folder or a zip of it.

``name.suffix`` in the folder; when a report has several annotation sets, each annotator has a folder of all his reports and the
review has ``adjudicated`` (reports without an annotation set stand beside the folders). A name made of letters that
every file system takes need not be the report's: what a file is of stands in the file.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotations.corpus import Corpus
from annotations.report import AnnotationSet, Report
from exports.brat.names import FileNames
from exports.files import check_counts, files_below, scratch_folder, writing
from exports.packed import pack
from exports.protocol import ExportSummary, Options, Progress, Tally

ADJUDICATED = "adjudicated"
Make = Callable[[Report, AnnotationSet | None, Tally], bytes | None]
"""Makes the file of a report with one of its annotation sets or none, counts what is in it; None when there is none."""
Count = Callable[[bytes], tuple[int, int]]
"""Counts the entities and relations of a written file."""


def write_documents(
    corpus: Corpus,
    path: Path,
    options: Options,
    progress: Progress,
    suffix: str,
    extra: tuple[str, bytes],
    make: Make,
    count: Count,
) -> ExportSummary:
    """Write the corpus; ``extra`` is the name and content of the one file beside the documents.

    Raises ``FormatError``, and then ``path`` is as it was.
    """
    if path.suffix.lower() != ".zip":
        suffixes = frozenset((suffix, Path(extra[0]).suffix))
        with writing(path, options.force, folder=True, marker=extra[0], suffixes=suffixes) as part:
            folder = _filled(corpus, part, progress, suffix, extra, make)
            check_counts(path, folder.written(), _count(_contents(part, suffix), count))
    else:
        with writing(path, options.force) as part, scratch_folder(part) as scratch:
            folder = _filled(corpus, scratch, progress, suffix, extra, make)
            pack(scratch, part)
            check_counts(path, folder.written(), _count(_packed_contents(part, suffix), count))
    return folder.tally.summary(path)


def _filled(
    corpus: Corpus, place: Path, progress: Progress, suffix: str, extra: tuple[str, bytes], make: Make
) -> _Folder:
    folder = _Folder(place, suffix)
    (place / extra[0]).write_bytes(extra[1])
    for done, labelled in enumerate(corpus, 1):
        name = folder.names.give(labelled.report.name.removesuffix(".txt").removesuffix(suffix))
        folder.several = folder.several or len(labelled.sets) > 1
        files = folder.files
        for labels in labelled.sets or (None,):
            content = make(labelled.report, labels, folder.tally)
            if content is not None:
                folder.put(name, labels, content)
        folder.tally.reports += folder.files > files
        progress(done, corpus.total)
    if not folder.several:
        folder.flatten()
    return folder


class _Folder:
    """Files in one folder per owner; ``several`` says whether a report had two of them."""

    def __init__(self, place: Path, suffix: str) -> None:
        self.tally = Tally()
        self.names = FileNames()
        self.several = False
        self.files = 0
        self._place = place
        self._suffix = suffix
        self._owner_names = FileNames(ADJUDICATED)
        self._owners: dict[str | None, str] = {None: ADJUDICATED}

    def put(self, name: str, labels: AnnotationSet | None, content: bytes) -> None:
        """Write one file."""
        folder = self._place
        if labels is not None:
            if labels.annotator not in self._owners:
                self._owners[labels.annotator] = self._owner_names.give(labels.annotator or "")
            folder = folder / self._owners[labels.annotator]
            folder.mkdir(exist_ok=True)
        (folder / f"{name}{self._suffix}").write_bytes(content)
        self.files += 1

    def written(self) -> tuple[int, int, int]:
        """Files, entities and relations written."""
        return self.files, self.tally.labels.total(), self.tally.types.total()

    def flatten(self) -> None:
        """Move all files up: each report has one, so no names collide."""
        for folder in [inner for inner in self._place.iterdir() if inner.is_dir()]:
            # An owner's folder may have the name of a file in it.
            moved = folder.rename(folder.with_name(f".{folder.name}.moved"))
            for file in moved.iterdir():
                file.rename(self._place / file.name)
            shutil.rmtree(moved)


def _contents(folder: Path, suffix: str) -> Iterator[bytes]:
    return (file.read_bytes() for file in files_below(folder, suffix))


def _packed_contents(part: Path, suffix: str) -> Iterator[bytes]:
    with zipfile.ZipFile(part) as packed:
        for name in packed.namelist():
            if name.endswith(suffix):
                yield packed.read(name)


def _count(contents: Iterable[bytes], count: Count) -> tuple[int, int, int]:
    files = entities = relations = 0
    for content in contents:
        found = count(content)
        files, entities, relations = files + 1, entities + found[0], relations + found[1]
    return files, entities, relations
