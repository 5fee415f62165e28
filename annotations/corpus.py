"""What exporters are given and importers give: reports with their annotation sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from annotations.report import AnnotationSet, Report
from annotations.schema import Schema


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """One report and those of its annotation sets that were asked for (none, one or several)."""

    report: Report
    sets: tuple[AnnotationSet, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """A schema and a stream of reports, in order of report name.

    ``stream()`` starts a new pass each time it is called; nothing is held in memory.
    ``total`` is the number of reports of one pass, for progress.
    ``project_name`` and ``about`` (what was selected) go into the About page of a workbook.
    """

    schema: Schema
    stream: Callable[[], Iterator[LabelledReport]]
    total: int = 0
    project_name: str = ""
    about: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[LabelledReport]:
        return self.stream()
