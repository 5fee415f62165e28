"""What every format file promises, and the values it takes and gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

from annotations.corpus import Corpus, ImportedRecord, LabelledReport
from annotations.report import AnnotationSet

Progress = Callable[[int, int], None]
"""Called with (reports done, reports in all; 0 when unknown). May raise ``annotations.errors.Cancelled``."""


def no_progress(done: int, total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen for an export; a format takes no notice of what does not concern it.

    ``force`` replaces an existing OUT. ``word_level`` writes words instead of
    syllables (token formats). ``language`` (``en``, ``vi``) is that of names meant for people.
    ``alignment`` (``strict``, ``expand``, ``contract``) says what becomes of entities that do not fall on token boundaries.
    ``split`` are the shares of train, dev and test (``annotations.split``), dealt with ``seed``; None is the format's own
    way: one part, but 80, 10 and 10 where there are always three (hf). ``tags`` is the tag scheme of conll (``exports.tags``).
    """

    force: bool = False
    word_level: bool = False
    language: str = "en"
    alignment: str = "strict"
    split: tuple[int, int, int] | None = None
    seed: int = 7
    tags: str = "iob2"


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export wrote, counted again in the written file.

    ``reports`` counts report texts, ``sets`` annotation sets. ``left_out`` says what the
    format could not hold, by reason; ``about`` what else is worth knowing (tokenizer and its version); ``off_tokens`` names
    the first entities that do not fall on tokens (``exports.misfits``).
    """

    path: Path
    reports: int = 0
    sets: int = 0
    entities: int = 0
    relations: int = 0
    by_label: Mapping[str, int] = field(default_factory=dict)
    by_type: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    off_tokens: tuple[str, ...] = ()


class Tally:
    """Counts what an exporter writes, as it writes it; ``summary`` makes the :class:`ExportSummary`."""

    def __init__(self) -> None:
        self.reports = 0
        self.sets = 0
        self.labels: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.about: dict[str, str] = {}

    def add(self, labelled: LabelledReport) -> None:
        """Count a report and all its annotation sets as written whole."""
        self.reports += 1
        for labels in labelled.sets:
            self.add_set(labels)

    def add_set(self, labels: AnnotationSet) -> None:
        """Count an annotation set as written whole."""
        self.sets += 1
        self.labels.update([entity.label for entity in labels.entities])
        self.types.update([relation.type for relation in labels.relations])

    def summary(self, path: Path) -> ExportSummary:
        """The counts so far; labels and reasons in alphabetical order."""
        return ExportSummary(
            path,
            self.reports,
            self.sets,
            self.labels.total(),
            self.types.total(),
            dict(sorted(self.labels.items())),
            dict(sorted(self.types.items())),
            dict(sorted(self.left_out.items())),
            dict(self.about),
        )


class Exporter(Protocol):
    """Writes a corpus as one file or folder.

    ``write`` reads the corpus as a stream, writes beside ``path``, counts what it
    wrote again and renames it into place (``exports.files.writing``). It raises
    ``FormatError`` when it cannot; then ``path`` is as it was before.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    suffix: ClassVar[str]
    folder: ClassVar[bool]

    def write(self, corpus: Corpus, path: Path, options: Options = ..., progress: Progress = ...) -> ExportSummary: ...


class Importer(Protocol):
    """Reads labelled reports from a file or folder.

    ``recognises`` looks at the content and never raises. ``read`` gives records lazily, in file order;
    it raises ``FormatError``, naming file and line, at the first thing that is wrong.
    """

    key: ClassVar[str]
    title: ClassVar[str]

    def recognises(self, path: Path) -> bool: ...

    def read(self, path: Path) -> Iterator[ImportedRecord]: ...
