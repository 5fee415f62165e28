"""What exporters are given and importers give: reports with their annotation sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotations.entries import RegistryEntry
from annotations.report import AnnotationSet, Entity, Relation, Report, Status
from annotations.schema import Schema

if TYPE_CHECKING:
    from annotations.review.decision import Decision


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """One report and those of its annotation sets that were asked for (none, one or several).

    ``decisions`` are what review decided on it, where that was asked for.
    """

    report: Report
    sets: tuple[AnnotationSet, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """A schema and a stream of reports, in order of report name.

    ``stream()`` starts a new pass each time it is called; nothing is held in memory.
    ``total`` is the number of reports of one pass, for progress.
    ``project_name`` and ``about`` (what was selected) go into the About page of a workbook.
    ``registry`` are the entries that entities may refer to.
    """

    schema: Schema
    stream: Callable[[], Iterator[LabelledReport]]
    total: int = 0
    project_name: str = ""
    about: dict[str, str] = field(default_factory=dict)
    registry: tuple[RegistryEntry, ...] = ()

    def __iter__(self) -> Iterator[LabelledReport]:
        return self.stream()


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One report with at most one annotation set, as a file gives it.

    ``annotator`` is None when the file names none (or ``adjudicated``); ``status`` is None when it
    states none. ``has_labels`` is False for a report that comes without an annotation set.
    ``place`` says where it stands, for messages: ``corpus.jsonl, line 3``. ``left_out`` counts what
    the file holds and we cannot take, by reason. ``source_hash`` is the SHA-256 of the source's bytes
    where one file is one report, else empty. Entities and relations are in file order.
    """

    report: Report
    place: str
    annotator: str | None = None
    adjudicated: bool = False
    status: Status | None = None
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    has_labels: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    source_hash: str = ""
