"""The list of exchange formats, and what every format file promises.

A format is added by a file with a class that fulfils :class:`Exporter`,
:class:`Importer` or both, and by one entry in :func:`formats`. Nothing heavy is
imported here: an entry loads its file when the format is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from annotations.corpus import Corpus, LabelledReport
from annotations.corpus import ImportedRecord as ImportedRecord  # what readers give; readers take it from here
from annotations.report import AnnotationSet
from exports.errors import FormatError

if TYPE_CHECKING:
    from exports.brat import Brat
    from exports.conll import Conll
    from exports.jsonl import JsonLines
    from exports.xlsx import Workbook

Progress = Callable[[int, int], None]
"""Called with (reports done, reports in all; 0 when unknown). May raise ``annotations.errors.Cancelled``."""


def no_progress(done: int, total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen for an export; a format takes no notice of what does not concern it.

    ``force`` replaces an existing OUT. ``word_level`` writes words instead of
    syllables (conll). ``language`` (``en``, ``vi``) is that of names meant for people.
    """

    force: bool = False
    word_level: bool = False
    language: str = "en"


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export wrote, counted again in the written file.

    ``reports`` counts report texts, ``sets`` annotation sets. ``left_out`` says what the
    format could not hold, by reason; ``about`` what else is worth knowing (tokenizer and its version).
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


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """An entry of the list. ``suffix`` is empty for a folder; ``holds`` and ``loses`` are for people."""

    key: str
    title: str
    suffix: str
    holds: str
    loses: str
    exporter: Callable[[], Exporter] | None = None
    importer: Callable[[], Importer] | None = None

    @property
    def writes(self) -> bool:
        """Whether a corpus can go out in this format."""
        return self.exporter is not None

    @property
    def reads(self) -> bool:
        """Whether labelled reports can come in in this format."""
        return self.importer is not None


def _jsonl() -> JsonLines:
    from exports.jsonl import JsonLines

    return JsonLines()


def _brat() -> Brat:
    from exports.brat import Brat

    return Brat()


def _conll() -> Conll:
    from exports.conll import Conll

    return Conll()


def _xlsx() -> Workbook:
    from exports.xlsx import Workbook

    return Workbook()


@cache
def formats() -> tuple[FormatInfo, ...]:
    """Every format, in the order in which it is shown."""
    return (
        FormatInfo(
            "jsonl",
            "Chú Giải JSON lines",
            ".jsonl",
            "Everything: texts, metadata, every annotation set with ids, attributes, notes and origins.",
            "The history of changes.",
            _jsonl,
            _jsonl,
        ),
        FormatInfo(
            "brat",
            "brat standoff",
            "",
            "Texts, entities (nested, overlapping, discontinuous), relations, attributes and notes; what brat "
            "itself has no place for stands in notes and in reports.jsonl and comes back from there.",
            "Entities of line breaks alone; the history of changes.",
            _brat,
            _brat,
        ),
        FormatInfo(
            "conll",
            "CoNLL-2003 (IOB2)",
            ".conll",
            "Tokens by sentence with the outermost entities, as syllables or as words.",
            "Nested, overlapping and discontinuous entities, relations, attributes, metadata, white space.",
            _conll,
        ),
        FormatInfo(
            "xlsx",
            "Excel workbook",
            ".xlsx",
            "Reports, entities with their sentences, relations, officials and the schema, as tables for people.",
            "Texts over 32,767 characters and control characters; it says so where it cuts.",
            _xlsx,
        ),
    )


def _info(key: str) -> FormatInfo | None:
    return next((info for info in formats() if info.key == key), None)


def exporter(key: str) -> Exporter:
    """The exporter of a format. Raises ``FormatError`` naming the known ones."""
    info = _info(key)
    if info is None or info.exporter is None:
        known = ", ".join(info.key for info in formats() if info.writes)
        raise FormatError("There is no export format {key}. The known ones are {known}.", key=key, known=known)
    return info.exporter()


def importer(key: str) -> Importer:
    """The importer of a format. Raises ``FormatError`` naming the known ones."""
    info = _info(key)
    if info is None or info.importer is None:
        known = ", ".join(info.key for info in formats() if info.reads)
        raise FormatError("There is no labelled import format {key}. The known ones are {known}.", key=key, known=known)
    return info.importer()


def recognise(path: Path) -> str | None:
    """The key of the labelled format that a file or folder holds, told by its content; None for any other."""
    for info in formats():
        if info.importer is not None and info.importer().recognises(path):
            return info.key
    return None
