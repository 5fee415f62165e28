"""Suggestions for a text file or for a project's reports, and how good they are against labels. Stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Refused
from annotations.facts import Kind
from annotations.report import Report
from annotations.schema import Schema
from annotations.suggest import Knowledge, Suggestions, suggest
from annotations.suggest.evaluation import Evaluation
from annotations.suggestion_choices import Choices
from ui.jobs.dating import dated
from ui.jobs.progress import Progress, nobody_watches
from ui.jobs.training import MODEL
from ui.words import tr

if TYPE_CHECKING:
    from model.project import Project

_LABELS = frozenset(("OFFICIAL", "TITLE", "ORG", "PLACE", "RESOLUTION", "MEETING"))
_Names = Mapping[tuple[str, str], set[str]]
"""Label and surface to the ids of the reports where it is labelled."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a project chose for its suggestions, its trained model, and the reports that this has seen."""

    choices: Choices = field(default_factory=Choices)
    model: bytes | None = None
    seen: frozenset[str] = frozenset()


def read_told(project: Project) -> Told:
    """The project's choices and model as they are now."""
    from model.queries.facts import facts
    from model.suggestion_cache import kept_model

    with project.reading() as connection:
        choices = Choices.of(facts(connection, Kind.SETTING, report_id=""))
        kept = kept_model(connection, MODEL)
    if kept is None:
        return Told(choices)
    return Told(choices, kept.content, frozenset(str(place[0]) for place in kept.about.get("seen", ())))


def suggest_file(path: Path) -> tuple[Report, Suggestions]:
    """Suggestions for a text file, by the default schema. Offsets are code points of its text with LF newlines.

    Raises ``FormatError`` for a file that cannot be read as text.
    """
    from exports.plain.decode import decode
    from exports.plain.files import load

    text = decode(load(path, path.name), path.name).text.replace("\r\n", "\n").replace("\r", "\n")
    report = dated(Report(path.name, path.name, text))
    return report, suggest(report, DEFAULT_SCHEMA)


def suggest_project(
    project: Project, name: str | None = None, progress: Progress = nobody_watches
) -> Iterator[tuple[Report, Suggestions]]:
    """Suggestions for each report, or for the one of that ``name``, in order of report name.

    What other reports' labels taught is used, never the labels of the report itself. Raises ``Refused`` for an unknown name.
    """
    from model.queries.corpus import Selection, corpus

    every = corpus(project, Selection(everything=True))
    taught, told = _taught(every.stream()), read_told(project)
    found = False
    for number, labelled in enumerate(every.stream(), 1):
        report = labelled.report
        if name is not None and report.name != name:
            continue
        found = True
        progress(number, every.total, tr("Suggesting"))
        yield report, suggest(dated(report), every.schema, _knowledge(taught, {report.id}, told))
        if name is not None:
            return
    if name is not None and not found:
        raise Refused(
            "There is no report named {name} in {project}. Nothing was done.", name=name, project=project.path
        )


def suggester(project: Project) -> Callable[[Report], Suggestions]:
    """What makes suggestions for any report of the project, as :func:`suggest_project` does."""
    from model.queries.corpus import Selection, corpus

    every = corpus(project, Selection(everything=True))
    taught, told = _taught(every.stream()), read_told(project)
    return lambda report: suggest(dated(report), every.schema, _knowledge(taught, {report.id}, told))


def evaluate_file(gold: Path, project: Project | None = None, progress: Progress = nobody_watches) -> Evaluation:
    """Suggestions measured against the labelled reports of a native JSONL file; what a project taught may help.

    Labels of the same text in the project are left out. Raises ``FormatError`` for a bad file, ``Refused`` for one without labels.
    """
    from exports.jsonl import JsonLines

    schema, taught, same = _project_side(project)
    told = read_told(project) if project is not None else Told()
    evaluation = Evaluation()
    for record in JsonLines().read(gold):
        if not record.has_labels or not (record.entities or record.relations):
            continue
        progress(evaluation.reports + 1, 0, tr("Evaluating"))
        left_out = same.get(_plain(record.report.text), set()) | {record.report.id}
        suggestions = suggest(dated(record.report), schema, _knowledge(taught, left_out, told))
        evaluation.add(suggestions, record.entities, record.relations)
    if not evaluation.reports:
        raise Refused("{path} holds no labels to measure against. Nothing was done.", path=gold)
    return evaluation


def _project_side(project: Project | None) -> tuple[Schema, _Names, Mapping[str, set[str]]]:
    """A project's schema, what it taught, and its report ids by text."""
    if project is None:
        return DEFAULT_SCHEMA, {}, {}
    from model.queries.corpus import Selection, corpus

    every = corpus(project, Selection(everything=True))
    same: dict[str, set[str]] = {}
    for labelled in every.stream():
        same.setdefault(_plain(labelled.report.text), set()).add(labelled.report.id)
    return every.schema, _taught(every.stream()), same


def _plain(text: str) -> str:
    from annotations.offsets import canonical_form

    return canonical_form(text)


def _taught(stream: Iterator[LabelledReport]) -> _Names:
    """Which surfaces are labelled in which reports."""
    found: dict[tuple[str, str], set[str]] = {}
    for labelled in stream:
        for labels in labelled.sets:
            for entity in labels.entities:
                if entity.label in _LABELS:
                    surface = entity.surface(labelled.report.text)
                    found.setdefault((entity.label, surface), set()).add(labelled.report.id)
    return found


def _knowledge(taught: _Names, left_out: set[str], told: Told) -> Knowledge:
    """What the reports teach that are not left out, and what the project chose; its model unless it has seen one of them."""
    names: dict[str, set[str]] = {}
    for (label, surface), reports in taught.items():
        if reports - left_out:
            names.setdefault(label, set()).add(surface)
    choices = told.choices
    return Knowledge(
        {label: frozenset(found) for label, found in names.items()},
        model=None if told.seen & left_out else told.model,
        sources_off=choices.sources_off,
        labels_off=choices.labels_off,
        thresholds=choices.thresholds,
        source_thresholds=choices.source_thresholds,
        lists=choices.lists,
    )
